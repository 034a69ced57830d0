"""The opt-out step: what a link stands for, and what its button does.

Opening a link changes nothing. Leaving may be repeated, and holds from the moment it returns.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.channels import EMAIL, SMS, to_addresses
from scheduler.domain.consent.optout import OptOut, by_email_link, by_mail, by_short_link
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN, Tokens
from scheduler.domain.values import frozen
from scheduler.log import get_logger

log = get_logger(__name__)


class OptOutLedger(Protocol):
    """What the step asks of the ledger. Each call is one transaction."""

    async def opt_out(self, address_id: AddressId, act: OptOut) -> bool:
        """Record an act; False when it holds already. Durable when it returns."""

    async def contact_of_token(
        self, token: str
    ) -> tuple[ContactId, AddressId | None, str, str, str, bool] | None:
        """(contact, phone's address id, language, where they came from, under which audience's
        name, whether that file was our own) behind a short link; None for an unknown one."""

    async def language_of(self, contact_id: ContactId) -> str:
        """French for a contact that is gone."""


@frozen
class WayOut:
    """The address or number that an opened link stands for."""

    kind: AddressKind
    address: AddressId
    #: The contact it was made for.
    person: ContactId | None
    #: The reader's.
    language: str
    #: Where the number came from: an SMS has no room for it (GDPR article 14). Empty: by e-mail, or
    #: from the person themselves.
    origin: str = ""
    #: The audience they came in under; empty: by e-mail.
    source: str = ""
    #: That source is our own file (GDPR article 13).
    own_file: bool = False
    #: From a preview, a rehearsal or a trial: the button changes nothing.
    test: bool = False


async def behind_email_link(token: str, tokens: Tokens, ledger: OptOutLedger) -> WayOut | None:
    """None for a token that isn't one of ours, whole and made for this."""
    opened = tokens.open_optout(token)
    if opened is None:
        return None
    return WayOut(
        kind=EMAIL.address_kind,
        address=opened.address_id,
        person=opened.contact_id or None,
        language=await ledger.language_of(opened.contact_id),
        test=opened.test,
    )


async def behind_short_link(token: str, ledger: OptOutLedger) -> WayOut | None:
    """None for an unknown token, and for a contact who has no number any more."""
    if token == TEST_SHORT_TOKEN:
        return WayOut(
            kind=SMS.address_kind, address=AddressId(0), person=None, language="fr", test=True
        )
    found = await ledger.contact_of_token(token)
    if found is None:
        return None
    person, address, language, origin, source, own_file = found
    if address is None:
        return None
    return WayOut(
        kind=SMS.address_kind,
        address=address,
        person=person,
        language=language,
        origin=origin,
        source=source,
        own_file=own_file,
    )


async def leave_by_click(token: str, tokens: Tokens, ledger: OptOutLedger, now: datetime) -> None:
    """RFC 8058: no page is shown, so nothing is asked but the token."""
    opened = tokens.open_optout(token)
    if opened is not None and not opened.test:
        act = by_email_link(now, one_click=True, person=opened.contact_id or None)
        if await ledger.opt_out(opened.address_id, act):
            log.info("optout.recorded", channel=act.channel, route=act.route)


async def leave_by_mail(
    found: Sequence[str], tokens: Tokens, ledger: OptOutLedger, now: datetime
) -> bool:
    """Record the opt-out of the first of these that is a token of ours; whether one is.

    A trial's token is one too, and records nothing.
    """
    opened = next(filter(None, map(tokens.open_optout, found)), None)
    if opened is None:
        return False
    act = by_mail(now, opened.contact_id or None)
    if not opened.test and await ledger.opt_out(opened.address_id, act):
        log.info("optout.recorded", channel=act.channel, route=act.route)
    return True


async def leave(way_out: WayOut, ledger: OptOutLedger, now: datetime, *, one_click: bool) -> None:
    """Record the opt-out that this way out stands for; nothing for a trial's."""
    if way_out.test:
        return
    if way_out.kind is AddressKind.EMAIL:
        acts = [by_email_link(now, one_click=one_click, person=way_out.person)]
    else:
        # The link doesn't say which medium brought it: it leaves every one to that number.
        media = to_addresses(way_out.kind)
        acts = [by_short_link(now, way_out.person, one.name) for one in media]
    for act in acts:
        if await ledger.opt_out(way_out.address, act):
            log.info("optout.recorded", channel=act.channel, route=act.route)
