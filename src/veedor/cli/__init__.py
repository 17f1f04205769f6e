"""The command line: stdout is the result, stderr the story. No logic lives here."""
