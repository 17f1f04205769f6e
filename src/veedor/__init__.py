"""veedor verifies security accords."""
