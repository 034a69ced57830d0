"""The processes that work on one ledger, and what their clocks say."""
