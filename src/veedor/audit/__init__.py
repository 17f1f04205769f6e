"""Check a log or a bundle with nothing else at hand: no project, no database, no network. Imports the kernel and `evidence.log` alone."""
