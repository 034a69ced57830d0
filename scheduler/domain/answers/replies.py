"""What comes in: an SMS as a provider gives it, the ledger takes it, a person reads it; a mail."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from scheduler.domain.answers.bounces import Report
from scheduler.domain.answers.decisions import ReplyDecision
from scheduler.domain.calendar.holidays import HolidayCalendar
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: An ordinary telephone. A short code or a name is a machine, which would answer our answer.
_TELEPHONE = re.compile(r"\+[1-9][0-9]{7,14}")
#: A number gets one answer of ours in this time.
ANSWER_EVERY = timedelta(days=1)
#: Those that a person reads; what a person should have read in time is the last but thanks.
READ_BY_A_PERSON = (
    ReplyKind.OTHER,
    ReplyKind.DOUBT,
    ReplyKind.LEAVES_SERIES,
    ReplyKind.WRONG_PERSON,
    ReplyKind.DECEASED,
    ReplyKind.COURTESY,
)
WAITING = tuple(kind for kind in READ_BY_A_PERSON if kind is not ReplyKind.COURTESY)
#: Working days that one of them may wait before an alarm.
PATIENCE = 2


#: In French, for the desk; a test finds it complete.
DECISION_WORDS: Mapping[ReplyDecision, str] = {
    ReplyDecision.OPT_OUT: "Ne plus écrire",
    ReplyDecision.NOTED: "Lu, rien à changer",
    ReplyDecision.REOPEN: "Reprendre les envois",
    ReplyDecision.WRONG_PERSON: "Mauvais numéro",
    ReplyDecision.DECEASED: "Personne décédée",
}
#: The same of what a reply was taken for.
KIND_WORDS: Mapping[ReplyKind, str] = {
    ReplyKind.OPT_OUT: "demande d’arrêt",
    ReplyKind.LEAVES_SERIES: "demande d’arrêt en d’autres mots : la série s’arrête, les messages"
    " de service continuent",
    ReplyKind.DOUBT: "demande d’arrêt peut-être : la série attend votre décision",
    ReplyKind.WRONG_PERSON: "mauvais numéro : il est fermé",
    ReplyKind.DECEASED: "personne décédée : le numéro est fermé",
    ReplyKind.OPT_IN: "demande de reprise",
    ReplyKind.HELP: "demande d’aide",
    ReplyKind.AUTO_REPLY: "réponse automatique",
    ReplyKind.COURTESY: "politesse",
    ReplyKind.OTHER: "message",
}


def decisions_on(kind: str) -> tuple[ReplyDecision, ...]:
    """What a person may make of a reply of a kind."""
    if kind in (ReplyKind.WRONG_PERSON, ReplyKind.DECEASED):
        return (ReplyDecision.NOTED, ReplyDecision.REOPEN)
    if kind == ReplyKind.LEAVES_SERIES:
        return tuple(ReplyDecision)
    return tuple(one for one in ReplyDecision if one is not ReplyDecision.REOPEN)


def has_waited(since: datetime, now: datetime, zone: str, holidays: HolidayCalendar) -> bool:
    """Over two working days, whole ones: what came on a Saturday begins to wait on Monday."""
    local = since.astimezone(zone_named(zone))
    day, at = local.date(), local.time()
    if not holidays.is_working_day(day):
        day, at = holidays.working_day_after(day), time()
    for _ in range(PATIENCE):
        day = holidays.working_day_after(day)
    return now > datetime.combine(day, at, zone_named(zone))


@frozen
class Reply:
    """A text that somebody sent us."""

    channel: str
    #: The provider's own id of it: the same one is taken once.
    provider_id: str
    #: E.164; else a short code or a name.
    sender: str
    text: str
    #: STOP, START or HELP where the provider understood it, and has answered already; else empty.
    mark: str = ""

    @property
    def from_telephone(self) -> bool:
        return _TELEPHONE.fullmatch(self.sender) is not None


@frozen
class TakenReply:
    """What the ledger made of a reply that it had not."""

    #: An opt-out, or a way back, that is new.
    changed: bool
    #: This reply may be answered, and is counted as answered.
    answer: bool
    #: The reader's.
    language: str


@frozen
class OpenReply(Dated):
    """A reply that waits for a person."""

    id: int
    channel: str
    #: A ``ReplyKind``.
    kind: str
    #: Empty once the person is erased, or the text too old to be kept.
    sender: str
    text: str
    #: UTC.
    at: datetime


@frozen
class Letter:
    """An unread mail, as far as it was looked at."""

    #: Its number in the mailbox.
    number: int
    #: What may be an opt-out's token in it.
    tokens: tuple[str, ...]
    #: What it says of another message; None where its header promises nothing of the kind.
    report: Report | None = None
    #: What may be our Message-IDs that it answers.
    answers: tuple[str, ...] = ()
