"""What came back of messages, in the ledger."""
