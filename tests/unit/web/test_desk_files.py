"""« Fichiers »: a file of people is dropped, shown as it would be read, mended, and taken in."""

import asyncio
import io
import os
import re
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from scheduler.bootstrap import App
from scheduler.daemon.tidying import ForgettingFiles
from scheduler.domain.message import AddressKind
from scheduler.domain.processes.leases import import_of
from scheduler.domain.roles import ALL_ROLES, Person, Role
from scheduler.sources.dropped import KEPT, MOST, Drop, Drops, Order
from scheduler.sources.vocabulary import meanings
from scheduler.web.desk.dropped_child import drops_of, set_to_work
from scheduler.web.desk.file_words import column_words
from scheduler.web.limits import LARGEST_FILE
from tests.samples.desk import Answer, Visitor, acts_of, desk_of, form_of, visiting, words
from tests.workbooks import xlsx
from tests.worlds import Clock

DPO = Person(name="Camille Moreau", roles=frozenset({Role.PRIVACY}))
FAULTY = """\
matricule;prenom;Adresse pro;email;telephone
B1;Zoé;zoe@example.org;zoe@example.org;+33 6 39 98 00 21
B2;Yves;yves@example.org;yves@example;
B3;Xan;xan@example.org;pas une adresse;+33 1 00 00 00 00
;Sans;;;
"""


@pytest.fixture
async def dpo(app: App) -> AsyncIterator[Visitor]:
    async with visiting(desk_of(app, local=DPO, real=frozenset({"email"}))) as visitor:
        yield visitor


async def dropped(
    visitor: Visitor, data: bytes, audience: str = "staff", name: str = "personnel.csv"
) -> Answer:
    form = aiohttp.FormData()
    for field, value in form_of(await visitor.page("/files"), "/files").items():
        form.add_field(field, value)
    form.add_field("audience", audience)
    form.add_field("file", io.BytesIO(data), filename=name, content_type="text/csv")
    async with visitor.session.post("/files", data=form, allow_redirects=False) as answer:
        return Answer(status=answer.status, text=await answer.text(), headers=answer.headers)


async def ended(visitor: Visitor, path: str) -> str:
    """The page, once the child has ended: until then it says how far it is, and comes again."""
    for _ in range(600):
        answer = await visitor.at_once(path)
        if "Refresh" not in answer.headers:
            return answer.text
        assert "se met à jour d’elle-même" in words(answer.text)
        await asyncio.sleep(0.1)
    raise AssertionError("it never ended")


async def looked(visitor: Visitor, data: bytes, **more: str) -> tuple[str, str]:
    """The file's path and its page."""
    path = (await dropped(visitor, data, **more)).headers["Location"]
    return path, await ended(visitor, path)


async def applied(visitor: Visitor, path: str, page: str, **fields: str) -> Answer:
    form = form_of(page, f"{path}/apply") | {
        "origin": "Logiciel de paie",
        "basis": "legitimate-interest",
        **fields,
    }
    return await visitor.post(f"{path}/apply", form)


async def count_of(app: App, audience: str = "staff") -> int:
    return await app.contact_files.count_active(app.configuration.audience(audience))


async def test_a_file_is_dropped_mended_and_taken_in_without_a_terminal(
    app: App, dpo: Visitor
) -> None:
    path, page = await looked(dpo, FAULTY.encode())
    told = words(page)
    columns = form_of(page, f"{path}/look") | {
        "column-1": "matricule",
        "column-2": "prenom",
        "column-3": "email",
        "column-4": "",
        "column-5": "phone",
        "mode": "add",
    }
    before = await count_of(app)
    again = await dpo.post(f"{path}/look", columns)
    mended = await ended(dpo, path)
    taken = await applied(dpo, path, mended)
    report = words(await ended(dpo, path))

    assert "zoe@example.org" in told
    assert "ce qui suit le @ n’est pas un nom de domaine complet" in told or "@" in told
    assert "une ligne fixe" in told or "fixe" in told
    assert "ni identifiant, ni adresse utilisable" in told
    assert (again.status, taken.status) == (303, 303)
    assert "« Adresse pro »" not in words(mended)
    assert "C’est importé" in report
    assert "zoe@example.org" not in report
    assert before == 3
    assert await count_of(app) == 6
    assert len(await app.people.find("yves@example.org", AddressKind.EMAIL)) == 1
    assert [one[:2] for one in await acts_of(app)] == [
        (DPO.name, "drop-file"),
        (DPO.name, "import"),
    ]
    # The file itself is gone.
    (drop,) = drops_of(app.configuration).all()
    assert not drop.table.exists()


async def test_a_workbook_is_read_and_one_person_is_one_person(app: App, dpo: Visitor) -> None:
    rows = [["matricule", "prenom", "email"], ["C1", "Ida", "ida@example.org"]]
    path, page = await looked(dpo, xlsx({"Liste": rows, "Notes": [["rien"]]}), name="x.pdf")
    await applied(dpo, path, page)
    report = words(await ended(dpo, path))

    assert "ida@example.org" in page
    assert "C’est importé" in report
    assert await count_of(app) == 4


async def test_half_an_audience_does_not_leave_before_somebody_says_so(
    app: App, dpo: Visitor
) -> None:
    path, page = await looked(dpo, b"matricule;prenom;email\nA1;Marie;marie@example.org\n")
    look = form_of(page, f"{path}/look") | {"mode": "replace"}
    await dpo.post(f"{path}/look", look)
    page = await ended(dpo, path)
    unsure = await applied(dpo, path, page)
    still = await count_of(app)
    sure = await applied(dpo, path, await ended(dpo, path), sure="on")
    await ended(dpo, path)

    assert "ferait sortir 2 personnes sur 3" in words(page)
    assert 'name="sure"' in page
    assert (unsure.status, sure.status, still) == (400, 303, 3)
    assert await count_of(app) == 1


async def test_what_was_not_shown_is_not_applied_and_said_twice_is_done_once(
    app: App, dpo: Visitor
) -> None:
    path, page = await looked(dpo, b"matricule;email\nD1;d1@example.org\n")
    look = form_of(page, f"{path}/look") | {"mode": "replace"}
    await dpo.post(f"{path}/look", look)
    fresh = await ended(dpo, path)
    stale = await applied(dpo, path, page)
    no_origin = await applied(dpo, path, fresh, origin="  ")
    no_basis = await applied(dpo, path, fresh, basis="pouvoir")
    sure = await asyncio.gather(*(applied(dpo, path, fresh, sure="on") for _ in range(2)))
    await ended(dpo, path)
    later = await applied(dpo, path, fresh, sure="on")

    assert "relu entre-temps" in words(stale.text)
    assert (stale.status, no_origin.status, no_basis.status) == (400, 400, 400)
    assert [one.status for one in sure] == [303, 303]
    assert later.status == 303
    assert [one[1] for one in await acts_of(app)].count("import") == 1
    assert await count_of(app) == 1


async def test_two_columns_of_one_meaning_and_no_meaning_are_told(app: App, dpo: Visitor) -> None:
    path, page = await looked(dpo, b"matricule;email;b\nD1;d1@example.org;d2@example.org\n")
    form = form_of(page, f"{path}/look")
    twice = await dpo.post(f"{path}/look", form | {"column-3": "email"})
    unknown = await dpo.post(f"{path}/look", form | {"column-3": "../x"})
    mode = await dpo.post(f"{path}/look", form | {"mode": "delete"})

    assert (twice.status, unknown.status, mode.status) == (400, 400, 400)
    assert "Deux colonnes ont le même sens" in words(twice.text)


async def test_a_table_that_no_name_explains_is_explained_by_hand(app: App, dpo: Visitor) -> None:
    path, page = await looked(dpo, b"numero;qui;ou\nE1;Eve;eve@example.org\n")
    form = form_of(page, f"{path}/look") | {"column-1": "matricule", "column-3": "email"}
    await dpo.post(f"{path}/look", form)
    mended = await ended(dpo, path)
    await applied(dpo, path, mended)
    await ended(dpo, path)

    assert "ne peut pas être importé ainsi" in words(page)
    assert "--columns" not in page
    assert await count_of(app) == 4


async def test_what_is_too_large_or_no_file_is_refused(app: App, dpo: Visitor) -> None:
    large = await dropped(dpo, b"x" * (LARGEST_FILE + 1))
    empty = await dropped(dpo, b"")
    nobody = await dropped(dpo, b"email\n", audience="personne")
    form = form_of(await dpo.page("/files"), "/files")
    long = io.BytesIO(b"audience=staff&file=" + b"x" * LARGEST_FILE)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with dpo.session.post("/files", data=long, headers=kind) as plain:
        assert plain.status == 413
    text = await dpo.post("/files", form | {"audience": "staff", "file": "email\nx@example.org"})

    assert (large.status, empty.status, nobody.status) == (413, 400, 400)
    assert text.status == 400
    assert "20 Mo au plus" in words(large.text).replace("\u00a0", " ")
    assert drops_of(app.configuration).all() == []


async def test_cells_heads_and_names_of_a_stranger_s_file_are_text(app: App, dpo: Visitor) -> None:
    evil = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    data = f'matricule;prenom;email;"{evil}"\nF1;"{evil}";f1@example.org;"{evil}"\n'.encode()
    path, page = await looked(dpo, data, name=f"../../{evil}.csv")
    wrong = await applied(dpo, path, page, origin="", basis='"><script>')

    for shown in (page, wrong.text):
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown
        assert "{{ 7*7 }}" in shown
        assert '"><script>' not in shown
    assert {one.name for one in Path(path).parents} == {"files", ""}


async def test_a_file_is_kept_for_the_program_alone_and_an_hour_at_most(
    app: App, dpo: Visitor
) -> None:
    path, _ = await looked(dpo, b"email\nx@example.org\n")
    drop = drops_of(app.configuration).get(Path(path).name)
    assert drop is not None
    modes = {stat.S_IMODE(one.stat().st_mode) for one in drop.folder.iterdir()}
    served = [(await dpo.get(f"{path}/{one.name}")).status for one in drop.folder.iterdir()]
    folder = stat.S_IMODE(drop.folder.stat().st_mode)
    assert isinstance(app.clock, Clock)
    app.clock.step(KEPT)
    gone = await dpo.get(path)

    assert modes == {0o600}
    assert folder == 0o700
    assert set(served) == {404}
    assert gone.status == 404
    assert not drop.folder.exists()


async def test_a_file_is_taken_back_and_names_of_no_file_are_no_file(
    app: App, dpo: Visitor
) -> None:
    path, page = await looked(dpo, b"email\nx@example.org\n")
    gone = await dpo.post(f"{path}/forget", form_of(page, f"{path}/forget"))
    statuses = [
        (await dpo.get(one)).status
        for one in (
            path,
            "/files/%2e%2e%2fledger.db",
            "/files/x",
            f"/files/{'0' * 32}",
        )
    ]

    assert gone.headers["Location"] == "/files"
    assert statuses == [404] * 4
    assert drops_of(app.configuration).all() == []


async def test_no_other_role_and_no_form_of_elsewhere(app: App, dpo: Visitor) -> None:
    path, page = await looked(dpo, b"email\nx@example.org\n")
    apply = form_of(page, f"{path}/apply") | {"origin": "x", "basis": "legitimate-interest"}
    unproven = await dpo.post(f"{path}/apply", {"origin": "x", "basis": "legitimate-interest"})
    elsewhere = await dpo.post(f"{path}/apply", apply, Origin="https://ailleurs.example")
    others = Person(name="Sacha Petit", roles=ALL_ROLES - {Role.PRIVACY})
    async with visiting(desk_of(app, local=others)) as visitor:
        front = await visitor.page("/")
        refused = [(await visitor.get(one)).status for one in ("/files", path)]
        refused.append((await visitor.post(f"{path}/apply", apply)).status)

    assert (unproven.status, elsewhere.status) == (403, 403)
    assert refused == [403] * 3
    assert 'href="/files"' not in front


async def test_a_child_that_was_killed_is_told_and_said_again_ends_the_same(
    app: App, dpo: Visitor
) -> None:
    lines = [f"G{n};g{n}@example.org" for n in range(3000)]
    path, _ = await looked(dpo, "\n".join(["matricule;email", *lines]).encode())
    drops = drops_of(app.configuration)
    drop = drops.get(Path(path).name)
    assert drop is not None
    # A child that has the lock and dies of it.
    asked = drops.ask(drop, replace(drop.order(), apply=True, origin="x", by="x"))
    assert asked is not None
    words_of = [sys.executable, "-c", "input()"]
    with subprocess.Popen(words_of, pass_fds=(asked[1],), stdin=-1) as it:  # noqa: ASYNC220
        os.close(asked[1])
        busy = await dpo.get(path)
        held = drops.ask(drop, Order())
        it.kill()
    stopped = await dpo.page(path)
    await dpo.post(f"{path}/look", form_of(stopped, f"{path}/look"))
    await applied(dpo, path, await ended(dpo, path))
    await ended(dpo, path)

    assert busy.headers["Refresh"]
    assert held is None
    assert "s’est arrêté avant la fin" in words(stopped)
    assert await count_of(app) == 3003


async def test_another_import_under_way_is_told_and_nothing_is_lost(app: App, dpo: Visitor) -> None:
    path, page = await looked(dpo, b"matricule;email\nH1;h1@example.org\n")
    source = app.configuration.audience("staff").source
    lease = await app.contact_files.take_lease(import_of(source), "quelqu’un", datetime.now(UTC))
    await applied(dpo, path, page)
    busy = await ended(dpo, path)
    await app.contact_files.let_go(lease)
    await dpo.post(f"{path}/look", form_of(busy, f"{path}/look"))
    await applied(dpo, path, await ended(dpo, path))
    await ended(dpo, path)

    assert "Un autre import est en cours" in words(busy)
    assert await count_of(app) == 4


def put(drops: Drops, app: App) -> Drop | None:
    return drops.put(b"email\n", "staff", "x", app.clock())


async def test_so_many_files_wait_and_so_many_are_read_at_once(app: App) -> None:
    drops = drops_of(app.configuration)
    found = [put(drops, app) for _ in range(MOST + 1)]
    first = [one for one in found if one is not None]
    taken = [drops.ask(one, Order()) for one in first]
    for one in taken:
        if one is not None:
            os.close(one[1])
    gone = drops.tidy(app.clock() - timedelta(hours=2))

    assert len(first) == MOST
    assert sum(one is not None for one in taken) == 2
    # A clock that went back makes no file stay.
    assert gone == MOST


async def test_a_third_file_waits_its_turn_and_is_read(app: App, dpo: Visitor) -> None:
    drops = drops_of(app.configuration)
    held = [drops.ask(one, Order()) for _ in range(2) if (one := put(drops, app)) is not None]
    path = (await dropped(dpo, b"matricule;email\nT1;t1@example.org\n")).headers["Location"]
    waiting = await dpo.at_once(path)
    listed = words(await dpo.page("/files"))
    for asked in held:
        assert asked is not None
        os.close(asked[1])
    read = await ended(dpo, path)

    assert "attend son tour" in words(waiting.text)
    assert "Refresh" in waiting.headers
    assert "attend son tour" in listed
    assert "t1@example.org" in read


async def test_whoever_waits_is_read_when_another_ends_though_nobody_looks(app: App) -> None:
    drops = drops_of(app.configuration)
    first, busy, last = (one for _ in range(3) if (one := put(drops, app)) is not None)
    held = drops.ask(busy, Order())
    assert held is not None
    assert set_to_work(app.configuration, first, Order(), app.clock())
    assert set_to_work(app.configuration, last, Order(), app.clock())
    waited = last.is_waiting()
    for _ in range(600):
        if last.answer() is not None:
            break
        await asyncio.sleep(0.1)
    os.close(held[1])

    assert waited
    assert first.answer() is not None
    assert last.answer() is not None
    assert not last.is_waiting()


async def test_whoever_waited_when_the_daemon_stopped_is_read_though_nobody_looks(app: App) -> None:
    drops = drops_of(app.configuration)
    one = put(drops, app)
    assert one is not None
    # As a kill leaves it: its order is there, and nobody carries it out.
    assert drops.wait(one, Order(), app.clock())
    await ForgettingFiles(lambda: app).look(app.clock())
    for _ in range(600):
        if one.answer() is not None:
            break
        await asyncio.sleep(0.1)

    assert one.answer() is not None
    assert not one.is_waiting()


async def test_a_turn_is_taken_once_and_a_file_at_work_takes_no_other_order(app: App) -> None:
    drops = drops_of(app.configuration)
    one = put(drops, app)
    assert one is not None
    assert drops.wait(one, Order(by="Ana"), app.clock())
    taken = drops.next()
    again, other = drops.next(), drops.wait(one, Order(by="Zoé"), app.clock())
    assert taken is not None
    os.close(taken[1])

    assert (again, other) == (None, False)
    assert one.order().by == "Ana"


async def test_files_are_told_apart_and_one_taken_in_is_no_file_any_more(
    app: App, dpo: Visitor
) -> None:
    path, page = await looked(dpo, b"matricule;email\nU1;u1@example.org\n")
    before = words(await dpo.page("/files")).replace("\u00a0", " ")
    await applied(dpo, path, page)
    report = words(await ended(dpo, path))
    after = words(await dpo.page("/files"))

    assert re.search(r"\d+ h \d\d min \d\d s, 34 octets", before)
    assert "Retirer ce fichier" in words(page)
    assert "Retirer ce fichier" not in report
    assert "Retirer ce compte rendu" in report
    assert "le fichier est effacé" in after


async def test_no_meaning_of_a_column_is_offered_as_its_slug(app: App) -> None:
    for audience in app.configuration.audiences:
        theirs = {audience.key, *(field.name for field in audience.fields)}
        shown = column_words(meanings(audience), audience)
        assert [one for one, told in shown if told == one and one not in theirs] == []


async def test_a_command_that_cannot_start_leaves_the_file_unlocked(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = put(drops_of(app.configuration), app)
    assert drop is not None
    monkeypatch.setattr("scheduler.web.desk.dropped_child._COMMAND", ("/nowhere/python",))
    with pytest.raises(OSError, match="nowhere"):
        set_to_work(app.configuration, drop, Order(), app.clock())

    assert not drop.is_at_work()


async def test_faults_mended_in_the_file_are_gone_when_it_is_dropped_again(
    app: App, dpo: Visitor
) -> None:
    faulty, told = await looked(dpo, FAULTY.encode())
    mended = (
        FAULTY.replace("yves@example;", "yves@example.org;")
        .replace("pas une adresse;+33 1 00 00 00 00", "xan@example.org;+33 6 39 98 00 23")
        .replace(";Sans;;;\n", "B4;Will;will@example.org;will@example.org;\n")
    )
    path, page = await looked(dpo, mended.encode())
    columns = {
        "column-1": "matricule",
        "column-2": "prenom",
        "column-3": "",
        "column-4": "email",
        "column-5": "phone",
        "mode": "add",
    }
    again = await dpo.post(f"{path}/look", form_of(page, f"{path}/look") | columns)
    shown = await ended(dpo, path)
    taken = await applied(dpo, path, shown)
    report = words(await ended(dpo, path))

    assert path != faulty
    assert (again.status, taken.status) == (303, 303)
    assert 'data-title="Raison"' in told
    assert 'data-title="Raison"' not in shown
    assert "C’est importé" in report
    assert await count_of(app) == 3 + 4
    for name in ("zoe", "yves", "xan", "will"):
        assert len(await app.people.find(f"{name}@example.org", AddressKind.EMAIL)) == 1
