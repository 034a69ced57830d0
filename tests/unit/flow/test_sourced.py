"""What was read elsewhere leaves with its source alone, and until its last day; texts grow old."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.checking.findings import Finding, Hold, Severity
from scheduler.flow.writing.judging import mark
from scheduler.flow.writing.marks import Marks, day_for
from tests.checking_world import check
from tests.flow_world import MESSAGES, SERIES, edit, open_world, utc, write_installation
from tests.samples.content import part, read
from tests.samples.ledger import STAFF, person

SOURCED = {
    "essai/message.yaml": MESSAGES["essai/message.yaml"] + "sourced: true\nplaceholders:\n"
    "  date_source: {label: Date, example: 1er mars 2026, max_length: 20}\n",
    "essai/email.fr.md": MESSAGES["essai/email.fr.md"] + "\nLu le {{ date_source }}.\n",
}
EPISODE = "{message: essai, when: sunday-1}"
REFERENCE = (
    "{message: essai, when: sunday-1, reference: {url: https://www.example.org/f, "
    "dated: 2026-03-01, valid_until: %s}}"
)
USE = ("cybermois", "un")


def sourced(folder: Path, now: datetime, last: str = "") -> list[Finding]:
    series = SERIES.replace(EPISODE, REFERENCE % last) if last else SERIES
    config = write_installation(folder, series, messages=SOURCED)
    return [one for one in check(config, now=now) if one.rule == "source"]


def test_without_its_source_it_is_a_fault_that_nobody_lets_pass(tmp_path: Path) -> None:
    (found,) = sourced(tmp_path, utc(4, 8))

    assert (found.file, found.hold) == ("config.yaml", Hold.ALWAYS)
    assert "ne dit pas où" in found.message
    assert "valid_until" in found.remedy


def test_the_last_day_is_the_organisations(tmp_path: Path) -> None:
    last = datetime(2026, 10, 4, 21, 59, tzinfo=UTC)
    after = datetime(2026, 10, 4, 22, tzinfo=UTC)

    assert sourced(tmp_path, last, "2026-10-04") == []
    (found,) = sourced(tmp_path, after, "2026-10-04")
    assert "04/10/2026" in found.message
    line = (
        (tmp_path / "config.yaml").read_text(encoding="utf-8").splitlines()[(found.line or 0) - 1]
    )
    assert "valid_until: 2026-10-04" in line


@pytest.mark.parametrize(("last", "leaves"), [("2026-10-04", 1), ("2026-10-03", 0)])
async def test_nothing_leaves_after_the_last_day(tmp_path: Path, last: str, leaves: int) -> None:
    series = SERIES.replace(EPISODE, REFERENCE % last)
    async with open_world(tmp_path, series, messages=SOURCED) as world:
        await world.book.take_in(STAFF, person(1, phone=None))
        # Judged the day before, and remembered: the day has to be asked again.
        await world.look(utc(3, 8))
        await world.at(utc(4, 8))

        assert len(world.email.accepted) == leaves
        for one in world.email.accepted:
            assert "Lu le 1er mars 2026." in part(read(one.body), "plain")


def test_a_judgement_of_yesterday_is_not_todays(tmp_path: Path) -> None:
    config = write_installation(
        tmp_path, SERIES.replace(EPISODE, REFERENCE % "2026-10-03"), messages=SOURCED
    )
    configuration = load(config, {})
    told = [day_for(configuration, "essai", utc(day, 8), USE) for day in (2, 3, 4, 5)]

    days = [Marks().of(configuration, "essai", day, USE).digest for day in told]

    assert days[0] == days[1]
    assert days[2] == days[3]
    assert days[1] != days[2]
    assert mark(configuration, "essai", USE) == mark(configuration, "essai", USE)


def test_a_text_past_its_review_is_advice(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    head = tmp_path / "templates/essai/message.yaml"
    edit(head, "channels:", "review_by: 2026-10-04\nchannels:")

    assert [one for one in check(config, now=utc(4, 8)) if one.rule == "review-by"] == []
    (found,) = [one for one in check(config, now=utc(5, 8)) if one.rule == "review-by"]
    assert (found.severity, found.hold) == (Severity.WARNING, Hold.NO)
    assert found.file == "templates/essai/message.yaml"
    assert (
        found.line
        == head.read_text(encoding="utf-8").splitlines().index("review_by: 2026-10-04") + 1
    )


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    edit(tmp_path / "templates/essai/message.yaml", "channels:", "review_by: bientôt\nchannels:")

    assert any("n'est pas une date" in one.message for one in check(config))
