"""The public step: messages that were sent, for anybody to read, and the list of them.

What is shown comes from the ledger's kept text, never from the writers' files: what was sent
stays. No personal field is filled in, and no link is anybody's.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from scheduler.content.composing.content import Content
from scheduler.content.twins import told
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.channels import kind_of
from scheduler.domain.errors import ContentError
from scheduler.domain.ids import ContentId
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.names.tokens import TwinTokens
from scheduler.domain.showing.feed import FeedItem
from scheduler.domain.showing.published import (
    PublishedText,
    SentMessage,
    SentText,
    Showing,
    WebVersion,
    showing,
)
from scheduler.domain.twins import words_of
from scheduler.domain.values import frozen
from scheduler.flow.showing.web_version import DRAWING_FILE, Writer, compose, title_of
from scheduler.log import get_logger

log = get_logger(__name__)

T = TypeVar("T")

#: How far back the list of what was sent goes.
LISTED = timedelta(days=366)
#: The list is worked out again after so long.
LIST_AGE = timedelta(seconds=60)
#: Of the feed.
WEEK = timedelta(days=7)
#: Composed pages held at once: an October's, in every language.
KEPT_PAGES = 64
#: Titles held at once: a year's list, several times over.
KEPT_TITLES = 2000


class PublicSource(Protocol):
    """What the step asks of the ledger."""

    async def published(self, web_id: str, now: datetime) -> PublishedText | None:
        """The text behind a web address; None before its sending begins, and for no such id."""

    async def published_since(self, since: datetime, now: datetime) -> list[PublishedText]:
        """Texts whose sending began in this time, newest first."""

    async def content(self, content_id: ContentId) -> str:
        """A kept text, as JSON."""


@frozen
class _Head:
    """What the list asks of a text."""

    title: str
    web: OnWeb
    message_class: MessageClass
    #: Path of its message.
    message: str


class WebVersions:
    """Composes each text once, as long as it is asked for."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, WebVersion] = OrderedDict()
        self._heads: OrderedDict[str, _Head] = OrderedDict()
        self._list: tuple[datetime, list[SentMessage]] | None = None
        self._words: tuple[datetime, dict[str, str]] | None = None
        self._feed: tuple[datetime, list[FeedItem]] | None = None

    async def find(
        self, web_id: str, source: PublicSource, writer: Callable[[], Writer], now: datetime
    ) -> WebVersion | None:
        """The message behind a web address; None for one nobody was sent, or not yet.

        ``writer`` is asked when something must be composed.
        """
        if web_id not in self._pages:
            found = await source.published(web_id, now)
            if found is None:
                return None
            content = Content.from_json(await source.content(found.content_id))
            if content.web is OnWeb.NONE:
                return None
            try:
                page = await asyncio.to_thread(compose, content, found, writer())
            except ContentError as broken:
                log.warning("web_version.broken", id=web_id, reason=str(broken))
                return None
            _keep(self._pages, web_id, page, KEPT_PAGES)
        self._pages.move_to_end(web_id)
        return self._pages[web_id]

    async def sent(
        self, source: PublicSource, writer: Callable[[], Writer], now: datetime
    ) -> list[SentMessage]:
        """What was sent in the last twelve months, newest first."""
        if self._list is None or not timedelta() <= now - self._list[0] < LIST_AGE:
            found = await source.published_since(now - LISTED, now)
            self._list = (now, await self._lines(found, source, writer()))
        return self._list[1]

    async def by_word(
        self,
        word: str,
        source: PublicSource,
        writer: Callable[[], Writer],
        tokens: TwinTokens,
        now: datetime,
    ) -> str | None:
        """The web id behind the word on a poster: of the latest text that was sent of its message,
        to its readers; None before, and for no such word."""
        if self._words is None or not timedelta() <= now - self._words[0] < LIST_AGE:
            found = await source.published_since(now - LISTED, now)
            self._words = (now, await self._worded(found, source, writer(), tokens))
        return self._words[1].get(word)

    async def _worded(
        self,
        found: Sequence[PublishedText],
        source: PublicSource,
        writer: Writer,
        tokens: TwinTokens,
    ) -> dict[str, str]:
        words: dict[str, str] = {}
        # The latest sending, and of it the last revision, is written last.
        for text in sorted(found, key=lambda text: (text.since, text.revision)):
            head = await self._head(text, source, writer)
            if head.web is OnWeb.NONE or not kind_of(text.channel).is_letter:
                continue
            shown = showing(head.web, head.message_class, writer.people_of(text))
            named = (head.message, text.audience, text.variant)
            own = words_of(writer.links.public_url, tokens, named, shown)
            words |= dict.fromkeys(own, text.web_id)
        return words

    async def week(
        self, source: PublicSource, writer: Callable[[], Writer], now: datetime
    ) -> list[FeedItem]:
        """The reflex of the week: what patients were sent in the last seven days and anybody may
        read, or else the last of it."""
        if self._feed is None or not timedelta() <= now - self._feed[0] < LIST_AGE:
            found = await source.published_since(now - LISTED, now)
            self._feed = (now, await self._items(found, source, writer(), now - WEEK))
        return self._feed[1]

    async def _items(
        self, found: Sequence[PublishedText], source: PublicSource, made: Writer, week: datetime
    ) -> list[FeedItem]:
        texts = [text for text in found if made.people_of(text) is People.PATIENTS]
        open_ones = []
        for text in texts:
            head = await self._head(text, source, made)
            seen = showing(head.web, head.message_class, People.PATIENTS)
            is_advice = head.message_class is MessageClass.AWARENESS
            if seen is Showing.TEXT and is_advice and kind_of(text.channel).is_letter:
                open_ones.append(text)
        if not open_ones:
            return []
        newest = max(text.since for text in open_ones)
        since = min(week, newest)
        kept = [text for text in open_ones if text.since >= since]
        chosen = [
            text
            for _, group in groupby(sorted(kept, key=_group), key=_group)
            for text in _latest(list(group))
        ]
        items = [await self._item(text, source, made) for text in chosen]
        return sorted(filter(None, items), key=lambda item: item.since, reverse=True)

    async def _item(
        self, text: PublishedText, source: PublicSource, writer: Writer
    ) -> FeedItem | None:
        content = Content.from_json(await source.content(text.content_id))
        try:
            tokens = told.read(content, writer.organisation, writer.links)
            title = title_of(content, writer)
        except ContentError as broken:
            log.warning("web_version.broken", id=text.web_id, reason=str(broken))
            return None
        shown = told.of_text(content.title, tokens)
        drawing = content.drawing if writer.organisation.images else None
        return FeedItem(
            web_id=text.web_id,
            variant=text.variant,
            title=content.title,
            subject=title,
            points=shown.points,
            gesture=shown.gesture,
            since=text.since,
            picture=DRAWING_FILE if drawing else "",
            picture_words=drawing.words if drawing else "",
            credit=content.credit,
        )

    async def _lines(
        self, found: Sequence[PublishedText], source: PublicSource, writer: Writer
    ) -> list[SentMessage]:
        lines: list[SentMessage] = []
        together = sorted(found, key=_group)
        for _, group in groupby(together, key=_group):
            texts = _latest(list(group))
            heads = [await self._head(text, source, writer) for text in texts]
            shown = showing(heads[0].web, heads[0].message_class, writer.people_of(texts[0]))
            if shown is Showing.ABSENT:
                continue
            since = min(text.since for text in texts)
            lines.append(
                SentMessage(
                    sent_on=since.astimezone(ZoneInfo(writer.zone)).date(),
                    channel=texts[0].channel,
                    texts=[
                        SentText(web_id=text.web_id, variant=text.variant, title=head.title)
                        for text, head in zip(texts, heads, strict=True)
                    ],
                    subject_only=shown is Showing.SUBJECT,
                )
            )
        return sorted(lines, key=lambda line: line.sent_on, reverse=True)

    async def _head(self, text: PublishedText, source: PublicSource, writer: Writer) -> _Head:
        if text.fingerprint not in self._heads:
            content = Content.from_json(await source.content(text.content_id))
            head = _Head(
                title=title_of(content, writer),
                web=content.web,
                message_class=content.message_class,
                message=content.message,
            )
            _keep(self._heads, text.fingerprint, head, KEPT_TITLES)
        return self._heads[text.fingerprint]


def _group(text: PublishedText) -> tuple[int, str, str]:
    return text.occurrence_id, text.channel, text.audience


def _latest(texts: Sequence[PublishedText]) -> list[PublishedText]:
    """The last revision in each language: what an earlier one got wrong needn't be found."""
    last = {text.variant: text for text in sorted(texts, key=lambda text: text.revision)}
    return [last[variant] for variant in sorted(last)]


def _keep(kept: OrderedDict[str, T], name: str, value: T, most: int) -> None:
    kept[name] = value
    if len(kept) > most:
        kept.popitem(last=False)
