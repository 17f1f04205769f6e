"""Is it kept? A pure function of the accord, the series and acts that were known, and a day."""
