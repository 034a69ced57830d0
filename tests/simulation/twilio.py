"""The model of Twilio: what the shipped provider and Twilio's own SDK ask over HTTP.

aiohttp alone isn't here: a session stands in for it that does what the world decides. What was
asked before a process died may arrive all the same.
"""

import asyncio
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

import aiohttp

from tests.simulation.machine import Machine
from tests.simulation.process import Process
from tests.simulation.relay import Accepted, Habits, Relay

#: HTTP status, Twilio's code.
REFUSALS = ((429, 20429), (400, 21211), (400, 30003), (503, 20500), (500, 20500))


class Twilio(Relay):
    """Its list of what it accepted, and its moods."""

    def __init__(self, machine: Machine, habits: Habits) -> None:
        super().__init__(machine, habits)
        self.messages = 0

    def session(self, process: Process) -> "Session":
        return Session(self, process)

    def answer(self, to: str, begun: float) -> tuple[int, dict[str, Any]] | None:
        """What it says to one request; None: nothing, whether it took it or not."""
        chance = self.machine.chance
        trouble = self.trouble()
        if trouble and chance.random() < 0.5:
            status, code = chance.choice(REFUSALS)
            if code == 21211:
                self.refused.add(to)
            return status, {"code": code, "message": "no", "status": status}
        if trouble and chance.random() < 0.5:
            return None
        self.messages += 1
        sid = f"SM{self.messages:032}"
        self.keep(Accepted(to=to, message_id=sid, begun=begun, at=self.machine.now))
        if trouble:
            return None
        return 201, {"sid": sid, "status": "queued", "num_segments": "1", "to": to}


class Session:
    """In place of ``aiohttp.ClientSession``."""

    def __init__(self, twilio: Twilio, process: Process) -> None:
        self.twilio = twilio
        self.process = process

    def request(self, _method: str, _url: str, *, data: bytes, **named: Any) -> "_Request":
        return _Request(self, parse_qs(data.decode("ascii")), named["trace_request_ctx"])

    async def close(self) -> None:
        """Nothing is open."""


class _Request:
    def __init__(self, session: Session, fields: Mapping[str, list[str]], asked: Any) -> None:
        self._twilio = session.twilio
        self._process = session.process
        self._fields = fields
        self._asked = asked
        self.status = 0
        self.headers: dict[str, str] = {}
        self._text = ""

    async def __aenter__(self) -> "_Request":
        twilio, machine = self._twilio, self._twilio.machine
        await asyncio.sleep(twilio.delay())
        if twilio.trouble():
            raise aiohttp.ClientConnectionError("no connection")
        await self._asked.begin()
        self._asked.hand_over()
        begun = machine.now
        answer: asyncio.Future[None] = self._process.create_future()
        # On its way: it arrives whatever becomes of who sent it.
        machine.after(twilio.delay(), lambda: self._arrive(begun, answer))
        try:
            async with asyncio.timeout(30):
                await answer
        except TimeoutError:
            raise TimeoutError("no answer") from None
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Nothing is open."""

    async def text(self) -> str:
        return self._text

    def _arrive(self, begun: float, answer: "asyncio.Future[None]") -> None:
        said = self._twilio.answer(self._fields["To"][0], begun)
        if said is None:
            return
        self.status, body = said
        self._text = json.dumps(body)
        self._twilio.machine.after(
            self._twilio.delay(), lambda: self._process.call(lambda: _tell(answer)), self._process
        )


def _tell(answer: "asyncio.Future[None]") -> None:
    if not answer.done():
        answer.set_result(None)
