"""What our site has, where a weakness is told, and what a process counts."""

from datetime import UTC, date, datetime

import pytest

from scheduler.domain.showing.amounts import Amount, Unit
from scheduler.domain.showing.counted import BOUNDS, Counted, Span, Tally
from scheduler.domain.showing.public_pages import HELP, SUBSCRIBE, exists
from scheduler.domain.showing.season_report import Column, Fact, SeasonReport, Table
from scheduler.domain.showing.security_txt import security_txt
from scheduler.domain.showing.small_numbers import Veil, english
from scheduler.domain.showing.traced import Traces, Work

NOW = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "joining", "there"),
    [
        (HELP, False, True),
        (f"{HELP}/", False, True),
        (SUBSCRIBE, True, True),
        (SUBSCRIBE, False, False),
        ("/m/abc_DEF-1", False, True),
        ("/quiz/porte/attestation", False, True),
        ("/quiz/porte/autre", False, False),
        ("/nulle-part", True, False),
    ],
)
def test_a_link_to_our_site_leads_somewhere(path: str, joining: bool, there: bool) -> None:
    assert exists(path, joining=joining) is there


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("https://www.example.org/securite", "https://www.example.org/securite"),
        (" cyber@example.org ", "mailto:cyber@example.org"),
        ("01 99 00 12 34", "tel:0199001234"),
        ("+33 1 99 00 12 34", "tel:+33199001234"),
    ],
)
def test_a_weakness_is_told_to_an_address_of_any_kind(contact: str, told: str) -> None:
    lines = security_txt(contact, ["https://a.example", "https://a.example"], NOW).splitlines()

    assert lines == [
        f"Contact: {told}",
        "Expires: 2026-12-30T00:00:00Z",
        "Preferred-Languages: fr, en",
        "Canonical: https://a.example/.well-known/security.txt",
    ]


def report(evidence: tuple[Table, ...] = ()) -> SeasonReport:
    return SeasonReport(
        campaign="cybermois",
        season="2026",
        organisation="CH",
        made_on=date(2026, 11, 2),
        before="",
        facts=[Fact(key="sent", label="Envoyés", amount=Amount(shown=Veil.FEW))],
        coming=[("Un", date(2027, 10, 3))],
        tables=[table("episodes", Amount(shown=20), date(2026, 10, 4), "un")],
        evidence=evidence,
    )


def table(key: str, *cells: Amount | date | str) -> Table:
    columns = [Column(key=name, title=name) for name in ("figure", "day", "word")]
    return Table(key=key, title=key, columns=columns, rows=[cells])


def test_a_report_as_a_file_has_figures_days_and_words() -> None:
    told = report().as_json()

    assert told["tables"] == [
        {"table": "episodes", "rows": [{"figure": 20, "day": "2026-10-04", "word": "un"}]}
    ]
    assert told["facts"]["sent"] == {"value": "<10", "at_least": False, "before": None}
    assert told["compared_with"] is None
    assert "evidence" not in told


def test_the_evidence_is_in_the_file_where_it_is_asked_for() -> None:
    asked = table("texts", Amount(shown=12_345, unit=Unit.EURO), date(2026, 10, 4), "un")

    (told,) = report((asked,)).as_json()["evidence"]

    assert told["rows"][0]["figure"] == "1.23"


def test_a_figure_has_its_english_words() -> None:
    assert [english(one) for one in (12, Veil.FEW, Veil.HIDDEN)] == [
        "12",
        "fewer than 10",
        "not shown",
    ]


def test_what_took_its_time_falls_under_its_bound_and_every_longer_one() -> None:
    counted = Counted()

    for seconds in (0.001, 0.01, 700.0):
        counted.took(Span.HAND_OVER, "email", seconds)
    counted.took(Span.LEDGER, "read", 0.001)
    times = counted.times(Span.HAND_OVER)

    assert set(times) == {"email"}
    assert times["email"].at_most == (1, *[2] * (len(BOUNDS[Span.HAND_OVER]) - 1), 3)
    assert times["email"].seconds == pytest.approx(700.011)


def test_acts_are_counted_by_their_words_and_told_where_spans_are_asked_for() -> None:
    counted = Counted()
    counted.add(Tally.SENDS, "email", "sent")
    counted.add(Tally.SENDS, "email", "sent")
    counted.trace(Work.TURN, 2.0)

    counted.traces = Traces(0, lambda: 0.5, lambda: 0)
    counted.trace(Work.TURN, 2.0, word="email")

    assert counted.counts(Tally.SENDS) == {("email", "sent"): 2}
    assert [one.word for one in counted.traces.take()] == ["email"]
