"""What no form of the desk does: act for another site, for nobody, for another action, or twice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.routing import Route

from scheduler.bootstrap import App
from scheduler.domain.delivery import OccurrenceState
from scheduler.web.desk.access import UNNAMED
from scheduler.web.desk.forms import Forms
from scheduler.web.desk.visits import Visit
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting
from tests.worlds import Clock, make_world

TOKEN = "un-jeton-d-essai-0123456789"
OCCURRENCE = "/calendar/cybermois/annonce/2026-10-02"
#: Every route that changes something, as a path.
ACTS = {
    "/calendar/{campaign}/{episode}/{date}/cancel": f"{OCCURRENCE}/cancel",
    "/calendar/{campaign}/{episode}/{date}/pause": f"{OCCURRENCE}/pause",
    "/calendar/{campaign}/{episode}/{date}/resume": f"{OCCURRENCE}/resume",
    "/stop-all": "/stop-all",
    "/resume-all": "/resume-all",
    "/halts/{campaign}/{channel}": "/halts/cybermois/sms",
    "/approvals/{campaign}/{episode}/{date}": "/approvals/cybermois/annonce/2026-10-02",
    "/uncertain/{delivery:int}": "/uncertain/1",
    "/uncertain/{campaign}/{episode}/{date}": "/uncertain/cybermois/annonce/2026-10-02",
    "/reports/{report:int}": "/reports/1",
    "/reports/reopen": "/reports/reopen",
    "/replies/{reply:int}": "/replies/1",
    "/trials/{path:path}": "/trials/cybermois/annonce",
    "/siblings/{path:path}": "/siblings/cybermois/annonce",
    "/passes/{path:path}": "/passes/cybermois/annonce",
    "/optouts": "/optouts",
    "/figures": "/figures",
    "/figures/{figure:int}": "/figures/1",
    "/sources/{reading:int}": "/sources/1",
    "/battle": "/battle",
    "/battle/{code}": "/battle/abc234",
    "/files": "/files",
    "/files/{drop}/look": "/files/x/look",
    "/files/{drop}/apply": "/files/x/apply",
    "/files/{drop}/forget": "/files/x/forget",
    "/people": "/people",
    "/people/lift": "/people/lift",
    "/people/{contact:int}/export": "/people/1/export",
    "/people/{contact:int}/freeze": "/people/1/freeze",
    "/people/{contact:int}/unfreeze": "/people/1/unfreeze",
    "/people/{contact:int}/erase": "/people/1/erase",
    "/whose": "/whose",
    "/accounts": "/accounts",
    "/accounts/{account:int}/link": "/accounts/1/link",
    "/accounts/{account:int}/roles": "/accounts/1/roles",
    "/accounts/{account:int}/remove": "/accounts/1/remove",
    "/accounts/{account:int}/address": "/accounts/1/address",
    "/first-account": "/first-account",
    "/sessions/{session:int}": "/sessions/1",
    "/write/{path:path}": "/write/cybermois/annonce/message.yaml",
    "/drafts/{path:path}": "/drafts/cybermois/annonce/email.staff.fr.md",
    "/history/{path:path}": "/history/cybermois/annonce/message.yaml",
    "/proposals/{draft:int}": "/proposals/1",
    "/comments/{path:path}": "/comments/cybermois/annonce/email.staff.fr.md",
    "/fields/{path:path}": "/fields/cybermois/annonce/message.yaml",
    "/trios/{path:path}": "/trios/cybermois/annonce/message.yaml",
    "/calendar/{campaign}/{episode}/{date}/send": f"{OCCURRENCE}/send",
    "/calendar/{campaign}/{episode}/{date}/refresh": f"{OCCURRENCE}/refresh",
    "/change/{kind}": "/change/event-created",
    "/newcomers": "/newcomers",
    "/my-account/code": "/my-account/code",
    "/my-account/code/prove": "/my-account/code/prove",
    "/my-account/code/remove": "/my-account/code/remove",
    "/my-account/agenda": "/my-account/agenda",
    "/my-account/agenda/remove": "/my-account/agenda/remove",
    "/logout": "/logout",
}
#: The page that has the form is of the same address: cancelling asks again, figures are listed…
ASKED_ON_ITS_OWN_PAGE = (
    "/cancel",
    "/optouts",
    "/figures",
    "/sources",
    "/battle",
    "/files",
    "/people",
    "/whose",
    "/accounts",
    "/first-account",
    "/message.yaml",
    "/send",
    "/event-created",
    "/newcomers",
)
FIELDS = {"by": "Camille", "decision": "sent", "shown": "1", "fingerprint": "x"}


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    start = opened.clock().date()
    calendar = opened.agenda.occurrences(start, start + timedelta(days=60))
    await opened.ledger.sync(calendar, start)
    yield opened
    await opened.close()


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app, token=TOKEN)) as found:
        yield found


async def stands_as_before(app: App) -> bool:
    """Nothing was done, whatever it is."""
    states = {row.state for row in await app.ledger.occurrences()}
    return states == {OccurrenceState.SCHEDULED} and await acts_of(app) == []


async def test_the_table_has_every_route_that_changes_something(app: App) -> None:
    routes = [one for one in desk_of(app).routes if isinstance(one, Route)]

    assert {one.path for one in routes if "POST" in (one.methods or ())} == set(ACTS)
    assert all((one.methods or set()) <= {"GET", "HEAD", "POST"} for one in routes)


async def test_without_a_session_nothing_is_done(app: App, visitor: Visitor) -> None:
    for path in ACTS.values():
        for headers in (
            {},
            {"Cookie": "reflexe_desk=devine"},
            {"Authorization": f"Bearer {TOKEN}"},
        ):
            assert (await visitor.post(path, FIELDS, **headers)).status == 401, path

    assert await stands_as_before(app)


async def test_with_a_session_and_no_proof_of_its_own_nothing_is_done(
    app: App, visitor: Visitor
) -> None:
    await visitor.get(f"/?token={TOKEN}")
    page = await visitor.page(OCCURRENCE)
    pause, leave = (form_of(page, path)["proof"] for path in (f"{OCCURRENCE}/pause", "/logout"))

    for path in ACTS.values():
        of_another = pause if path == "/logout" else leave
        for proof in ({}, {"proof": ""}, {"proof": "é.x"}, {"proof": of_another}):
            assert (await visitor.post(path, FIELDS | proof)).status == 403, (path, proof)

    assert await stands_as_before(app)


#: The form of an act, and the page it is on.
FORMS = {
    "/stop-all": "/",
    "/logout": "/reports",
    f"{OCCURRENCE}/pause": OCCURRENCE,
    f"{OCCURRENCE}/cancel": f"{OCCURRENCE}/cancel",
}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Origin", "https://ailleurs.example"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ],
)
async def test_another_site_cannot_send_a_form_even_with_its_proof(
    app: App, visitor: Visitor, header: str, value: str
) -> None:
    await visitor.get(f"/?token={TOKEN}")

    for path, page in FORMS.items():
        form = FIELDS | form_of(await visitor.page(page), path)
        assert (await visitor.post(path, form, **{header: value})).status == 403, path

    assert (await visitor.get("/reports")).status == 200
    assert await stands_as_before(app)


async def test_looking_changes_nothing(app: App, visitor: Visitor) -> None:
    await visitor.get(f"/?token={TOKEN}")

    for path in ACTS.values():
        expected = 200 if path.endswith(ASKED_ON_ITS_OWN_PAGE) else 405
        expected = 410 if path == "/proposals/1" else expected  # nobody proposes anything
        assert (await visitor.get(path)).status == expected, path

    assert (await visitor.get("/reports")).status == 200
    assert await stands_as_before(app)


async def test_the_proof_of_one_session_is_nothing_in_another(app: App, visitor: Visitor) -> None:
    await visitor.get(f"/?token={TOKEN}")
    form = form_of(await visitor.page(OCCURRENCE), f"{OCCURRENCE}/pause")

    await visitor.get(f"/?token={TOKEN}")
    answer = await visitor.post(f"{OCCURRENCE}/pause", FIELDS | form)

    assert answer.status == 403
    assert await stands_as_before(app)


async def test_on_loopback_a_form_is_good_in_the_browser_that_got_it_alone(app: App) -> None:
    path = f"{OCCURRENCE}/pause"
    async with visiting(desk_of(app)) as visitor:
        form = FIELDS | form_of(await visitor.page(OCCURRENCE), path)
        visitor.session.cookie_jar.clear()
        without = await visitor.post(path, form)
        visitor.session.cookie_jar.clear()
        await visitor.page("/reports")
        elsewhere = await visitor.post(path, form)

    assert (without.status, elsewhere.status) == (403, 403)
    assert await stands_as_before(app)


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "\x1b"])
async def test_who_does_not_say_their_name_does_nothing_and_is_told_so(
    app: App, visitor: Visitor, name: str
) -> None:
    await visitor.get(f"/?token={TOKEN}")
    path = f"{OCCURRENCE}/pause"
    form = form_of(await visitor.page(OCCURRENCE), path)

    answer = await visitor.post(path, form | {"by": name})

    assert answer.status == 400
    assert 'role="alert"' in answer.text
    assert 'href="#by"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert await stands_as_before(app)


async def test_a_form_too_large_is_refused_unread(app: App, visitor: Visitor) -> None:
    await visitor.get(f"/?token={TOKEN}")
    form = form_of(await visitor.page(OCCURRENCE), f"{OCCURRENCE}/pause")

    answer = await visitor.post(f"{OCCURRENCE}/pause", form | {"by": "x" * 70_000})

    assert answer.status == 413
    assert await stands_as_before(app)


def test_a_proof_is_another_at_each_display() -> None:
    forms, visit = Forms(Clock()), Visit(key=b"k" * 32, person=UNNAMED)

    assert forms.proof(visit, "/stop-all") != forms.proof(visit, "/stop-all")


async def test_a_form_left_open_for_half_a_day_is_good_for_nothing(app: App) -> None:
    path = f"{OCCURRENCE}/pause"
    async with visiting(desk_of(app)) as visitor:
        form = FIELDS | form_of(await visitor.page(OCCURRENCE), path)
        assert isinstance(app.clock, Clock)
        app.clock.step(timedelta(hours=12))
        answer = await visitor.post(path, form)
        app.clock.step(-timedelta(hours=12))

    assert answer.status == 403
    assert await stands_as_before(app)
