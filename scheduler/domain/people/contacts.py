"""Contacts as a source gives them, before the ledger knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.domain.channels import kind_of
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import Email
from scheduler.domain.values import frozen


@frozen
class Proof:
    """How a person agreed to be written to on one channel."""

    #: The day of the agreement, as the source gives it.
    date: date
    #: Web form, paper, telephone…
    how: str
    #: The exact words agreed to, with their version if they have one.
    wording: str


# Not frozen: of a million rows, setting twelve fields past the guard takes longer than reading.
@dataclass(kw_only=True, slots=True)
class Row:
    """One person of a contact file, with everything in it that could be used. Never changed."""

    #: The row as a spreadsheet shows it; the header is row 1.
    number: int
    #: The audience's key; without one the e-mail's identity, without that the number.
    key: str
    email: Email | None
    #: E.164.
    phone: str | None
    language: str
    easy_to_read: bool
    #: IANA name.
    zone: str
    territory: str
    #: Declared fields that are filled in; dates as 2026-10-04, yes-no as ``yes`` or ``no``.
    fields: Mapping[str, str]
    #: By channel; no entry: no proof of consent on that channel.
    proofs: Mapping[str, Proof]
    #: The key as the file has it, where ``key`` is the form it is compared in.
    typed: str = ""
    #: The day on which they came to work here; of staff alone.
    entered: date | None = None

    def keyed(self, key: str) -> "Row":
        """The same person, by a key in the form that is compared."""
        return Row(
            number=self.number,
            key=key,
            email=self.email,
            phone=self.phone,
            language=self.language,
            easy_to_read=self.easy_to_read,
            zone=self.zone,
            territory=self.territory,
            fields=self.fields,
            proofs=self.proofs,
            typed=self.key,
            entered=self.entered,
        )

    def address_on(self, channel: str) -> tuple[AddressKind, str]:
        """The kind of address that a channel goes to, and the row's own; empty: it has none."""
        if kind_of(channel).address_kind is AddressKind.EMAIL:
            return AddressKind.EMAIL, self.email.identity if self.email else ""
        return AddressKind.PHONE, self.phone or ""


@frozen
class BadRow:
    """Something in a contact file that could not be used."""

    number: int
    #: As the header writes it; empty when the whole row is at fault.
    column: str
    #: In words; never holds the value itself.
    reason: str
    #: The rest of the row is kept (a ``Row`` of the same number follows), without this cell.
    kept: bool
    #: Of a row left aside until a person says whose its key is: that key, as they have to give it.
    #: For the operator's eyes alone: it goes to no log.
    key: str = ""


class Told(StrEnum):
    """What the reader of a contact file did by itself, or left aside as nobody to write to."""

    #: Excel's ="…" or an apostrophe before a number was taken off.
    FORCED_TEXT = "forced-text"
    #: A sign that nobody sees was taken out.
    INVISIBLE = "invisible-sign"
    #: A no-break space, or another blank, became a space.
    BLANK = "blank-sign"
    #: A 0, a + or a country code was added to a number, or its country code mended.
    NUMBER = "number-completed"
    #: A day was given as a spreadsheet's count of days.
    DAY_COUNT = "day-count"
    #: An address or number that an earlier row has too; both are kept.
    ADDRESS_TWICE = "address-twice"
    #: The header once more.
    HEADER_AGAIN = "header-again"
    #: Another row's key is the same but for zeros, case or blanks, and is another person's: both
    #: are kept.
    KEY_APART = "key-apart"
    #: Somebody new, with the name of somebody whose objection holds: perhaps the same person.
    NAMESAKE = "namesake"
    #: A total, a caption, the end of the file.
    NO_PERSON = "no-person"
    #: The file says that they died. Their membership ends, too, when an earlier file named them.
    DECEASED = "deceased"
    #: Younger than the audience's minimum_age; the same.
    TOO_YOUNG = "too-young"


@frozen
class Noted:
    """One thing that the reader of a contact file tells."""

    number: int
    what: Told
    #: Only for those whose membership ends: who they are.
    person: Row | None = None

    @property
    def key(self) -> str:
        return self.person.key if self.person else ""
