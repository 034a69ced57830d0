"""The desk's page of reports that nothing proves, by HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.inbox.bounces import read_report
from tests.desk_samples import Visitor, desk_of, form_of, visiting, words
from tests.report_samples import dsn
from tests.worlds import make_world

HOSTILE = "smtp; 550 5.1.1 User unknown <script>alert(1)</script> {{ 7*7 }} \x1b[31m"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    raw = dsn(said=HOSTILE, recipient="marie@example.org")
    await opened.bounces.take_unproven([read_report(raw)], opened.clock())
    yield opened
    await opened.close()


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app)) as found:
        yield found


async def filled(visitor: Visitor) -> dict[str, str]:
    """The form of the first report, as somebody fills it in."""
    page = await visitor.page("/reports")
    return form_of(page, "/reports/1") | {"by": "Ana", "decision": "bounced"}


async def test_a_report_is_shown_masked_and_its_words_inert(visitor: Visitor) -> None:
    page = await visitor.page("/reports")

    assert "m***@e***.org" in words(page)
    assert "marie" not in page
    assert "adresse en échec définitif (5.1.1)" in words(page)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\x1b" not in page


async def test_one_form_decides_and_says_who(app: App, visitor: Visitor) -> None:
    form = await filled(visitor)

    answer = await visitor.post("/reports/1", form)
    again = await visitor.post("/reports/1", form | {"decision": "noted"})

    assert (answer.status, answer.headers["location"]) == (303, "/reports")
    assert again.status == 303
    (row,) = await app.people.opt_outs()
    assert (row.address, row.reason) == ("marie@example.org", "bounced")
    assert "Aucun retour" in words(await visitor.page("/reports"))


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({"proof": "1790000000-aaaaaaaaaaaaaaaa." + "0" * 64}, {}, 403),
        ({"proof": "é"}, {}, 403),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, {"Origin": "https://ailleurs.example"}, 403),
        ({"decision": "efface"}, {}, 400),
        ({"by": "  "}, {}, 400),
    ],
)
async def test_a_form_that_is_not_ours_or_not_whole_decides_nothing(
    app: App, visitor: Visitor, changes: dict[str, str], headers: dict[str, str], status: int
) -> None:
    form = await filled(visitor)

    answer = await visitor.post("/reports/1", form | changes, **headers)

    assert answer.status == status
    assert await app.people.opt_outs() == []
    assert len(await app.bounces.open_reports()) == 1


async def test_a_look_at_the_address_of_the_form_decides_nothing(
    app: App, visitor: Visitor
) -> None:
    assert (await visitor.get("/reports/1")).status == 405
    assert len(await app.bounces.open_reports()) == 1


async def test_without_the_token_nothing_is_shown_or_decided(app: App) -> None:
    async with visiting(desk_of(app, token="t" * 32)) as stranger:
        assert (await stranger.get("/reports")).status == 401
        assert (await stranger.post("/reports/1", {"decision": "bounced"})).status == 401
    assert len(await app.bounces.open_reports()) == 1
