"""What campaigns are called, in French: they have a short name for files, and none for people."""

from collections.abc import Mapping

from scheduler.domain.calendar.campaigns import CampaignKind

KIND_WORDS: Mapping[CampaignKind, str] = {
    CampaignKind.SERIES: "série",
    CampaignKind.REMINDER: "rappels",
    CampaignKind.EVENT: "événement",
    CampaignKind.ON_DEMAND: "à la demande",
    CampaignKind.ONBOARDING: "accueil",
}


def campaign_words(kind: CampaignKind, first: str, others: int) -> str:
    """``Série « Un mois pour se protéger » et 5 autres messages``."""
    word = KIND_WORDS[kind]
    told = f"{word[:1].upper()}{word[1:]} «\u00a0{first}\u00a0»"
    if not others:
        return told
    return f"{told} et {others} autre{'s messages' if others > 1 else ' message'}"
