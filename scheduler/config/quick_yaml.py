"""YAML by the library's C part, ten times as quick, wherever it reads what the other one reads.

The two differ over tabs, byte order marks in mid-text, tags, question marks, and a note right
behind the sign of a text block. What has any of them, and whatever the C part refuses, is read by
the Python one: what is accepted, and the words and the line of a refusal, are always its own.
"""

import re

import yaml

_C: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
#: What they may read in two ways.
_UNLIKE = re.compile("[\t\ufeff!?%&*\\x00-\\x08\\x0b-\\x1f\\x7f]|[|>][-+0-9]*#")
_WORDS = r'"(?:[^"\\\t\ufeff\x00-\x1f\x7f]|\\[\\"n])*"$'
#: A line that is a key and words between quotation marks: there a question is plain to both. It is
#: how most titles and subjects are written.
_QUOTED = re.compile(rf"^ *(?:- )*\w+: {_WORDS}", re.MULTILINE)
#: The same of a list, which may go on with what a bracket opened on a line before.
_LISTED = re.compile(rf"^ *(?:- )+{_WORDS}", re.MULTILINE)
#: What a bracket opens, and another one closes at the end of the line.
_ON_ONE_LINE = re.compile(r"[\[{][^\[\]{}\n]*[\]}]$", re.MULTILINE)
_BRACKET = re.compile(r"[\[{]")


def compose(text: str) -> yaml.Node | None:
    """The nodes of one document, each with its lines; None for an empty one. Raises YAMLError."""
    if _C is not None and _is_alike(text):
        try:
            return yaml.compose(text, Loader=_C)
        except yaml.YAMLError:
            pass
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _is_alike(text: str) -> bool:
    """Both read it alike: what they may not stands in words between quotation marks, if at all."""
    if not _UNLIKE.search(text):
        return True
    rest = _QUOTED.sub("", text)
    if not _BRACKET.search(_ON_ONE_LINE.sub("", rest)):
        rest = _LISTED.sub("", rest)
    return not _UNLIKE.search(rest)


def value_of(node: yaml.Node | None) -> object:
    """What ``yaml.safe_load`` makes of it. Raises YAMLError."""
    return None if node is None else yaml.constructor.SafeConstructor().construct_document(node)
