"""The senders: one a lane, and one a connection where a lane has few."""

import os
import socket
from collections.abc import Mapping

from scheduler.bootstrap.app import App
from scheduler.bootstrap.pace import destinations_of, pace_of, prices_of
from scheduler.bootstrap.sending import resending_channels
from scheduler.config.settings import Settings
from scheduler.domain.channels import EMAIL
from scheduler.domain.measure.pace import Pace
from scheduler.domain.ports import Wire
from scheduler.domain.provider import Provider
from scheduler.domain.sending import Lane
from scheduler.flow.render import Renderer
from scheduler.flow.send import Sender


def make_senders(
    app: App,
    providers: Mapping[str, Provider],
    renderer: Renderer,
    wire: Wire,
    *,
    paced: bool = True,
) -> list[Sender]:
    """Every sender of a process. Without ``paced`` one a channel, as fast as it goes."""
    settings = app.configuration.settings
    replica = app.ledger.replica
    return [
        Sender(
            lane=lane,
            provider=provider,
            ledger=app.ledger,
            renderer=renderer,
            wire=wire,
            hours=app.agenda.hours,
            prices=prices_of(settings, channel),
            resend=channel in resending_channels(settings),
            owner=replica.name if replica else f"{socket.gethostname()}:{os.getpid()}",
            clock=app.clock,
            counted=app.ledger.database.counted,
            pace=pace_of(settings, channel, lane.destination) if paced else Pace(),
        )
        for channel, provider in providers.items()
        for lane in (lanes_of(settings, channel) if paced else [Lane(channel=channel)])
        for _ in range(lane.connections or 1)
    ]


def lanes_of(settings: Settings, channel: str) -> list[Lane]:
    """What of a channel is sent side by side: the limited groups, and all the rest."""
    groups = destinations_of(settings).groups if channel == EMAIL.name else ()
    paces = {group: pace_of(settings, channel, group) for group in groups}
    limited = [
        Lane(channel=channel, destination=group, connections=pace.connections)
        for group, pace in paces.items()
        if pace.connections is not None
    ]
    rest = Lane(channel=channel, apart=tuple(one.destination for one in limited))
    return [rest, *limited]
