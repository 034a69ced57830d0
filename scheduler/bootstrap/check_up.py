"""The doctor that a daemon calls by itself, where it is asked to."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.bootstrap.app import App
from scheduler.config.configuration import Configuration
from scheduler.domain.doctor.lines import Examination
from scheduler.flow.watching.check_up import CheckUp

if TYPE_CHECKING:
    from scheduler.flow.watching.examination import Doctor


def check_up_of(current: Callable[[], App]) -> CheckUp:
    """What DNS, relay and mailbox are is read from the settings as they are by then. Where it isn't
    asked for, it ends what it found while it was."""

    async def examine(now: datetime) -> Examination:
        # It reads files, and loads what a month needs once: beside the loop, which sends meanwhile.
        doctor = await asyncio.to_thread(_doctor, current().configuration, now)
        return await doctor.examine()

    app = current()
    wanted = app.configuration.settings.daemon.doctor == "monthly"
    return CheckUp(ledger=app.gauges, examine=examine if wanted else None)


def _doctor(configuration: Configuration, now: datetime) -> "Doctor":
    from scheduler.bootstrap.examining import Examined, make_doctor

    return make_doctor(configuration, Examined(), now)
