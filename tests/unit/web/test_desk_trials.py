"""« M'envoyer un essai »: to colleagues whom config.yaml names, marked, counted, never twice."""

import asyncio
import email
import json
from collections.abc import AsyncIterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.message import AddressKind
from scheduler.domain.roles import Person, Role
from scheduler.domain.trials import MOST, WITHIN, too_many
from tests.fakes import FakeRelay
from tests.samples.desk import Visitor, acts_of, desk_of, form_of, visiting, words
from tests.worlds import Clock, make_world

MESSAGE = "cybermois/1-fermer-sa-porte"
PAGE = f"/messages/{MESSAGE}"
ACT = f"/trials/{MESSAGE}"
ME = "camille@example.org"
MY_NUMBER = "+33639980000"
TO = json.dumps([ME, "06 39 98 00 00"])


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    found = await make_world(tmp_path, environment={"REFLEXE_TRIALS__TO": TO})
    yield found
    await found.close()


def forms_of(page: str) -> list[dict[str, str]]:
    """The hidden fields of each trial's form, a channel each."""
    parts = page.split(f'action="{ACT}"')[1:]
    return [form_of(f'action="{ACT}"{part}', ACT) for part in parts]


async def filled(visitor: Visitor, on: str, query: str = "", **typed: str) -> dict[str, str]:
    page = await visitor.page(PAGE + query)
    form = next(one for one in forms_of(page) if one["channel"] == on)
    return form | {"to": ME if on == "email" else MY_NUMBER, "by": "Camille"} | typed


def mails(app: App) -> list[EmailMessage]:
    files = sorted(app.configuration.settings.outbox.path.rglob("*.eml"))
    return [email.message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]


def short_messages(app: App) -> list[str]:
    files = sorted(app.configuration.settings.outbox.path.rglob("*.txt"))
    return [one.read_text(encoding="utf-8") for one in files]


async def test_what_the_page_shows_leaves_for_oneself_and_is_marked(
    app: App, visitor: Visitor
) -> None:
    form = await filled(visitor, "email", "?audience=patients&variant=fr&reader=sans-nom")

    answer = await visitor.post(ACT, form)

    assert answer.status == 303, answer.text
    assert answer.headers["Location"].startswith(f"{PAGE}?audience=patients&variant=fr")
    (mail,) = mails(app)
    assert mail["To"] == ME
    content = app.agenda.library.load(MESSAGE).pick("email", "patients", "fr", False)
    assert content is not None
    assert mail["Subject"].startswith("[Essai] ")
    assert words(mail["Subject"]).endswith(content.subject[-12:])
    shown = words(await visitor.page(PAGE))
    assert "Derniers essais de ce message" in shown
    assert "Usagers, français — envoyé" in shown
    assert ME not in shown.partition("Derniers essais")[2].partition("Les fichiers")[0]
    assert await acts_of(app) == [("Camille", "send-test", MESSAGE)]


async def test_a_trial_is_no_delivery(app: App, visitor: Visitor) -> None:
    await visitor.post(ACT, await filled(visitor, "email"))

    assert "Ni envoi ni répétition" in words(await visitor.page("/outbox"))


async def test_an_sms_leaves_as_it_is(app: App, visitor: Visitor) -> None:
    answer = await visitor.post(ACT, await filled(visitor, "sms", "?audience=staff"))

    assert answer.status == 303, answer.text
    (text,) = short_messages(app)
    assert "Essai" not in text


async def test_a_form_sent_again_sends_once_and_another_one_sends_again(
    app: App, visitor: Visitor
) -> None:
    form = await filled(visitor, "email")

    answers = await asyncio.gather(*(visitor.post(ACT, form) for _ in range(3)))
    await visitor.post(ACT, await filled(visitor, "email"))

    assert [one.status for one in answers] == [303, 303, 303]
    assert len(mails(app)) == 2


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"to": "marie@example.org"}, 400, "choisissez une des adresses"),
        ({"to": MY_NUMBER}, 400, "choisissez une des adresses"),
        ({"to": ""}, 400, "choisissez une des adresses"),
        ({"by": " "}, 400, "dites d’abord qui agit"),
        ({"channel": "fax"}, 409, "ni personne dans trials.to"),
    ],
)
async def test_nobody_else_gets_one(
    app: App, visitor: Visitor, typed: dict[str, str], status: int, said: str
) -> None:
    answer = await visitor.post(ACT, await filled(visitor, "email", **typed))

    assert answer.status == status
    assert said in words(answer.text)
    assert mails(app) == []


async def test_the_form_must_be_ours(app: App, visitor: Visitor) -> None:
    form = await filled(visitor, "email")

    other = await visitor.post("/trials/cybermois/annonce", form)
    bare = await visitor.post(ACT, form | {"proof": ""})

    assert (other.status, bare.status) == (403, 403)
    assert mails(app) == []


async def test_who_opted_out_gets_no_trial(tmp_path: Path) -> None:
    app = await make_world(tmp_path, environment={"REFLEXE_TRIALS__TO": '["marie@example.org"]'})
    try:
        async with visiting(desk_of(app)) as visitor:
            form = await filled(visitor, "email", to="marie@example.org")
            (marie,) = await app.people.find("A1", None)
            assert marie.email_id is not None
            await app.people.opt_out(marie.email_id, by_email_link(app.clock(), one_click=True))

            answer = await visitor.post(ACT, form)

        assert answer.status == 409
        assert "cette adresse s’est désinscrite" in words(answer.text)
        assert mails(app) == []
    finally:
        await app.close()


async def test_without_addresses_the_page_says_what_to_write(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    try:
        async with visiting(desk_of(app)) as visitor:
            page = await visitor.page(PAGE)
    finally:
        await app.close()

    assert f'action="{ACT}"' not in page
    assert "trials: to: [prenom.nom@example.org]" in words(page)
    assert 'trials: to: ["+33 6 39 98 00 00"]' in words(page)


async def test_a_refusal_of_the_provider_is_told_and_noted(tmp_path: Path) -> None:
    refusing = {"REFLEXE_TRIALS__TO": TO, "REFLEXE_OUTBOX__FAIL": f'{{"permanent": ["{ME}"]}}'}
    app = await make_world(tmp_path, environment=refusing)
    try:
        async with visiting(desk_of(app)) as visitor:
            answer = await visitor.post(ACT, await filled(visitor, "email"))
            shown = words(await visitor.page(PAGE))
    finally:
        await app.close()

    assert answer.status == 502
    assert "L’essai n’est pas parti. Réponse du fournisseur" in words(answer.text)
    assert "— échoué" in shown


async def test_there_are_so_many_an_hour_and_no_more(app: App, visitor: Visitor) -> None:
    forms = [await filled(visitor, "email") for _ in range(MOST + 3)]

    answers = await asyncio.gather(*(visitor.post(ACT, form) for form in forms))

    sent = [one for one in answers if one.status == 303]
    assert 0 < len(sent) == len(mails(app)) <= MOST
    refused = next(one for one in answers if one.status == 429)
    assert f"{MOST} essais sont partis depuis une heure" in words(refused.text)


@pytest.mark.parametrize(
    ("of_late", "refused"), [(0, False), (MOST - 1, False), (MOST, True), (MOST + 1, True)]
)
def test_one_more_than_so_many_is_too_much(of_late: int, refused: bool) -> None:
    assert too_many(of_late) is refused


async def test_an_hour_later_there_is_room_again(tmp_path: Path) -> None:
    clock = Clock()
    app = await make_world(tmp_path, clock=clock, environment={"REFLEXE_TRIALS__TO": TO})
    try:
        async with visiting(desk_of(app)) as visitor:
            for _ in range(MOST):
                await visitor.post(ACT, await filled(visitor, "email"))
            full = await visitor.post(ACT, await filled(visitor, "email"))
            clock.step(WITHIN * 1.01)
            later = await visitor.post(ACT, await filled(visitor, "email"))
    finally:
        await app.close()

    assert (full.status, later.status) == (429, 303)


async def test_ones_own_address_is_theirs_alone_and_first(app: App) -> None:
    mine, typed = "marie@example.org", {"by": ""}
    await app.own_addresses.put("Marie", AddressKind.EMAIL, mine, "Ana", app.clock())
    writer = frozenset({Role.WRITE})
    async with (
        visiting(desk_of(app, local=Person(name="Marie", roles=writer))) as marie,
        visiting(desk_of(app, local=Person(name="Luc", roles=writer))) as luc,
    ):
        page, others = await marie.page(PAGE), await luc.page(PAGE)
        form = next(one for one in forms_of(page) if one["channel"] == "email")
        sent = await marie.post(ACT, form | typed | {"to": mine})
        by_other = await luc.post(ACT, await filled(luc, "email", to=mine))
        number = await marie.post(ACT, await filled(marie, "sms", to=mine))
        account = await marie.page("/my-account")

    assert f'<option value="{mine}" selected>' in page
    assert mine not in others
    assert (sent.status, by_other.status, number.status) == (303, 400, 400)
    assert [one["To"] for one in mails(app)] == [mine]
    assert "Mes essais" in words(account)


async def test_without_trials_to_ones_own_address_is_enough(tmp_path: Path) -> None:
    found = await make_world(tmp_path)
    await found.own_addresses.put("Marie", AddressKind.PHONE, MY_NUMBER, "Ana", found.clock())
    marie = Person(name="Marie", roles=frozenset({Role.WRITE}))
    async with visiting(desk_of(found, local=marie)) as visitor:
        sent = await visitor.post(ACT, await filled(visitor, "sms", by=""))
    await found.close()

    assert sent.status == 303
    assert len(short_messages(found)) == 1


async def test_ones_own_trial_reaches_ones_own_mailbox(tmp_path: Path) -> None:
    mine = "marie@example.org"
    marie = Person(name="Marie", roles=frozenset({Role.WRITE}))
    async with FakeRelay() as relay:
        through = {
            "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
            "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": relay.host,
            "REFLEXE_CHANNELS__EMAIL__SMTP__PORT": str(relay.port),
            "REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY": "none",
        }
        app = await make_world(tmp_path, environment=through)
        await app.own_addresses.put("Marie", AddressKind.EMAIL, mine, "Ana", app.clock())
        real = frozenset({"email"})
        async with visiting(desk_of(app, local=marie, real=real)) as visitor:
            form = next(
                one for one in forms_of(await visitor.page(PAGE)) if one["channel"] == "email"
            )
            sent = await visitor.post(ACT, form | {"by": "", "to": mine})
            again = await visitor.post(ACT, form | {"by": "", "to": mine})
            shown = words(await visitor.page(PAGE))
        await app.close()

    assert (sent.status, again.status) == (303, 303)
    (arrived,) = relay.accepted
    mail = email.message_from_bytes(arrived.content, policy=policy.default)
    assert arrived.recipient == mail["To"] == mine
    assert mail["Subject"].startswith("[Essai] ")
    assert mails(app) == []
    assert "Personnel, français — envoyé" in shown
