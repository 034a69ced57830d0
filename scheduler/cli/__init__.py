"""The ``reflexe`` command: a file a family of commands; ``app`` puts them together."""
