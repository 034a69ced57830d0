"""The desk's pages by HTTP, on a real ledger: what they show, and what they never do."""

import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.delivery import OccurrenceState
from tests.samples.desk import (
    Visitor,
    desk_of,
    keep_october,
    links,
    rehearse_october,
    send_announcement,
    visiting,
    words,
)
from tests.worlds import STAFF, make_world

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FIRST = "/calendar/cybermois/1-fermer-sa-porte/2026-10-04"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    keep_october(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def rehearsal(app: App, tmp_path: Path) -> AsyncIterator[App]:
    opened = await rehearse_october(app, tmp_path / "rehearsal")
    yield opened
    await opened.close()


@pytest.fixture
async def spectator(app: App, rehearsal: App, tmp_path: Path) -> AsyncIterator[Visitor]:
    """After the rehearsal."""
    async with visiting(desk_of(app, rehearsal, folder=tmp_path / "rehearsal")) as found:
        yield found


async def test_the_calendar_tells_the_year_in_words(visitor: Visitor) -> None:
    page = words(await visitor.page("/"))

    assert "Du mardi 1er septembre 2026 au mardi 31 août 2027 : 6 rendez-vous" in page
    assert (
        "Prochain rendez-vous, dans 31 jours En octobre, le dimanche, c’est réflexe cyber" in page
    )
    assert "Courriel dimanche 4 octobre, 10 h Personnel 3 Usagers 1" in page
    assert "SMS lundi 5 octobre, 10 h Personnel 2 Usagers 1" in page
    assert "SMS reporté au lundi : pas le dimanche" in page


async def test_a_person_who_opts_out_is_counted_no_more(app: App, visitor: Visitor) -> None:
    (marie,) = await app.people.find("A1", None)
    assert marie.email_id is not None
    await app.people.opt_out(marie.email_id, by_email_link(app.clock(), one_click=True))

    page = words(await visitor.page("/"))

    assert "Courriel dimanche 4 octobre, 10 h Personnel 2 Usagers 1" in page


async def test_the_calendar_says_what_needs_somebody(app: App, visitor: Visitor) -> None:
    await app.ledger.raise_alarm("channel-stopped", "sms", "20003 Authenticate", app.clock())

    page = words(await visitor.page("/"))

    assert "Un canal est arrêté : plus rien n’en part. SMS — 20003 Authenticate" in page


async def test_an_occurrence_is_told_slot_by_slot_with_what_its_rehearsal_gave(
    spectator: Visitor,
) -> None:
    page = words(await spectator.page(FIRST))

    assert "7 envoyés 3 laissés de côté" in page
    assert "laissé de côté : n’a pas donné son accord" in page
    assert "Usagers France Europe/Paris lundi 5 octobre, 10 h" in page
    assert "Pas encore planifié" in page
    assert "compte encore jusqu’au premier départ : dimanche 4 octobre" in page


async def test_what_was_sent_for_real_replaces_what_was_expected(
    app: App, visitor: Visitor
) -> None:
    await send_announcement(app)

    calendar = words(await visitor.page("/"))
    detail = words(await visitor.page("/calendar/cybermois/annonce/2026-10-02"))

    assert "Courriel vendredi 2 octobre, 10 h 4 envoyés 1 laissé de côté" in calendar
    assert "Pas encore planifié" not in detail
    assert "1 : n’a pas donné son accord" in detail
    assert "Les textes sont figés" in detail
    assert "Prendre les nouveaux textes" in detail


async def test_every_message_is_listed_with_its_texts_and_its_next_date(visitor: Visitor) -> None:
    page = words(await visitor.page("/messages"))

    assert "prêt" in page
    assert "à corriger" not in page
    assert "cybermois/1-fermer-sa-porte · Prochain envoi : dimanche 4 octobre 2026" in page
    assert "Courriel · Personnel · français" in page


async def test_a_fault_in_a_text_is_said_in_words_and_breaks_no_page(
    app: App, visitor: Visitor
) -> None:
    file = app.configuration.templates / "cybermois/annonce/email.staff.fr.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n{{ prenon }}\n", encoding="utf-8")
    last = len(file.read_text(encoding="utf-8").splitlines())

    listed = words(await visitor.page("/messages"))
    shown = words(await visitor.page("/messages/cybermois/annonce"))
    frame = await visitor.get("/frames/messages/cybermois/annonce")

    for page in (listed, shown):
        assert f"templates/cybermois/annonce/email.staff.fr.md, ligne {last}" in page
        assert "prenom" in page
    assert "1 SMS facturé" in shown
    assert frame.status == 404


async def test_a_message_folder_that_cannot_be_read_says_why(app: App, visitor: Visitor) -> None:
    file = app.configuration.templates / "cybermois/annonce/message.yaml"
    file.write_text("titel: Annonce\n", encoding="utf-8")

    assert "à corriger" in words(await visitor.page("/messages"))
    assert "titel" in words(await visitor.page("/messages/cybermois/annonce"))
    assert "Courriel" in words(await visitor.page("/"))


async def test_a_message_is_shown_as_each_reader_gets_it(visitor: Visitor) -> None:
    path = "/messages/cybermois/annonce?audience=staff&variant=fr&look=dark&reader="
    with_name = await visitor.page(f"{path}camille")
    without = await visitor.page(f"{path}sans-nom")
    (frame, _) = links(without, '/frames/[^"]+')

    assert "Bonjour Camille," in words(with_name)
    assert "Bonjour," in words(without)
    assert "Bonjour," in words(await visitor.page(frame))
    assert "160" in words(with_name)
    assert "List-Unsubscribe" in words(with_name)


async def test_a_hostile_or_missing_name_reads_as_it_is(visitor: Visitor) -> None:
    path = "/frames/messages/cybermois/annonce?reader="
    tagged = await visitor.page(f"{path}balise")
    hebrew = await visitor.page(f"{path}yael")

    assert "Bonjour &lt;b&gt;Léa&lt;/b&gt;," in tagged
    assert "Bonjour יעל," in hebrew


async def test_a_dark_screen_is_asked_for_by_a_link(visitor: Visitor) -> None:
    page = await visitor.page("/messages/cybermois/annonce?look=dark")
    (frame, _) = links(page, '/frames/[^"]+')
    dark = await visitor.page(frame)
    light = await visitor.page(frame.replace("look=dark", "look=light"))

    assert "@media (min-width: 0)" in dark
    assert "prefers-color-scheme" not in light
    assert "@media (max-width: 0)" in light


async def test_headers_are_shown_exactly_as_they_leave(visitor: Visitor) -> None:
    page = unescape(await visitor.page("/messages/cybermois/annonce"))

    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\nFrom: =?utf-8?q?" in page


async def test_sample_contacts_can_be_read_for_unless_people_are_real(app: App) -> None:
    folder = app.configuration.root / "audiences/samples"
    folder.mkdir()
    (folder / "staff.csv").write_text(
        "matricule;prenom;email\nA9;Zoé;zoe@example.org\n", encoding="utf-8"
    )
    path = "/messages/cybermois/annonce?audience=staff&reader=A9"

    async with visiting(desk_of(app)) as visitor:
        shown = words(await visitor.page(path))
    async with visiting(desk_of(app, real=frozenset({"email"}))) as visitor:
        hidden = words(await visitor.page(path))

    assert "Bonjour Zoé," in shown
    assert "Bonjour Camille," in hidden
    assert "Zoé" not in hidden


async def test_each_fault_stands_beside_its_line_with_its_remedy(
    app: App, visitor: Visitor
) -> None:
    file = app.configuration.templates / "cybermois/annonce/sms.staff.fr.txt"
    before = words(await visitor.page("/messages/cybermois/annonce"))
    file.write_text("La forêt, 5 €.", encoding="utf-8")

    page = words(await visitor.page("/messages/cybermois/annonce"))

    assert "à corriger" not in before
    assert "à corriger : 1 faute" in page
    assert "1 La forêt, 5 €. Faute « ê » sort de l’alphabet des SMS" in page
    assert "Que faire : choisissez un autre mot que « forêt »" in page
    assert "ê à écrire e" in page
    assert "unités de 16 bits sur 70 (UCS-2)" in page


async def test_a_fault_in_a_snippet_is_shown_in_its_own_file(app: App, visitor: Visitor) -> None:
    snippet = app.configuration.templates / "_snippets/signaler-staff.fr.md"
    snippet.write_text("Bonjour\n\n{{ prenon }}\n", encoding="utf-8")

    page = words(await visitor.page("/messages/cybermois/1-fermer-sa-porte?audience=staff"))

    assert "Ce message ne peut pas être montré" in page
    assert "templates/_snippets/signaler-staff.fr.md 1 faute 1 Bonjour 2 3 {{ prenon }}" in page


async def test_notes_on_mail_programs_are_about_this_message(visitor: Visitor) -> None:
    page = words(await visitor.page("/messages/cybermois/annonce"))

    assert "border-radius Les coins sont droits. Sans effet dans : Outlook pour Windows" in page
    assert "Can I email (licence MIT)" in page


async def test_a_change_of_a_file_is_told_at_once(app: App, visitor: Visitor) -> None:
    before = await visitor.page("/live/messages/cybermois/annonce")
    shown = await visitor.page("/messages/cybermois/annonce")
    file = app.configuration.templates / "cybermois/annonce/sms.staff.fr.txt"

    file.write_text("Autre chose.", encoding="utf-8")

    assert f'data-known="{before}"' in shown
    assert await visitor.page("/live/messages/cybermois/annonce") != before
    assert (await visitor.get("/live/messages/..%2f..")).status == 404


async def test_without_scripts_the_page_reloads_only_when_asked(visitor: Visitor) -> None:
    path = "/messages/cybermois/annonce"
    refresh = '<noscript><meta http-equiv="refresh" content="2"></noscript>'

    assert refresh not in await visitor.page(path)
    assert refresh in await visitor.page(f"{path}?follow=yes")


async def test_a_frame_is_locked_up(visitor: Visitor) -> None:
    page = await visitor.page("/messages/cybermois/annonce")
    answer = await visitor.get("/frames/messages/cybermois/annonce")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert page.count(' sandbox="" ') == page.count("<iframe") == 2


async def test_a_page_runs_our_own_script_at_most_and_is_never_kept(visitor: Visitor) -> None:
    live = "/messages/cybermois/annonce"
    for path in ("/", FIRST, "/messages", live, "/outbox", "/nowhere"):
        headers = (await visitor.get(path)).headers
        policy = headers["Content-Security-Policy"]

        assert ("script-src 'self'" in policy) == (path == live)
        assert "script-src" not in policy or path == live

        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


async def test_hostile_names_and_titles_come_out_inert(tmp_path: Path) -> None:
    app = await make_world(tmp_path, staff=STAFF.replace("Marie", HOSTILE))
    keep_october(app)
    message = app.configuration.templates / "cybermois/annonce/message.yaml"
    text = message.read_text(encoding="utf-8")
    message.write_text(re.sub("title:.*", f"title: '{HOSTILE}'", text), encoding="utf-8")
    await app.ledger.raise_alarm(HOSTILE, HOSTILE, HOSTILE, app.clock())
    rehearsal = await rehearse_october(app, tmp_path / "rehearsal")

    async with visiting(desk_of(app, rehearsal, folder=tmp_path / "rehearsal")) as visitor:
        mails = links(await visitor.page("/outbox/1"), r"/outbox/1/\d+\?[^\"]+")
        paths = ["/", "/messages", "/messages/cybermois/annonce", "/outbox", "/outbox/1", mails[0]]
        pages = [await visitor.page(path) for path in paths]
        frame = await visitor.page(f"/frames{mails[0]}")
    await rehearsal.close()
    await app.close()

    for page in (*pages, frame):
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "alert(1)" in page


async def test_what_is_not_there_is_a_page_that_says_so(visitor: Visitor) -> None:
    for path in (
        "/nowhere",
        "/outbox/999",
        "/outbox/1/999",
        f"/outbox/{10**30}",
        "/messages/nowhere",
        "/messages/..%2f..%2fconfig",
        "/calendar/cybermois/annonce/2026-10-03",
        "/calendar/cybermois/annonce/hier",
        "/frames/messages/nowhere",
    ):
        answer = await visitor.get(path)

        assert answer.status == 404, path
        assert "Cette page n’existe pas" in words(answer.text)


async def test_nothing_can_be_posted(visitor: Visitor) -> None:
    for path in ("/", "/messages", "/outbox", "/login"):
        assert (await visitor.post(path, {"a": "b"})).status in (404, 405)


async def test_health_needs_nothing_and_tells_nothing_but_its_state(app: App) -> None:
    async with visiting(desk_of(app, token="t" * 24, is_ready=False)) as visitor:
        alive, ready = await visitor.get("/healthz"), await visitor.get("/readyz")

    assert (alive.status, alive.text) == (200, "ok")
    assert (ready.status, ready.text) == (503, "not ready")


async def test_past_octobers_are_in_the_archives(app: App, visitor: Visitor) -> None:
    one = Occurrence(
        campaign="cybermois", episode="1-fermer-sa-porte", season="2025", date=date(2025, 10, 5)
    )
    await app.ledger.sync([one], one.date)
    (row,) = await app.ledger.occurrences()
    await app.ledger.set_state(row.occurrence_id, OccurrenceState.CANCELLED, "essai")

    assert '<a href="/archives/2025">2025</a>' in await visitor.page("/")
    page = await visitor.page("/archives/2025")
    assert "Archives 2025" in words(page)
    assert f"/calendar/{row.id}" in page
    assert "annulé" in words(page)
    assert (await visitor.get("/archives/2019")).status == 404
