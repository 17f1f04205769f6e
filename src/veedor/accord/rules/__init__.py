"""What lint looks for before anyone signs: one module a subject, one rule a weakness."""
