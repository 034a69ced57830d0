"""Days, times and channels as French sentences say them."""

from datetime import date, time

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def french_date(day: date) -> str:
    """``lundi 1er novembre 2027``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def french_time(at: time) -> str:
    """``08h30``."""
    return at.strftime("%Hh%M")


def channel_label(channel: str) -> str:
    """How a channel is called; one we have no word for keeps its name."""
    return {"email": "courriel", "sms": "SMS"}.get(channel, channel)
