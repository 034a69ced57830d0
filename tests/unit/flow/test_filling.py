"""What fills a kept text: few are held ready, and each medium ends a text as its people expect."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.bootstrap import make_renderer
from scheduler.content.composing.compose import SmsComposer
from scheduler.content.composing.content import Content
from scheduler.domain.channels import ChannelKind
from scheduler.domain.message import AddressKind
from scheduler.flow import render
from scheduler.store.schema.tables import content
from tests.flow_world import MESSAGES, SERIES, World, open_world, utc
from tests.samples.content import FOOTER
from tests.samples.ledger import STAFF, person


async def sms_text(world: World) -> Content:
    (kept,) = [row for row in await world.book.rows(content) if row.channel == "sms"][:1]
    return Content.from_json(kept.source)


@pytest.mark.parametrize(
    ("channel", "suffix", "ending"),
    [
        # Whoever writes from a short code is answered there.
        ("sms", True, " STOP au 36180"),
        ("whatsapp", True, " Stop : sms.example.org/A7K2Q9XB"),
        ("panneau", False, "Un essai."),
    ],
)
async def test_a_text_ends_with_the_way_out_of_its_medium(
    tmp_path: Path, channel: str, suffix: bool, ending: str
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(5, 8))
        text = replace(await sms_text(world), channel=channel)
        own = ChannelKind(name=channel, address_kind=AddressKind.PHONE, suffix=suffix)
        renderer = make_renderer(world.app)
        renderer = replace(
            renderer,
            channels={**renderer.channels, channel: own},
            senders={"sms": "36180"},
        )

        composer = renderer.composer(text, "cybermois", "staff")

    assert isinstance(composer, SmsComposer)
    said = composer.fill("A7K2Q9XB", "Europe/Paris").body
    assert said.endswith(ending)


async def test_of_the_texts_that_were_filled_few_are_held_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "KEPT_COMPOSERS", 1)
    english = {"essai/email.en.md": MESSAGES["essai/email.fr.md"], "_snippets/pied.en.md": FOOTER}
    mail_only = SERIES.replace("topic", "channels: [email]\n    topic")
    async with open_world(tmp_path, mail_only, messages=english) as world:
        await world.book.take_in(
            STAFF, *(person(n, language=one) for n, one in enumerate(("fr", "en", "fr", "en")))
        )
        await world.at(utc(4, 8))

        assert await world.states() == {"sent": 4}
        assert len(world.senders["email"].renderer._composers) == 1
