"""An account as the ledger keeps it: its row as a value, its roles in a word, its acts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from scheduler.domain.accounts import Account
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.roles import Role
from scheduler.store import audit


def account_of(row: Row[Any]) -> Account:
    known = set(Role)
    return Account(
        id=row.id,
        name=row.name,
        # A role of another version is none of ours.
        roles=frozenset(Role(word) for word in row.roles.split() if word in known),
        has_password=bool(row.password),
        made_at=row.made_at,
        subject=row.subject,
    )


def role_words(roles: frozenset[Role]) -> str:
    return " ".join(role for role in Role if role in roles)


def note(
    connection: Connection, act: AuditAct, name: str, by: str, now: datetime, **detail: str
) -> None:
    entry = Act(actor=by, act=act, subject=f"account {name}", detail=detail)
    audit.append(connection, [entry], now)
