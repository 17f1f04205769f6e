"""The shared vocabulary: one typed table per kind of record, and the one catalogue of places."""
