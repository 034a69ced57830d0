"""Days and times as English sentences say them; ``scheduler.domain.words.french`` is the first."""

from datetime import date, time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def english_date(day: date) -> str:
    """``Monday 1 November 2027``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def english_day(day: date) -> str:
    """``Wed 14/10``: at most 9 characters, in GSM-7."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day:%d/%m}"


def english_time(at: time) -> str:
    """``08:30``."""
    return at.strftime("%H:%M")
