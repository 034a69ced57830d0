"""The report of a season on paper: nothing scrolls there, so nothing may stand beside the sheet."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from scheduler.domain.showing.amounts import Amount, Unit
from scheduler.domain.showing.season_report import Column, SeasonReport, Table
from scheduler.web.season.page import alone
from tests.parts.browser import look

#: Of A4 between the browser's own margins, in CSS pixels.
SHEET = 718
KEYS = ("addressed_email", "addressed_sms", "left_out", "cost")
MESSAGES = Table(
    key="episodes",
    title="Message par message",
    columns=[
        Column(key="message", title="Message"),
        Column(key="date", title="Date"),
        *(Column(key=key, title="Adressés, courriel", is_figure=True) for key in KEYS),
    ],
    rows=[
        [
            "Cybermois : les quatre réflexes à garder",
            date(2027, 10, 31),
            *[Amount(shown=171_000, at_least=True)] * 3,
            Amount(shown=98_154, unit=Unit.EURO, at_least=True),
        ]
    ],
)
NAMES = ("message", "audience", "channel", "variant", "revision", "fingerprint", "addressed")
TEXTS = Table(
    key="texts",
    title="Textes partis",
    columns=[Column(key=key, title=key.capitalize()) for key in NAMES],
    rows=[
        ["Vérifier qui frappe à la porte", "Personnel", "courriel", "fr-falc", "0", "a1" * 32, "–"]
    ],
)


@pytest.mark.part
def test_every_table_is_as_wide_as_the_sheet_and_breaks_no_word(
    reader: Page, tmp_path: Path
) -> None:
    file = tmp_path / "bilan.html"
    report = SeasonReport(
        campaign="cybermois",
        season="2027",
        organisation="Centre hospitalier de l’Exemple",
        made_on=date(2027, 11, 30),
        before="",
        facts=[],
        coming=[],
        tables=[MESSAGES],
        evidence=[TEXTS],
    )
    file.write_text(alone(report), encoding="utf-8")
    look(reader, size=(SHEET, 1000))
    reader.goto(file.as_uri())
    reader.emulate_media(media="print")

    ends = reader.evaluate(
        "[...document.querySelectorAll('table')].map((one) => one.getBoundingClientRect().right)"
    )
    head = reader.locator("thead th", has_text="Adressés").first.inner_text()
    reader.emulate_media(media="screen")

    assert max(ends) <= SHEET
    assert head.split() == ["Adressés,", "courriel"]
