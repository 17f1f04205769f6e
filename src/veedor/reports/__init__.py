"""Verdicts as documents for whoever has to act on them: agenda, methods statement, access requests, what changed. Computes nothing."""
