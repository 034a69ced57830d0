"""From the keys to the hours the calendar respects."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from scheduler.config.settings import HolidaySettings, Settings
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.calendar.channel_hours import SMS_CEILING, SMS_SUNDAY, ChannelHours, Window
from scheduler.domain.calendar.holidays import HolidayCalendar
from scheduler.domain.calendar.windows import Hours

#: An e-mail slot is caught up for so long after its due time.
EMAIL_CATCH_UP = timedelta(hours=24)
#: An e-mail is retried for so long after its slot's due time.
EMAIL_LIFE = timedelta(hours=48)


def hours_of(settings: Settings, audiences: Sequence[Audience] = ()) -> Hours:
    sms = _sms(settings)
    tolerant = replace(sms, sunday=SMS_SUNDAY, holidays_as_sundays=True)
    return Hours(
        channels={"email": _email(settings), "sms": sms},
        audiences={one.name: {"sms": tolerant} for one in audiences if one.sunday},
        holidays=_holidays(settings.holidays),
    )


def _email(settings: Settings) -> ChannelHours:
    window = plain_window(settings.channels.email.window)
    return ChannelHours(
        weekdays=window,
        saturday=window,
        sunday=window,
        holidays=True,
        catch_up=EMAIL_CATCH_UP,
        life=EMAIL_LIFE,
    )


def _sms(settings: Settings) -> ChannelHours:
    sms = settings.channels.sms
    saturday = sms_window(sms.saturday)
    agreed = sms.traffic == "service"
    return ChannelHours(
        weekdays=sms_window(sms.weekdays),
        saturday=saturday,
        sunday=saturday if agreed else None,
        holidays=agreed,
    )


def sms_window(hours: tuple[time, time]) -> Window:
    """What a key gives, within the ceiling. Raises ValueError when nothing is left."""
    return plain_window(hours).within(SMS_CEILING)


def plain_window(hours: tuple[time, time]) -> Window:
    opens, closes = hours
    return Window(opens=opens, closes=closes)


def _holidays(settings: HolidaySettings) -> HolidayCalendar:
    return HolidayCalendar(
        added={territory: _named(days) for territory, days in settings.extra.items()},
        removed=settings.removed,
    )


def _named(days: list[date]) -> dict[date, str]:
    return dict.fromkeys(days, "jour férié local")
