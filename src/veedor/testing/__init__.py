"""Fixtures for people who write plug-ins and tests: small accords, series and acts in a line each."""
