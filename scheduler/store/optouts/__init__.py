"""Opt-outs: in the ledger, in the journal beside it, and back from there."""
