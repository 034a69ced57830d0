"""Which column of a contact table means what, for one audience.

A name proposes, the cells under it decide, and ``chosen`` (the operator’s word) settles. What was
found is shown before anything is written, and nothing is ignored without a line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.grounds import Basis
from scheduler.sources.columns.found import ABSENT, Columns, ProofColumns
from scheduler.sources.columns.header import MAX_COLUMNS, Header
from scheduler.sources.columns.settling import settle, settled_by_hand
from scheduler.sources.columns.told import notes_of, proposal, shown_of
from scheduler.sources.vocabulary import PROOF_PARTS, plain, vocabulary


def match_columns(
    header: Sequence[str],
    audience: Audience,
    *,
    where: str,
    line: int = 1,
    samples: Sequence[Sequence[str]] = (),
    chosen: Mapping[str, str] | None = None,
    known_territory: Callable[[str], bool] = lambda _: True,
) -> Columns:
    """Read a header, whatever its case, accents and spaces.

    Raises ImportRefused for two columns with one meaning, and for a table without a column of
    addresses. ``where`` names the table in the message, ``line`` the header's row.
    """
    table = Header(
        header=header,
        samples=samples,
        audience=audience,
        where=where,
        line=line,
        known_territory=known_territory,
    )
    if len(header) > MAX_COLUMNS:
        raise table.refused(f"more than {MAX_COLUMNS} columns", "keep the ones that are needed")
    settle(table, settled_by_hand(table, chosen or {}))
    if not {"email", "phone"} & table.found.keys():
        raise table.refused(
            "no column of e-mail addresses or telephone numbers",
            proposal(table) or f"name them in the first row: {audience.key}, email, phone…",
        )
    found = table.found

    def at(meaning: str) -> int:
        return found.get(meaning, ABSENT)

    return Columns(
        names=(*header, ""),
        key=at("key"),
        email=at("email"),
        phone=at("phone"),
        language=at("language"),
        easy_to_read=at("easy_to_read"),
        zone=at("zone"),
        territory=at("territory"),
        postcode=at("postcode"),
        birth=at("birth"),
        entered=_entered(found, audience),
        deaths=tuple(table.deaths),
        fields=[(f, at(f"field {f.name}")) for f in audience.fields if f"field {f.name}" in found],
        proofs=_proofs(found, audience),
        shown=shown_of(table),
        notes=notes_of(table),
    )


def _entered(found: Mapping[str, int], audience: Audience) -> int:
    """The column of that meaning, or the field that an audience has for it."""
    names = vocabulary(replace(audience, fields=()))
    theirs = [
        f"field {one.name}"
        for one in audience.fields
        for name in (one.name, one.label)
        if one.type == "date" and names.get(plain(name), ("", 0))[0] == "entered"
    ]
    return next((found[one] for one in ("entered", *theirs) if one in found), ABSENT)


def _proofs(found: Mapping[str, int], audience: Audience) -> list[ProofColumns]:
    """The proof of each channel; columns without a channel's name serve all that need consent."""
    proofs = []
    for channel, terms in audience.channels.items():
        shared = terms.basis == Basis.CONSENT
        date, how, wording = (
            found.get(f"proof {channel} {part}", found.get(f"proof {part}", ABSENT))
            if shared
            else found.get(f"proof {channel} {part}", ABSENT)
            for part in PROOF_PARTS
        )
        if date != ABSENT:
            proofs.append(ProofColumns(channel=channel, date=date, how=how, wording=wording))
    return proofs
