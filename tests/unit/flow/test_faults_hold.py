"""What ``check`` calls a fault holds the readers of the text where it stands, on every way out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.checking.findings import Hold
from scheduler.domain.checking.passing import Pass
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.flow.showing.year import year_ahead
from scheduler.flow.steering import letting_pass, send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.refresh import refresh
from scheduler.flow.watching import ahead
from tests.flow_world import EVENT, MESSAGES, ON_DEMAND, SERIES, World, edit, open_world, utc
from tests.samples.content import FOOTER
from tests.samples.desk import desk_of, visiting
from tests.samples.ledger import STAFF, person
from tests.unit.flow.test_rehearse import run

MAIL_ONLY = SERIES.replace("kind:", "channels: [email]\n    kind:")
SUNDAY = utc(4, 8)
FRENCH = MESSAGES["essai/email.fr.md"]
FOOT = {"_snippets/pied.en.md": FOOTER}
ENGLISH = FRENCH.replace("Bonjour", "Hello").replace("Un essai.\n", "A trial.\n")
#: Passable, and two that aren't.
URGENT = "C’est urgent, lisez ce message."
PHISHING = "Donnez votre mot de passe par retour de courriel."
SHORT = "Voyez [bit.ly/abc](https://bit.ly/abc)."


def saying(words: str, text: str = FRENCH) -> str:
    return f"{text}\n{words}\n"


def write(world: World, text: str, path: str = "essai/email.fr.md") -> None:
    (world.config.parent / "templates" / path).write_text(text, encoding="utf-8")
    world.read_again()


async def told(world: World) -> str:
    """What a person reads of the first occurrence."""
    return (await world.occurrence()).reason


@pytest.mark.parametrize("words", [URGENT, PHISHING, SHORT])
async def test_a_fault_holds_its_readers_until_it_is_mended(tmp_path: Path, words: str) -> None:
    texts = {"essai/email.fr.md": saying(words)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        await world.book.take_in(STAFF, person(1), person(2))

        await world.at(SUNDAY)
        assert world.email.tries == []
        assert (await world.occurrence()).state is OccurrenceState.HELD
        assert "templates/essai/email.fr.md" in await told(world)
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]

        write(world, FRENCH)
        await world.at(SUNDAY + timedelta(hours=2))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert await world.alarms() == []


async def test_the_readers_of_other_texts_leave(tmp_path: Path) -> None:
    texts = FOOT | {"essai/email.en.md": saying("C’est urgent.", ENGLISH)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        await world.book.take_in(STAFF, person(1), person(2, language="en"))

        await world.at(SUNDAY)
        assert world.email.recipients == ["p1@example.org"]
        assert "email.en.md" in await told(world)

        write(world, ENGLISH, "essai/email.en.md")
        await world.at(SUNDAY + timedelta(hours=2))
        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


async def test_a_fault_of_a_shared_text_or_of_the_layout_holds_all_who_read_it(
    tmp_path: Path,
) -> None:
    texts = {"_snippets/pied.fr.md": f"{FOOTER}\n{URGENT}\n"}
    async with open_world(tmp_path, SERIES, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)
        assert world.email.tries == []

        write(world, FOOTER, "_snippets/pied.fr.md")
        layout = world.config.parent / "templates/_layouts/email.html"
        page = layout.read_text(encoding="utf-8")
        write(world, page.replace("#111111", "#eeeeee"), "_layouts/email.html")
        await world.at(SUNDAY + timedelta(hours=1))
        assert world.email.tries == []
        write(world, page, "_layouts/email.html")
        await world.at(SUNDAY + timedelta(hours=2))
        assert world.email.recipients == ["p1@example.org"]


async def test_an_sms_has_no_layout(tmp_path: Path) -> None:
    texts = {"_layouts/email.html": MESSAGES["_layouts/email.html"].replace("#111111", "#eeeeee")}
    async with open_world(tmp_path, SERIES, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        for now in (SUNDAY, SUNDAY + timedelta(days=1), SUNDAY + timedelta(hours=26)):
            await world.at(now)

        assert world.email.tries == []
        assert len(world.sms.recipients) == 1


async def test_a_value_at_fault_holds_its_own_event_and_no_other(tmp_path: Path) -> None:
    twice = EVENT + EVENT.replace("webinaire", "atelier").replace(
        "starts: 2026-10-13", "values: {lien: 'http://bit.ly/x'}\n    starts: 2026-10-20"
    )
    head = MESSAGES["essai/message.yaml"].replace("email, sms", "email")
    blank = (
        "placeholders:\n  lien: {label: Lien, example: 'https://www.example.org/a', default: x}\n"
    )
    texts = {
        "essai/message.yaml": head + blank,
        "essai/email.fr.md": saying("Rendez-vous : {{ lien }}."),
        "essai/sms.fr.txt": "",
    }
    async with open_world(tmp_path, twice, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        for day in (22, 29):
            await world.at(utc(day, 8, month=9))
        rows = {one.campaign: one for one in await world.app.ledger.occurrences()}

    assert rows["atelier"].state is OccurrenceState.HELD
    assert rows["webinaire"].state is OccurrenceState.FINISHED


async def test_a_place_with_a_sign_that_no_sms_has_holds_no_email(tmp_path: Path) -> None:
    event = EVENT.replace("starts:", "place: Salle Pâris\n    starts:")
    blank = "placeholders:\n  lieu: {label: Lieu, example: 'Salle B', max_length: 12}\n"
    texts = {
        "essai/message.yaml": MESSAGES["essai/message.yaml"] + blank,
        "essai/email.fr.md": saying("Rendez-vous : {{ lieu }}."),
        "essai/sms.fr.txt": "Un essai, {{ lieu }}.",
    }
    async with open_world(tmp_path, event, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(22, 8, month=9))

        assert len(world.email.accepted) == 1


async def test_it_is_told_everywhere_fourteen_days_before(tmp_path: Path) -> None:
    texts = {"essai/email.fr.md": saying(URGENT)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        early = utc(22, 8, month=9)
        world.clock.now = early
        await world.planner.sync(early)

        found = await ahead.look(world.app.agenda, world.app.ledger, early)
        entries = await year_ahead(
            world.app.agenda, world.app.ledger, early, date(2026, 10, 1), date(2026, 10, 5)
        )
        played = await run(world.app, tmp_path / "played", date(2026, 10, 4), date(2026, 10, 4))
        async with visiting(desk_of(world.app)) as visitor:
            card = await visitor.page("/")

        assert "urgent" in " ".join(found["cybermois/un/2026-10-04"])
        assert await world.alarms() == ["would-be-held cybermois/un/2026-10-04"]
        assert "urgent" in " ".join(entries[0].reasons)
        assert ["urgent" in one.what for one in played.conflicts] == [True]
        assert card.count("urgent") > 1


async def by_hand(world: World, campaign: str, now: object = SUNDAY) -> None:
    agenda, ledger, hand = world.app.agenda, world.app.ledger, world.app.hand
    one = occurrence_to_send(agenda, campaign, "essai", "un", SUNDAY.date())
    await send_now.bring_forward(agenda, ledger, hand, one, ["staff"], "Camille", SUNDAY)


async def test_nothing_at_fault_leaves_by_hand(tmp_path: Path) -> None:
    texts = {"essai/email.fr.md": saying(PHISHING)}
    async with open_world(tmp_path, ON_DEMAND, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        await by_hand(world, "avis")
        await world.at(SUNDAY)
        assert world.email.tries == []
        assert "mot de passe" in await told(world)

        write(world, FRENCH)
        await world.at(SUNDAY + timedelta(minutes=5))
        assert world.email.recipients == ["p1@example.org"]


async def test_a_refresh_takes_no_text_at_fault(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SUNDAY)
        write(world, saying(URGENT))
        hand, row = world.app.hand, await world.occurrence()

        with pytest.raises(ContentError, match="urgent"):
            await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", SUNDAY)
        await world.send(SUNDAY)

        assert [b"urgent" in one.body for one in world.email.accepted] == [False]


async def named(world: World) -> list[letting_pass.Held]:
    agenda, hand = world.app.agenda, world.app.hand
    return await letting_pass.held_of(agenda, hand, "essai", SUNDAY)


async def test_two_people_let_one_fault_pass_and_an_edit_of_its_words_ends_it(
    tmp_path: Path,
) -> None:
    texts = {"essai/email.fr.md": saying(URGENT)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        await world.book.take_in(STAFF, person(1))
        agenda, hand = world.app.agenda, world.app.hand
        code = (await named(world))[0].finding.passage

        with pytest.raises(NotFound, match="why"):
            await letting_pass.ask(agenda, hand, "essai", code, " ", "Camille", SUNDAY)
        with pytest.raises(NotFound, match="nobody asked"):
            await letting_pass.allow(agenda, hand, "essai", code, "Sacha", SUNDAY)
        await letting_pass.ask(agenda, hand, "essai", code, "Une citation", "Camille", SUNDAY)
        with pytest.raises(NotFound, match="before"):
            await letting_pass.ask(agenda, hand, "essai", code, "Encore", "Camille", SUNDAY)
        with pytest.raises(NotFound, match="another person"):
            await letting_pass.allow(agenda, hand, "essai", code, "CAMILLE", SUNDAY)
        await world.at(SUNDAY)
        assert world.email.tries == []

        await letting_pass.allow(agenda, hand, "essai", code, "Sacha", SUNDAY)
        # Said twice: the same end.
        await letting_pass.allow(agenda, hand, "essai", code, "Sacha", SUNDAY)
        # Other lines, the same words.
        write(world, FRENCH + f"\nUne ligne de plus.\n\n{URGENT}\n")
        await world.at(SUNDAY + timedelta(minutes=1))
        assert world.email.recipients == ["p1@example.org"]
        acts = [(one.act.act, one.act.actor) for one in await hand.audit_entries(9)]
        assert [one for one in acts if "fault" in one[0]] == [
            ("pass-fault", "Sacha"),
            ("ask-pass-fault", "Camille"),
        ]

        write(world, saying(URGENT.replace("ce message", "cette lettre")))
        assert [one.passes for one in await named(world)] == [False]
        write(world, saying(URGENT))
        assert [one.passes for one in await named(world)] == [True]
        await letting_pass.withdraw(world.app.agenda, hand, "essai", code, "Sacha", SUNDAY)
        assert [one.passes for one in await named(world)] == [False]


async def test_only_a_fault_that_is_there_and_was_asked_for_is_decided_by_a_name(
    tmp_path: Path,
) -> None:
    texts = {"essai/email.fr.md": saying(URGENT)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        agenda, hand = world.app.agenda, world.app.hand
        (held,) = await named(world)
        code = held.finding.passage

        with pytest.raises(NotFound, match=f"named 'ailleurs'; there are: {code}"):
            await letting_pass.ask(agenda, hand, "essai", "ailleurs", "x", "Camille", SUNDAY)
        with pytest.raises(NotFound, match="a name of letters"):
            await letting_pass.ask(agenda, hand, "essai", code, "Une citation", "…", SUNDAY)
        with pytest.raises(NotFound, match="nobody asked"):
            await letting_pass.withdraw(agenda, hand, "essai", code, "Sacha", SUNDAY)


@pytest.mark.parametrize("words", [PHISHING, SHORT, "Voyez [www.ameli.fr](https://www.cnil.fr)."])
async def test_some_faults_nobody_may_let_pass(tmp_path: Path, words: str) -> None:
    texts = {"essai/email.fr.md": saying(words)}
    async with open_world(tmp_path, MAIL_ONLY, messages=texts) as world:
        never = [one for one in await named(world) if one.finding.hold.value == "always"]
        assert never

        with pytest.raises(NotFound, match="nobody may"):
            await letting_pass.ask(
                world.app.agenda,
                world.app.hand,
                "essai",
                never[0].finding.passage,
                "Il le faut",
                "Camille",
                SUNDAY,
            )
        agenda, hand, code = world.app.agenda, world.app.hand, never[0].finding.passage
        with pytest.raises(NotFound, match="nobody may"):
            await letting_pass.allow(agenda, hand, "essai", code, "Sacha", SUNDAY)


async def test_what_is_decided_while_it_is_looked_at_is_not_allowed_twice(tmp_path: Path) -> None:
    class Earlier:
        """The ledger as it was before somebody else withdrew what was asked."""

        def __init__(self, known: list[Pass]) -> None:
            self._known = known

        async def passes(self, message: str) -> list[Pass]:
            return self._known

        async def allow_pass(self, one: Pass, by: str, now: datetime) -> bool:
            return await hand.allow_pass(one, by, now)

    async with open_world(
        tmp_path, MAIL_ONLY, messages={"essai/email.fr.md": saying(URGENT)}
    ) as world:
        agenda, hand = world.app.agenda, world.app.hand
        ((held,), message) = await named(world), "essai"
        code = held.finding.passage
        await letting_pass.ask(agenda, hand, message, code, "Une citation", "Camille", SUNDAY)
        before: Any = Earlier(await hand.passes(message))
        await letting_pass.withdraw(agenda, hand, message, code, "Camille", SUNDAY)

        with pytest.raises(NotFound, match="decided this very moment"):
            await letting_pass.allow(agenda, before, message, code, "Sacha", SUNDAY)


LEAK = ON_DEMAND.replace("topic: reminders\n    ", "")


def service(words: str) -> Mapping[str, str]:
    head = MESSAGES["essai/message.yaml"].replace("class: awareness", "class: service")
    return {
        "essai/message.yaml": head.replace("email, sms", "email") + "approval: true\n",
        "essai/email.fr.md": saying(words),
        "essai/sms.fr.txt": "",
    }


async def test_the_approver_of_a_service_message_is_the_second_person(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=service(URGENT)) as world:
        await world.book.take_in(STAFF, person(1))
        agenda, ledger, hand = world.app.agenda, world.app.ledger, world.app.hand
        one = occurrence_to_send(agenda, "avis", "essai", "un", SUNDAY.date())

        await send_now.ask(agenda, hand, one, ["staff"], "Camille", SUNDAY)
        await send_now.approve(agenda, ledger, hand, "essai", "Sacha", SUNDAY)
        await world.at(SUNDAY)

        assert world.email.recipients == ["p1@example.org"]


async def test_an_approver_lets_no_request_for_a_secret_pass(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=service(PHISHING)) as world:
        await world.book.take_in(STAFF, person(1))
        agenda, ledger, hand = world.app.agenda, world.app.ledger, world.app.hand
        one = occurrence_to_send(agenda, "avis", "essai", "un", SUNDAY.date())

        await send_now.ask(agenda, hand, one, ["staff"], "Camille", SUNDAY)
        await send_now.approve(agenda, ledger, hand, "essai", "Sacha", SUNDAY)
        await world.at(SUNDAY)
        assert world.email.tries == []

        # Mended, it is another text: it is asked for anew.
        write(world, service("Posez vos questions.")["essai/email.fr.md"])
        await world.at(SUNDAY + timedelta(minutes=1))
        assert world.email.tries == []


async def test_what_runs_goes_on_with_the_text_that_was_settled(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(SUNDAY)
        edit(world.config.parent / "templates/essai/email.fr.md", "Un essai.\n", f"{URGENT}\n")
        world.read_again()

        await world.at(SUNDAY + timedelta(minutes=1))

        assert world.email.recipients == ["p1@example.org"]


FOOT_WITHOUT = FOOTER.replace(" [Se désinscrire]({{ page_desinscription }})", "")
LAYOUT_WITHOUT = MESSAGES["_layouts/email.html"].replace("{{ footer }}", "")


@pytest.mark.parametrize(
    ("path", "text"),
    [("_snippets/pied.fr.md", FOOT_WITHOUT), ("_layouts/email.html", LAYOUT_WITHOUT)],
)
async def test_an_email_without_a_way_out_never_passes(
    tmp_path: Path, path: str, text: str
) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages={path: text}) as world:
        await world.book.take_in(STAFF, person(1))
        app, hand = world.app, world.app.hand

        held = await letting_pass.held_of(app.agenda, hand, "essai", SUNDAY)
        await world.at(SUNDAY)

        (one,) = [each.finding for each in held if each.finding.rule == "no-way-out"]
        assert (one.file, one.hold) == (f"templates/{path}", Hold.ALWAYS)
        assert world.email.tries == []
        assert "désinscription" in await told(world)


async def test_a_sender_that_takes_anothers_name_sends_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        edit(world.config, "sender: CHESSAI", "sender: AMELI")
        world.read_again()
        assert "AMELI" in str(world.app.configuration.settings.channels.sms.sender)

        early = utc(22, 8, month=9)
        (why,) = (await ahead.would_hold(world.app.agenda, world.app.ledger, early)).values()
        assert "channels.sms.sender : « AMELI »" in " ".join(why)
        for now in (SUNDAY, SUNDAY + timedelta(days=1), SUNDAY + timedelta(hours=26)):
            await world.at(now)

        assert len(world.email.recipients) == 1
        assert world.sms.tries == []
