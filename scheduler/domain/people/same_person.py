"""Whether two contacts of one address are one person.

A key names somebody inside one source only, so a member of the staff who is also a patient is two
contacts; and so are two people who share a mailbox. Their names tell them apart.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

FIRST_NAME = "prenom"
LAST_NAME = "nom"

Contact = TypeVar("Contact")


def same_person(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Of two who have the same address, by their fields: one first name, and no two last names.

    Without a first name on both sides nobody knows, and they stay two.
    """
    first, second = _folded(one, FIRST_NAME), _folded(other, FIRST_NAME)
    if not first or first != second:
        return False
    family = {_folded(one, LAST_NAME), _folded(other, LAST_NAME)} - {""}
    return len(family) < 2


def alike(
    contact: Contact, others: Iterable[Contact], fields: Mapping[Contact, Mapping[str, str]]
) -> list[Contact]:
    """Those of these who are the same person as a contact."""
    mine = fields[contact]
    return [one for one in others if one == contact or same_person(mine, fields[one])]


def all_one(contacts: Sequence[Contact], fields: Mapping[Contact, Mapping[str, str]]) -> bool:
    """Each of them is the same person as each other."""
    return all(len(alike(one, contacts, fields)) == len(contacts) for one in contacts)


def _folded(fields: Mapping[str, str], name: str) -> str:
    """Case, accents, hyphens and spaces are typed in as many ways as there are files."""
    apart = unicodedata.normalize("NFKD", fields.get(name, "")).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
