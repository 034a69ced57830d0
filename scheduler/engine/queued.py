"""The engine of several replicas: Procrastinate, on the PostgreSQL that holds the ledger.

A job names a batch. It is a hint: whoever takes it claims the batch in the ledger, or finds that
there is nothing to do. So a job that is lost, repeated, or finished twice by a worker that was
frozen loses nothing and repeats nothing.

https://procrastinate.readthedocs.io/en/stable/ (3.10)
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import procrastinate
from procrastinate.jobs import Status
from psycopg import Error

from scheduler.domain.sending import Lane
from scheduler.engine.local import Report, Works
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds between two signs of life of a worker, and after how many without one it is dead.
HEARTBEAT = 4
SILENCE = 13
#: Seconds between two looks for a job, should a notification be lost.
POLL = 2
#: Seconds before a worker that stopped (the server was away) is started again.
AGAIN = 1
#: Name of the one task.
SEND_BATCH = "send_batch"
#: What the queue of a channel's limited lanes is called, after the channel.
LIMITED = ".groups"


class QueuedEngine:
    """For a ledger that several replicas have."""

    def __init__(
        self, conninfo: str, senders: Sequence[Works], report: Report, *, limited: int
    ) -> None:
        """``limited``: batches of limited lanes worked at once by this process."""
        self._senders = senders
        self._report = report
        self._limited = limited
        self._free: defaultdict[str, list[Works]] = defaultdict(list)
        for sender in senders:
            self._free[sender.lane.name].append(sender)
        connector = procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, max_size=6)
        self._queue = procrastinate.App(connector=connector)
        self._queue.task(name=SEND_BATCH)(self._send_batch)
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        # It tells of every job, and of every worker that a restart of the server stops.
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)

    async def start(self) -> None:
        await self._queue.open_async()
        widths: dict[str, int] = {}
        for sender in self._senders:
            lane = sender.lane
            if lane.connections is None:
                widths[lane.channel] = widths.get(lane.channel, 0) + 1
            else:
                widths[lane.channel + LIMITED] = self._limited
        self._tasks = [
            asyncio.create_task(self._keep_working(queue, width)) for queue, width in widths.items()
        ]

    def wake(self) -> None:
        """A new job wakes a worker by itself."""

    async def stop(self, grace: float) -> None:
        """No new intent; ``grace`` seconds for what waits for its answer."""
        self._stopping.set()
        for sender in self._senders:
            sender.stop()
        for task in self._tasks:
            # A worker that is told so finishes its jobs, which end by themselves now.
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            if late:
                for sender in self._senders:
                    sender.give_up()
                await asyncio.wait(late)
        with suppress(Error):
            await self._queue.close_async()

    async def forget_stalled(self) -> int:
        """Drop the jobs of workers that gave no sign of life for ``SILENCE``; how many. Their
        batches get new ones from the ledger."""
        manager = self._queue.job_manager
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE))
        for job in stalled:
            # Another replica may have done so meanwhile.
            with suppress(procrastinate.exceptions.ConnectorException):
                await manager.finish_job(job, Status.FAILED, delete_job=True)
        if stalled:
            await manager.prune_stalled_workers(seconds_since_heartbeat=SILENCE)
        return len(stalled)

    async def _keep_working(self, queue: str, width: int) -> None:
        """A worker, started again when the server was away."""
        while not self._stopping.is_set():
            try:
                await self._queue.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=width,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=POLL,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENCE,
                )
            except (Error, procrastinate.exceptions.ProcrastinateException, OSError) as away:
                log.warning("engine.away", queue=queue, reason=type(away).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), AGAIN)

    async def _send_batch(self, slot: int, number: int, channel: str, destination: str) -> None:
        """What a job does. Whatever fails, the ledger holds the batch for a later job."""
        with self._lent(channel, destination) as sender:
            if sender is None:
                return
            while not self._stopping.is_set():
                try:
                    await sender.send_batch(slot, number)
                except Exception as fault:
                    await self._report(sender.lane, fault)
                    await self._settle(sender)
                if not sender.busy:
                    return
                # An answer that is still awaited has no other job to tell it.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), AGAIN)

    async def _settle(self, sender: Works) -> None:
        """What this process alone knows is told the ledger before anything else is done."""
        while True:
            try:
                await sender.settle()
                await self._report(sender.lane, None)
            except Exception as fault:
                await self._report(sender.lane, fault)
                if self._stopping.is_set():
                    # The wire journal knows it as well: the next start tells it.
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), AGAIN)
            else:
                return

    @contextmanager
    def _lent(self, channel: str, destination: str) -> Iterator[Works | None]:
        """A sender of the lane that does nothing else; None when all are at work."""
        lane = Lane(channel=channel, destination=destination)
        # What a group was planned for that is no more goes with the rest.
        known = lane.name if lane.name in self._free else channel
        free = self._free[known]
        sender = free.pop() if free else None
        try:
            yield sender
        finally:
            if sender is not None:
                free.append(sender)
