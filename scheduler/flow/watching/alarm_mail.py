"""Tells the operator of new alarms, by the e-mail channel: one mail a kind and hour at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.domain.alarms.raising import to_mail
from scheduler.domain.errors import HandOverError, Permanent, Uncertain
from scheduler.domain.message import Message
from scheduler.domain.organisation import EmailSender
from scheduler.domain.provider import Provider
from scheduler.domain.showing.report import AlarmRow
from scheduler.domain.words.alarms import detail, sentence, subject
from scheduler.flow.watching.operator_mail import operator_mail, unasked
from scheduler.log import get_logger

log = get_logger(__name__)

#: After a mail that didn't leave.
REST = timedelta(minutes=15)


class MailLedger(Protocol):
    """Each call is one transaction."""

    async def open_alarms(self) -> list[AlarmRow]:
        """What needs a person, oldest first."""

    async def mailed(self) -> Mapping[str, datetime]:
        """Kind -> when its alarms were last mailed."""

    async def note_mailed(self, kind: str, at: datetime | None) -> None:
        """Durable when it returns; None: they were not, after all."""


@dataclass(kw_only=True)
class AlarmMail:
    """One task of the daemon."""

    ledger: MailLedger
    provider: Provider
    sender: EmailSender
    to: str
    #: Its name in the log.
    subject: str = "alarm-mail"
    every: timedelta = timedelta(seconds=10)
    rests_until: datetime | None = None

    async def look(self, now: datetime) -> None:
        """Mail what is new; what couldn't leave is tried again later."""
        if self.rests_until is not None and timedelta(0) < self.rests_until - now <= REST:
            return
        mailed = await self.ledger.mailed()
        for kind, alarms in to_mail(await self.ledger.open_alarms(), mailed, now).items():
            # Before it leaves: a mail less is better than one every ten seconds.
            await self.ledger.note_mailed(kind, now)
            try:
                await self.provider.send(self._message(kind, alarms, now), unasked)
            except HandOverError as fault:
                log.warning("alarm.not_mailed", kind=kind, code=fault.code)
                if isinstance(fault, Permanent | Uncertain):
                    continue
                await self.ledger.note_mailed(kind, mailed.get(kind))
                self.rests_until = now + REST
                return
            log.info("alarm.mailed", kind=kind)

    def _message(self, kind: str, alarms: Sequence[AlarmRow], now: datetime) -> Message:
        reference = f"alarm-{kind}-{now:%Y%m%d%H%M%S}"
        text = _text(kind, alarms)
        return operator_mail(self.sender, self.to, sentence(kind), text, reference, now)


def _text(kind: str, alarms: Sequence[AlarmRow]) -> str:
    lines = [
        f"- {subject(one.subject)} : {detail(kind, one.detail)} "
        f"(depuis le {one.raised_at:%Y-%m-%d %H:%M} UTC)"
        for one in alarms
    ]
    told = "\n".join(lines)
    return f"{sentence(kind)}\n\n{told}\n\nAlarme « {kind} ». « reflexe status » les dit toutes.\n"
