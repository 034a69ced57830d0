"""Whom opt-outs bar, after a year of files, wishes, proofs and ways back at random: as plain Python
has it, on each of the two databases."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import insert, select

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.optout import by_email_link, by_operator
from scheduler.domain.ids import ContactId
from scheduler.domain.message import AddressKind
from scheduler.store.rules import refused
from scheduler.store.schema.tables import address, consent, contact
from tests.samples.ledger import MADE, PATIENTS, STAFF, Book, person

MINUTE = timedelta(minutes=1)
ADDRESSES = [f"{name}@example.org" for name in ("maison", "bureau", "famille", "ancien")]
#: Two sources, three people in each; nobody has another's name.
PEOPLE = [(STAFF, "K1"), (STAFF, "K2"), (STAFF, "K3")]
PEOPLE += [(PATIENTS, "R1"), (PATIENTS, "R2"), (PATIENTS, "R3")]


@dataclass(slots=True)
class Wish:
    at: datetime
    address: str
    #: None: nobody knows.
    who: str | None
    holds: bool = True


@dataclass(slots=True)
class Oracle:
    """The rule, as people say it."""

    has: dict[str, str | None] = field(default_factory=dict)
    #: Whatever somebody was ever written to at.
    had: dict[str, set[str]] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
    #: Of a proof, or a way back: who, where, when.
    reopened: list[tuple[str, str, datetime]] = field(default_factory=list)

    def moves(self, who: str, to: str | None) -> None:
        self.has[who] = to
        if to is not None:
            self.had.setdefault(who, set()).add(to)

    def holders(self, at: str) -> list[str]:
        return [who for who, has in self.has.items() if has == at]

    def speaker(self, at: str) -> str | None:
        there = self.holders(at)
        return there[0] if len(there) == 1 else None

    def comes_back(self, who: str | None, at: str, now: datetime) -> None:
        alone = set(self.holders(at)) <= {who}
        for wish in self.wishes:
            mine = wish.who == who and who is not None
            nobodys = wish.who is None and wish.address == at and (alone or who is None)
            if mine or nobodys:
                wish.holds = False
        if who is not None and any(one.holds and one.address == at for one in self.wishes):
            self.reopened.append((who, at, now))

    def refuses(self, who: str) -> bool:
        at = self.has[who]
        return any(
            wish.holds
            and (wish.address == at or wish.who == who)
            and not any(
                (one, there) == (who, at) and when > wish.at for one, there, when in self.reopened
            )
            for wish in self.wishes
        )


@dataclass(slots=True)
class Year:
    """Both sides of it."""

    book: Book
    chance: Random
    now: datetime = MADE
    oracle: Oracle = field(default_factory=Oracle)

    async def step(self) -> str:
        self.now += MINUTE
        acts = (self.file, self.file, self.link, self.told, self.agrees, self.back, self.unknown)
        act = self.chance.choice(acts)
        await act()
        return act.__name__

    async def file(self) -> None:
        source, key = self.chance.choice(PEOPLE)
        to = self.chance.choice([*ADDRESSES, None])
        await self.takes(source, key, to)

    async def takes(self, source: Audience, key: str, to: str | None) -> None:
        row = person(1, key=key, email=to, phone=None, agreed=(), fields={"prenom": f"N{key}"})
        await self.book.take_in(source, row, at=self.now)
        self.oracle.moves(key, to)

    async def link(self) -> None:
        """Of a message of whatever year."""
        who = self.chance.choice([key for _, key in PEOPLE if key in self.oracle.had] or [""])
        if who:
            at = self.chance.choice(sorted(self.oracle.had[who]))
            act = by_email_link(self.now, one_click=True, person=ContactId(await self.contact(who)))
            await self.book.people.opt_out(await self.address(at), act)
            self.oracle.wishes.append(Wish(self.now, at, who))

    async def told(self) -> None:
        at = self.chance.choice(ADDRESSES)
        act = by_operator("email", self.now)
        await self.book.people.opt_out_identity(AddressKind.EMAIL, at, act)
        self.oracle.wishes.append(Wish(self.now, at, self.oracle.speaker(at)))

    async def agrees(self) -> None:
        who = self.somebody()
        if who:
            at = self.oracle.has[who]
            assert at is not None
            proof = {
                "contact_id": await self.contact(who),
                "address_id": await self.address(at),
                "channel": "email",
                "act": "given",
                "wording": "oui",
                "how": "papier",
                "at": self.now,
                "recorded_at": self.now,
            }
            await self.book.ledger.database.write(lambda one: one.execute(insert(consent), [proof]))
            self.oracle.reopened.append((who, at, self.now))

    async def back(self) -> None:
        who = self.somebody()
        if who:
            at = self.oracle.has[who]
            assert at is not None
            one = await self.contact(who)
            await self.book.people.lift(AddressKind.EMAIL, at, "email", self.now, one)
            self.oracle.comes_back(who, at, self.now)

    async def unknown(self) -> None:
        at = self.chance.choice(ADDRESSES)
        await self.book.people.lift(AddressKind.EMAIL, at, "email", self.now)
        self.oracle.comes_back(self.oracle.speaker(at), at, self.now)

    def somebody(self) -> str:
        return self.chance.choice([who for who, at in self.oracle.has.items() if at] or [""])

    async def contact(self, key: str) -> int:
        (card,) = await self.book.people.find(key, None)
        return card.contact

    async def address(self, identity: str) -> int:
        digest = self.book.ledger.keys.digest(AddressKind.EMAIL, identity)
        statement = select(address.c.id).where(address.c.digest == digest)
        ((row,),) = await self.book.rows(statement)
        return int(row)

    async def barred(self) -> set[str]:
        """By the very condition that planning and intents use."""
        rule = refused(contact.c.id, contact.c.email_id, "email", "october")
        rows = await self.book.rows(select(contact.c.id).where(rule))
        ids = {row.id for row in rows}
        return {key for key in self.oracle.has if await self.contact(key) in ids}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_year_at_random_bars_whom_it_should(book: Book, seed: int) -> None:
    year = Year(book=book, chance=Random(seed))  # noqa: S311 - an example that can be repeated
    done = []
    for _ in range(120):
        done.append(await year.step())
        expected = {who for who in year.oracle.has if year.oracle.refuses(who)}
        assert await year.barred() == expected, done[-10:]
    assert {"file", "link", "told", "agrees", "back", "unknown"} <= set(done)
