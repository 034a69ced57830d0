"""The desk's page of reports that nothing proves, by HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.bootstrap import App
from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.consent.optout import Route
from scheduler.inbox.reports.reading import read_report
from scheduler.store.schema.tables import delivery
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.samples.ledger import STAFF, Book, person
from tests.samples.report import dsn
from tests.worlds import make_world

HOSTILE = "smtp; 550 5.1.1 User unknown <script>alert(1)</script> {{ 7*7 }} \x1b[31m"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    raw = dsn(said=HOSTILE, recipient="marie@example.org")
    await opened.bounces.take_unproven([read_report(raw)], opened.clock())
    yield opened
    await opened.close()


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


async def reopening(visitor: Visitor, **fields: str) -> tuple[int, str]:
    """Send the form that opens again; the status, and where it leads or what it says."""
    form = form_of(await visitor.page("/reports"), "/reports/reopen")
    told = {"refused": "marie@example.org", "reason": "annuaire en panne", "by": "Ana"}
    answer = await visitor.post("/reports/reopen", form | told | fields)
    return answer.status, answer.headers.get("Location") or words(answer.text)


async def closed(app: App) -> list[str]:
    return [row.address for row in await app.people.opt_outs()]


@pytest.mark.parametrize(
    "fields", [{}, {"refused": "example.org", "since": "2020-01-01"}], ids=["address", "domain"]
)
async def test_what_was_refused_is_opened_with_a_reason(
    app: App, visitor: Visitor, fields: dict[str, str]
) -> None:
    await visitor.post("/reports/1", await filled(visitor))
    assert await closed(app) == ["marie@example.org"]

    assert await reopening(visitor, **fields) == (303, "/reports")

    assert await closed(app) == []
    (_, act) = await acts_of(app)
    assert act[:2] == ("Ana", "reopen")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "dites pourquoi"),
        ({"by": ""}, "dites d’abord qui agit"),
        ({"refused": "paul@example.org"}, "aucun refus ne ferme"),
        ({"refused": "example.org"}, "pour un domaine, aussi le jour"),
        ({"refused": ""}, "donnez une adresse"),
        ({"refused": "example.org", "since": "hier"}, "écrivez le jour"),
    ],
)
async def test_what_cannot_be_opened_says_why(
    app: App, visitor: Visitor, fields: dict[str, str], says: str
) -> None:
    await visitor.post("/reports/1", await filled(visitor))

    status, said = await reopening(visitor, **fields)

    assert status == 400
    assert says in said.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert await closed(app) == ["marie@example.org"]


async def test_a_domain_that_is_left_alone_is_shown(app: App, visitor: Visitor) -> None:
    people = [person(n, email=f"p{n}@ch.example") for n in range(1, 25)]
    book = Book(ledger=app.ledger, people=app.people)
    await book.take_in(STAFF, *people)
    await book.plan()
    rows = [row for row in await book.rows(delivery) if row.address_id]
    late = update(delivery).values(state="sent", at=app.clock())
    await app.ledger.database.write(lambda connection: connection.execute(late))
    refusals = [
        Refusal(
            address_id=row.address_id,
            delivery_id=row.id,
            route=Route.PROVIDER,
            blames_address=True,
            at=app.clock(),
            said="550 5.1.1 <b>inconnu</b>",
        )
        for row in rows
    ]
    await app.ledger.record([], refusals=refusals)

    page = await visitor.page("/reports")

    assert "ch.example" in words(page)
    assert "24 adresses refusées d’un coup, là où 24 avaient accepté" in words(page)
    assert "<b>inconnu" not in page
