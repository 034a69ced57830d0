"""A preview is what would be sent, for nobody in particular."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from scheduler.bootstrap import App, make_renderer
from scheduler.content.composing.compose import EmailComposer, EmailRecipient, SmsComposer
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.names.tokens import TEST_SHORT_TOKEN
from scheduler.domain.people.imports import SAMPLE_ORIGIN
from scheduler.domain.showing.desk import EmailView, Preview, Reader, SmsView
from scheduler.flow.showing.messages import sample_content
from scheduler.flow.writing.preview import READERS, Asked, preview, read_email, read_sms
from tests.samples.desk import rehearse_october
from tests.worlds import make_world

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    yield opened
    await opened.close()


async def shown(app: App, channel: str = "email", **more: str | Reader) -> Preview:
    asked = Asked(message="cybermois/annonce", channel=channel, audience="staff", **more)  # type: ignore[arg-type]  # two types behind one builder
    return await preview(app.agenda, make_renderer(app, test=True), asked, NOW)


async def test_its_links_open_the_page_and_change_nothing(app: App) -> None:
    view = (await shown(app)).view
    assert isinstance(view, EmailView)
    found = re.search("/d/([A-Za-z0-9_-]+)", view.html)

    assert found is not None
    token = app.ledger.tokens.open_optout(found[1])
    assert token is not None
    assert token.test


async def test_but_for_tokens_and_date_it_is_byte_for_byte_what_is_sent(
    app: App, tmp_path: Path
) -> None:
    rehearsal = await rehearse_october(app, tmp_path / "rehearsal")
    await rehearsal.close()
    marie = Reader(
        name="marie",
        fields={"prenom": "Marie"},
        email="marie@example.org",
        origin=SAMPLE_ORIGIN,  # it is her first message
    )

    previewed = (await shown(app, reader=marie)).body

    kept = [file.read_bytes() for file in (tmp_path / "rehearsal/outbox").rglob("*.eml")]
    announcements = [body for body in kept if b"marie@" in body and b"cybermois-annonce" in body]
    (sent,) = announcements
    assert without_what_is_personal(previewed) == without_what_is_personal(sent)


async def test_for_every_text_a_preview_is_what_the_renderer_makes_of_it(app: App) -> None:
    reader = next(one for one in READERS if one.name == "accents")
    real = make_renderer(app)
    compared = 0
    for path in ("cybermois/1-fermer-sa-porte", "cybermois/bilan"):
        folder = app.agenda.library.load(path)
        for source in folder.sources:
            audience = source.audience or "staff"
            language = source.variant.removesuffix("-falc")
            asked = Asked(
                message=path,
                channel=source.channel,
                audience=audience,
                language=language,
                easy_to_read=source.variant != language,
                reader=reader,
            )
            previewed = await preview(app.agenda, make_renderer(app, test=True), asked, NOW)

            content, campaign = sample_content(
                app.agenda, folder, source, app.configuration.audience(audience)
            )
            sent = as_sent(real.composer(content, campaign, content.audience), reader)

            assert previewed.source == source.path
            assert masked(previewed.body) == masked(sent), source.path
            compared += 1
    assert compared >= 18


def as_sent(composer: EmailComposer | SmsComposer, reader: Reader) -> bytes:
    """What leaves for a reader who is in the ledger."""
    if isinstance(composer, SmsComposer):
        return composer.fill("A7K2Q9XB", reader.place.zone).body.encode()
    return composer.fill(
        EmailRecipient(
            to=reader.email,
            fields=reader.fields,
            optout_url="https://cyber.example.org/d/realtoken",
            optout_mailto="desinscription+realtoken@retour.example.org",
            message_id="real@retour.example.org",
            date=NOW,
        )
    )


def masked(body: bytes) -> bytes:
    return re.sub(rb"(Stop : sms\.example\.org/)\w{8}$", rb"\1", without_what_is_personal(body))


def without_what_is_personal(body: bytes) -> bytes:
    lines = re.sub(rb"=\r\n", b"", body)
    lines = re.sub(rb"^(Date|Message-ID): .*\r$", b"", lines, flags=re.MULTILINE)
    return re.sub(rb"(/d/|desinscription\+)[A-Za-z0-9_-]+", rb"\1", lines)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
async def test_every_invented_reader_gets_a_greeting_that_reads_well(
    app: App, reader: Reader
) -> None:
    view = (await shown(app, reader=reader)).view
    assert isinstance(view, EmailView)
    name = reader.fields.get("prenom")

    assert (f"Bonjour {name}," if name else "Bonjour,") in " ".join(view.text.split())


async def test_an_sms_is_counted_with_its_suffix(app: App) -> None:
    view = (await shown(app, "sms")).view

    assert isinstance(view, SmsView)
    assert view.body.endswith(f"Stop : sms.example.org/{TEST_SHORT_TOKEN}")
    assert (view.encoding, view.segments, view.units) == ("GSM-7", 1, len(view.body))


def test_the_characters_that_cost_are_named() -> None:
    view = read_sms("Forêt, çà et là ’".encode())

    assert (view.encoding, list(view.costly)) == ("UCS-2", ["ê", "ç", "’"])


async def test_another_language_falls_back_to_french_and_says_so(app: App) -> None:
    found = await shown(app, language="de")

    assert (found.variant, found.source) == ("fr", "cybermois/annonce/email.staff.fr.md")


async def test_a_blank_that_nobody_filled_yet_shows_its_example(app: App) -> None:
    folder = app.configuration.templates / "webinaire"
    folder.mkdir()
    (folder / "message.yaml").write_text(
        "title: Webinaire\nclass: promotional-event\nchannels: [sms]\n"
        "placeholders:\n  date: {label: Date, example: mardi 13/10}\n",
        encoding="utf-8",
    )
    (folder / "sms.fr.txt").write_text("Webinaire le {{ date }}.", encoding="utf-8")

    asked = Asked(message="webinaire", channel="sms", audience="staff")
    found = await preview(app.agenda, make_renderer(app, test=True), asked, NOW)

    assert found.body.startswith(b"Webinaire le mardi 13/10. Stop")


async def test_what_has_no_text_or_a_faulty_one_is_said(app: App) -> None:
    with pytest.raises(NotFound, match="whatsapp"):
        await shown(app, "whatsapp")
    file = app.configuration.templates / "cybermois/annonce/sms.staff.fr.txt"
    file.write_text("{{ prenon }}", encoding="utf-8")
    with pytest.raises(ContentError, match="prenon"):
        await shown(app, "sms")


def test_a_message_without_its_parts_is_read_all_the_same() -> None:
    view = read_email(b"Subject: =?utf-8?q?=C3=89t=C3=A9?=\r\n\r\n")

    assert (view.subject, view.html, view.text.strip()) == ("Été", "", "")


def test_what_a_message_carries_is_told_and_its_own_pictures_are_shown() -> None:
    mail = EmailMessage()
    mail.set_content("Bonjour")
    mail.add_alternative('<img src="cid:logo" alt=""><img src="cid:other">', subtype="html")
    page = mail.get_body(("html",))
    assert page is not None
    page.add_related(b"PNG", "image", "png", cid="<logo>")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="rendez-vous.ics")

    view = read_email(bytes(mail))

    assert "data:image/png;base64,UE5H" in view.html
    assert "cid:other" in view.html
    (one,) = view.attachments
    assert (one.name, one.kind, one.text.strip()) == (
        "rendez-vous.ics",
        "text/calendar",
        "BEGIN:VCALENDAR",
    )
