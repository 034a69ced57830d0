"""A contact file about to be taken in."""

from dataclasses import dataclass, field

from scheduler.domain.campaigns import Audience

#: Where the invented people shipped with the program come from.
SAMPLE_ORIGIN = "sample audience shipped with the program"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What a person decided of keys that come with another name and another address."""

    #: Still the same person: married, or moved with a name that was wrong.
    same: frozenset[str] = frozenset()
    #: The key was given to somebody else.
    other: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportStart:
    """Kept with the import, for whoever asks where an address came from."""

    audience: Audience
    #: SHA-256 of the file, in hexadecimal.
    file_hash: str
    #: Where the file comes from, in the operator's words.
    origin: str
    #: One of the bases the audience names.
    basis: str
    #: add | replace
    mode: str
    settled: Settled = field(default_factory=Settled)
    #: Who takes it in, for the audit log; empty where nobody does by hand.
    by: str = ""
