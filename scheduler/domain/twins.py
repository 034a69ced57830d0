"""A message's twins: its words on a wall, on a screen, on the networks, on the intranet, aloud.

Whatever anybody may meet (a waiting room's screen, a network) is public: it shows no line for
staff, and no address that its message doesn't give to everybody.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from hashlib import sha256

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.holidays import HolidayCalendar
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.names.tokens import TwinTokens, typable
from scheduler.domain.showing.published import Showing, showing
from scheduler.domain.values import frozen


class Twin(StrEnum):
    #: A sheet to print, A4 or A3.
    POSTER = "poster"
    #: One page for a waiting room's screen.
    SCREEN = "screen"
    #: A text and a picture for LinkedIn and the internal network: a person posts it.
    POST = "post"
    #: A piece of a page, to paste into an intranet.
    INTRANET = "intranet"
    #: A script for a human voice.
    AUDIO = "audio"


#: Seen by whoever passes.
PUBLIC = frozenset({Twin.SCREEN, Twin.POST})
#: Points of a message that a twin shows: three, or the four of a list that its writers numbered.
POINTS = 3
MOST_POINTS = 4
#: Made by default for staff: it is on their own pages.
FOR_STAFF = frozenset({Twin.INTRANET})
#: Characters: a point is read from two metres, a post's first line before « voir plus ».
LONGEST_POINT = 120
LONGEST_LINE = 200
#: Characters of a whole post, as LinkedIn takes it.
LONGEST_POST = 3_000
#: Local time at which a post is advised.
POST_AT = time(8, 30)
#: How long a person is reminded of a post, its day included.
STILL_DUE = timedelta(days=3)
#: Tuesday to Thursday: when people read such a post at work.
_POST_DAYS = (1, 2, 3)
_DAY = timedelta(days=1)


def tells_staff(kind: Twin, people: People) -> bool:
    """Whether the line that staff may call can stand there."""
    return people is People.STAFF and kind not in PUBLIC


def gives_address(
    kind: Twin, web: OnWeb, message_class: MessageClass, people: People, *, allowed: bool
) -> bool:
    """Whether a twin leads to the web version of its message, as ``web`` says.

    ``allowed``: a person gives an address that isn't for everybody. What has no page has none.
    """
    if web is OnWeb.NONE:
        return False
    if allowed or showing(web, message_class, people) is Showing.TEXT:
        return True
    ours = web is OnWeb.UNSAID and message_class is not MessageClass.SERVICE
    return ours and tells_staff(kind, people)


def open_word(site: str, message: str, audience: str, variant: str) -> str:
    """The word in the address of a text that is for everybody: the same whatever the keys."""
    return typable(sha256("\0".join((site, message, audience, variant)).encode()).digest())


def words_of(
    site: str, tokens: TwinTokens, text: tuple[str, str, str], shown: Showing
) -> Sequence[str]:
    """Every word that leads to a text (message, audience, variant), the one to give first. One
    that isn't for everybody has none that can be guessed."""
    keyed = tokens.twin(*text)
    return [open_word(site, *text), *keyed] if shown is Showing.TEXT else keyed


@frozen
class Posting:
    """A message that leaves one day, and may be posted."""

    #: Path under templates/.
    message: str
    sent_on: date
    #: What it tells of is still ahead: a post after it would come too late.
    announces: bool = False


def post_days(postings: Iterable[Posting], holidays: HolidayCalendar) -> dict[Posting, date]:
    """A Tuesday, Wednesday or Thursday that is no holiday, and nobody else's: the last one up to
    the day on which an announcement leaves, the first one after any other message."""
    ordered = sorted(set(postings), key=lambda one: (one.sent_on, one.message))
    days = dict[Posting, date]()
    for one in reversed([one for one in ordered if one.announces]):
        days[one] = _free(one.sent_on, -_DAY, holidays, days.values())
    for one in [one for one in ordered if not one.announces]:
        days[one] = _free(one.sent_on + _DAY, _DAY, holidays, days.values())
    return days


def _free(day: date, step: timedelta, holidays: HolidayCalendar, taken: Collection[date]) -> date:
    while day.weekday() not in _POST_DAYS or holidays.name(day) is not None or day in taken:
        day += step
    return day


def post_is_due(day: date, today: date) -> bool:
    """From the advised day on, and for a few days after it: nothing tells that a person did."""
    return day <= today < day + STILL_DUE
