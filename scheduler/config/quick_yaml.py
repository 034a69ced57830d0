"""YAML by the library's C part, ten times as quick, wherever it reads what the other one reads.

The two differ over tabs, byte order marks in mid-text, tags and question marks. What has any of
them, and whatever the C part refuses, is read by the Python one: what is accepted, and the words
and the line of a refusal, are always its own.
"""

import re

import yaml

_C: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
#: What they may read in two ways.
_UNLIKE = re.compile("[\t\ufeff!?%&*\\x00-\\x08\\x0b-\\x1f\\x7f]")


def compose(text: str) -> yaml.Node | None:
    """The nodes of one document, each with its lines; None for an empty one. Raises YAMLError."""
    if _C is not None and not _UNLIKE.search(text):
        try:
            return yaml.compose(text, Loader=_C)
        except yaml.YAMLError:
            pass
    return yaml.compose(text, Loader=yaml.SafeLoader)


def value_of(node: yaml.Node | None) -> object:
    """What ``yaml.safe_load`` makes of it. Raises YAMLError."""
    return None if node is None else yaml.constructor.SafeConstructor().construct_document(node)
