"""« Ours or not? »: what the step needs, taken from an App."""

import asyncio
from email.utils import parseaddr
from typing import TYPE_CHECKING

from scheduler.bootstrap.app import App

if TYPE_CHECKING:
    from scheduler.domain.answers.whose import Answer


async def whose_mail(app: App, raw: bytes) -> "Answer":
    """A mail as it was given, beside this ledger."""
    from scheduler.content.rules.links import Allowed
    from scheduler.flow.answers.whose import whose
    from scheduler.flow.who_writes import links_of, organisation_of
    from scheduler.inbox.given_mail import given_mail

    settings = app.configuration.settings
    known = Allowed.of(organisation_of(settings), links_of(settings))
    email = settings.channels.email
    _, sender = parseaddr(email.sender)
    # Beside the loop: a mail may be long, and others wait.
    mail = await asyncio.to_thread(given_mail, raw)
    return await whose(mail, app.desk, app.ledger.tokens, sender, email.reply_to, known.takes)
