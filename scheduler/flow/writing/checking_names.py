"""What ``check`` says of names that were edited, where there is a ledger to compare them with."""

from datetime import date
from pathlib import Path

from scheduler.config.yaml_lines import read_yaml
from scheduler.content.rules.passage import finding
from scheduler.domain.checking.findings import Finding, in_reading_order
from scheduler.flow import renames
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.merged import FAR
from scheduler.flow.slot_plans import REACH


async def findings(
    agenda: Agenda, ledger: renames.NameSource, config_file: Path, today: date
) -> list[Finding]:
    """The names that wait for a word."""
    document = read_yaml(config_file)
    coming = agenda.occurrences(today - REACH, today + FAR)
    doubts = await renames.look(agenda, ledger, coming, today)
    found = [
        finding(
            "renamed",
            config_file.name,
            document.line(("campaigns", one.campaign, "episodes", one.episode)),
            reason,
        )
        for one, reason in doubts.items()
    ]
    found += [
        finding("renamed", config_file.name, document.line(("audiences",)), reason)
        for reason in (await renames.lost(agenda.configuration.audiences, ledger)).values()
    ]
    return in_reading_order(found)
