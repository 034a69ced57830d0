"""What people, files, colleagues and providers wrote is text on every page of the desk: never a tag
of the page, and never a template."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app
from scheduler.config.loading import load
from scheduler.domain.measure.typed import FigureKind, TypedFigure
from scheduler.domain.roles import ALL_ROLES, WHO_MAY, Person
from tests.new_ledger import give_ledger
from tests.parts.daemon import FOUND
from tests.samples.desk import desk_of, form_of, rehearse_october, visiting
from tests.unit.web.test_desk_files import looked
from tests.unit.web.test_desk_writing import LEAK, changed, proposed, save
from tests.worlds import CONFIG, PATIENTS, STAFF, Clock, import_people, write_config

#: Out of an attribute, a tag, a picture, and a template that would be worked out.
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7777 * 7 }}{% if %}'"
#: Where it is written, each with its name behind it; all of them are read somewhere.
FIELDS = {
    "organisation",
    "label",
    "field",
    "title",
    "person",
    "alarm",
    "subject",
    "source",
    "typist",
    "author",
    "note",
    "text",
    "remark",
    "column",
    "place",
    "reason",
}
COLLEAGUE = Person(name="Ana Bret", roles=ALL_ROLES)
#: There is somebody who may act already.
NOT_THERE = {"/first-account"}
EVENT = """
  atelier:
    kind: event
    topic: events
    channels: [email]
    audiences: [staff]
    starts: 2027-06-10T10:00
    ends: 2027-06-10T11:30
    place: PLACE
    values: {lieu_complet: PLACE}
    episodes:
      invitation: {message: evenements/atelier/invitation, when: invitation}
"""
FIRST = "cybermois/annonce"
OCCURRENCE = f"/calendar/{FIRST}/2026-10-02"
#: Paths with parts, that there is something behind.
DETAILS = (
    OCCURRENCE,
    f"{OCCURRENCE}/send",
    f"/messages/{FIRST}",
    f"/frames/messages/{FIRST}",
    f"/live/messages/{FIRST}",
    f"/twins/intranet/{FIRST}",
    f"/write/{LEAK}",
    f"/history/{LEAK}",
    f"/fields/{FIRST}/message.yaml",
    "/change/event-created",
    "/change/disabled?campaign=cybermois",
    "/outbox/1",
)


def hostile(field: str) -> str:
    return f"{HOSTILE}zz{field}"


def quoted(field: str) -> str:
    """For a YAML file."""
    return "'" + hostile(field).replace("'", "''") + "'"


def cell(field: str) -> str:
    """For a CSV file."""
    return '"' + hostile(field).replace('"', '""') + '"'


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    config = write_config(tmp_path)
    named = CONFIG.replace("Centre hospitalier d’Essai", quoted("organisation")) + EVENT.replace(
        "PLACE", quoted("place")
    )
    config.write_text(named, encoding="utf-8")
    for audience in ("staff", "patients"):
        file = tmp_path / "audiences" / f"{audience}.yaml"
        text = re.sub(
            "^label: .*", lambda _: f"label: {quoted('label')}", file.read_text(), flags=re.M
        )
        file.write_text(
            text.replace("label: Prénom", f"label: {quoted('field')}"), encoding="utf-8"
        )
    head = tmp_path / "templates" / FIRST / "message.yaml"
    text = re.sub(
        "^title: .*", lambda _: f"title: {quoted('title')}", head.read_text("utf-8"), flags=re.M
    )
    head.write_text(text, encoding="utf-8")
    configuration = load(config, FOUND)
    give_ledger(configuration)
    opened = await open_app(configuration, Clock())
    await import_people(opened, "staff", STAFF.replace("Marie", cell("person")))
    await import_people(opened, "patients", PATIENTS)
    yield opened
    await opened.close()


async def write_everywhere(app: App) -> None:
    """By whoever can write something that the desk shows."""
    now = app.clock()
    await app.ledger.raise_alarm("channel-stopped", "sms", hostile("alarm"), now)
    await app.ledger.raise_alarm("source-refused", hostile("subject"), HOSTILE, now)
    figure = TypedFigure(
        campaign="cybermois",
        season="2026",
        kind=FigureKind.LINKEDIN_SHARES,
        amount=12,
        source=hostile("source"),
        day=date(2026, 8, 20),
    )
    await app.typed_figures.add(figure, hostile("typist"), now)


async def test_whatever_is_stored_is_text_on_each_page(app: App, tmp_path: Path) -> None:
    await write_everywhere(app)
    rehearsal = await rehearse_october(app, tmp_path / "rehearsal")
    author = Person(name=hostile("author"), roles=ALL_ROLES)
    desk = desk_of(app, rehearsal, folder=tmp_path / "rehearsal", local=author)
    async with visiting(desk) as visitor:
        pages = {"typed": (await save(visitor, changed(app, new=hostile("text"))))[1]}
        number = await proposed(app, visitor, changed(app, path=LEAK), note=hostile("note"))
        action = f"/proposals/{number}"
        pages[action] = await visitor.page(action)
        async with visiting(desk_of(app, local=COLLEAGUE)) as colleague:
            form = form_of(await colleague.page(action), action)
            refusal = form | {"do": "refuse", "reason": hostile("reason")}
            assert (await colleague.post(action, refusal)).status == 303
        remark = form_of(await visitor.page(f"/history/{LEAK}"), f"/comments/{LEAK}")
        await visitor.post(f"/comments/{LEAK}", remark | {"said": hostile("remark")})
        table = f"matricule;email;{cell('column')}\nF1;f1@example.org;1\n"
        # A file's own name is shown nowhere.
        dropped, _ = await looked(visitor, table.encode(), name=f"{hostile('file')}.csv")
        plain = [path for method, path in WHO_MAY if method == "GET" and "{" not in path]
        for path in (*plain, *DETAILS, dropped):
            answer = await visitor.get(path)
            if path not in NOT_THERE:
                assert answer.status < 400, path
            if answer.headers["Content-Type"].startswith("text/html"):
                pages[path] = answer.text
    await rehearsal.close()

    for path, page in pages.items():
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "54439" not in page, path
    text = "".join(pages.values())
    assert set(re.findall(r"&lt;img src=x[^<]*?zz([a-z]+)", text)) == FIELDS
