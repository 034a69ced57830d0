"""The daemon, its ledger, its keys, its log, and whether it lives."""
