"""Publishers to records: one module a publisher, each recognising its files by content and parsing them into typed tables."""
