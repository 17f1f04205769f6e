"""A complete example project as package data: made-up files in the publishers' own formats, and official totals to compare with."""
