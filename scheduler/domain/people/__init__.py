"""People as files give them and as the ledger knows them: addresses, numbers, keys, who is who."""
