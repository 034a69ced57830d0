"""A message's twins: its words on a poster, a screen, a network, an intranet, and aloud."""
