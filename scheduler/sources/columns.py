"""Which column of a contact table means what, for one audience."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.campaigns import Audience, AudienceField
from scheduler.domain.errors import Fault, ImportRefused

MAX_COLUMNS = 200
#: Where a column is looked for when the table has none: the empty cell put after the last one.
ABSENT = -1

#: Beside its own name, what each column is called in people's files.
_ALIASES = {
    "email": ("courriel", "e-mail", "mail", "adresse_email", "adresse_mail", "adresse_courriel"),
    "phone": ("telephone", "tel", "mobile", "portable", "numero", "telephone_portable"),
    "language": ("langue",),
    "easy_to_read": ("falc",),
    "zone": ("fuseau", "fuseau_horaire"),
    "territory": ("territoire", "departement"),
}
_PROOF_PARTS = ("date", "how", "wording")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofColumns:
    channel: str
    date: int
    how: int
    wording: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Where to find each thing in a record: an index, or ABSENT."""

    #: As the table writes them; ABSENT is the empty name.
    names: Sequence[str]
    key: int
    email: int
    phone: int
    language: int
    easy_to_read: int
    zone: int
    territory: int
    fields: Sequence[tuple[AudienceField, int]]
    proofs: Sequence[ProofColumns]
    #: What the reader should know: ignored columns, missing ones. In words.
    notes: Sequence[str]

    @property
    def width(self) -> int:
        return len(self.names) - 1


def known_columns(header: Sequence[str], audience: Audience) -> int:
    """How many of these names mean something for the audience."""
    vocabulary = _vocabulary(audience)
    return sum(_plain(name) in vocabulary for name in header)


def key_is_address(audience: Audience) -> bool:
    """Whether people are told by their address: then the key has no column of its own."""
    addresses = {_plain(a) for name in ("email", "phone") for a in (name, *_ALIASES[name])}
    return _plain(audience.key) in addresses


def match_columns(header: Sequence[str], audience: Audience, *, where: str) -> Columns:
    """Read a header, whatever its case, accents and spaces.

    Raises ImportRefused for two columns with one meaning, and for a table without a column of
    addresses. ``where`` names the table in the message.
    """
    if len(header) > MAX_COLUMNS:
        raise _refused(where, f"more than {MAX_COLUMNS} columns", "keep the ones that are needed")
    found = _find(header, audience, where)
    if "email" not in found and "phone" not in found:
        raise _refused(
            where,
            "no column of e-mail addresses or telephone numbers",
            f"name them in the first row: {audience.key}, email, phone…",
        )

    def at(*meanings: str) -> int:
        return next((found[each] for each in meanings if each in found), ABSENT)

    return Columns(
        names=(*header, ""),
        key=at("key"),
        email=at("email"),
        phone=at("phone"),
        language=at("language"),
        easy_to_read=at("easy_to_read"),
        zone=at("zone"),
        territory=at("territory"),
        fields=[(f, at(f"field {f.name}")) for f in audience.fields if f"field {f.name}" in found],
        proofs=_proofs(found, audience),
        notes=_notes(header, found, audience),
    )


def _plain(name: str) -> str:
    """``Adresse e-mail`` and ``ADRESSE_EMAIL`` are one name."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _vocabulary(audience: Audience) -> dict[str, str]:
    """Plain name -> meaning; what comes first wins where an audience names a field as we do."""
    names = [(name, name) for name in _ALIASES]
    if not key_is_address(audience):
        names.append((audience.key, "key"))
    names += [(field.name, f"field {field.name}") for field in audience.fields]
    names += [(alias, name) for name, aliases in _ALIASES.items() for alias in aliases]
    names += [(field.label, f"field {field.name}") for field in audience.fields]
    for part in _PROOF_PARTS:
        names.append((f"consent_{part}", f"proof {part}"))
        names += [(f"consent_{each}_{part}", f"proof {each} {part}") for each in audience.channels]
    vocabulary: dict[str, str] = {}
    for name, meaning in names:
        vocabulary.setdefault(_plain(name), meaning)
    return vocabulary


def _find(header: Sequence[str], audience: Audience, where: str) -> dict[str, int]:
    vocabulary = _vocabulary(audience)
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        meaning = vocabulary.get(_plain(name))
        if meaning is None:
            continue
        if meaning in found:
            first = header[found[meaning]].strip()
            raise _refused(
                where,
                f"columns `{first}` and `{name.strip()}` mean the same",
                "rename or remove the one not to be used",
            )
        found[meaning] = index
    return found


def _proofs(found: dict[str, int], audience: Audience) -> list[ProofColumns]:
    """The proof of each channel; columns without a channel's name serve all that need consent."""
    proofs = []
    for channel, terms in audience.channels.items():
        shared = terms.basis == "consent"
        date, how, wording = (
            found.get(f"proof {channel} {part}", found.get(f"proof {part}", ABSENT))
            if shared
            else found.get(f"proof {channel} {part}", ABSENT)
            for part in _PROOF_PARTS
        )
        if date != ABSENT:
            proofs.append(ProofColumns(channel=channel, date=date, how=how, wording=wording))
    return proofs


def _notes(header: Sequence[str], found: dict[str, int], audience: Audience) -> list[str]:
    used = set(found.values())
    notes = [
        f"column {index + 1} (`{name.strip()}`) is ignored: {audience.name} has no such field"
        if name.strip()
        else f"column {index + 1} has no name: it is ignored"
        for index, name in enumerate(header)
        if index not in used
    ]
    if "key" not in found and not key_is_address(audience):
        notes.append(
            f"no column `{audience.key}`: people are told apart by address, so a person whose "
            "address changes becomes another"
        )
    notes += [
        f"no proof of consent for {channel}: nobody new in it can be written to there"
        for channel, terms in audience.channels.items()
        if terms.basis == "consent" and not {f"proof {channel} date", "proof date"} & found.keys()
    ]
    return notes


def _refused(where: str, what: str, remedy: str) -> ImportRefused:
    return ImportRefused(str(Fault(where=where, what=what, remedy=remedy, line=1)))
