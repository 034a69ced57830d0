"""The hours of a medium over the week, in local wall time."""

from datetime import time, timedelta

from scheduler.domain.calendar.holidays import SATURDAY, SUNDAY
from scheduler.domain.values import frozen
from scheduler.domain.words.french import french_time


@frozen
class Window:
    """Part of a local day: from ``opens`` (included) to ``closes`` (excluded)."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"une plage doit s'ouvrir avant de se fermer : {self}")

    def __contains__(self, at: time) -> bool:
        return self.opens <= at < self.closes

    def __str__(self) -> str:
        return f"{french_time(self.opens)}–{french_time(self.closes)}"

    def within(self, ceiling: "Window") -> "Window":
        """What is left of it there. Raises ValueError when nothing is."""
        return Window(opens=max(self.opens, ceiling.opens), closes=min(self.closes, ceiling.closes))


@frozen
class ChannelHours:
    """One channel's windows over the week; None: closed that day."""

    weekdays: Window | None
    saturday: Window | None = None
    sunday: Window | None = None
    #: Whether public holidays have the window of their weekday; otherwise they are closed.
    holidays: bool = False
    #: Public holidays have the window of a Sunday.
    holidays_as_sundays: bool = False
    #: After its due instant a slot may still start for this long; None: until that day's close.
    catch_up: timedelta | None = None
    #: After its due instant deliveries may leave (or be retried) for this long; None: until the
    #: close of the next allowed day, so that the rest of a run is deferred, not dropped.
    life: timedelta | None = None

    def on(self, weekday: int) -> Window | None:
        """The window of a weekday (0 is Monday) that is no holiday."""
        return {SATURDAY: self.saturday, SUNDAY: self.sunday}.get(weekday, self.weekdays)


_DAYTIME = Window(opens=time(7), closes=time(21))
_SATURDAY_SMS = Window(opens=time(10), closes=time(18))
#: The operators' charter of 2026: no promotional SMS leaves outside it, whatever a key says.
SMS_CEILING = Window(opens=time(8), closes=time(21, 30))

EMAIL_HOURS = ChannelHours(
    weekdays=_DAYTIME,
    saturday=_DAYTIME,
    sunday=_DAYTIME,
    holidays=True,
    catch_up=timedelta(hours=24),
    life=timedelta(hours=48),
)
#: The strictest of the French sources (law, operators' charter, Twilio's rules).
SMS_HOURS = ChannelHours(
    weekdays=Window(opens=time(8), closes=time(20)),
    saturday=_SATURDAY_SMS,
)
#: A Sunday that somebody decided to tolerate.
SMS_SUNDAY = Window(opens=time(10), closes=time(18))
