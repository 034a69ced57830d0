"""Deterministic simulation: the shipped sender, turn, journals and ledger, lived through a thousand
times over in one process, under a scheduler that a seed decides.

    python -m tests.simulation 4711          the world of this seed, told step by step
    python -m tests.simulation --lives 1000  so many lives, in one world after another

docs/reliability.md says which fault is proved here, and which by ending real processes.
"""
