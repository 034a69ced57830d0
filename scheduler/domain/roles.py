"""Who may do what on the desk: five roles in words, and one table from each route to its roles.

What the table doesn't name is nobody's. A route takes several roles where its handler tells its
acts apart, by ``PASS_ROLES``.
"""

from collections.abc import Mapping
from enum import StrEnum

from scheduler.domain.values import frozen


class Role(StrEnum):
    """What somebody may do on the desk; ``ROLE_WORDS`` says it in French."""

    #: Looks at the calendar, the messages and the counts, as every other role does too.
    READ = "read"
    #: Works on texts: tries them, reads translations again, asks for a fault to pass.
    WRITE = "write"
    #: Allows what somebody else asked for.
    APPROVE = "approve"
    #: Sends, moves, pauses, cancels, resumes, and decides what is in doubt.
    OPERATE = "operate"
    #: Sees people, and decides what they said.
    PRIVACY = "privacy"


ALL_ROLES = frozenset(Role)
#: Whoever is signed in, whatever their roles.
SIGNED_IN = frozenset[Role]()
ROLE_WORDS: Mapping[Role, str] = {
    Role.READ: "consulter",
    Role.WRITE: "écrire",
    Role.APPROVE: "approuver",
    Role.OPERATE: "conduire les envois",
    Role.PRIVACY: "voir les personnes",
}


def held(roles: frozenset[Role]) -> frozenset[Role]:
    """What these roles are worth: nobody writes, approves or operates without seeing what."""
    return roles | {Role.READ} if roles else roles


@frozen
class Person:
    """Somebody who is signed in."""

    #: As the audit log names them; empty: nobody proved a name, and each form asks for one.
    name: str
    roles: frozenset[Role]
    #: False: they look, and nothing that they ask for is done, whatever their roles.
    acts: bool = True

    @property
    def holds(self) -> frozenset[Role]:
        """Their roles; whoever has any reads too."""
        return held(self.roles)


#: What forms about a fault that may pass ask for, and who may.
PASS_ROLES: Mapping[str, Role] = {
    "ask": Role.WRITE,
    "allow": Role.APPROVE,
    "withdraw": Role.APPROVE,
}

_READ = frozenset({Role.READ})
_WRITE = frozenset({Role.WRITE})
_APPROVE, _OPERATE = frozenset({Role.APPROVE}), frozenset({Role.OPERATE})
_PRIVACY = frozenset({Role.PRIVACY})
_OCCURRENCE = "/calendar/{campaign}/{episode}/{date}"

#: By method and route: any of these roles is enough, ``SIGNED_IN`` asks for none.
WHO_MAY: Mapping[tuple[str, str], frozenset[Role]] = {
    ("GET", "/"): SIGNED_IN,
    ("GET", _OCCURRENCE): _READ,
    ("GET", "/archives/{year:int}"): _READ,
    ("GET", "/messages"): _READ,
    ("GET", "/messages/{path:path}"): _READ,
    ("GET", "/frames/messages/{path:path}"): _READ,
    ("GET", "/live/messages/{path:path}"): _READ,
    ("GET", "/twins/{kind}/{path:path}"): _READ,
    ("GET", "/frames/twins/{kind}/{path:path}"): _READ,
    ("GET", "/law"): _READ,
    ("GET", "/quizzes"): _READ,
    ("GET", "/season"): _READ,
    ("GET", "/season/{campaign}/{season}"): _READ,
    ("GET", "/figures"): _OPERATE,
    ("POST", "/figures"): _OPERATE,
    ("POST", "/figures/{figure:int}"): _OPERATE,
    ("GET", "/newcomers"): _READ,
    ("POST", "/newcomers"): _OPERATE,
    ("GET", "/battle"): _WRITE | _OPERATE,
    ("POST", "/battle"): _WRITE | _OPERATE,
    ("POST", "/battle/{code}"): _WRITE | _OPERATE,
    ("GET", "/live/battle"): _WRITE | _OPERATE,
    ("GET", "/sources"): _OPERATE,
    ("POST", "/sources/{reading:int}"): _OPERATE,
    ("GET", "/optouts"): SIGNED_IN,
    ("POST", "/optouts"): SIGNED_IN,
    ("GET", "/outbox"): _READ,
    ("GET", "/outbox/{contact:int}"): _PRIVACY,
    ("GET", "/outbox/{contact:int}/{delivery:int}"): _PRIVACY,
    ("GET", "/frames/outbox/{contact:int}/{delivery:int}"): _PRIVACY,
    ("GET", f"{_OCCURRENCE}/cancel"): _OPERATE,
    ("POST", f"{_OCCURRENCE}/cancel"): _OPERATE,
    ("GET", f"{_OCCURRENCE}/send"): _OPERATE,
    ("POST", f"{_OCCURRENCE}/send"): _OPERATE,
    ("GET", "/changes"): _READ,
    ("GET", "/change/{kind}"): _OPERATE,
    ("POST", "/change/{kind}"): _OPERATE,
    ("POST", f"{_OCCURRENCE}/refresh"): _OPERATE,
    ("POST", f"{_OCCURRENCE}/pause"): _OPERATE,
    ("POST", f"{_OCCURRENCE}/resume"): _OPERATE,
    ("POST", "/stop-all"): SIGNED_IN,
    ("POST", "/resume-all"): _OPERATE,
    ("POST", "/halts/{campaign}/{channel}"): _OPERATE,
    ("GET", "/approvals"): _READ,
    ("POST", "/approvals/{campaign}/{episode}/{date}"): _APPROVE,
    ("GET", "/uncertain"): _READ,
    ("POST", "/uncertain/{delivery:int}"): _OPERATE,
    ("POST", "/uncertain/{campaign}/{episode}/{date}"): _OPERATE,
    ("GET", "/whose"): _READ,
    ("POST", "/whose"): _READ,
    ("GET", "/people"): _PRIVACY,
    ("POST", "/people"): _PRIVACY,
    ("POST", "/people/lift"): _PRIVACY,
    ("POST", "/people/{contact:int}/export"): _PRIVACY,
    ("POST", "/people/{contact:int}/freeze"): _PRIVACY,
    ("POST", "/people/{contact:int}/unfreeze"): _PRIVACY,
    ("POST", "/people/{contact:int}/erase"): _PRIVACY,
    ("GET", "/files"): _PRIVACY,
    ("POST", "/files"): _PRIVACY,
    ("GET", "/files/{drop}"): _PRIVACY,
    ("POST", "/files/{drop}/look"): _PRIVACY,
    ("POST", "/files/{drop}/apply"): _PRIVACY,
    ("POST", "/files/{drop}/forget"): _PRIVACY,
    ("GET", "/reports"): _PRIVACY,
    ("POST", "/reports/{report:int}"): _PRIVACY,
    ("POST", "/reports/reopen"): _PRIVACY,
    ("GET", "/replies"): _PRIVACY,
    ("POST", "/replies/{reply:int}"): _PRIVACY,
    ("POST", "/trials/{path:path}"): _WRITE,
    ("POST", "/passes/{path:path}"): frozenset(PASS_ROLES.values()),
    ("POST", "/siblings/{path:path}"): _WRITE,
    ("GET", "/writing"): _READ,
    ("GET", "/write/{path:path}"): _WRITE,
    ("POST", "/write/{path:path}"): _WRITE,
    ("POST", "/drafts/{path:path}"): _WRITE,
    ("GET", "/panels/{path:path}"): _WRITE,
    ("GET", "/frames/write/{path:path}"): _WRITE,
    ("GET", "/history/{path:path}"): _READ,
    ("POST", "/history/{path:path}"): _WRITE,
    ("GET", "/proposals/{draft:int}"): _READ,
    ("POST", "/comments/{path:path}"): _WRITE | _APPROVE,
    ("GET", "/fields/{path:path}"): _WRITE,
    ("POST", "/fields/{path:path}"): _WRITE,
    ("GET", "/trios/{path:path}"): _WRITE,
    ("POST", "/trios/{path:path}"): _WRITE,
    ("GET", "/beside/{path:path}"): _READ,
    ("GET", "/frames/beside/{path:path}"): _READ,
    ("POST", "/proposals/{draft:int}"): _APPROVE,
    ("GET", "/frames/proposals/{draft:int}"): _READ,
    ("GET", "/audit"): _OPERATE | _PRIVACY,
    ("GET", "/accounts"): _OPERATE,
    ("POST", "/accounts"): _OPERATE,
    ("POST", "/accounts/{account:int}/link"): _OPERATE,
    ("POST", "/accounts/{account:int}/roles"): _OPERATE,
    ("POST", "/accounts/{account:int}/address"): _OPERATE,
    ("POST", "/accounts/{account:int}/remove"): _OPERATE,
    ("GET", "/help"): SIGNED_IN,
    ("GET", "/my-account"): SIGNED_IN,
    ("POST", "/my-account/code"): SIGNED_IN,
    ("POST", "/my-account/code/prove"): SIGNED_IN,
    ("POST", "/my-account/code/remove"): SIGNED_IN,
    ("POST", "/my-account/agenda"): SIGNED_IN,
    ("POST", "/my-account/agenda/remove"): SIGNED_IN,
    ("GET", "/sessions"): SIGNED_IN,
    ("POST", "/sessions/{session:int}"): SIGNED_IN,
    ("POST", "/logout"): SIGNED_IN,
    ("GET", "/first-account"): SIGNED_IN,
    ("POST", "/first-account"): SIGNED_IN,
    ("GET", "/static/live.js"): SIGNED_IN,
    ("GET", "/static/write.js"): SIGNED_IN,
    ("GET", "/metrics"): SIGNED_IN,
}

#: What whoever only looks may send all the same.
_OF_WHO_LOOKS = frozenset({"/logout", "/first-account"})


def may(person: Person | None, method: str, route: str) -> bool:
    """Whether somebody may ask this of the desk; nobody may what the table doesn't name."""
    asked = "GET" if method == "HEAD" else method
    wanted = WHO_MAY.get((asked, route))
    if person is None or wanted is None:
        return False
    if not person.acts and asked != "GET" and route not in _OF_WHO_LOOKS:
        return False
    return wanted == SIGNED_IN or bool(wanted & person.holds)


def may_give(person: Person, roles: frozenset[Role]) -> bool:
    """Whether somebody may give these roles, or touch an account that has them: those alone that
    they have, or a new link for a colleague would make them whoever they like."""
    return roles <= person.holds
