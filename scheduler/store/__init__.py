"""The ledger, and the only SQL of the program: what a person may ask later is answered here."""
