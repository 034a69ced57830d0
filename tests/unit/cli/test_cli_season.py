"""report --campaign --season, said as an operator says it."""

import asyncio
import csv
from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.samples.desk import keep_october, send_announcement
from tests.worlds import make_world, write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def test_people_go_with_one_occurrence(config: Path, tmp_path: Path) -> None:
    reflexe(config, "migrate")
    words = ("--people", "--out", str(tmp_path / "p.csv"))

    both = reflexe(config, "report", "--campaign", "cybermois", "--season", "2026", *words)
    campaign = reflexe(config, "report", "cybermois", *words)

    assert (both.code, "go with one occurrence" in both.err) == (2, True)
    assert "cybermois is a campaign: name one of its occurrences" in campaign.err


def test_a_season_that_is_not_there_is_refused_with_those_that_are(config: Path) -> None:
    reflexe(config, "migrate")

    for words, told in (
        (("--campaign", "cybermoi", "--season", "2026"), "there is no campaign cybermoi"),
        (("--campaign", "cybermois", "--season", "1999"), "there is no season 1999"),
        (("--campaign", "cybermois"), "name one occurrence, or --campaign and --season"),
        ((), "name one occurrence, or --campaign and --season"),
        (("x/y/2026-01-01", "--campaign", "cybermois", "--season", "2026"), "name one occurrence"),
    ):
        answer = reflexe(config, "report", *words)
        assert (answer.code, told in " ".join(answer.err.split())) == (2, True), answer.err


async def announced(folder: Path) -> int:
    """How many the announcement was sent to."""
    app = await make_world(folder)
    keep_october(app)
    await send_announcement(app)
    sent = sum(one.rows for one in await app.ledger.counts() if one.state == "sent")
    await app.close()
    return sent


def test_a_season_is_told_as_a_page_a_file_and_json(tmp_path: Path) -> None:
    sent = asyncio.run(announced(tmp_path))
    config, page, sheet = tmp_path / "config.yaml", tmp_path / "b.html", tmp_path / "b.csv"
    season = ("report", "--campaign", "cybermois", "--season", "2026")

    told = reflexe(config, *season)
    found = reflexe(config, *season, "--json", "--evidence").json
    written = reflexe(config, *season, "--html", str(page), "--csv", str(sheet))

    assert f"  {sent} messages adressés" in told.out
    assert found["facts"]["addressed"] == {"value": sent, "at_least": False, "before": None}
    assert [one["table"] for one in found["evidence"]] == ["dates", "texts"]
    assert written.out.count("The report is written to") == 2
    assert page.stat().st_mode & 0o777 == sheet.stat().st_mode & 0o777 == 0o600
    assert "<h1>Bilan 2026\u00a0: Série «\u00a0" in page.read_text(encoding="utf-8")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {"table": "facts", "figure": "addressed", "value": str(sent)}.items() <= rows[0].items()
