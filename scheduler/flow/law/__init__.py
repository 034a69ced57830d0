"""How this installation's settings stand before the register of rules."""
