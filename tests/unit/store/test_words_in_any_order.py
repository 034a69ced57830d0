"""Whatever a provider says later of an SMS, in any order: it never leaves once too often."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.answers.events import Consequence, EventKind
from scheduler.store.database import Database
from scheduler.store.keys.sealing import Keys, make_keys
from scheduler.store.ledger import Ledger
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.setup import migrate
from tests.samples.later import NOW, Texts
from tests.samples.ledger import MADE, Book

#: One SMS that waits for its first try: the ledger's bytes, and its keys.
Planned = tuple[bytes, Keys]
WORDS = (EventKind.QUEUED, EventKind.SENT, EventKind.BOUNCED, EventKind.DELIVERED)
#: Words on the tries so far, counted backwards: mostly that one didn't arrive.
SAID = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1]),
        st.sampled_from([*(EventKind.BOUNCED,) * 6, EventKind.SENT, EventKind.DELIVERED]),
    ),
    max_size=2,
)
#: A try, if one may be made: what is said before its answer, whether one came, what is said after.
ROUNDS = st.lists(
    st.tuples(SAID, st.sampled_from(["answer", "answer", "lose"]), SAID), min_size=3, max_size=5
)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    file = tmp_path_factory.mktemp("planned") / "ledger.db"
    migrate(f"sqlite:///{file}")
    keys = make_keys()

    async def plan() -> None:
        texts = on(file, keys)
        await texts.plan()
        await texts.book.ledger.close()

    asyncio.run(plan())
    return file.read_bytes(), keys


def on(file: Path, keys: Keys) -> Texts:
    database = Database(f"sqlite:///{file}", durable=False, alone=True)
    ledger = Ledger(database, keys, MADE)
    return Texts(book=Book(ledger=ledger, people=PeopleLedger(database, keys)))


def play(
    planned: Planned, folder: Path, story: Callable[[Texts], Coroutine[Any, Any, None]]
) -> None:
    content, keys = planned
    file = folder / "ledger.db"
    for old in folder.glob("ledger.db*"):
        old.unlink()
    file.write_bytes(content)

    async def whole() -> None:
        texts = on(file, keys)
        await story(texts)
        await texts.book.ledger.close()

    asyncio.run(whole())


class Story:
    """Plays it, and knows what the provider has, by what it was told to say."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.now: datetime = NOW
        self.ids: list[str] = []
        self.in_flight = False
        self.undelivered: set[str] = set()
        self.arrived = False

    async def try_(self) -> None:
        self.now += timedelta(minutes=31)
        if not await self.texts.take(self.now):
            return
        assert not self.arrived
        assert set(self.ids) <= self.undelivered
        self.ids.append(f"SM{len(self.ids) + 1}")
        assert len(self.ids) <= 3
        self.in_flight = True

    async def end(self, how: str) -> None:
        if self.in_flight and how == "answer":
            await self.texts.accept([1], self.ids[-1], now=self.now)
        elif self.in_flight:
            await self.texts.lose([1], self.now)
        self.in_flight = False

    async def say(self, back: int, kind: EventKind) -> None:
        id_ = self.ids[-1 - back % len(self.ids)]
        if kind is EventKind.BOUNCED:
            await self.texts.hear(1, id_, now=self.now)
            self.undelivered.add(id_)
        else:
            quiet = Consequence.NOTHING
            await self.texts.hear(1, id_, "", quiet, now=self.now, kind=kind)
        self.arrived |= kind is EventKind.DELIVERED


@settings(max_examples=25)
@given(rounds=ROUNDS)
def test_it_is_tried_again_only_when_every_earlier_try_came_to_nothing(
    planned: Planned, tmp_path_factory: pytest.TempPathFactory, rounds: Sequence[Any]
) -> None:
    async def story(texts: Texts) -> None:
        told = Story(texts)
        for before, how, after in rounds:
            await told.try_()
            for word in before:
                await told.say(*word)
            await told.end(how)
            for word in after:
                await told.say(*word)
        if told.arrived:
            assert "delivered" in await texts.kinds()
            assert (await texts.row()).state == "sent"

    play(planned, tmp_path_factory.getbasetemp(), story)


@settings(max_examples=20)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    answered_after=st.integers(0, 6),
)
def test_the_same_words_in_any_order_before_or_after_the_answer_have_the_same_end(
    planned: Planned,
    tmp_path_factory: pytest.TempPathFactory,
    words: Sequence[EventKind],
    answered_after: int,
) -> None:
    async def story(texts: Texts) -> None:
        told = Story(texts)
        await told.try_()
        for number, word in enumerate(words):
            if number == answered_after:
                await told.end("answer")
            await told.say(0, word)
        await told.end("answer")
        came_back = EventKind.BOUNCED in words and EventKind.DELIVERED not in words
        assert (await texts.row()).state == ("waiting" if came_back else "sent")

    play(planned, tmp_path_factory.getbasetemp(), story)
