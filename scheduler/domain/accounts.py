"""Accounts of the desk: how long a session and a link last, and what a name and roles are."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from unicodedata import category

from scheduler.domain.errors import AccountRefused, NotFound
from scheduler.domain.instants import Dated
from scheduler.domain.names.typed_names import folded
from scheduler.domain.roles import Person, Role
from scheduler.domain.values import frozen

#: A session's whole life, and how long it lasts unused.
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(minutes=30)
#: How long the link that sets a password is good for.
LINK_LASTS = timedelta(days=3)
#: How long a sign-in elsewhere may take, from the link on the desk to its answer.
SIGN_IN_LASTS = timedelta(minutes=10)
#: How often an OpenID provider is asked again for somebody's roles.
ROLES_ASKED_EVERY = timedelta(hours=1)
#: After silence, or where whoever asked died of it, so soon.
ROLES_ASKED_AGAIN = timedelta(minutes=1)
#: Letters.
LONGEST_NAME = 80


@frozen
class Account(Dated):
    """Somebody who may sign in."""

    id: int
    name: str
    roles: frozenset[Role]
    #: Nobody signs in by it before.
    has_password: bool
    made_at: datetime
    #: Whom an OpenID provider means: its issuer and its own name for them; empty: a local account.
    subject: str = ""

    @property
    def person(self) -> Person:
        return Person(name=self.name, roles=self.roles)


@frozen
class DeskSession(Dated):
    """A browser that is signed in."""

    id: int
    account: Account
    begun_at: datetime
    used_at: datetime
    #: When the roles were last asked of an OpenID provider; None: they are the ledger's own.
    asked_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return min(self.begun_at + SESSION_LASTS, self.used_at + SESSION_IDLE)


def plain_name(name: str) -> str:
    """What two spellings of one name have in common; empty for a name that names nobody."""
    return "".join(letter for letter in folded(name) if letter.isalnum())


def checked_name(typed: str) -> str:
    """Raises AccountRefused for what names nobody, is no line, or is too long to be shown."""
    name = " ".join(typed.split())
    if any(category(sign) == "Cc" for sign in typed.strip()):
        raise AccountRefused("an account's name has no control sign, no line's end and no tab")
    if not plain_name(name) or len(name) > LONGEST_NAME or not name.isprintable():
        raise AccountRefused(f"an account's name has letters, {LONGEST_NAME} signs at most")
    return name


def roles_of(words: Iterable[str]) -> frozenset[Role]:
    """Raises AccountRefused for a word that is no role, and where there is none at all."""
    wanted = [word.strip() for word in words if word.strip()]
    known = set(Role)
    for word in wanted:
        if word not in known:
            raise AccountRefused(f"{word!r} is no role; there are: {', '.join(Role)}")
    if not wanted:
        raise AccountRefused(f"an account has a role at least; there are: {', '.join(Role)}")
    return frozenset(Role(word) for word in wanted)


def no_account(name: str) -> NotFound:
    return NotFound(f"there is no account {name!r}: `reflexe accounts list` shows them")
