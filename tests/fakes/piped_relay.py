"""A FAKE relay that offers PIPELINING, and cuts: its replies into octets, its connections where a
test says, by a reset that a kernel's acknowledgement tells nothing of.

Spoken octet by octet, without a library: what it read of the last message is exact.
"""

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass, field
from typing import Self

from tests.fakes.relay import server_context
from tests.parts.certificates import Certificates


@dataclass(kw_only=True)
class PipedRelay:
    """An SMTP server on a free port. ``async with`` starts it."""

    pipelining: bool = True
    #: Each of its replies leaves octet by octet.
    cuts_replies: bool = False
    #: Replies to commands that came together leave together.
    gathers_replies: bool = False
    #: Recipients that it refuses.
    refuses: frozenset[str] = frozenset()
    #: What it says to a DATA after a refused recipient.
    after_refusal: str = "554 5.5.1 no valid recipients"
    #: Recipient -> seconds before the answer to their dot.
    slow: dict[str, float] = field(default_factory=dict)
    #: Resets the connection when it has read so many octets of the text and its dot of ``resets``,
    #: once; it keeps the message if it has read all of them.
    resets: str = ""
    resets_after: int = 0
    seconds_a_reply: float = 0.0
    #: TLS from the first octet.
    certificates: Certificates | None = None
    host: str = "127.0.0.1"
    port: int = 0
    connections: int = 0
    accepted: list[str] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    lone_dots: int = 0
    #: Commands that came before the answer to the one before them.
    ahead: int = 0
    _gathered: bytes = b""

    async def __aenter__(self) -> Self:
        context = server_context(self.certificates) if self.certificates else None
        self._server = await asyncio.start_server(
            self._serve, self.host, self.port, limit=1 << 22, ssl=context
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient, is_refused = "", False
        await self._say(writer, "220 relay.example.org")
        while line := await self._command(reader, writer):
            if reader._buffer:  # type: ignore[attr-defined]  # the stream's own, in a test
                self.ahead += 1
            match line[:4].upper():
                case b"EHLO":
                    offers = "250-PIPELINING\r\n" if self.pipelining else ""
                    await self._say(writer, f"250-relay.example.org\r\n{offers}250 HELP")
                case b"RCPT":
                    recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                    is_refused = recipient in self.refuses
                    await self._say(writer, "550 5.1.1 unknown" if is_refused else "250 2.1.5 Ok")
                case b"DATA":
                    await self._say(writer, self.after_refusal if is_refused else "354 go on")
                    if not is_refused or self.after_refusal.startswith("354"):
                        await self._take(recipient, reader, writer)
                case b"QUIT":
                    await self._say(writer, "221 2.0.0 Bye")
                    return
                case _:
                    await self._say(writer, "250 2.0.0 Ok")

    async def _command(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        self._say_gathered(reader, writer)
        return await reader.readline()

    def _say_gathered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Nothing more has come: what was kept back leaves."""
        if not reader._buffer:  # type: ignore[attr-defined]  # the stream's own, in a test
            gathered, self._gathered = self._gathered, b""
            writer.write(gathered)

    async def _take(
        self, recipient: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._say_gathered(reader, writer)
        if recipient == self.resets:
            self.resets = ""
            await self._read_and_reset(recipient, reader, writer)
        text = b""
        while not (text == b".\r\n" or text.endswith(b"\r\n.\r\n")):
            text += await reader.readuntil(b"\r\n")
        self.lone_dots += text == b".\r\n"
        await asyncio.sleep(self.slow.get(recipient, 0))
        self.accepted.append(recipient)
        self.texts.append(text)
        await self._say(writer, f"250 2.0.0 Ok: queued as Q{len(self.accepted)}")

    async def _read_and_reset(
        self, recipient: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self.resets_after:
            text = await reader.readexactly(self.resets_after)
            if text.endswith(b"\r\n.\r\n"):
                self.accepted.append(recipient)
                self.texts.append(text)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        raise ConnectionResetError

    async def _say(self, writer: asyncio.StreamWriter, reply: str) -> None:
        await asyncio.sleep(self.seconds_a_reply)
        octets = f"{reply}\r\n".encode()
        if self.gathers_replies:
            self._gathered += octets
            return
        for piece in (
            [octets[n : n + 1] for n in range(len(octets))] if self.cuts_replies else [octets]
        ):
            writer.write(piece)
            await writer.drain()
            if self.cuts_replies:
                await asyncio.sleep(0)
