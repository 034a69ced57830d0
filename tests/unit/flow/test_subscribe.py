"""Subscribing by HTTP and by mail: one answer for everybody, one confirmation, one button."""

import re
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from scheduler.bootstrap import App, confirmations_of, outbox_provider
from scheduler.config.loading import load
from scheduler.domain.consent.subscriptions import request_of
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import ConfigError, ContentError, Permanent, Temporary, Uncertain
from scheduler.domain.message import Message
from scheduler.domain.provider import Begin, HandingOver, Provider, unasked
from scheduler.flow.people.subscribe import SNIPPET, confirm_due
from scheduler.web.public.moderation import EACH
from tests.samples.desk import words
from tests.samples.public import ONE_CLICK, Visitor, visiting
from tests.worlds import make_world, write_config

OPEN = {"REFLEXE_WEB__SUBSCRIBE": "patients"}
FORM = {"email": "Zoe@example.org", "variant": "fr", "agree": "1"}


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path, environment=OPEN)
    async with visiting(app) as opened:
        yield opened
    await app.close()


async def written(app: App) -> list[EmailMessage]:
    """The confirmation messages that leave now."""
    folder = app.configuration.root / "confirmations"
    before = set(folder.rglob("*.eml"))
    await confirm_due(
        confirmations_of(app), outbox_provider(folder, lambda _: True, {}), app.clock()
    )
    return [
        message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
        for path in sorted(set(folder.rglob("*.eml")) - before)
    ]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage) -> str:
    found = re.search(r'href="https://cyber\.example\.org(/abonnement/[\w-]+)"', html_of(message))
    assert found is not None
    return found[1]


async def known(app: App, address: str) -> int:
    return len([card async for card in app.people.contacts("patients") if card.email == address])


# The form


async def test_the_form_says_what_is_agreed_to(visitor: Visitor) -> None:
    _, french = await visitor.get("/abonnement")
    _, english = await visitor.get("/abonnement?lang=en")

    assert "J’accepte de recevoir par courriel" in french
    assert "Centre hospitalier d’Essai" in french
    assert "I agree to receive by e-mail" in english
    assert 'value="fr" checked' in french
    assert 'value="en" checked' in english


async def test_the_other_pages_lead_to_it(visitor: Visitor) -> None:
    _, page = await visitor.get("/aide?lang=en")

    assert 'href="abonnement?lang=en"' in page


async def test_without_the_setting_there_is_no_such_page(tmp_path: Path) -> None:
    app = await make_world(tmp_path)

    async with visiting(app) as visitor:
        answers = [
            await visitor.get("/abonnement"),
            await visitor.post("/abonnement", FORM),
            await visitor.get("/abonnement/x"),
        ]
        _, other = await visitor.get("/aide")

    await app.close()
    assert {status for status, _ in answers} == {404}
    assert "abonnement" not in other


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"email": ""}, "Cette adresse ne convient pas"),
        ({"email": "zoe@"}, "Cette adresse ne convient pas"),
        ({"email": "a@example.org, b@example.org"}, "Cette adresse ne convient pas"),
        ({"email": "z@example.org\r\nBcc: y@example.org"}, "Cette adresse ne convient pas"),
        ({"agree": None}, "Cochez cette case"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    visitor: Visitor, change: dict[str, str | None], fault: str
) -> None:
    form = {name: value for name, value in {**FORM, **change}.items() if value is not None}

    status, page = await visitor.post("/abonnement", {**form, "variant": "en"})

    assert status == 422
    assert fault in page
    assert 'value="en" checked' in page
    assert await written(visitor.app) == []


async def test_what_is_typed_comes_back_as_text(visitor: Visitor) -> None:
    _, page = await visitor.post("/abonnement", {**FORM, "email": '"><script>alert(1)</script>'})

    assert "<script" not in page
    assert "&lt;script&gt;" in page


async def test_everybody_gets_the_same_answer(visitor: Visitor) -> None:
    marie = (await visitor.card("R1")).email
    await visitor.post(await visitor.email_link("R2"), ONE_CLICK)

    answers = [
        await visitor.post("/abonnement", {**FORM, "email": address})
        for address in ("new@example.org", marie, "paul@example.org", "new@example.org")
    ]

    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert "Regardez votre boîte de réception" in answers[0][1]


async def test_one_client_can_not_ask_without_end(visitor: Visitor) -> None:
    statuses = [
        (await visitor.post("/abonnement", {**FORM, "email": f"z{number}@example.org"}))[0]
        for number in range(EACH + 1)
    ]

    assert statuses == [200] * EACH + [429]


# The message


async def test_one_message_leaves_and_its_button_leads_to_a_button(visitor: Visitor) -> None:
    await visitor.post("/abonnement", FORM)
    await visitor.post("/abonnement", FORM)

    (message,) = await written(visitor.app)
    again = await written(visitor.app)
    link = link_in(message)
    status, page = await visitor.get(link)

    assert again == []
    assert message["To"] == "Zoe@example.org"
    assert message["Subject"] == "Confirmez votre inscription à nos conseils"
    assert "une inscription a été demandée avec cette adresse" in words(html_of(message))
    assert "Confirmer mon inscription" in words(html_of(message))
    assert f"https://cyber.example.org{link}" in text_of(message)
    assert (status, page.count("<button")) == (200, 1)
    assert await known(visitor.app, "Zoe@example.org") == 0


@pytest.mark.parametrize(
    ("variant", "language", "subject"),
    [
        ("en", "en", "Confirm your subscription to our advice"),
        ("fr-falc", "fr", "Confirmez votre inscription à nos conseils"),
        ("xx", "fr", "Confirmez votre inscription à nos conseils"),
    ],
)
async def test_the_message_is_in_the_language_asked_for(
    visitor: Visitor, variant: str, language: str, subject: str
) -> None:
    await visitor.post("/abonnement", {**FORM, "variant": variant})

    (message,) = await written(visitor.app)
    _, page = await visitor.get(link_in(message))

    assert message["Subject"] == subject
    assert f'<html lang="{language}"' in html_of(message)
    assert f'<html lang="{language}">' in page


async def test_its_footer_opens_the_way_out(visitor: Visitor) -> None:
    await visitor.post("/abonnement", FORM)
    (message,) = await written(visitor.app)
    found = re.search(r'href="https://cyber\.example\.org(/d/[\w-]+)"', html_of(message))
    assert found is not None

    status, _ = await visitor.get(found[1])

    assert status == 200


# The button


async def test_opening_the_link_changes_nothing_and_the_button_subscribes(
    visitor: Visitor,
) -> None:
    await visitor.post("/abonnement", {**FORM, "variant": "en"})
    link = link_in((await written(visitor.app))[0])
    for _ in range(3):
        await visitor.get(link)
    before = await known(visitor.app, "Zoe@example.org")

    pressed = [await visitor.post(link, {}) for _ in range(2)]

    assert before == 0
    assert pressed[0] == pressed[1]
    assert "It is confirmed" in pressed[0][1]
    assert await known(visitor.app, "Zoe@example.org") == 1
    card = await visitor.card("zoe@example.org")
    assert (card.language, card.audience) == ("en", "patients")


async def test_who_had_left_and_confirms_is_back(visitor: Visitor) -> None:
    await visitor.post(await visitor.email_link("R1"), ONE_CLICK)
    await visitor.post("/abonnement", {**FORM, "email": "ana@example.org"})
    link = link_in((await written(visitor.app))[0])
    before = await visitor.opt_outs()

    await visitor.post(link, {})

    assert len(before) == 1
    assert await visitor.opt_outs() == []


async def test_another_token_confirms_nothing(visitor: Visitor) -> None:
    await visitor.post("/abonnement", FORM)
    link = link_in((await written(visitor.app))[0])
    tokens = visitor.app.ledger.tokens
    wrong = [link[:-1], f"{link}A", f"/abonnement/{tokens.delivery(1)}"]
    wrong += ["/abonnement/x", f"/abonnement/{tokens.subscription(999)}"]
    wrong += [(await visitor.email_link("A1")).replace("/d/", "/abonnement/")]

    for path in wrong:
        assert await visitor.get(path) == await visitor.post(path, {})
        assert (await visitor.get(path))[0] == 404

    assert await known(visitor.app, "Zoe@example.org") == 0


# A provider that has its days


class Moody(Provider):
    """Raises what it is told, then takes the message."""

    carries_fiction = True
    concurrency = 1

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.taken: list[str] = []
        self.senders: list[str] = []

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        handing_over(message.delivery)
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(message.to)
        self.senders.append(message.sender)
        return Receipt(provider_id="1")


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        (Temporary("451", "later"), ["Zoe@example.org"]),
        (Permanent("550", "no"), []),
        (Uncertain("timeout"), []),
    ],
)
async def test_only_what_was_certainly_not_accepted_is_tried_again(
    visitor: Visitor, fault: Exception, sent: list[str]
) -> None:
    await visitor.post("/abonnement", FORM)
    provider = Moody(fault)
    used: Provider = provider

    counts = [
        await confirm_due(confirmations_of(visitor.app), used, visitor.app.clock())
        for _ in range(3)
    ]

    assert provider.taken == sent
    assert sum(counts) == len(sent)


async def test_what_comes_back_of_it_is_known_by_its_envelope_sender(visitor: Visitor) -> None:
    await visitor.post("/abonnement", FORM)
    provider = Moody()

    await confirm_due(confirmations_of(visitor.app), provider, visitor.app.clock())

    (sender,) = provider.senders
    token = sender.removeprefix("b+").removesuffix("@retour.example.org")
    opened = visitor.app.ledger.tokens.open_bounce(token)
    assert opened is not None
    assert request_of(opened.delivery_id) == 1


# The setting


@pytest.mark.parametrize(
    ("audience", "fault"), [("staff", "basis of consent"), ("nobody", "no audience 'nobody'")]
)
def test_only_an_audience_that_consents_may_be_joined(
    tmp_path: Path, audience: str, fault: str
) -> None:
    config = write_config(tmp_path)

    with pytest.raises(ConfigError, match=fault):
        load(config, {"REFLEXE_WEB__SUBSCRIBE": audience})


async def test_what_another_process_took_meanwhile_is_written_once(visitor: Visitor) -> None:
    for name in ("zoe", "ana"):
        await visitor.post("/abonnement", {**FORM, "email": f"{name}@example.org"})
    app, other = visitor.app, Moody()

    class Slow(Moody):
        """While it carries the first message, another process looks."""

        async def send(
            self, message: Message, handing_over: HandingOver, begin: Begin = unasked
        ) -> Receipt:
            await confirm_due(confirmations_of(app), other, app.clock())
            return await Moody.send(self, message, handing_over, begin)

    mine = Slow()
    used: Provider = mine
    assert await confirm_due(confirmations_of(app), used, app.clock()) == 1

    assert sorted([*mine.taken, *other.taken]) == ["ana@example.org", "zoe@example.org"]


async def test_without_its_text_nothing_is_written_and_the_file_is_named(visitor: Visitor) -> None:
    await visitor.post("/abonnement", FORM)
    snippets = visitor.app.configuration.templates / "_snippets"
    provider = Moody()
    used: Provider = provider
    for one in snippets.glob(f"{SNIPPET}.*"):
        one.unlink()

    with pytest.raises(ContentError, match=f"{SNIPPET}.fr.md"):
        await confirm_due(confirmations_of(visitor.app), used, visitor.app.clock())

    assert provider.taken == []
