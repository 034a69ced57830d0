"""Lines to and from the relay, each bounded in length, number and time.

Standard streams over the transport that aiosmtplib connected: they give the back-pressure and the
bounded lines. A reply has its whole time-out for all of its octets, so a relay that drips one
every ten seconds is left like a silent one.
"""

import asyncio

from scheduler.channels.smtp.replies import Reply, read_reply

#: Octets of a reply's line, and lines of a reply: RFC 5321 has 512 and a dozen.
_LONGEST_LINE = 4096
_MOST_LINES = 100


class Lost(Exception):
    """The conversation can't go on. ``code``: lost, timeout or protocol."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Conversation:
    """Takes the transport over from whoever connected it. Raises Lost and nothing else."""

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        loop = asyncio.get_running_loop()
        self._reader = asyncio.StreamReader(limit=_LONGEST_LINE, loop=loop)
        protocol = asyncio.StreamReaderProtocol(self._reader, loop=loop)
        protocol.connection_made(transport)
        transport.set_protocol(protocol)
        # drain() then waits for a body's last octets, not for all but 64 kB. (With 0 the TLS
        # transport pauses an empty buffer.)
        transport.set_write_buffer_limits(high=1, low=0)
        self._writer = asyncio.StreamWriter(transport, protocol, self._reader, loop)

    @property
    def is_closing(self) -> bool:
        return self._writer.is_closing()

    def abort(self) -> None:
        """Close at once, without what isn't written yet."""
        self._writer.transport.abort()

    async def write(self, octets: bytes, seconds: float) -> None:
        """Give every octet to the system, within ``seconds``."""
        try:
            self._writer.write(octets)
            async with asyncio.timeout(seconds):
                await self._writer.drain()
        except TimeoutError:
            raise Lost("timeout", "the relay takes no more octets") from None
        except OSError as error:
            raise Lost("lost", type(error).__name__) from None

    async def reply(self, seconds: float, first: bytes | None = None) -> Reply:
        """One whole reply within ``seconds``; ``first`` is its first line when already heard."""
        try:
            async with asyncio.timeout(seconds):
                return await self._read_lines(first)
        except TimeoutError:
            raise Lost("timeout", f"no whole reply within {seconds:g} s") from None
        except ValueError:
            raise Lost("protocol", "no SMTP reply, or one too long") from None
        except OSError as error:
            raise Lost("lost", type(error).__name__) from None

    async def overhear(self, seconds: float) -> bytes | None:
        """A line the relay says unasked within ``seconds``; empty when it hung up."""
        try:
            async with asyncio.timeout(seconds):
                return await self._reader.readline()
        except TimeoutError:
            return None
        except (OSError, ValueError):
            return b""

    async def _read_lines(self, first: bytes | None) -> Reply:
        texts: list[str] = []
        while len(texts) < _MOST_LINES:
            line = await self._reader.readline() if first is None else first
            first = None
            if not line.endswith(b"\n"):
                raise Lost("lost", "the relay closed the connection")
            code, goes_on, text = int(line[:3]), line[3:4] == b"-", line[4:]
            texts.append(text.decode("utf-8", "replace").strip())
            if not goes_on:
                return read_reply(code, " ".join(texts))
        raise ValueError("endless reply")
