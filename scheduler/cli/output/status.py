"""Where everything stands, as people read it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import typer

from scheduler.cli.language import colon, is_french, say, tr
from scheduler.cli.output import words
from scheduler.cli.output.moments import day, when
from scheduler.cli.output.printing import print_table
from scheduler.cli.output.words import figure

_TITLES = ("Date", "State", "Reason", "Occurrence")


def print_status(report: Mapping[str, Any], *, wide: bool) -> None:
    """What needs a person comes last, where it is seen."""
    say(_daemon_line(report["daemon"]))
    print_table(
        _TITLES,
        [
            (
                day(date.fromisoformat(one["date"])),
                words.state(one["state"]),
                tr(one["reason"]),
                one["occurrence"],
            )
            for one in report["occurrences"]
        ],
        last="Occurrence",
        wide=wide,
    )
    for state, count in report["deliveries"].items():
        told = ", ".join(
            f"{figure(rows)} {words.arrival_named(one)}" for one, rows in report["arrivals"].items()
        )
        name = words.outcome(state)
        shown = figure(count)
        line = f"{name}{colon()} {shown}"
        typer.echo(f"{line} ({told})" if state == "sent" else line)
    for one in report["replicas"]:
        seen = when(one["seen_at"])
        say(
            f"replica {one['host']}: silent since {seen}"
            if one["silent"]
            else f"replica {one['host']}: seen {seen}"
        )
    for lane in report["resting"]:
        until = "one message is tried" if lane["half_open"] else f"until {when(lane['until'])}"
        say(f"RESTS {lane['lane']} ({lane['failures']} in a row, {until}): {tr(lane['reason'])}")
    for warning in report["warnings"]:
        say(f"WARNING {tr(warning)}")
    for one in report["untold"]:
        say(
            f"UNTOLD {figure(one['people'])} in {one['audience']}, imported "
            f"{when(one['imported_at'])} from {one['origin']}: "
            "here for over 25 days, and no message told them so"
        )
    for alarm in report["alarms"]:
        _print_alarm(alarm)


def _print_alarm(alarm: Mapping[str, str]) -> None:
    from scheduler.domain.words import alarms as alarm_words

    kind, subject = alarm["kind"], alarm["subject"]
    if is_french():
        kind, subject = f"{kind} : {alarm_words.sentence(kind)}", alarm_words.subject(subject)
    say(f"ALARM {kind} {subject}: {words.alarm_detail(alarm['kind'], alarm['detail'])}")


def _daemon_line(daemon: Mapping[str, Any]) -> str:
    at = when(daemon["last_look"])
    if not daemon["ready"] and not at:
        return "NOT READY: the daemon's first look hasn't ended"
    if not daemon["ready"]:
        return (
            "NOT READY: the daemon's first look since its start hasn't ended, or its last one "
            f"failed (a full disk?); its log says why ({at})"
        )
    if daemon["running"]:
        return f"daemon {daemon['host']}: last look {at}"
    if not at:
        return "NOT RUNNING: no daemon has ever looked at this ledger's calendar"
    how = "it was stopped since" if daemon["stopped"] else "it is silent since"
    return f"NOT RUNNING: the last look was {at} ({daemon['host']}); {how}"
