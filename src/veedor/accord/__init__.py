"""Accord files: read them, check them, say before signature what nobody could ever verify."""
