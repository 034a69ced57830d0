"""doctor: what the outside sees of this installation, each line fine, wrong or not to be told."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import run
from scheduler.cli.language import colon, is_french, say, tr

if TYPE_CHECKING:
    from scheduler.domain.doctor.lines import Check, Examination, Line, Verdict

_LAST_PORT = 65_535
#: Verdict -> how a line begins.
_WORDS = {"fine": "fine", "wrong": "WRONG", "unknown": "can't tell"}


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(
    context: typer.Context,
    selector: str = typer.Option(
        "", "--selector", help="The DKIM selector; default: channels.email.dkim_selector."
    ),
    server: list[str] = typer.Option(
        [], "--dns", help="Ask this DNS server (address or address:port); may be repeated."
    ),
    sends_from: list[str] = typer.Option(
        [], "--sends-from", help="An address that mail leaves by, for SPF; may be repeated."
    ),
    no_mail: bool = typer.Option(
        False, "--no-mail", help="Send no test mail to read back from the mailbox."
    ),
    wait: int = typer.Option(60, "--wait", min=1, max=900, help="Seconds it is waited for."),
    without: list[str] = typer.Option(
        [], "--without", help="Leave a check out, by its name; may be repeated."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Look at DNS, addresses, relay, providers and this machine as the outside does; exit 1 when
    something is wrong. A test mail is all that it sends."""
    from scheduler.bootstrap import Examined, make_doctor, utc_now
    from scheduler.cli.output.printing import print_json

    servers, port = _servers(server)
    asked = Examined(
        selector=selector,
        servers=servers,
        port=port,
        sends_from=_addresses(sends_from),
        mail=not no_mail,
        wait=wait,
        without=_checks(without),
    )
    # Each line as it is known: an examination may take a minute.
    told = _nothing if as_json else _print_line
    found = run(make_doctor(context.obj.load_anyhow(), asked, utc_now()).examine(told))
    if as_json:
        print_json(_as_json(found))
    else:
        _print_end(found)
    if found.is_sick:
        raise typer.Exit(1)


def _servers(said: Sequence[str]) -> tuple[list[str], int]:
    """Addresses, and the one port of all."""
    servers, ports = [], {53}
    for one in said:
        address, _, port = one.rpartition(":")
        if one.startswith("["):
            address, port = one.strip("[]").partition("]")[0], one.rpartition("]:")[2]
        elif one.count(":") != 1:
            address, port = one, ""
        servers += _addresses([address])
        if port and not (port.isdecimal() and 0 < int(port) <= _LAST_PORT):
            raise typer.BadParameter(f"{one} is no address")
        ports = {int(port)} if port.isdecimal() else ports
    return servers, min(ports)


def _addresses(said: Sequence[str]) -> list[str]:
    from ipaddress import ip_address

    for one in said:
        try:
            ip_address(one)
        except ValueError:
            raise typer.BadParameter(f"{one} is no address") from None
    return list(said)


def _checks(said: Sequence[str]) -> "list[Check]":
    from scheduler.domain.doctor.lines import Check

    french = {name: check for check, name in _names().items()}
    known = [_name(one) for one in Check]
    found = [french.get(one, one) for one in said]
    for one in found:
        if one not in list(Check):
            raise typer.BadParameter(f"there is no check {one}; there are: {', '.join(known)}")
    return [Check(one) for one in found]


def _as_json(found: "Examination") -> dict[str, object]:
    return {
        "lines": [
            {
                "check": one.check.value,
                "subject": one.subject,
                "verdict": one.verdict.value,
                "told": one.told,
                "remedy": one.remedy,
                "record": one.record,
            }
            for one in found.lines
        ],
        "does_not_apply": [{"check": one.check.value, "why": one.why} for one in found.skipped],
    }


def _nothing(line: "Line") -> None:
    del line


def _print_end(found: "Examination") -> None:
    for one in found.skipped:
        typer.echo(f"{tr('does not apply'):<15}{_name(one.check)}{colon()} {tr(one.why)}")
    fine, wrong, unknown = (found.count(one) for one in _verdicts())
    say(f"{fine} fine, {wrong} wrong, {unknown} that can't be told from here.")


def _print_line(line: "Line") -> None:
    word = tr(_WORDS[line.verdict.value])
    typer.echo(f"{word:<15}{_name(line.check)} {_subject(line)}{colon()} {tr(line.told)}")
    if line.remedy:
        typer.echo(f"{'':<15}→ {tr(line.remedy)}")
    if line.record:
        typer.echo(f"{'':<15}  {in_record(line.record)}")


def in_record(record: str) -> str:
    """What is to be put into it is in the run's language; the rest is a zone file's."""
    return re.sub(r"\(the [^()]+\)", lambda found: tr(found[0]), record)


def _name(check: "Check") -> str:
    """As people read it; ``--without`` takes it in either language."""
    return _names().get(check.value, check.value) if is_french() else check.value


def _subject(line: "Line") -> str:
    if is_french() and line.check == "disk":
        from scheduler.cli.french.doctor import FOLDERS

        return FOLDERS.get(line.subject, line.subject)
    return tr(line.subject)


def _names() -> "Mapping[str, str]":
    from scheduler.cli.french.doctor import CHECKS

    return CHECKS


def _verdicts() -> "list[Verdict]":
    from scheduler.domain.doctor.lines import Verdict

    return list(Verdict)
