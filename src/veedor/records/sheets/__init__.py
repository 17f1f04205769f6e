"""A user's own CSV or Excel sheet of any kind of record: read, mapped to fields, checked cell by cell, turned into a table."""
