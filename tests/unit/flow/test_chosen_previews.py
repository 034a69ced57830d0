"""Which texts a preview shows: of whom, on what channel, and in whose language."""

from pathlib import Path

import pytest

from scheduler.bootstrap import make_renderer
from scheduler.domain.errors import NotFound
from scheduler.flow.writing.choosing import Choice, Chosen, choose, shown_person
from scheduler.flow.writing.preview import READERS
from tests.flow_world import MESSAGES, World, open_world, utc
from tests.samples.ledger import STAFF, person

ENGLISH = {
    "essai/email.en.md": MESSAGES["essai/email.fr.md"].replace("Un essai.\n", "A trial.\n"),
    "_snippets/pied.en.md": MESSAGES["_snippets/pied.fr.md"],
}


async def chosen(world: World, **typed: str) -> list[Chosen]:
    app = world.app
    renderer = make_renderer(app, test=True)
    choice = Choice(message="essai", **typed)
    return await choose(app.agenda, renderer, app.people, choice, utc(1, 8))


async def test_each_text_is_shown_once_for_an_audience_or_as_it_is_asked_for(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, messages=ENGLISH) as world:
        every = await chosen(world)
        mail = await chosen(world, audience="staff", channel="email")
        english = await chosen(world, audience="staff", channel="email", language="en")

        assert {(one.audience.name, one.channel) for one in every} == {
            (name, channel) for name in ("staff", "patients") for channel in ("email", "sms")
        }
        assert len(mail) == 2
        assert len(english) == 1
        with pytest.raises(NotFound, match="aucun texte pour ce public"):
            await chosen(world, channel="pigeon")


async def test_somebodys_own_preview_names_them_and_an_invented_readers_nobody(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, messages=ENGLISH) as world:
        await world.book.take_in(STAFF, person(1, language="en"))
        invented = READERS[-1].name

        own = await chosen(world, contact="K1", channel="email")
        other = await chosen(world, contact=invented, channel="email")

        assert {one.audience.name for one in own} == {"staff"}
        assert shown_person(Choice(message="essai", contact="K1"), own) == own[0].reader.name
        assert shown_person(Choice(message="essai", contact=invented), other) == ""
        assert shown_person(Choice(message="essai", contact="K1"), []) == ""
