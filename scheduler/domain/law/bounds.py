"""Where a value is advice and where it is a fault; figures alone."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal

from scheduler.domain.calendar.channel_hours import SMS_CEILING, SMS_HOURS, Window
from scheduler.domain.law.codes import LawRule, Weight
from scheduler.domain.values import frozen

#: The hours of e-mail that ask nobody to be there at night.
MAIL_DAY = Window(opens=time(7), closes=time(21))
#: Years under which nobody agrees alone.
AGE_OF_AGREEMENT = 15
#: What a person gets on a channel at most.
WEEK, MONTH = 2, 8


@frozen
class Bound:
    """What a rule's figure may be."""

    rule: LawRule
    #: Below it is advice.
    least: Decimal = Decimal(0)
    #: Above it is advice.
    most: Decimal
    #: Above it is a fault.
    never: Decimal

    def weight(self, value: Decimal | int) -> Weight | None:
        if value > self.never:
            return Weight.FAULT
        return None if self.least <= value <= self.most else Weight.ADVICE


def _bound(rule: LawRule, most: str, never: str, least: str = "0") -> Bound:
    return Bound(rule=rule, least=Decimal(least), most=Decimal(most), never=Decimal(never))


#: By key.
BOUNDS: Mapping[str, Bound] = {
    "retention.contacts_years": _bound(LawRule.RETENTION_CONTACTS, "3", "5"),
    "retention.leavers_days": _bound(LawRule.LEAVERS, "30", "366"),
    "retention.proofs_years": _bound(LawRule.RETENTION_PROOFS, "5", "10", least="3"),
    "retention.deliveries_months": _bound(LawRule.RETENTION_DELIVERIES, "12", "36"),
    "retention.replies_months": _bound(LawRule.RETENTION_REPLIES, "12", "36"),
    "retention.rehearsal_days": _bound(LawRule.RETENTION_REHEARSALS, "31", "366"),
    "alarms.complaint_rate": _bound(LawRule.COMPLAINTS, "0.1", "0.3"),
}


def beyond_ceiling(window: Window) -> bool:
    return window.opens < SMS_CEILING.opens or window.closes > SMS_CEILING.closes


def is_wider(window: Window, usual: Window | None) -> bool:
    """It opens earlier or closes later than is usual."""
    return usual is not None and (window.opens < usual.opens or window.closes > usual.closes)


def beyond_saturday(window: Window) -> bool:
    return is_wider(window, SMS_HOURS.saturday)


def beyond_weekdays(window: Window) -> bool:
    return is_wider(window, SMS_HOURS.weekdays)
