"""The doctor's own mail: sent by the relay as messages are, and waited for in the mailbox."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol

from scheduler.domain.doctor.seen import MailboxSeen
from scheduler.domain.message import Message
from scheduler.domain.provider import Provider
from scheduler.domain.values import frozen

#: Between two looks (seconds).
PAUSE = 2.0
#: Above every row of a real ledger: a message without a delivery.
_NO_DELIVERY = 3 << 60


class Box(Protocol):
    """The mailbox of what comes back."""

    async def rights(self) -> MailboxSeen: ...

    async def letter(self, message_id: str) -> bytes | None:
        """A whole mail, put away; None: it isn't there. Raises InboxAway."""


@frozen
class OwnLetter:
    """Nobody's: its token opens nothing, and it carries the headers that are to be signed."""

    provider: Provider
    box: Box
    sender: str
    #: The return path's domain: what is written to desinscription+TOKEN@ there is in the mailbox.
    domain: str
    public_url: str
    token: str
    seconds: int
    #: Whether a signature holds: the mail, its tags, the published key.
    holds: Callable[[bytes, dict[str, str], str], bool | None]

    @property
    def to(self) -> str:
        return f"desinscription+{self.token}@{self.domain}"

    async def sent_and_back(self, now: datetime) -> bytes | None:
        """None: it isn't back in time. Raises HandOverError and InboxAway."""
        await self.provider.send(self._message(now), _nothing)
        loop = asyncio.get_running_loop()
        until = loop.time() + self.seconds
        while (found := await self.box.letter(self._message_id)) is None:
            if loop.time() >= until:
                return None
            await asyncio.sleep(PAUSE)
        return found

    async def leave(self) -> None:
        await self.provider.close()

    @property
    def _message_id(self) -> str:
        return f"<{self.token}@{self.domain}>"

    def _message(self, now: datetime) -> Message:
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"] = self.sender, self.to
        mail["Subject"] = "Réflexe : essai du courrier"
        mail["Date"], mail["Message-ID"] = format_datetime(now), self._message_id
        mail.set_content("Essai de « reflexe doctor » : rien à faire.\n", cte="quoted-printable")
        one_click = (
            f"List-Unsubscribe: <{self.public_url}/d/{self.token}>,\r\n <mailto:{self.to}>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        )
        return Message(
            delivery=_NO_DELIVERY,
            to=self.to,
            sender=f"retour@{self.domain}",
            # Not by the library, which would encode them: mail programs read them as they are.
            body=one_click.encode() + mail.as_bytes(),
            reference=self.token,
            group="doctor",
        )


def _nothing(delivery: int) -> None:
    """No delivery of the ledger waits for this message's fate."""
