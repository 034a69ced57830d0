"""The week's reflex as other programs read it: a JSON Feed (version 1.1, jsonfeed.org)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scheduler.domain.instants import Dated
from scheduler.domain.organisation import Links
from scheduler.domain.showing.public_pages import FEED, WEB_VERSION
from scheduler.domain.values import frozen

VERSION = "https://jsonfeed.org/version/1.1"


@frozen
class FeedItem(Dated):
    """A text that anybody may read, the same for everybody."""

    web_id: str
    #: ``fr``, ``en``, ``fr-falc``.
    variant: str
    title: str
    #: As its message was sent.
    subject: str
    points: tuple[str, ...]
    gesture: str
    #: When its sending began (UTC).
    since: datetime
    #: Under its own address; empty: it has no drawing.
    picture: str
    picture_words: str
    credit: str


def as_json(organisation: str, links: Links, items: Sequence[FeedItem]) -> dict[str, Any]:
    """The feed as a value: its home is the page that says what we sent."""
    return {
        "version": VERSION,
        "title": f"{organisation} : le réflexe de la semaine".replace(" :", "\u00a0:"),
        "home_page_url": links.verify_page,
        "feed_url": f"{links.public_url}{FEED}",
        "language": "fr",
        "authors": [{"name": organisation}],
        "items": [_item(links, one) for one in items],
    }


def _item(links: Links, one: FeedItem) -> dict[str, Any]:
    address = f"{links.public_url}{WEB_VERSION}{one.web_id}"
    lines = [f"{number}. {point}" for number, point in enumerate(one.points, 1)]
    said: dict[str, Any] = {
        "id": address,
        "url": address,
        "title": one.title,
        "summary": one.subject,
        "content_text": "\n".join([*lines, *([one.gesture] if one.gesture else [])]) or one.subject,
        "date_published": one.since.isoformat().replace("+00:00", "Z"),
        "language": one.variant.partition("-")[0],
        "tags": ["facile à lire"] if one.variant.endswith("-falc") else [],
    }
    if one.credit:
        said["authors"] = [{"name": one.credit}]
    if one.picture:
        said["image"] = f"{address}/{one.picture}"
        said["_reflexe"] = {"image_alt": one.picture_words}
    return said
