"""A sending that needs two people, and a text taken anew in the midst of a run."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.flow.steering import send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.refresh import refresh
from scheduler.flow.steering.steer import How
from scheduler.store.schema.tables import delivery
from tests.flow_world import MESSAGES, SERIES, World, open_world, utc
from tests.samples.content import FOOTER, read
from tests.samples.ledger import PATIENTS, REUNION, STAFF, person

LEAK = """
  fuite:
    kind: on-demand
    audiences: [staff]
    channels: [email]
    episodes:
      avis: {message: fuite, when: by-hand, values: {nature: des adresses}}
"""
FUITE = {
    "fuite/message.yaml": "title: Essai\nclass: service\nowner: Essai\nchannels: [email]\n"
    "approval: true\nplaceholders: {nature: {label: Nature, example: des noms}}\n",
    "fuite/email.fr.md": "---\nsubject: Vos données\n"
    "preheader: Ce qui s’est passé, et ce que nous faisons pour vous aider.\n---\n"
    "Ce sont {{ nature }}.\n",
}
NOW = utc(14, 8)


async def ask(world: World, by: str, key: str = "2026-10", audience: str = "staff") -> None:
    app = world.app
    one = occurrence_to_send(app.agenda, "fuite", "avis", key, NOW.date())
    assert send_now.needs_approval(app.agenda, one)
    await send_now.ask(app.agenda, app.hand, one, [audience], by, NOW)


async def approve(world: World, by: str) -> None:
    app = world.app
    await send_now.approve(app.agenda, app.ledger, app.hand, "fuite", by, NOW)


async def test_nothing_leaves_until_another_person_allows_it(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await world.book.take_in(STAFF, person(1))
        await ask(world, "Camille Moreau")
        await world.at(NOW)
        assert world.email.tries == []

        await approve(world, "Sacha Petit")
        await world.at(NOW)

        assert world.email.recipients == ["p1@example.org"]
        acts = [one.act for one in await world.app.hand.audit_entries(10)]
        assert [(one.act, one.actor) for one in acts] == [
            ("send-now", "Sacha Petit"),
            ("approve", "Sacha Petit"),
            ("ask-approval", "Camille Moreau"),
        ]
        assert acts[1].detail["fingerprint"] == acts[2].detail["fingerprint"]


@pytest.mark.parametrize("same", ["Camille Moreau", "camille  moreau", "CAMILLE-MOREAU"])
async def test_who_asked_cannot_allow_it(tmp_path: Path, same: str) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await world.book.take_in(STAFF, person(1))
        await ask(world, "Camille Moreau")

        with pytest.raises(NotFound, match="another person"):
            await approve(world, same)

        await world.at(NOW)
        assert world.email.tries == []


async def test_an_edit_voids_what_was_asked_and_what_was_allowed(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await world.book.take_in(STAFF, person(1))
        text = world.config.parent / "templates/fuite/email.fr.md"
        await ask(world, "Camille")
        text.write_text(FUITE["fuite/email.fr.md"] + "\nEt des noms.\n", encoding="utf-8")
        with pytest.raises(NotFound, match="have changed"):
            await approve(world, "Sacha")

        await ask(world, "Camille")
        await approve(world, "Sacha")
        text.write_text(FUITE["fuite/email.fr.md"], encoding="utf-8")
        await world.at(NOW)

        assert world.email.tries == []
        row = next(one for one in await world.app.ledger.occurrences() if one.campaign == "fuite")
        assert row.state is OccurrenceState.HELD
        assert "n'a pas été approuvé" in row.reason


async def test_what_was_allowed_once_is_not_allowed_again(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        with pytest.raises(NotFound, match="nothing waits"):
            await approve(world, "Sacha")
        await ask(world, "Camille")
        await approve(world, "Sacha")

        with pytest.raises(NotFound, match="nothing waits"):
            await approve(world, "Dominique")


async def test_what_the_law_demands_asks_for_no_consent_by_email(tmp_path: Path) -> None:
    owed = LEAK.replace("[staff]", "[patients]")
    async with open_world(tmp_path, owed, messages=FUITE) as world:
        await world.book.take_in(PATIENTS, person(1, agreed=[]))
        await ask(world, "Camille", audience="patients")
        await approve(world, "Sacha")
        await world.at(NOW)

        assert world.email.recipients == ["p1@example.org"]
        assert {row.basis for row in await world.book.rows(delivery)} == {"legal-obligation"}


async def test_a_refreshed_text_goes_to_those_not_served_and_what_was_sent_stays(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1, place=REUNION), person(2))
        await world.at(utc(4, 6))
        assert len(world.email.accepted) == 1
        text = world.config.parent / "templates/essai/email.fr.md"
        text.write_text(
            MESSAGES["essai/email.fr.md"].replace("Un essai.\n", "Mieux dit.\n"), encoding="utf-8"
        )
        hand, row = world.app.hand, await world.occurrence()

        found = await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", utc(4, 7))
        await world.at(utc(4, 8))

        assert (found.texts, found.waiting, found.served) == (2, 0, 1)
        bodies = [read(one.body).get_body(("plain",)) for one in world.email.accepted]
        said = [one.get_content() for one in bodies if one is not None]
        assert ["Un essai." in one for one in said] == [True, False]
        assert ["Mieux dit." in one for one in said] == [False, True]
        assert (await hand.audit_entries(1))[0].act.act == "refresh"


async def test_those_who_wait_in_a_planned_slot_get_the_new_text_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 4)))
        await world.look(utc(4, 8))
        text = world.config.parent / "templates/essai/email.fr.md"
        text.write_text(MESSAGES["essai/email.fr.md"].replace("Un essai.", "Mieux dit."))
        hand, row = world.app.hand, await world.occurrence()

        found = await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", utc(4, 8))
        await world.send(utc(4, 8) + timedelta(minutes=1))

        assert (found.waiting, found.served) == (3, 0)
        assert all(b"Mieux dit" in one.body for one in world.email.accepted)


async def test_who_allows_says_their_name_and_finds_what_was_asked(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await world.book.take_in(STAFF, person(1))
        with pytest.raises(NotFound, match="nothing waits for approval"):
            await approve(world, "Sacha Petit")
        await ask(world, "Camille Moreau")
        with pytest.raises(NotFound, match="a name of letters"):
            await approve(world, "…")

        app = world.app
        (asked,) = await app.hand.approvals_of("fuite")
        await approve(world, "Sacha Petit")
        # Another replica had read it before it was allowed.
        with pytest.raises(NotFound, match="this very moment"):
            await send_now.allow(app.agenda, app.ledger, app.hand, asked, "Alix Roy", NOW)


async def test_what_was_approved_is_not_renewed_from_its_files(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await world.book.take_in(STAFF, person(1))
        await ask(world, "Camille Moreau")
        await approve(world, "Sacha Petit")
        await world.at(NOW)
        hand, row = world.app.hand, await world.occurrence()

        with pytest.raises(NotFound, match="was approved as it is"):
            await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", NOW)


async def test_a_text_that_people_wait_for_and_is_gone_is_asked_for(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(4, 8))
        (world.config.parent / "templates/essai/email.fr.md").unlink()
        hand, row = world.app.hand, await world.occurrence()

        with pytest.raises(ContentError, match="n'y est plus"):
            await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", utc(4, 8))


@pytest.mark.parametrize(("how", "why"), [(How.CANCELLED, "cancelled"), (How.PAUSED, "is paused")])
async def test_what_somebody_stopped_is_not_sent_by_hand(
    tmp_path: Path, how: How, why: str
) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(3, 8))
        await world.steer(how, utc(3, 9))
        app, now = world.app, utc(3, 10)
        one = occurrence_to_send(app.agenda, "cybermois", "un", "", now.date())

        with pytest.raises(NotFound, match=why):
            await send_now.bring_forward(
                app.agenda, app.ledger, app.hand, one, ["staff"], "C.", now
            )


async def test_a_faulty_file_refreshes_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1))
        hand = world.app.hand
        await world.look(utc(4, 8))
        row = await world.occurrence()
        with pytest.raises(NotFound, match="already"):
            await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", utc(4, 8))
        text = world.config.parent / "templates/essai/email.fr.md"
        text.write_text(MESSAGES["essai/email.fr.md"].replace("{{ prenom", "{{ nom"))

        with pytest.raises(Exception, match="nom"):
            await refresh(world.app.agenda, world.app.ledger, hand, row, "Camille", utc(4, 8))
        await world.send(utc(4, 8))

        assert len(world.email.accepted) == 1


async def test_a_text_mended_after_it_was_allowed_waits_to_be_allowed_again(tmp_path: Path) -> None:
    asks = FUITE["fuite/email.fr.md"].replace("Ce sont", "Donnez votre mot de passe ici. Ce sont")
    messages = FUITE | {"fuite/email.en.md": asks, "_snippets/pied.en.md": FOOTER}
    async with open_world(tmp_path, LEAK, messages=messages) as world:
        await world.book.take_in(STAFF, person(1), person(2, language="en"))
        await ask(world, "Camille Moreau")
        await approve(world, "Sacha Petit")
        await world.at(NOW)
        assert world.email.recipients == ["p1@example.org"]

        file = world.config.parent / "templates/fuite/email.en.md"
        file.write_text(FUITE["fuite/email.fr.md"], encoding="utf-8")
        world.read_again()
        await world.at(NOW + timedelta(minutes=1))

        assert world.email.recipients == ["p1@example.org"]
        assert "n'a pas été approuvé par une autre personne" in (await world.occurrence()).reason
