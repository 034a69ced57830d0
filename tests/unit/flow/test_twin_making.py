"""What a twin is made of, when it can't be, and what the public site tells of what was sent."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import Reference
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.host import THE_AGENCY
from scheduler.domain.twins import Twin
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.desk import year
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.flow.writing.post_days import advised_days, leads_nowhere, opens_on
from scheduler.flow.writing.posts_due import posts_due
from scheduler.flow.writing.twins import Asked, Made, make
from tests.flow_world import EVENT, MESSAGES, ON_DEMAND, write_installation
from tests.samples.desk import announced_world
from tests.worlds import make_world, write_config

NOW = datetime(2026, 10, 6, 8, tzinfo=UTC)
FIRST = "cybermois/1-fermer-sa-porte"
SOURCED = """
  chiffre-cle:
    kind: on-demand
    topic: reminders
    rank: pointer
    episodes:
      chiffre-cle:
        message: chiffre-cle
        values: {chiffre: "12", phrase: "Douze établissements.", source: CERT Santé}
"""


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with announced_world(tmp_path_factory.mktemp("announced")) as app:
        yield app


async def made(app: App, kind: Twin, **more: object) -> Made:
    asked = Asked(message=FIRST, kind=kind, **more)  # type: ignore[arg-type]
    return await make(app.agenda, app.ledger.tokens, asked, NOW)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (Twin.POSTER, "<!DOCTYPE html>"),
        (Twin.SCREEN, "<!DOCTYPE html>"),
        (Twin.INTRANET, "<div"),
        (Twin.POST, "Le nom du chien"),
        (Twin.AUDIO, "Bonjour."),
    ],
)
async def test_each_twin_is_made_of_the_same_text(announced: App, kind: Twin, begins: str) -> None:
    found = await made(announced, kind, audience="patients")

    assert found.text.startswith(begins)
    assert found.source.path == f"{FIRST}/email.patients.fr.md"
    assert (found.post is not None) is (kind is Twin.POST)
    assert found.is_page is (begins[0] == "<")


@pytest.mark.parametrize(
    ("kind", "audience"), [(Twin.POSTER, "patients"), (Twin.INTRANET, "staff")]
)
async def test_nobody_named_it_is_for_whoever_passes_but_on_an_intranet(
    announced: App, kind: Twin, audience: str
) -> None:
    assert (await made(announced, kind)).audience.name == audience


async def test_without_a_ledger_what_is_for_staff_has_no_address(announced: App) -> None:
    asked = Asked(message=FIRST, kind=Twin.POSTER, audience="staff")

    without = await make(announced.agenda, None, asked, NOW)

    assert without.address == ""
    assert (await made(announced, Twin.POSTER, audience="staff")).address


async def test_a_message_without_an_email_has_no_twin(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    for text in (app.configuration.templates / FIRST).glob("email.*"):
        text.unlink()
    sheet = app.configuration.templates / FIRST / "message.yaml"
    sheet.write_text(sheet.read_text().replace("[email, sms]", "[sms]"))

    for asked in ({}, {"audience": "staff"}):
        with pytest.raises(NotFound, match="aucun courriel"):
            await made(app, Twin.POSTER, **asked)
    with pytest.raises(NotFound):
        await made(app, Twin.POSTER, audience="personne")
    await app.close()


async def test_a_message_that_no_campaign_sends_has_twins_and_no_day(announced: App) -> None:
    asked = Asked(message="rappels/01-lien-douteux", kind=Twin.POST, audience="patients")

    found = await make(announced.agenda, announced.ledger.tokens, asked, NOW)

    assert found.post is not None
    assert found.post.day is None


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (None, "reference"),
        (
            Reference(
                url="https://www.example.org", dated=date(2026, 1, 1), valid_until=date(2026, 2, 1)
            ),
            "ne se raconte plus",
        ),
    ],
)
def test_what_was_read_elsewhere_wants_its_source_and_its_time(
    tmp_path: Path, reference: Reference | None, said: str
) -> None:
    path = write_config(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + SOURCED.lstrip("\n"), encoding="utf-8")
    configuration = load(path)
    campaigns = tuple(
        replace(one, episodes=tuple(replace(each, reference=reference) for each in one.episodes))
        if one.name == "chiffre-cle"
        else one
        for one in configuration.campaigns
    )
    agenda = Agenda(replace(configuration, campaigns=campaigns))
    asked = Asked(message="chiffre-cle", kind=Twin.POSTER, audience="patients")

    with pytest.raises(ContentError, match=said):
        asyncio.run(make(agenda, None, asked, NOW))


async def test_drawings_are_switched_off_for_twins_too(tmp_path: Path) -> None:
    app = await make_world(tmp_path, environment={"REFLEXE_ORGANISATION__IMAGES": "false"})

    found = await made(app, Twin.POST, audience="patients")

    assert found.post is not None
    assert (found.post.picture, found.post.alt) == (b"", "")
    await app.close()


async def test_the_word_on_a_poster_leads_to_what_was_sent_once_it_was(announced: App) -> None:
    versions, source = WebVersions(), announced.public
    tokens = announced.ledger.tokens
    asked = Asked(message="cybermois/annonce", kind=Twin.POSTER, audience="staff")
    address = (await make(announced.agenda, tokens, asked, NOW)).address
    word = address.rpartition("/")[2]

    async def at(now: datetime) -> str | None:
        return await versions.by_word(word, source, lambda: announced.writer, tokens, now)

    assert await at(NOW - timedelta(days=5)) is None
    assert await at(NOW)
    assert await at(NOW) == await at(NOW + timedelta(seconds=1))


async def test_the_feed_has_the_week_or_the_last_of_what_patients_got(announced: App) -> None:
    versions = WebVersions()

    week = await versions.week(announced.public, lambda: announced.writer, NOW)
    again = await versions.week(announced.public, lambda: announced.writer, NOW)
    months_later = await WebVersions().week(
        announced.public, lambda: announced.writer, NOW + timedelta(days=90)
    )
    before = await WebVersions().week(
        announced.public, lambda: announced.writer, NOW - timedelta(days=30)
    )

    assert {one.variant for one in week} >= {"fr", "en"}
    assert all(one.points and one.picture for one in week)
    assert again is week
    assert len(months_later) == len(week)
    assert before == []


async def test_only_a_message_with_a_line_for_a_post_is_due(announced: App) -> None:
    views = await year(
        announced.agenda,
        announced.desk,
        {name: kind.address_kind for name, kind in announced.channels.items()},
        date(2026, 10, 1),
        date(2026, 10, 10),
        today=date(2026, 10, 6),
        now=NOW,
        since=announced.ledger.made_at,
    )

    thursday = date(2026, 10, 1)
    assert posts_due(announced.agenda, views, thursday) == []
    sheet = announced.configuration.templates / "cybermois/annonce/message.yaml"
    before = sheet.read_text()
    sheet.write_text(
        before.partition("twin:")[0]
        + 'twin: {all: {fr: {post: "Octobre commence par une porte."}}}\n'
    )
    (due,) = posts_due(announced.agenda, views, thursday)
    assert due.message == "cybermois/annonce"
    coming = [replace(view, state=OccurrenceState.SCHEDULED) for view in views]
    assert posts_due(announced.agenda, coming, thursday)
    stopped = [replace(view, state=OccurrenceState.CANCELLED) for view in views]
    assert posts_due(announced.agenda, stopped, thursday) == []
    # Its day is gone: the first episode's isn't a reminder of it.
    assert posts_due(announced.agenda, views, date(2026, 10, 6)) == []
    sheet.write_text("title: [\n")
    assert posts_due(announced.agenda, views, thursday) == []
    sheet.write_text(before)


async def test_an_announcement_is_posted_before_the_day_it_announces(announced: App) -> None:
    days = {}
    for message in ("cybermois/annonce", FIRST):
        asked = Asked(message=message, kind=Twin.POST, audience="patients")
        now = datetime(2026, 9, 20, 8, tzinfo=UTC)
        post = (await make(announced.agenda, announced.ledger.tokens, asked, now)).post
        assert post is not None
        days[message] = post.day

    assert days == {"cybermois/annonce": date(2026, 10, 1), FIRST: date(2026, 10, 6)}


def test_an_event_is_announced_until_it_is_over(tmp_path: Path) -> None:
    both = EVENT + "      merci: {message: essai, when: thanks}\n"
    agenda = Agenda(load(write_installation(tmp_path, both), {}))

    days = {one.sent_on: day for one, day in advised_days(agenda, date(2026, 9, 1)).items()}

    invitation, thanks = sorted(days)
    # The invitation leaves on a Tuesday, three weeks before; thanks follow the day itself.
    assert (invitation, days[invitation]) == (date(2026, 9, 22), date(2026, 9, 22))
    assert thanks >= date(2026, 10, 13)
    assert days[thanks] > thanks


async def test_a_poster_of_what_never_left_leads_nowhere_yet(announced: App) -> None:
    for message, nowhere in (("cybermois/annonce", False), (FIRST, True)):
        asked = Asked(message=message, kind=Twin.POSTER, audience="patients")
        made_one = await make(announced.agenda, announced.ledger.tokens, asked, NOW)

        found = await leads_nowhere(
            made_one.address,
            announced.public,
            lambda: announced.writer,
            announced.ledger.tokens,
            NOW,
        )

        assert found is nowhere
    before = datetime(2026, 9, 20, 8, tzinfo=UTC)
    assert opens_on(announced.agenda, FIRST, before) == date(2026, 10, 4)
    assert opens_on(announced.agenda, "rappels/01-lien-douteux", before) is None


async def test_a_list_that_counts_four_shows_four(announced: App) -> None:
    for audience in ("staff", "patients"):
        for language, last in (("fr", "Ne pas se dévoiler"), ("en", "Draw the curtains")):
            asked = Asked(
                message="cybermois/bilan", kind=Twin.POSTER, audience=audience, language=language
            )
            poster = await make(announced.agenda, None, asked, NOW)
            voice = await make(announced.agenda, None, replace(asked, kind=Twin.AUDIO), NOW)

            assert poster.text.count("<li>") == 4
            assert last in poster.text
            assert f"{'Enfin' if language == 'fr' else 'Last'}.\n{last}" in voice.text


@pytest.mark.parametrize("kind", [Twin.POSTER, Twin.SCREEN, Twin.POST, Twin.INTRANET])
@pytest.mark.parametrize("language", ["fr", "fr-falc"])
async def test_a_title_that_is_the_slogan_is_said_once(
    announced: App, kind: Twin, language: str
) -> None:
    asked = Asked(message="cybermois/annonce", kind=kind, audience="patients", language=language)

    text = (await make(announced.agenda, None, asked, NOW)).text

    body = text.partition("</head>")[2] or text
    assert body.lower().count("en octobre, le dimanche, c’est réflexe cyber") <= 1


@pytest.mark.parametrize(
    ("audience", "language", "known"),
    [("patients", "de", "en, fr, fr-falc"), ("staff", "fr-falc", "en, fr")],
)
async def test_a_language_that_a_message_lacks_is_refused_with_those_it_has(
    announced: App, audience: str, language: str, known: str
) -> None:
    with pytest.raises(NotFound, match=f"has no {language} .*: {known}$"):
        await made(announced, Twin.POSTER, audience=audience, language=language)


@pytest.mark.parametrize("audience", ["staff", "patients"])
@pytest.mark.parametrize("kind", [Twin.POSTER, Twin.INTRANET, Twin.AUDIO])
async def test_what_was_typed_in_french_isnt_in_an_english_twin(
    tmp_path: Path, kind: Twin, audience: str
) -> None:
    app = await make_world(
        tmp_path,
        environment={
            "REFLEXE_ORGANISATION__SUPPORT__DEFAULT": "poste 4242, jour et nuit",
            "REFLEXE_ORGANISATION__HELP": "06 39 98 00 00, de 9 h à 17 h",
        },
    )
    text = (await made(app, kind, audience=audience, language="en")).text

    assert "Lock" in text
    for french in ("poste ", "jour et nuit", "de 9", " h ", "de nine", "Fermer sa porte"):
        assert french not in text
    await app.close()


HEADS = MESSAGES["essai/message.yaml"]
SLOGAN = "slogan: {text: « Le dimanche c’est réflexe », credit: Agence Exemple}\n"


async def of_a_small_message(
    tmp_path: Path, more: str = "", text: str = "", audience: str = "patients", head: str = HEADS
) -> Made:
    letter = MESSAGES["essai/email.fr.md"].replace("Un essai.\n", text or "Un essai.\n")
    messages = {"essai/message.yaml": head + more, "essai/email.fr.md": letter}
    messages["essai/email.en.md"] = letter
    config = write_installation(tmp_path, ON_DEMAND, messages)
    file = config.read_text(encoding="utf-8")
    support = "  support: {default: poste 06 39 98 00 00}\n  images: true\n"
    config.write_text(file.replace("organisation:\n", f"organisation:\n{support}"))
    agenda = Agenda(load(config, {}))
    asked = Asked(message="essai", kind=Twin.POSTER, audience=audience)
    return await make(agenda, None, asked, NOW)


async def test_whose_slogan_a_twin_says_is_credited_beside_its_own(tmp_path: Path) -> None:
    credited = await of_a_small_message(tmp_path / "a", SLOGAN)
    plain = await of_a_small_message(tmp_path / "b")

    assert "Le dimanche c’est réflexe" in credited.text
    assert "Agence Exemple" in credited.text
    assert "Agence Exemple" not in plain.text


async def test_a_twin_in_which_the_host_speaks_credits_them(tmp_path: Path) -> None:
    said = await of_a_small_message(tmp_path / "a", text="{{ hote }} passe.\n")
    silent = await of_a_small_message(tmp_path / "b")

    assert "Victor Code passe" in said.text
    assert THE_AGENCY in said.text
    assert THE_AGENCY not in silent.text


async def test_the_line_of_the_staff_is_refused_on_a_wall_for_patients(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="numéro de l'assistance du personnel"):
        await of_a_small_message(tmp_path, text="Appelez le 06 39 98 00 00.\n")


async def test_a_message_without_a_drawing_has_a_twin_without(tmp_path: Path) -> None:
    assert "<img" not in (await of_a_small_message(tmp_path)).text
