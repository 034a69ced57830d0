"""« Ours or not? »: one mail beside the ledger. Nothing is changed."""

from collections.abc import Callable, Sequence
from typing import Protocol

from scheduler.domain.answers.whose import Answer, GivenMail, SentMail, WayOut, judge
from scheduler.domain.errors import AddressRefused
from scheduler.domain.names.tokens import Tokens
from scheduler.domain.people.addresses import normalise_email


class SentSource(Protocol):
    async def sent_mail(self, delivery: int, identities: Sequence[str]) -> SentMail | None:
        """A message by its number, and whether one of these addresses is whom it went to."""


async def whose(
    mail: GivenMail,
    ledger: SentSource,
    tokens: Tokens,
    sender: str,
    reply_to: str,
    is_known: Callable[[str], bool],
) -> Answer:
    """``sender``: the address that we write from, ``reply_to``: where its answers go;
    ``is_known``: a host that our messages may name."""
    opened = tokens.open_delivery(mail.number)
    sent = None
    if opened is not None:
        sent = await ledger.sent_mail(opened.delivery_id, list(_identities(mail)))
    return judge(
        mail,
        made_here=opened is not None,
        sent=sent,
        ways_out=[_way_out(tokens, one) for one in mail.ways_out],
        sender=sender,
        reply_to=reply_to,
        strange_hosts=[host for host in mail.hosts if not is_known(host)],
    )


def _way_out(tokens: Tokens, token: str) -> WayOut:
    opened = tokens.open_optout(token)
    if opened is None:
        return WayOut()
    return WayOut(address_id=opened.address_id, trial=opened.test)


def _identities(mail: GivenMail) -> set[str]:
    found = set()
    for one in mail.addressees:
        try:
            found.add(normalise_email(one).identity)
        except AddressRefused:
            continue
    return found
