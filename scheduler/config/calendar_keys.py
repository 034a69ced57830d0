"""From the keys of ``campaigns`` to the values the calendar works on."""

from scheduler.config.sections.campaigns import CampaignSettings, ReferenceSettings
from scheduler.config.settings import Settings
from scheduler.domain.calendar.campaigns import (
    Campaign,
    CampaignKind,
    Episode,
    Particular,
    Rank,
    Reference,
)

#: Who a kind of campaign ranks with, when config.yaml doesn't say.
RANKS = {
    CampaignKind.SERIES: Rank.EPISODE,
    CampaignKind.REMINDER: Rank.REMINDER,
    CampaignKind.EVENT: Rank.INVITATION,
    CampaignKind.ON_DEMAND: Rank.SERVICE,
    CampaignKind.ONBOARDING: Rank.REMINDER,
}


def campaign_of(name: str, keys: CampaignSettings, settings: Settings) -> Campaign:
    kind = CampaignKind(keys.kind)
    zone = keys.zone or settings.time_zone
    return Campaign(
        name=name,
        kind=kind,
        topic=keys.topic,
        rank=Rank(keys.rank) if keys.rank else RANKS[kind],
        audiences=tuple(keys.audiences or settings.audiences),
        channels=tuple(keys.channels),
        episodes=tuple(
            Episode(
                name=episode,
                message=one.message,
                when=one.when,
                months=tuple(one.months),
                at=one.at,
                values=dict(one.values),
                reference=_reference(one.reference),
                was=None if one.was is None else tuple(one.was),
                same_as=one.same_as,
            )
            for episode, one in keys.episodes.items()
        ),
        enabled=keys.enabled,
        at=keys.at,
        month=keys.month,
        rule=keys.rule,
        starts=keys.starts,
        ends=keys.ends,
        zone=zone,
        place=keys.place,
        values=dict(keys.values),
        was=None if keys.was is None else tuple(keys.was),
        cancelled=keys.cancelled,
        particulars={
            (one.episode, one.season): Particular(at=one.at, on=one.on, skip=one.skip)
            for one in keys.occurrences
        },
    )


def _reference(keys: ReferenceSettings | None) -> Reference | None:
    if keys is None:
        return None
    return Reference(url=keys.url, dated=keys.dated, valid_until=keys.valid_until)
