"""health: whether this installation's own daemon lives, for whoever watches its process."""

from typing import TYPE_CHECKING

import typer

from scheduler.cli.language import say

if TYPE_CHECKING:
    from scheduler.config.configuration import Configuration


def register(app: typer.Typer) -> None:
    app.command()(health)


def health(
    context: typer.Context,
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Ask this installation's running daemon whether it is well; exit 1 when it isn't."""
    from scheduler.cli.output.printing import print_json

    configuration = context.obj.load_anyhow()
    fault = _fault(configuration)
    if as_json:
        address = configuration.settings.web.desk_bind
        print_json({"ok": not fault, "desk": address, "fault": fault})
    elif fault:
        say(f"not well: {fault}", err=True)
    else:
        say("ok")
    if fault:
        raise typer.Exit(1)


def _fault(configuration: "Configuration") -> str:
    """What is wrong; empty: it is well."""
    from urllib.error import URLError
    from urllib.request import ProxyHandler, build_opener

    from scheduler.daemon.identity import instance_id, name_file
    from scheduler.domain.processes.replicas import INSTANCE_HEADER

    here = instance_id(configuration)
    if here is None:
        return f"no daemon has started here ({name_file(configuration)} is missing)"
    bind = configuration.settings.web.desk_bind
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"http://{_reached(bind)}/healthz", timeout=4) as answer:
            body, told = answer.read(16), answer.headers.get(INSTANCE_HEADER, "")
    except (URLError, OSError) as silent:
        return str(silent)
    if told != here:
        return f"another program, or another installation's daemon, answers at {bind}"
    return "" if body.strip() == b"ok" else f"{bind} answers something else than ok"


def is_not_ready(configuration: "Configuration") -> bool:
    """This installation's daemon answers, and says that it isn't ready."""
    from scheduler.cli.upkeep.quick_health import HEADER, asked
    from scheduler.daemon.identity import instance_id

    here = instance_id(configuration)
    if here is None:
        return False
    try:
        status, told, _ = asked(configuration.settings.web.desk_bind, "/readyz")
    except (OSError, ValueError, LookupError):
        return False
    return status == b"503" and told.get(HEADER) == here.encode()


def _reached(bind: str) -> str:
    """How the own machine is called where a server listens to all."""
    host, _, port = bind.rpartition(":")
    host = "127.0.0.1" if host in ("0.0.0.0", "*") else host  # noqa: S104 - compared, not bound
    return f"{'[::1]' if host in ('[::]', '::') else host}:{port}"
