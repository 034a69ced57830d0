"""A contact file about to be taken in."""

from dataclasses import dataclass

from scheduler.domain.campaigns import Audience


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
