"""The HTTPS proxy that stands before the public server in production, as small as can be."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from .certificates import Certificates


@asynccontextmanager
async def https_front(port: int, target: int, certificates: Certificates) -> AsyncIterator[None]:
    """Take TLS on ``port`` of localhost and pass the bytes on to ``target``."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.certificate, certificates.key)
    connections: set[asyncio.Task[None]] = set()

    async def take(outside: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        connections.add(asyncio.create_task(_join(outside, back, target)))

    async with await asyncio.start_server(take, "127.0.0.1", port, ssl=context):
        yield
        # Clients keep their connections open for a next request.
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


async def _join(outside: asyncio.StreamReader, back: asyncio.StreamWriter, target: int) -> None:
    inside, forth = await asyncio.open_connection("127.0.0.1", target)
    try:
        await asyncio.gather(_pipe(outside, forth), _pipe(inside, back))
    finally:
        for writer in (forth, back):
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while block := await reader.read(65536):
        writer.write(block)
        await writer.drain()
    writer.close()
