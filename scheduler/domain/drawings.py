"""Where a drawing, or a line above the title, may stand: never where somebody reads in fear, or in
what the law makes us send."""

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.message import MessageClass

#: What to do when something has happened: staff may smile, a patient who was robbed doesn't.
WITHIN_THE_HOUR = "rappels/12-dans-l-heure"
#: Beginning of the folders that tell of a leak, ours or another's.
_LEAK = "fuite-"


def may_draw(message: str, message_class: MessageClass, people: People) -> bool:
    """Whether this message, to these people, may carry a drawing or a kicker."""
    if message_class is MessageClass.SERVICE or message.startswith(_LEAK):
        return False
    return message != WITHIN_THE_HOUR or people is People.STAFF
