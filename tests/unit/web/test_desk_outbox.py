"""The desk's outbox by HTTP: the rehearsal's, the real one, and what is nobody's to see."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from tests.samples.desk import (
    Visitor,
    desk_of,
    links,
    rehearse_october,
    send_announcement,
    visiting,
    words,
)


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


async def test_the_outbox_opens_on_the_rehearsal_and_leads_to_each_message(
    spectator: Visitor,
) -> None:
    people = await spectator.page("/outbox")
    (marie,) = links(people, r"/outbox/1\?[^\"]+")
    timeline = await spectator.page(marie)
    messages = links(timeline, r"/outbox/1/\d+\?[^\"]+")
    email, sms = await spectator.page(messages[0]), await spectator.page(messages[1])

    assert "Répétition" in words(people)
    assert "Contacts : 5 personnes" in words(people)
    assert len(messages) == 12
    assert "Répétition" in words(email)
    assert "marie@example.org" in words(email)
    assert links(email, r"http://127\.0\.0\.1:8081/d/[A-Za-z0-9_-]+")
    assert links(sms, r"http://127\.0\.0\.1:8081/[A-Z0-9]{8}")
    assert "1 SMS facturé" in words(sms)
    (frame, _) = links(email, '/frames/[^"]+')
    assert "Bonjour Marie," in words(await spectator.page(frame))


async def test_somebody_left_out_is_told_with_the_reason(spectator: Visitor) -> None:
    page = words(await spectator.page("/outbox/5?box=rehearsal"))

    assert "Paul" in page
    assert "Fermer sa porte laissé de côté : n’a pas donné son accord" in page


async def test_what_the_rehearsal_only_counted_is_said_to_be_counted(
    app: App, tmp_path: Path
) -> None:
    rehearsal = await rehearse_october(app, tmp_path / "few", keep=0)
    async with visiting(desk_of(app, rehearsal, folder=tmp_path / "few")) as visitor:
        timeline = await visitor.page("/outbox/1?box=rehearsal")
    await rehearsal.close()

    assert words(timeline).count("compté, pas conservé") == 12
    assert not links(timeline, r"/outbox/1/\d+[^\"]*")


async def test_once_something_was_sent_the_outbox_shows_that_and_keeps_the_rehearsal(
    app: App, spectator: Visitor
) -> None:
    await send_announcement(app)

    people = await spectator.page("/outbox")
    rehearsed = await spectator.page("/outbox?box=rehearsal")

    assert "Revoir la répétition" in words(people)
    assert links(people, r"/outbox/1\?box=real")
    assert links(rehearsed, r"/outbox/1\?box=rehearsal")
    assert len(links(await spectator.page("/outbox/1?box=real"), r"/outbox/1/\d+\?[^\"]+")) == 2


async def test_without_a_rehearsal_the_outbox_says_it_is_empty(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        assert "Ni envoi ni répétition" in words(await visitor.page("/outbox"))


async def test_with_a_real_provider_nobody_is_shown(
    app: App, rehearsal: App, tmp_path: Path
) -> None:
    await send_announcement(app)
    desk = desk_of(app, rehearsal, folder=tmp_path / "rehearsal", real=frozenset({"sms"}))

    async with visiting(desk) as visitor:
        page = await visitor.page("/outbox")
        answers = [
            await visitor.get(f"{path}?box={box}")
            for path in ("/outbox/1", "/outbox/1/1", "/frames/outbox/1/1")
            for box in ("real", "rehearsal")
        ]

    assert "4 envoyé Courriel" in words(page)
    assert "Des comptes, jamais une personne" in words(page)
    assert {answer.status for answer in answers} == {404}
    assert "arie" not in page + "".join(answer.text for answer in answers)


async def test_a_page_far_behind_the_last_is_empty_and_no_fault(visitor: Visitor) -> None:
    for page in ("999999", "0", "-1", "9" * 30, "deux"):
        assert "Boîte d’envoi" in words(await visitor.page(f"/outbox?page={page}&box=real"))
