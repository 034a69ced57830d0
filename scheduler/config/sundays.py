"""The keys ``sunday`` and ``shift`` of an audience: where a Sunday's messages go, and by whose
decision SMS may leave on it."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, Literal, Protocol

from pydantic import Field

from scheduler.config import faults
from scheduler.config.sections.law import PersonName, SignedSection
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document
from scheduler.domain.calendar.campaigns import ChannelTerms, People, Shift, SundayWord
from scheduler.domain.calendar.channel_hours import SMS_SUNDAY
from scheduler.domain.errors import Fault
from scheduler.domain.law.codes import LawRule


class SundayFile(SignedSection):
    rule: Literal["tolerated"] = Field(description="That it is.")
    by: PersonName | None = Field(default=None, description="Who decided.")
    on: date | None = Field(default=None, description="The day of the decision.")
    why: str = Field(default="", description="Why, in a sentence.")


class HasSunday(Protocol):
    @property
    def sunday(self) -> SundayFile | None: ...

    @property
    def shift(self) -> dict[str, str]: ...

    @property
    def model_fields_set(self) -> set[str]: ...


def sunday_as_typed(value: Any) -> Any:
    """One word will do where ``decisions`` of config.yaml says who decided."""
    if value == "never":
        return None
    return {"rule": value} if isinstance(value, str) else value


def shift_of(file: HasSunday, channel: str) -> str:
    """Where a Sunday's messages go; SMS stay where the Sunday is tolerated and nothing is said."""
    said = channel in file.shift and "shift" in file.model_fields_set
    if channel == "sms" and file.sunday and not said:
        return "sunday"
    return file.shift.get(channel, "none")


def word_of(given: SundayFile | None, settings: Settings) -> SundayWord | None:
    """Who decided: the audience's own file says it, or config.yaml; None: nobody."""
    if given is None:
        return None
    if given.by and given.on:
        return SundayWord(by=given.by, on=given.on, why=given.why)
    decided = [one for one in settings.decisions if one.rule == LawRule.SMS_SUNDAY]
    latest = max(decided, key=lambda one: one.on, default=None)
    return SundayWord(by=latest.by, on=latest.on, why=latest.why) if latest else None


def check(
    file: HasSunday, document: Document, people: People, settings: Settings
) -> Iterator[Fault]:
    """It is for patients, and somebody decided."""
    if file.shift.get("sms", "").startswith("sunday") and file.sunday is None:
        what = "SMS don't leave on Sundays"
        remedy = "choose monday, or say who decided otherwise under sunday"
        yield faults.at(document, ("shift", "sms"), what, remedy)
    if file.shift.get("email", "").startswith("sunday"):
        remedy = "write none: e-mail stays on the Sunday"
        yield faults.at(document, ("shift", "email"), "is the Sunday itself", remedy)
    if file.sunday is None:
        return
    if people is not People.PATIENTS:
        what = "the staff has a right to disconnect: no SMS on Sundays"
        if people is People.UNSAID:
            what = "only patients may get SMS on Sundays, and nobody says that these are"
        remedy = "remove the key, or write people: patients where they are"
        yield faults.at(document, ("sunday",), what, remedy)
    if word_of(file.sunday, settings) is None:
        what = "nobody decided that Sundays are tolerated"
        remedy = "write sunday: {rule: tolerated, by: A. Durand, on: 2026-09-01}"
        yield faults.at(document, ("sunday",), what, remedy)


def check_hours(file: HasSunday, document: Document, settings: Settings) -> Iterator[Fault]:
    """A time outside its channel's window is refused, here as in config.yaml."""
    sms = settings.channels.sms
    windows = {
        ("email", Shift.MONDAY): settings.channels.email.window,
        ("sms", Shift.MONDAY): sms.weekdays,
        ("sms", Shift.SATURDAY): sms.saturday,
        ("sms", Shift.SUNDAY): (SMS_SUNDAY.opens, SMS_SUNDAY.closes),
    }
    for channel, rule in file.shift.items():
        terms = terms_of("", rule)
        opens, closes = windows.get((channel, terms.shift), (time.min, time.max))
        if terms.shift_at and not opens <= terms.shift_at < closes:
            what = f"{rule} is outside the hours of channel {channel} ({opens:%H:%M} to "
            what += f"{closes:%H:%M} that day)"
            remedy = "choose a time inside them"
            yield faults.at(document, ("shift", channel), what, remedy)


def terms_of(basis: str, shift: str) -> ChannelTerms:
    day, _, at = shift.partition("-")
    return ChannelTerms(
        basis=basis, shift=Shift(day), shift_at=time.fromisoformat(at) if at else None
    )
