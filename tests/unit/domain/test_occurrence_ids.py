"""Two sendings by hand on one day have two names; what the calendar dates keeps its own."""

from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.names.occurrence_ids import named, plain_id
from tests.commands import reflexe
from tests.flow_world import ON_DEMAND, open_world, utc
from tests.unit.flow.test_renames import by_hand, two_people

DAY = date(2026, 10, 3)


def one(season: str, day: date = DAY) -> Occurrence:
    return Occurrence(campaign="avis", episode="essai", season=season, date=day)


@pytest.mark.parametrize(
    ("season", "day", "printed"),
    [
        ("", DAY, "avis/essai/2026-10-03"),
        ("2026", DAY, "avis/essai/2026-10-03"),
        ("2026-10", DAY, "avis/essai/2026-10-03"),
        ("2026-q4", DAY, "avis/essai/2026-10-03"),
        ("2026", date(2027, 1, 7), "avis/essai/2027-01-07"),
        ("2", DAY, "avis/essai/2026-10-03+2"),
        ("2026-11", DAY, "avis/essai/2026-10-03+2026-11"),
        ("2027-t1", DAY, "avis/essai/2026-10-03+2027-t1"),
        ("a/b?c", DAY, "avis/essai/2026-10-03+a-b-c"),
    ],
)
def test_a_key_is_printed_and_the_calendars_season_is_not(
    season: str, day: date, printed: str
) -> None:
    assert one(season, day).id == printed
    assert plain_id(printed) == f"avis/essai/{day}"


def test_an_id_without_its_key_means_the_only_one() -> None:
    first, second, plain = one("1"), one("2"), one("")

    assert named("avis/essai/2026-10-03", [second]) == [second]
    assert named("avis/essai/2026-10-03", [first, second]) == [first, second]
    assert named("avis/essai/2026-10-03", [plain, second]) == [plain]
    assert named(" Avis/Essai/2026-10-03+2", [plain, first, second]) == [second]
    # Keys that look like the calendar's are said with the key.
    assert named("avis/essai/2026-10-03+2026", [one("2025"), one("2026")]) == [one("2026")]
    assert len(named("avis/essai/2026-10-03", [one("2025"), one("2026")])) == 2


async def test_each_of_two_on_one_day_is_reported_and_stopped(tmp_path: Path) -> None:
    async with open_world(tmp_path, ON_DEMAND) as world:
        await two_people(world)
        await world.look(utc(1, 8))
        await by_hand(world, "avis/essai", "1")
        await by_hand(world, "avis/essai", "2")
        await world.at(utc(1, 8, 1))
        ledger = world.app.ledger
        rows = await ledger.occurrences()

        assert [row.id for row in rows] == [f"avis/essai/2026-10-01+{key}" for key in "12"]
        assert [await ledger.find_occurrence(row.id) for row in rows] == rows
        assert await ledger.find_occurrence("avis/essai/2026-10-01") is None
        assert {count.occurrence for count in await ledger.counts()} == {row.id for row in rows}


def test_an_ambiguous_id_is_refused_with_the_ids(tmp_path: Path) -> None:
    import asyncio

    async def two() -> Path:
        async with open_world(tmp_path, ON_DEMAND) as world:
            await two_people(world)
            await world.look(utc(1, 8))
            for key in "12":
                await by_hand(world, "avis/essai", key)
            return world.config

    config = asyncio.run(two())
    refused = reflexe(config, "cancel", "avis/essai/2026-10-01", "--yes")
    assert refused.code == 2
    assert "avis/essai/2026-10-01+1, avis/essai/2026-10-01+2" in refused.err
    for key in "12":
        assert reflexe(config, "report", f"avis/essai/2026-10-01+{key}").code == 0
