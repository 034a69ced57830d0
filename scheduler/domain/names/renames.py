"""Names that were edited: what the ledger knows under an old one, and who says so.

An occurrence is its campaign, its episode and its season. A person who gives an episode another
name means the same Sunday; without a word of theirs it would leave again. So a new name that looks
like an old one waits until ``was`` says which it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
)
from scheduler.domain.calendar.dates import event_day
from scheduler.domain.names.typed_names import folded
from scheduler.domain.values import frozen


class Named(StrEnum):
    """What a name may be of."""

    CAMPAIGN = "campaign"
    EPISODE = "episode"
    AUDIENCE = "audience"


@frozen
class Renaming:
    """What a person wrote with ``was``."""

    kind: Named
    #: The campaign of an episode; empty for the others.
    campaign: str
    name: str
    was: str
    #: The old name is another one's today: it is a swap, and true once.
    once: bool = False


@frozen
class Ran:
    """An occurrence to which something has happened: it left, or a person decided about it."""

    campaign: str
    episode: str
    season: str
    date: date
    #: Path of the message that was planned; empty where none was.
    message: str
    #: What that message was called.
    title: str = ""


@frozen
class Known:
    """What config.yaml names today."""

    #: Campaign and episode -> path of its message; what is switched off too: that is not gone.
    messages: Mapping[tuple[str, str], str]
    #: Campaigns that are switched off: nothing of theirs leaves any more.
    off: Collection[str] = ()
    #: Path of a message -> its title, of those that can be read.
    titles: Mapping[str, str] = field(default_factory=dict)
    campaigns: Collection[Campaign] = ()

    def says_no_more(self, campaign: str) -> bool:
        """It is gone, or switched off."""
        return campaign in self.off or campaign not in {name for name, _ in self.messages}


def configured(campaigns: Iterable[Campaign], titles: Mapping[str, str] | None = None) -> Known:
    campaigns = list(campaigns)
    return Known(
        messages={
            (campaign.name, episode.name): episode.message
            for campaign in campaigns
            for episode in campaign.episodes
        },
        off=[campaign.name for campaign in campaigns if not campaign.enabled],
        titles=titles or {},
        campaigns=campaigns,
    )


def declared(campaigns: Iterable[Campaign], audiences: Iterable[Audience]) -> list[Renaming]:
    """Every renaming that is written down, campaigns first, older names before newer ones."""
    campaigns, audiences = list(campaigns), list(audiences)
    found = [
        Renaming(kind=Named.CAMPAIGN, campaign="", name=one.name, was=was, once=once)
        for one in campaigns
        for was, once in _former(one.was, [other.name for other in campaigns])
    ]
    for campaign in campaigns:
        names = [episode.name for episode in campaign.episodes]
        found += [
            Renaming(kind=Named.EPISODE, campaign=campaign.name, name=one.name, was=was, once=once)
            for one in campaign.episodes
            for was, once in _former(one.was, names)
        ]
    found += [
        Renaming(kind=Named.AUDIENCE, campaign="", name=one.name, was=was)
        for one in audiences
        for was in one.was
    ]
    return found


def _former(was: Collection[str] | None, names: Collection[str]) -> Iterator[tuple[str, bool]]:
    return ((name, name in names) for name in was or ())


def suspect(
    one: Occurrence, campaign: Campaign, ran: Iterable[Ran], known: Known, today: date
) -> Ran | None:
    """What ``one`` may be under its former name; None: it is new, or said to be.

    In its own campaign: the same date under a name that is gone, or the same message (or its
    title, in another folder) under a name that is gone or says something else today. In another
    campaign that is gone or switched off: the same date and the same message, title or episode; or
    an event that is still to come. In either, a copy: the same message on the same date to the same
    people, beside an episode that stays. Only what already ran can be sent again.
    """
    episode = next((each for each in campaign.episodes if each.name == one.episode), None)
    if episode is None or episode.was == () or campaign.was == ():
        return None
    ran = list(ran)
    if any(_key(old) == _key(one) for old in ran):
        return None
    similar = (old for old in ran if folded(old.season) == folded(one.season))
    return next((old for old in similar if _alike(old, one, episode, known, campaign, today)), None)


def _alike(
    old: Ran, one: Occurrence, episode: Episode, known: Known, campaign: Campaign, today: date
) -> bool:
    if _is_copy(old, one, episode, known, campaign):
        return True
    same_message = bool(old.message) and old.message == episode.message
    title = known.titles.get(episode.message, "")
    same_text = same_message or bool(title and folded(title) == folded(old.title))
    # What is sent by hand has the date of the day it was asked for.
    same_date = old.date == one.date or (episode.when == "by-hand" and same_message)
    now_says = known.messages.get((old.campaign, old.episode))
    if old.campaign == one.campaign:
        is_gone = now_says is None and (same_date or same_text)
        return is_gone or (same_message and now_says != old.message)
    if not known.says_no_more(old.campaign):
        return False
    if same_date:
        return same_text or (now_says is None and old.episode == one.episode)
    return same_text and _is_to_come(old, episode, campaign, today)


def _is_copy(old: Ran, one: Occurrence, episode: Episode, known: Known, campaign: Campaign) -> bool:
    """What ``old`` sends still, sent again on the same day: a line, or a campaign, that somebody
    copied and left both. Two events, two lots of values, two sorts of people are none."""
    if old.date != one.date or old.message != episode.message:
        return False
    other, twin = _today(old, known)
    if other is None or twin is None or not other.enabled or twin.message != episode.message:
        return False
    if CampaignKind.ONBOARDING in (campaign.kind, other.kind) or "by-hand" in (
        *(episode.when, twin.when),
    ):
        return False
    same_words = (campaign.starts, {**campaign.values, **episode.values}) == (
        *(other.starts, {**other.values, **twin.values}),
    )
    shared = (
        set(campaign.audiences) & set(other.audiences),
        set(campaign.channels) & set(other.channels),
    )
    return same_words and all(shared)


def _today(old: Ran, known: Known) -> tuple[Campaign | None, Episode | None]:
    """What ran, as config.yaml has it today under the same names."""
    campaign = next((one for one in known.campaigns if one.name == old.campaign), None)
    episodes = campaign.episodes if campaign else ()
    return campaign, next((one for one in episodes if one.name == old.episode), None)


def _is_to_come(old: Ran, episode: Episode, campaign: Campaign, today: date) -> bool:
    """What ``old`` was sent for has not taken place: people hold its date. Afterwards the same
    messages are another event's."""
    if campaign.kind is not CampaignKind.EVENT:
        return False
    day = event_day(episode.when, old.date)
    return day is not None and day >= today


def why(one: Occurrence, old: Ran, known: Known) -> str:
    """What a person has to say of it, in French."""
    if _stays(one, old, known):
        return (
            f"l’épisode « {one.campaign}/{one.episode} » envoie le même message que "
            f"« {old.campaign}/{old.episode} », déjà traité, le même jour et aux mêmes personnes : "
            "si c’est une copie, retirez-la ; si c’est voulu, écrivez « was: [] »"
        )
    if old.campaign != one.campaign:
        mine, before = f"la campagne « {one.campaign} »", old.campaign
        what = f"« {old.campaign}/{old.episode} », déjà traité et absent de config.yaml"
        if old.campaign in known.off:
            return (
                f"{mine} ressemble à « {old.campaign}/{old.episode} », déjà traité et désactivé : "
                f"si c’est la même, retirez « {before} » de config.yaml et écrivez « was: "
                f"{before} » ; si c’en est une autre, « was: [] »"
            )
    elif (old.campaign, old.episode) in known.messages:
        mine, before = f"l’épisode « {one.episode} »", old.episode
        what = f"« {old.episode} », déjà traité et qui envoie aujourd’hui autre chose"
    else:
        mine, before = f"l’épisode « {one.episode} »", old.episode
        what = f"« {old.episode} », déjà traité et absent de config.yaml sous ce nom"
    return (
        f"{mine} ressemble à {what} : si c’est le même, écrivez « was: {before} » ; si c’en est un "
        "autre, « was: [] »"
    )


def _stays(one: Occurrence, old: Ran, known: Known) -> bool:
    """``old`` is there still and says the same: ``one`` is a copy of it."""
    if old.date != one.date or old.campaign in known.off:
        return False
    message = known.messages.get((one.campaign, one.episode))
    return message is not None and message == known.messages.get((old.campaign, old.episode))


def _key(one: Occurrence | Ran) -> tuple[str, str, str]:
    return one.campaign, one.episode, folded(one.season)


def lost_audiences(
    audiences: Collection[Audience], people: Mapping[str, int], known: Collection[str]
) -> dict[str, str]:
    """Audiences of config.yaml that the ledger has never known -> the one that is gone and has
    people. Whose contacts came by themselves is no better known for it.

    ``people``: living contacts by the name they were imported under; ``known``: those names of
    which it is settled whose people they are.
    """
    sources = {one.source for one in audiences}
    gone = sorted(name for name, count in people.items() if count and name not in sources)
    strange = (one for one in audiences if one.is_source and not one.is_new)
    return {one.name: ", ".join(gone) for one in strange if gone and one.source not in known}


def why_lost(name: str, gone: str, alike: Collection[str]) -> str:
    """What a person has to say of an audience that may be another's people, in French.

    ``alike``: every audience of which that is to be said.
    """
    several = f" (un seul de ceux-ci peut l’être : {', '.join(sorted(alike))})"
    return (
        f"le public « {name} » est nouveau, et « {gone} », que config.yaml ne nomme plus, a des "
        f"contacts et leurs refus : si c’est le même{several if len(alike) > 1 else ''}, écrivez "
        f"« was: {gone} » dans audiences/{name}.yaml ; si c’en est un autre, « was: [] »"
    )
