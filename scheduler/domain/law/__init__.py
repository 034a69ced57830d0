"""The register of rules: what the law, a contract or our own word asks, and which key weakens it.

``codes`` names the rules, ``register`` gives each its row, ``standing`` says how one stands.
"""
