"""--channel, as it was typed."""

import typer

from scheduler.cli.language import tr


def asked_channel(typed: str) -> str:
    """A channel of config.yaml, or ``all``; empty: none was asked for. Which there are is known
    once the configuration is read. Raises BadParameter."""
    from scheduler.domain.channels import known_kinds
    from scheduler.domain.consent.optout import ALL_CHANNELS

    known = [*(one.name for one in known_kinds()), ALL_CHANNELS]
    if typed and typed not in known:
        raise typer.BadParameter(tr(f"--channel is one of: {', '.join(known)}"))
    return typed
