"""A FAKE relay whose pace a test sets while it runs, and that notes when each text was begun.

What the other look-alike (``relay.py``) doesn't tell: the first octet after a 354, a text that
never came, and a lone dot in its place.
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, kw_only=True, slots=True)
class BegunText:
    """A text of which the first octet came, and when (``time.monotonic``)."""

    recipient: str
    at: float


@dataclass(kw_only=True)
class SlowRelay:
    """An SMTP server on a free port. ``async with`` starts it."""

    #: Before each of its replies; may be changed while it runs.
    seconds_a_reply: float = 0.0
    #: After how many messages it slows down by itself, and to what.
    slows_after: int = -1
    slows_to: float = 0.0
    #: The same before a 354 alone.
    seconds_before_data: float = 0.0
    #: Whether commands may come before the replies to those before.
    pipelining: bool = False
    host: str = "127.0.0.1"
    port: int = 0
    begun: list[BegunText] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    #: Recipients whose envelope got its 354, and then nothing.
    broken_off: list[str] = field(default_factory=list)
    #: Recipients who would get an empty message.
    lone_dots: list[str] = field(default_factory=list)
    #: Recipients whose envelope was said.
    offered: list[str] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.host, self.port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        await self._say(writer, "220 relay.example.org")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                offers = "250-PIPELINING\r\n" if self.pipelining else ""
                await self._say(writer, f"250-relay.example.org\r\n{offers}250 HELP")
            elif verb == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                self.offered.append(recipient)
                await self._say(writer, "250 2.1.5 Ok")
            elif verb == b"DATA":
                await asyncio.sleep(self.seconds_before_data)
                await self._say(writer, "354 go on")
                await self._take(recipient, reader)
                await self._say(writer, f"250 2.0.0 Ok: queued as Q{len(self.accepted)}")
            elif verb == b"QUIT":
                await self._say(writer, "221 2.0.0 Bye")
                return
            else:
                await self._say(writer, "250 2.0.0 Ok")

    async def _take(self, recipient: str, reader: asyncio.StreamReader) -> None:
        first = await reader.read(1)
        if not first:
            self.broken_off.append(recipient)
            raise ConnectionResetError
        self.begun.append(BegunText(recipient=recipient, at=time.monotonic()))
        text = first + await reader.readuntil(b"\r\n")
        if text == b".\r\n":
            self.lone_dots.append(recipient)
            return
        while (await reader.readline()) != b".\r\n":
            if reader.at_eof():
                raise ConnectionResetError
        self.accepted.append(recipient)
        if len(self.accepted) == self.slows_after:
            self.seconds_a_reply = self.slows_to

    async def _say(self, writer: asyncio.StreamWriter, reply: str) -> None:
        await asyncio.sleep(self.seconds_a_reply)
        writer.write(f"{reply}\r\n".encode())
        await writer.drain()
