"""The preference page by HTTP: what its holder may see, and what a button does, twice or not."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.web.limits import ANSWER_SECONDS
from tests.samples.desk import words
from tests.samples.public import BUTTON, ONE_CLICK, Visitor, visiting
from tests.worlds import make_world


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path)
    async with visiting(app) as opened:
        yield opened
    await app.close()


async def pages_of(visitor: Visitor, key: str = "A1") -> list[str]:
    """Both addresses of somebody's preference page."""
    email = (await visitor.email_link(key)).removeprefix("/d/")
    return [f"/preferences/{email}", f"/preferences{await visitor.short_link(key)}"]


async def page_of(visitor: Visitor, key: str = "A1") -> str:
    return (await pages_of(visitor, key))[0]


def ticked(page: str) -> set[str]:
    return set(re.findall(r'<input type="checkbox" name="([^"]+)" value="1" checked>', page))


def form_of(page: str) -> dict[str, str]:
    """The page's form as a browser would send it back."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    chosen = re.search(r'<input type="radio" name="language" value="(\w+)" checked>', page)
    assert chosen is not None
    return {**fields, **dict.fromkeys(ticked(page), "1"), "language": chosen[1], "act": "save"}


async def send(visitor: Visitor, path: str, form: dict[str, str]) -> tuple[int, str]:
    """Status and target of the redirection."""
    async with visitor.session.post(path, data=form, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


TOPICS = ("october", "reminders", "events")
EVERYTHING = {f"{channel}.{topic}" for channel in ("email", "sms") for topic in TOPICS}


# What may be seen


async def test_the_page_shows_the_choices_and_nobody(visitor: Visitor) -> None:
    for path, masked in zip(await pages_of(visitor), ("m***@e***.org", "+33***01"), strict=True):
        status, page = await visitor.get(path)

        assert status == 200
        assert ticked(page) == EVERYTHING
        assert masked in page
        for secret in ("Marie", "marie", "39980001", "A1", "Personnel", "staff"):
            assert secret not in page


async def test_it_speaks_the_readers_language(visitor: Visitor) -> None:
    _, english = await visitor.get(await page_of(visitor, "A2"))
    _, french = await visitor.get(f"{await page_of(visitor, 'A2')}?lang=fr")

    assert "Choose what you receive" in english
    assert "Choisir ce que vous recevez" in french
    assert 'value="en" checked' in french


async def test_somebody_without_a_number_chooses_about_email_alone(visitor: Visitor) -> None:
    _, page = await visitor.get(await page_of(visitor, "A3"))

    assert ticked(page) == {f"email.{topic}" for topic in TOPICS}
    assert "Par SMS" not in page


async def test_a_language_we_have_no_page_in_stays_on_offer(tmp_path: Path) -> None:
    app = await make_world(tmp_path, staff="matricule;email;langue\nA1;a1@example.org;de\n")

    async with visiting(app) as visitor:
        _, page = await visitor.get(await page_of(visitor))

    await app.close()
    assert '<input type="radio" name="language" value="de" checked>' in page
    assert '<html lang="fr">' in page


async def test_opening_and_reloading_changes_nothing(visitor: Visitor) -> None:
    for path in await pages_of(visitor):
        for query in ("", "?done=saved", "?done=stopped", "?act=stop"):
            await visitor.get(path + query)

    assert await visitor.opt_outs() == []


@pytest.mark.parametrize("act", ["", "save", "stop", "back"])
async def test_a_token_that_is_not_ours_gets_one_answer(visitor: Visitor, act: str) -> None:
    path = await page_of(visitor)
    loop = asyncio.get_running_loop()
    wrong = [path[:-1], f"{path}A", "/preferences/x", "/preferences/ZZZZZZZZ", "/preferences/%00"]
    wrong += [f"/preferences/{visitor.app.ledger.tokens.delivery(1)}"]

    for other in wrong:
        shown = await visitor.get(other)
        began = loop.time()
        assert await visitor.post(other, {"act": act}) == shown
        assert loop.time() - began >= ANSWER_SECONDS
        assert shown[0] == 404
        assert "Ce lien n’ouvre rien" in shown[1]

    assert await visitor.opt_outs() == []


# What is changed


async def test_a_topic_unticked_is_left_on_its_channel(visitor: Visitor) -> None:
    path = await page_of(visitor)
    form = form_of((await visitor.get(path))[1])
    del form["email.events"], form["sms.october"]

    status, target = await send(visitor, path, form)
    _, page = await visitor.get(f"{path}{target}")

    assert (status, target) == (303, "?done=saved")
    assert "C’est enregistré" in page
    assert ticked(page) == EVERYTHING - {"email.events", "sms.october"}
    assert sorted(await visitor.opt_outs()) == [
        ("+33639980001", "sms", "october", "preferences"),
        ("marie@example.org", "email", "events", "preferences"),
    ]


async def test_a_channel_unticked_is_left_as_its_own_way_out_does(visitor: Visitor) -> None:
    path = await page_of(visitor)
    form = form_of((await visitor.get(path))[1])

    await send(visitor, path, {name: form[name] for name in form if "." not in name})

    assert sorted(await visitor.opt_outs()) == [
        ("+33639980001", "sms", "everything", "preferences"),
        ("marie@example.org", "email", "topics", "preferences"),
    ]


async def test_a_page_sent_twice_and_ten_times_at_once_has_one_end(visitor: Visitor) -> None:
    path = await page_of(visitor)
    form = form_of((await visitor.get(path))[1])
    del form["email.events"]

    answers = await asyncio.gather(*(send(visitor, path, form) for _ in range(10)))

    assert set(answers) == {(303, "?done=saved")}
    assert len(await visitor.opt_outs()) == 1


async def test_two_tabs_do_not_undo_each_other(visitor: Visitor) -> None:
    by_email, by_sms = await pages_of(visitor)
    first = form_of((await visitor.get(by_email))[1])
    second = form_of((await visitor.get(by_sms))[1])
    del first["email.october"], second["email.events"]

    await send(visitor, by_email, first)
    await send(visitor, by_sms, second)

    scopes = {scope for _, _, scope, _ in await visitor.opt_outs()}
    assert scopes == {"october", "events"}


async def test_an_old_page_never_takes_back_an_opt_out(visitor: Visitor) -> None:
    path = await page_of(visitor)
    form = form_of((await visitor.get(path))[1])
    await visitor.post(await visitor.email_link("A1"), ONE_CLICK)

    await send(visitor, path, form)

    assert await visitor.opt_outs() == [("marie@example.org", "email", "topics", "one-click")]


async def test_the_language_chosen_is_the_pages_and_the_imports_respect_it(
    visitor: Visitor,
) -> None:
    path = f"{await page_of(visitor)}?lang=fr"
    form = form_of((await visitor.get(path))[1])

    _, target = await send(visitor, path, {**form, "language": "en", "easy-to-read": "1"})
    _, page = await visitor.get(path.partition("?")[0] + target)

    card = await visitor.card("A1")
    assert (card.language, card.easy_to_read) == ("en", True)
    assert "Saved" in page


async def test_a_language_nobody_offered_is_not_taken(visitor: Visitor) -> None:
    path = await page_of(visitor)
    form = form_of((await visitor.get(path))[1])

    await send(visitor, path, {**form, "language": "<script>"})

    assert (await visitor.card("A1")).language == "fr"


async def test_a_post_that_asks_nothing_changes_nothing(visitor: Visitor) -> None:
    path = await page_of(visitor)

    for body in (b"", b"List-Unsubscribe=One-Click", b"%ff=%ff"):
        await visitor.post(path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    assert await visitor.opt_outs() == []
    assert (await visitor.card("A1")).language == "fr"


# After an opt-out


async def test_after_an_email_opt_out_there_is_less_more_and_a_way_back(visitor: Visitor) -> None:
    link, page = await visitor.email_link("A1"), await page_of(visitor)

    _, done = await visitor.post(link, BUTTON)
    assert f'href="..{page}"' in done
    assert done.count(f'<form method="post" action="..{page}">') == 2
    assert "Arrêter tous vos messages" in words(done)

    assert await send(visitor, page, {"act": "stop"}) == (303, "?done=stopped")
    everything = {(channel, scope) for _, channel, scope, _ in await visitor.opt_outs()}
    assert await send(visitor, page, {"act": "back"}) == (303, "?done=back")

    assert everything == {("email", "topics"), ("sms", "everything")}
    assert await visitor.opt_outs() == [("+33639980001", "sms", "everything", "preferences")]


async def test_after_an_sms_opt_out_too(visitor: Visitor) -> None:
    link = await visitor.short_link("A1")

    _, done = await visitor.post(link, BUTTON)
    assert f'href="preferences{link}"' in done
    assert "les SMS seulement" in words(done)
    assert "tous vos messages" in words(done)

    await send(visitor, f"/preferences{link}", {"act": "back"})

    assert await visitor.opt_outs() == []


async def test_the_page_of_the_button_leads_to_the_choices(visitor: Visitor) -> None:
    _, by_email = await visitor.get(await visitor.email_link("A1"))
    _, by_sms = await visitor.get(await visitor.short_link("A1"))

    email, short = await pages_of(visitor)
    assert f'href="..{email}"' in by_email
    assert f'href="{short[1:]}"' in by_sms


@pytest.mark.parametrize("act", ["save", "stop", "back"])
async def test_a_trial_link_opens_the_page_and_changes_nothing(visitor: Visitor, act: str) -> None:
    trials = [await visitor.email_link("A1", test=True), "/ESSAI000"]

    for path in (f"/preferences/{link.rpartition('/')[2]}" for link in trials):
        status, page = await visitor.get(path)
        form = {**form_of(page), "act": act, "language": "en"}
        del form["email.events"]
        _, target = await send(visitor, path, form)
        _, after = await visitor.get(f"{path}{target}")

        assert status == 200
        assert "Lien d’essai" in page
        assert "rien n’a été enregistré" in after
        assert ticked(after) == EVERYTHING

    assert await visitor.opt_outs() == []
    assert (await visitor.card("A1")).language == "fr"


async def test_the_page_keeps_no_cookie_and_is_not_kept(visitor: Visitor) -> None:
    async with visitor.session.get(await page_of(visitor)) as answer:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
