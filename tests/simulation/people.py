"""What people do while it is sent: refuse, pause and resume, move to another address.

Each act is done by a process, as a page or a command does it: it may be answered, or cut short, and
what was answered is held to.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scheduler.bootstrap import App
from scheduler.domain.consent.optout import OptOut, by_email_link, by_sms
from scheduler.domain.errors import ReflexeError
from scheduler.domain.message import AddressKind
from scheduler.flow.steering.steer import How, steer
from tests.samples.ledger import STAFF, Book, person
from tests.simulation.ground import EMAIL, SMS, Ground
from tests.simulation.machine import Machine
from tests.simulation.process import Process


@dataclass(slots=True)
class Wishes:
    """What was answered, and when: by it the reckoning judges."""

    #: Contact -> when their opt-out was answered.
    refused: dict[int, float] = field(default_factory=dict)
    #: Asked for, answered or not.
    asked: set[int] = field(default_factory=set)
    #: (from, to): nothing may begin in between.
    pauses: list[tuple[float, float]] = field(default_factory=list)
    #: Contact -> every address that they had.
    addresses: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


class People:
    """Those of one world."""

    def __init__(self, machine: Machine, ground: Ground, wishes: Wishes) -> None:
        self.machine = machine
        self.ground = ground
        self.wishes = wishes
        for contact, address in ground.addresses.items():
            wishes.addresses[contact].add(address)

    def refuse(self, process: Process, app: App, contact: int) -> None:
        """By the link of their message, or STOP: to this process."""
        self.wishes.asked.add(contact)
        process.create_task(self._refuse(app, contact))

    async def _refuse(self, app: App, contact: int) -> None:
        act = self._act(app.clock())
        try:
            await app.ledger.optouts.opt_out(self.ground.address_ids[contact], act)
        except Exception:
            return  # they are told, and may ask again
        self.wishes.refused.setdefault(contact, self.machine.now)

    def refuse_by_command(self, process: Process, app: App, contact: int) -> None:
        """By ``reflexe optout add``: whoever sends hears nothing of it."""
        self.wishes.asked.add(contact)
        process.create_task(self._tell_off(app, contact))

    async def _tell_off(self, app: App, contact: int) -> None:
        kind = AddressKind.PHONE if self.ground.channel == SMS else AddressKind.EMAIL
        address = self.ground.addresses[contact]
        try:
            await app.people.opt_out_identity(kind, address, self._act(app.clock()))
        except Exception:
            return
        self.wishes.refused.setdefault(contact, self.machine.now)

    def _act(self, now: datetime) -> OptOut:
        if self.ground.channel == EMAIL:
            return by_email_link(now, one_click=True)
        return by_sms(now)

    def pause(self, process: Process, app: App, seconds: float) -> None:
        process.create_task(self._pause(app, seconds))

    async def _pause(self, app: App, seconds: float) -> None:
        async def say(how: How) -> bool:
            row = (await app.ledger.occurrences())[0]
            try:
                await steer(app.ledger, app.hand, row, how, "Camille", app.clock())
            except ReflexeError:
                return False  # it is over, or somebody else's pause
            return True

        if not await _until_it_works(lambda: say(How.PAUSED)):
            return
        begun = self.machine.now
        number = len(self.wishes.pauses)
        self.wishes.pauses.append((begun, begun))
        await asyncio.sleep(seconds)
        self.wishes.pauses[number] = (begun, self.machine.now)
        await _until_it_works(lambda: say(How.RESUMED))

    def move(self, process: Process, app: App, contact: int) -> None:
        """A file says another address of theirs."""
        if self.ground.channel == EMAIL:
            self.wishes.addresses[contact].add(f"q{contact}@example.org")
            process.create_task(self._move(app, contact))

    async def _move(self, app: App, contact: int) -> None:
        book = Book(ledger=app.ledger, people=app.people)
        row = person(contact, email=f"q{contact}@example.org")
        await _until_it_works(lambda: book.take_in(STAFF, row, at=app.clock()))


async def _until_it_works(act: Callable[[], Any]) -> Any:
    """As somebody says a command again that the ledger failed."""
    while True:
        try:
            return await act()
        except Exception:
            await asyncio.sleep(1)
