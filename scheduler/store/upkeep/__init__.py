"""Moving a ledger, copying it, and changing its keys."""
