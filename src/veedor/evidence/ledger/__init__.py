"""The ledger: every change of state is one entry, in one order, in one transaction with the tables that follow from it."""
