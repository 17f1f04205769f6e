"""What everything else stands on: errors, canonical bytes, units, time, unknown, language. It opens no user file and no connection."""
