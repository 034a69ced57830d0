"""One sending process of a bench.

    python -m bench.replica FOLDER NUMBER

It says ``ready``, begins with the first line that it is told, and ends with the next, or with its
input. The clock shows the Sunday of ``bench.world``; all the rest is the daemon's own.
"""

import asyncio
import gc
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import structlog

from bench.world import SUNDAY
from scheduler import bootstrap
from scheduler.__main__ import RARELY
from scheduler.config.loading import load
from scheduler.daemon.polling import keep_polling
from scheduler.daemon.sweeping import Sweeping
from scheduler.domain.sending import Lane


def start(folder: Path, number: int, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A replica that waits for its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.replica", str(folder), str(number)],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdout is None or not process.stdout.readline():
        raise SystemExit(f"replica {number} didn't start: no figure")
    return process


def tell(process: subprocess.Popen[str]) -> None:
    """A line: to begin, to end."""
    if process.stdin is not None:
        process.stdin.write("\n")
        process.stdin.flush()


async def main(folder: Path, number: int) -> None:
    app = await bootstrap.open_app(load(folder / "config.yaml", os.environ), lambda: SUNDAY)
    providers = {"email": bootstrap.make_providers(app.configuration.settings)["email"]}
    await app.ledger.enter(f"bench-{number}", str(number), SUNDAY)
    wire = bootstrap.WireJournal(folder / f"{number}.wire", await app.ledger.renew_wire())
    senders = bootstrap.make_senders(app, providers, bootstrap.make_renderer(app), wire)
    await providers["email"].open()
    engine = bootstrap.make_engine(app, providers, senders, _tell_fault, every=1)
    sweep = bootstrap.make_sweep(lambda: app, engine, providers)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await engine.start()
    over = asyncio.Event()
    looks = [Sweeping(sweep)] if sweep else []
    sweeping = [asyncio.create_task(keep_polling(one, app.clock, over)) for one in looks]
    await asyncio.to_thread(sys.stdin.readline)
    over.set()
    await engine.stop(10)
    await asyncio.gather(*sweeping)
    await providers["email"].close()
    await app.close()


async def _tell_fault(lane: Lane, fault: Exception | None) -> None:
    if fault is not None:
        print(f"{lane.name}: {fault!r}", file=sys.stderr)


if __name__ == "__main__":
    # As a daemon does.
    gc.set_threshold(*RARELY)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
