"""The keys below ``pace:`` of a channel, as frozen values; see ``scheduler.config.settings``."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from scheduler.config.checks import domain_name
from scheduler.config.sections.section import Name, Section
from scheduler.domain.measure.destinations import DEFAULT_GROUPS, DestinationGroup


def _domains(value: str) -> str:
    """A domain, or one name in any country: ``yahoo.*``."""
    if value.endswith(".*"):
        return domain_name(f"{value[:-1]}fr").removesuffix("fr") + "*"
    return domain_name(value)


Domains = Annotated[str, AfterValidator(_domains)]
PerSecond = Annotated[float, Field(gt=0, le=10_000)]


class GroupSettings(Section):
    domains: tuple[Domains, ...] | None = Field(
        default=None,
        description="Domains of its addresses; yahoo.* is any country's. An empty list takes a "
        "shipped group away.",
    )
    connections: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Connections it is sent over at once, by all replicas together.",
    )
    messages_per_connection: int | None = Field(
        default=None, ge=1, le=10_000, description="Messages sent over one of them."
    )
    per_second: PerSecond | None = Field(
        default=None, description="Messages a second to it; absent: no limit of its own."
    )


class WarmUpSettings(Section):
    since: date = Field(
        alias="from", description="The first day, as the organisation's zone has it."
    )
    first_day: int = Field(default=200, ge=1, description="Messages on that day.")
    growth: float = Field(
        default=1.5, ge=1.05, le=10, description="What each day may send of the day before."
    )
    full: int = Field(
        default=50_000,
        ge=1,
        description="Messages a day from which on there is no limit any more.",
    )

    @model_validator(mode="after")
    def _grows(self) -> Self:
        if self.first_day >= self.full:
            raise ValueError("first_day is at its end already — make it smaller than full")
        return self


#: What a group that isn't shipped has unless its keys say otherwise.
_NEW_GROUP = DestinationGroup(name="", domains=(), connections=4, messages_per_connection=100)


class EmailPaceSettings(Section):
    per_second: PerSecond | None = Field(
        default=None,
        description="E-mails a second in all; absent: as fast as the relay takes them.",
    )
    groups: dict[Name, GroupSettings] = Field(
        default_factory=dict,
        description="Destination groups, laid over the shipped ones: orange, free, sfr, laposte, "
        "gmail, microsoft, yahoo.",
    )
    warm_up: WarmUpSettings | None = Field(
        default=None, description="Messages a day while our address is new; absent: no limit."
    )

    @property
    def destination_groups(self) -> tuple[DestinationGroup, ...]:
        """The shipped groups as these keys change them, then the new ones."""
        return tuple(one for one in self._merged() if one.domains)

    def _merged(self) -> Iterator[DestinationGroup]:
        shipped = {one.name: one for one in DEFAULT_GROUPS}
        for name in dict.fromkeys([*shipped, *self.groups]):
            base = shipped.get(name) or replace(_NEW_GROUP, name=name)
            given = self.groups.get(name) or GroupSettings()
            said: dict[str, Any] = given.model_dump(exclude_none=True)
            yield replace(base, **said)

    @model_validator(mode="after")
    def _each_domain_once(self) -> Self:
        shipped = {one.name for one in DEFAULT_GROUPS}
        for name, group in self.groups.items():
            if name not in shipped and not group.domains:
                raise ValueError(f"groups.{name} is no shipped group — give it domains")
        counts = Counter(one for group in self.destination_groups for one in group.domains)
        double = next((domain for domain, times in counts.items() if times > 1), None)
        if double is not None:
            names = [one.name for one in self.destination_groups if double in one.domains]
            raise ValueError(
                f"{double} is in the groups {' and '.join(names)} — leave it in one of them"
            )
        return self


class SmsPaceSettings(Section):
    segments_per_second: PerSecond = Field(
        default=1.0, description="Segments a second; what your sender is allowed."
    )
    spend_cap_per_day: Decimal | None = Field(
        default=None,
        gt=0,
        description="Euros a day, as a decimal string; absent: no cap. What is above it waits for "
        "the next day.",
    )
