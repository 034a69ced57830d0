"""Proofs of consent as they stand, to be given out with the contacts they are of."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from scheduler.domain.contacts import Proof
from scheduler.store.tables import consent


def proofs(connection: Connection, contacts: Sequence[int]) -> dict[int, dict[str, Proof]]:
    """By contact and channel: the latest proof not withdrawn since. 500 contacts at most."""
    statement = (
        select(consent)
        .where(consent.c.contact_id.in_(contacts))
        .order_by(consent.c.at, consent.c.id)
    )
    found: dict[int, dict[str, Proof]] = {}
    for row in connection.execute(statement):
        of_person = found.setdefault(row.contact_id, {})
        if row.act == "withdrawn":
            of_person.pop(row.channel, None)
        else:
            of_person[row.channel] = Proof(date=row.at.date(), how=row.how, wording=row.wording)
    return found
