"""JSON Schemas generated from the types, for editors and for other programs."""
