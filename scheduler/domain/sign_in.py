"""Signing in elsewhere: what the groups that another server vouches for come to here."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from scheduler.domain.errors import AddressRefused
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.roles import Role

#: The group of whoever is signed in there.
ANYBODY = "*"


def groups_in(line: str) -> frozenset[str]:
    """What a header lists: with semicolons (LemonLDAP::NG), bars, or commas (Authelia,
    oauth2-proxy). Commas are in a directory's own names too, so a part is read both ways."""
    parts = {part.strip() for part in re.split("[;|]", line)}
    parts |= {part.strip() for part in re.split("[;|,]", line)}
    return frozenset(part for part in parts if part)


def roles_of_groups(
    groups: Collection[str], table: Mapping[str, Sequence[Role]]
) -> frozenset[Role] | None:
    """The roles of all of them together; None for somebody who is in none that is listed: being
    known to the organisation gives no place on the desk."""
    found = [table[one] for one in {*groups, ANYBODY} if one in table]
    return frozenset(role for roles in found for role in roles) if found else None


def groups_told(claims: Mapping[str, Any], path: str) -> frozenset[str]:
    """The groups of a claim: a list, or one line as headers have it."""
    found = _claim(claims, path)
    if isinstance(found, str):
        return groups_in(found)
    listed = found if isinstance(found, list | tuple) else ()
    return frozenset(one for one in listed if isinstance(one, str))


def name_told(claims: Mapping[str, Any], path: str) -> str:
    """Empty where there is none."""
    found = _claim(claims, path) or claims.get("preferred_username")
    return found if isinstance(found, str) else ""


def email_told(claims: Mapping[str, Any]) -> str:
    """Their own address, where the provider says that it has proven it: one that somebody only
    typed there could be anybody's. Empty: it says none, or none that mail can be sent to."""
    found = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(found, str):
        return ""
    try:
        return normalise_email(found).send_to
    except AddressRefused:
        return ""


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    """By its own name, or a point deeper at each step."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
