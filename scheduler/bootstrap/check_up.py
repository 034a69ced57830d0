"""The doctor that a daemon calls by itself, where it is asked to."""

import asyncio
from datetime import datetime

from scheduler.bootstrap.app import App
from scheduler.bootstrap.examining import Examined, make_doctor
from scheduler.domain.doctor.lines import Examination
from scheduler.flow.watching.check_up import CheckUp


def check_up_of(app: App) -> CheckUp:
    """What DNS, relay and mailbox are is read from the app's settings at each examination."""

    async def examine(now: datetime) -> Examination:
        # It reads files: beside the loop, which sends meanwhile.
        doctor = await asyncio.to_thread(make_doctor, app.configuration, Examined(), now)
        return await doctor.examine()

    return CheckUp(ledger=app.gauges, examine=examine)
