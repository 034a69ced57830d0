"""Messages a second, through the whole path with its ledger, beside smtp-source on the same sink.

    make bench    or    python -m bench.send [recipients] [connections]

The peer only pushes bytes; Réflexe also plans, renders each recipient's message, takes a durable
intent before it and writes a durable outcome after it. What counts is the ratio in one run.
"""

import asyncio
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bench.world import SUNDAY, make_world
from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.sending import Lane
from scheduler.flow.render import Renderer
from scheduler.flow.send import Sender

PORT = 20025


def main() -> None:
    recipients = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    connections = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with sink():
        ours, size = asyncio.run(reflexe(recipients, connections))
        peer = smtp_source(recipients, connections, size)
    print(f"{recipients} messages of {size} bytes, {connections} connections, one smtp-sink")
    print(f"smtp-source  {peer:8.0f} messages/s")
    print(f"reflexe      {ours:8.0f} messages/s   ratio {ours / peer:.2f}")


async def reflexe(recipients: int, connections: int) -> tuple[float, int]:
    """Messages a second of the send step, and the mean size of a message."""
    with tempfile.TemporaryDirectory() as folder:
        app = await make_world(
            Path(folder),
            recipients,
            {
                "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
                "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "127.0.0.1",
                "REFLEXE_CHANNELS__EMAIL__SMTP__PORT": str(PORT),
                "REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY": "none",
                "REFLEXE_CHANNELS__EMAIL__SMTP__CONNECTIONS": str(connections),
            },
        )
        providers = {"email": bootstrap.make_providers(app.configuration.settings)["email"]}
        planner = bootstrap.make_planner(app, providers)
        await app.ledger.enter("bench", "bench", SUNDAY)
        wire = bootstrap.WireJournal(Path(folder) / "wire", await app.ledger.renew_wire())
        renderer = bootstrap.make_renderer(app)
        # example.org is in no destination group: the lane of all the rest sends everything.
        sender = bootstrap.make_senders(app, providers, renderer, wire)[0]
        await planner.sync(SUNDAY)
        await planner.plan_due(SUNDAY)
        size = await size_of_one(app, sender, renderer)
        await providers["email"].open()
        began = time.perf_counter()
        tried = await sender.send_due()
        seconds = time.perf_counter() - began
        await providers["email"].close()
        await app.close()
    if tried != recipients:
        raise SystemExit(f"{tried} of {recipients} were tried: no figure")
    return recipients / seconds, size


async def size_of_one(app: App, sender: Sender, renderer: Renderer) -> int:
    """Bytes of one recipient's message."""
    slots = [one.slot_id for one in await app.ledger.open_slots(Lane(channel="email"), SUNDAY)]
    claim = await app.ledger.claim(slots, sender.owner, SUNDAY)
    if claim is None:
        raise SystemExit("nothing was planned: no figure")
    (due,) = await app.ledger.due(claim, SUNDAY, 1)
    message = await renderer.message(due, claim, SUNDAY)
    await app.ledger.release(claim)
    return len(message.body)


def smtp_source(messages: int, sessions: int, size: int) -> float:
    command = ["smtp-source", "-d", "-s", str(sessions), "-m", str(messages), "-l", str(size)]
    addresses = ["-f", "retour@example.org", "-t", "personne@example.org"]
    began = time.perf_counter()
    subprocess.run([*command, *addresses, f"127.0.0.1:{PORT}"], check=True)
    return messages / (time.perf_counter() - began)


@contextmanager
def sink(*options: str) -> Iterator[None]:
    process = subprocess.Popen(
        ["smtp-sink", "-u", "nobody", *options, f"127.0.0.1:{PORT}", "1000"],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.5)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
