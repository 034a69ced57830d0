"""What forgets, as the configuration says it."""

from collections.abc import Iterable

from scheduler.bootstrap.app import App
from scheduler.bootstrap.stage import REHEARSED_OUTBOX
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.message import AddressKind
from scheduler.domain.people.retention import RetentionRules
from scheduler.domain.showing.complaint import Complaint
from scheduler.flow.people.retention import Retention
from scheduler.store.complaints import answer
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.upkeep.rehearsals import RehearsalFolder


def retention_of(app: App) -> Retention:
    settings = app.configuration.settings.retention
    return Retention(
        rules=RetentionRules(**settings.model_dump()),
        ledger=RetentionLedger(
            app.ledger.database,
            _by_consent(app.configuration.audiences),
            keep_source_key=app.configuration.settings.optout.keep_source_key,
            optouts=app.ledger.optouts,
        ),
        rehearsal=RehearsalFolder(app.configuration.var / "rehearsal", REHEARSED_OUTBOX),
    )


async def complaint_of(
    app: App, kind: AddressKind, identity: str, masked: str, by: str
) -> Complaint:
    return await answer(app.ledger, kind, identity, masked, by, app.clock())


def _by_consent(audiences: Iterable[Audience]) -> set[str]:
    """Sources where nobody is written to without consent, by any audience that selects there."""
    asked: dict[str, bool] = {}
    for one in audiences:
        every = all(terms.basis == Basis.CONSENT for terms in one.channels.values())
        asked[one.source] = asked.get(one.source, True) and every
    return {source for source, every in asked.items() if every}
