"""Reads public_bodies.toml: who the public bodies of the field are, and which sites are theirs."""

import re
import tomllib
from collections.abc import Sequence
from importlib import resources

from scheduler.domain.values import frozen


@frozen
class PublicBody:
    name: str
    #: How a plain text names it (``rules_voice.plain``).
    named: re.Pattern[str]
    #: Each with all that is below it.
    domains: Sequence[str]


def _body(row: dict[str, str], domains: Sequence[str]) -> PublicBody:
    named = re.compile(rf"(?<![\w-])(?:{row['names']})(?![\w-])")
    return PublicBody(name=row["name"], named=named, domains=tuple(domains))


_TEXT = resources.files(__package__).joinpath("public_bodies.toml").read_text(encoding="utf-8")
_READ = tomllib.loads(_TEXT)
BODIES = tuple(_body(row, row["domains"]) for row in _READ["body"])
#: Where nobody but the State may register a name.
ZONES: tuple[str, ...] = tuple(row["domain"] for row in _READ["zone"])
#: Every site of theirs.
SITES = tuple(dict.fromkeys(domain for body in BODIES for domain in body.domains))
