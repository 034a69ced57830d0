"""Commands that tell how they are used in the run's language, in groups and whole sentences.

Plain text rather than rich's panels: it is as readable when piped, and answers at once.
"""

import re
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.cli.language import is_french, tr

NO_BREAK = "\u00a0"

#: The groups that ``reflexe --help`` shows; a test finds every command in one.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "The daemon": ("demo", "init", "run", "status", "health", "doctor", "upgrade-check", "migrate"),
    "The ledger": ("backup", "restore", "move"),
    "The calendar": ("calendar", "rehearse", "report", "figures", "send-now", "approve", "refresh"),
    "Stopping and going on": ("stop-all", "resume-all", "pause", "resume", "cancel", "uncertain"),
    "Messages": ("check", "edits", "pass-fault", "preview", "send-test", "twin", "battle"),
    "People and their answers": (
        *("import", "sources", "contacts", "newcomers", "optout", "replies", "bounce", "whose"),
    ),
    "Data protection": ("accounts", "register", "retention", "audit", "keys"),
}
_EXTRAS = re.compile(r"  \[([^]]+)\]$")


class Command(TyperCommand):
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        _write_text(self, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_parameters(self, ctx, formatter)


class Group(TyperGroup):
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        _write_text(self, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_parameters(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        names = self.list_commands(ctx)
        # Within a family a name may be that of a command of its own: `import` of `edits`.
        groups = GROUPS if ctx.parent is None else {}
        grouped = {one for group in groups.values() for one in group}
        for title, group in {**groups, "Commands": [*self._others(names, grouped)]}.items():
            rows = [(one, tr(sentence(self.commands[one].help))) for one in group if one in names]
            if rows:
                with formatter.section(_heading(title)):
                    formatter.write_dl(rows)

    @staticmethod
    def _others(names: Iterable[str], grouped: Iterable[str]) -> list[str]:
        return [one for one in names if one not in grouped]


class Family(typer.Typer):
    """Commands together, each of them a ``Command``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=Group, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Any:
        return super().command(name, **({"cls": Command} | options))


def sentence(help_text: str | None) -> str:
    """A docstring's words on one line, as the French table has them."""
    return " ".join(cleandoc(help_text or "").split())


def _heading(title: str) -> str:
    """Before the colon that follows it."""
    return tr(title) + (NO_BREAK if is_french() else "")


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=tr("Usage: "))


def _write_text(command: Any, formatter: Any) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(tr(sentence(command.help)))


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for one in command.get_params(ctx):
        if (record := one.get_help_record(ctx)) is not None:
            rows[one.param_type_name].append((record[0], _told(one.help or "", record[1])))
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        if rows[kind]:
            with formatter.section(_heading(title)):
                formatter.write_dl(rows[kind])


def _told(own: str, record: str) -> str:
    """A parameter's help, and what typer adds to it in brackets."""
    extras = _EXTRAS.search(f"  {record}" if record.startswith("[") else record)
    told = [tr(sentence(own))] if own else []
    if extras:
        told.append(f"[{'; '.join(tr(one) for one in extras[1].split('; '))}]")
    return "  ".join(told)
