"""Records to series and estimates: SQL files with a header, run over the record tables that were known on a day."""
