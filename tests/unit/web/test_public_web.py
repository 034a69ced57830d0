"""The public server by HTTP, on a real ledger: nobody leaves by accident, everybody can."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from structlog.testing import capture_logs

from scheduler.bootstrap import App
from scheduler.web.limits import ANSWER_SECONDS, LARGEST_BODY, read_body
from scheduler.web.public import make_public
from scheduler.web.public.way_out_pages import NEUTRAL_ANSWER, NOT_NOW
from tests.samples.public import BUTTON, ONE_CLICK, Visitor, visiting
from tests.serving import serving
from tests.worlds import STAFF, make_world


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    app = await make_world(tmp_path)
    async with visiting(app) as opened:
        yield opened
    await app.close()


# One click (RFC 8058)


async def test_one_click_opts_out_of_every_topic_by_email(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    answer = await visitor.post(
        link, b"List-Unsubscribe=One-Click", **{"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert answer == (200, NEUTRAL_ANSWER)
    assert await visitor.opt_outs() == [("marie@example.org", "email", "topics", "one-click")]


async def test_one_click_may_come_as_multipart(visitor: Visitor) -> None:
    form = aiohttp.MultipartWriter("form-data")
    form.append("One-Click").set_content_disposition("form-data", name="List-Unsubscribe")

    answer = await visitor.post(await visitor.email_link("A1"), form)

    assert answer == (200, NEUTRAL_ANSWER)
    assert await visitor.opt_outs() == [("marie@example.org", "email", "topics", "one-click")]


async def test_two_hundred_people_behind_one_address_all_leave(tmp_path: Path) -> None:
    """A provider's servers press the button for their readers: nothing that slows guesses may
    refuse a good token."""
    rows = "".join(f"M{number};P;m{number}@example.org;;fr;;;\n" for number in range(200))
    app = await make_world(tmp_path, staff=STAFF.partition("\n")[0] + "\n" + rows)
    public = make_public(lambda: app, dict, ready=lambda: True)
    with serving(public) as address:
        async with aiohttp.ClientSession(address) as session:
            visitor = Visitor(app=app, session=session)
            links = [await visitor.email_link(f"M{number}") for number in range(200)]
            guesses = [f"/d/{'x' * 44}"] * 200

            answers = await asyncio.gather(
                *(visitor.post(link, ONE_CLICK) for link in [*guesses, *links])
            )

            assert set(answers) == {(200, NEUTRAL_ANSWER)}
            assert len(await visitor.opt_outs()) == 200
    await app.close()


async def test_one_click_may_be_repeated(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    answers = await asyncio.gather(*(visitor.post(link, ONE_CLICK) for _ in range(10)))

    assert set(answers) == {(200, NEUTRAL_ANSWER)}
    assert len(await visitor.opt_outs()) == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"list-unsubscribe=one-click", "text/plain"),
        (b'{"List-Unsubscribe": "One-Click"}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"%ff=%ff&\xff", "application/x-www-form-urlencoded"),
    ],
)
async def test_a_mail_program_with_habits_of_its_own_is_obeyed(
    visitor: Visitor, body: bytes, content_type: str
) -> None:
    link = await visitor.email_link("A1")

    answer = await visitor.post(link, body, **{"Content-Type": content_type})

    assert answer == (200, NEUTRAL_ANSWER)
    assert len(await visitor.opt_outs()) == 1


async def test_a_post_from_anywhere_is_obeyed(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")
    foreign = {"Origin": "https://mail.example", "Referer": "https://mail.example/", "Host": "x.y"}

    assert await visitor.post(link, ONE_CLICK, **foreign) == (200, NEUTRAL_ANSWER)
    assert len(await visitor.opt_outs()) == 1


async def test_a_token_that_is_not_ours_gets_the_same_answer_and_opts_nobody_out(
    visitor: Visitor,
) -> None:
    link = await visitor.email_link("A1")
    token = link.removeprefix("/d/")
    flipped = token[:9] + ("A" if token[9] != "A" else "B") + token[10:]
    other_purpose = visitor.app.ledger.tokens.delivery(1)
    wrong = [token[:-1], token + "A", flipped, other_purpose, "x", "%00", "%C3%A9" * 12, "a" * 5000]

    for other in wrong:
        assert await visitor.post(f"/d/{other}", ONE_CLICK) == (200, NEUTRAL_ANSWER)

    assert await visitor.opt_outs() == []


async def test_a_token_that_is_not_ours_is_not_answered_faster(visitor: Visitor) -> None:
    loop = asyncio.get_running_loop()

    for body in (ONE_CLICK, BUTTON):
        for path in ("/d/invented", "/ZZZZZZZZ"):
            began = loop.time()
            await visitor.post(path, body)
            assert loop.time() - began >= ANSWER_SECONDS


async def test_an_erased_person_can_still_leave(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")
    card = await visitor.card("A1")
    await visitor.app.people.erase(card, "Camille", visitor.app.clock())

    assert await visitor.post(link, ONE_CLICK) == (200, NEUTRAL_ANSWER)
    assert ("", "email", "topics", "one-click") in await visitor.opt_outs()


async def test_the_log_says_how_and_never_who(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    with capture_logs() as logs:
        await visitor.post(link, ONE_CLICK)
        await visitor.post(link, ONE_CLICK)

    assert logs == [
        {
            "event": "optout.recorded",
            "log_level": "info",
            "channel": "email",
            "route": "one-click",
        }
    ]


# The page


async def test_opening_a_link_changes_nothing(visitor: Visitor) -> None:
    for link in (await visitor.email_link("A1"), await visitor.short_link("A1")):
        status, page = await visitor.get(link)
        async with visitor.session.head(link) as head:
            assert head.status == 200

        assert status == 200
        assert page.count("<button") == 1
        assert '<form method="post">' in page
        assert "marie" not in page.lower()
        assert "39980001" not in page

    assert await visitor.opt_outs() == []


async def test_the_page_speaks_the_readers_language_not_the_browsers(visitor: Visitor) -> None:
    _, french = await visitor.get(await visitor.email_link("A1"), **{"Accept-Language": "en"})
    _, english = await visitor.get(await visitor.email_link("A2"), **{"Accept-Language": "fr"})

    assert '<html lang="fr">' in french
    assert "Ne plus recevoir ces messages" in french
    assert '<html lang="en">' in english
    assert "Stop receiving these messages" in english


async def test_a_reader_may_ask_for_the_other_language(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    _, page = await visitor.get(link)
    _, other = await visitor.get(f"{link}?lang=en")
    _, unknown = await visitor.get(f"{link}?lang=%22%3E%3Cscript%3E")

    assert 'href="?lang=en"' in page
    assert '<html lang="en">' in other
    assert '<html lang="fr">' in unknown
    assert "<script" not in unknown


async def test_the_button_says_what_was_done_however_often_it_is_pressed(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    first = await visitor.post(link, BUTTON)
    again = await visitor.post(link, BUTTON)
    status, back = await visitor.get(link)

    assert first == again
    assert first[0] == status == 200
    assert "C’est fait" in first[1]
    assert "messages de service" in first[1]
    assert "<button" in back
    assert await visitor.opt_outs() == [("marie@example.org", "email", "topics", "page")]


async def test_a_trial_link_opens_the_page_and_records_nothing(visitor: Visitor) -> None:
    link = await visitor.email_link("A1", test=True)

    _, page = await visitor.get(link)
    _, done = await visitor.post(link, BUTTON)
    one_click = await visitor.post(link, ONE_CLICK)

    assert "Lien d’essai" in page
    assert "C’est fait" in done
    assert "rien n’a été enregistré" in done
    assert one_click == (200, NEUTRAL_ANSWER)
    assert await visitor.opt_outs() == []


async def test_a_link_cut_on_its_way_says_so_and_how_to_reach_us(visitor: Visitor) -> None:
    cut = (await visitor.email_link("A1"))[:-3]

    opened = await visitor.get(cut)
    pressed = await visitor.post(cut, BUTTON)

    assert opened == pressed
    assert opened[0] == 404
    assert "Ce lien n’ouvre rien" in opened[1]
    assert "This link opens nothing" in opened[1]
    assert "cyber@example.org" in opened[1]


# The short link


async def test_the_short_link_opts_out_of_everything_by_sms(visitor: Visitor) -> None:
    link = await visitor.short_link("A1")

    _, page = await visitor.get(link)
    status, done = await visitor.post(link, BUTTON)

    assert "messages de service compris" in page
    assert status == 200
    assert "plus aucun SMS" in done
    assert await visitor.opt_outs() == [("+33639980001", "sms", "everything", "short-link")]


async def test_a_short_link_typed_in_small_letters_works(visitor: Visitor) -> None:
    link = (await visitor.short_link("A1")).lower()

    assert await visitor.post(link, ONE_CLICK) == (200, NEUTRAL_ANSWER)
    assert len(await visitor.opt_outs()) == 1


async def test_an_unknown_short_link_is_told_and_opts_nobody_out(visitor: Visitor) -> None:
    for link in ("/ZZZZZZZZ", "/receipts", await visitor.short_link("A3")):
        status, page = await visitor.get(link)
        pressed = await visitor.post(link, BUTTON)

        assert (status, page) == pressed
        assert status == 404
        assert "Ce lien n’ouvre rien" in page

    assert await visitor.opt_outs() == []


async def test_an_opt_out_holds_when_its_answer_is_read(visitor: Visitor) -> None:
    email, phone = (await visitor.card("A1")).email_id, (await visitor.card("A1")).phone_id
    assert email is not None
    assert phone is not None

    await visitor.post(await visitor.email_link("A1"), ONE_CLICK)
    await visitor.post(await visitor.short_link("A1"), BUTTON)

    assert await visitor.app.people.is_suppressed(email, "email")
    assert await visitor.app.people.is_suppressed(phone, "sms")


# The other pages


async def test_the_help_page_says_who_we_are_in_either_language(visitor: Visitor) -> None:
    _, french = await visitor.get("/aide", **{"Accept-Language": "en"})
    _, english = await visitor.get("/aide?lang=en")

    for page in (french, english):
        for fact in (
            "Centre hospitalier d’Essai",
            "1 rue de l’Essai, 00000 Essai",
            "cyber@example.org",
            "dpo@example.org",
            "https://www.example.org/confidentialite",
            "https://cyber.example.org/d/",
            "https://sms.example.org/",
            "33700",
        ):
            assert fact in page
    assert 'href="verifier"' in french
    assert 'href="verifier?lang=en"' in english


async def test_the_address_itself_leads_to_the_help_page(visitor: Visitor) -> None:
    status, page = await visitor.get("/")

    assert status == 200
    assert 'href="aide"' in page
    assert 'href="aide?lang=en"' in page


async def test_health_tells_only_its_state(visitor: Visitor) -> None:
    unready = make_public(lambda: visitor.app, dict, ready=lambda: False)

    with serving(unready) as address:
        async with visitor.session.get(f"{address}/readyz") as answer:
            not_ready = answer.status, await answer.text()

    assert await visitor.get("/healthz") == (200, "ok")
    assert await visitor.get("/readyz") == (200, "ok")
    assert not_ready == (503, "not ready")


async def test_machines_are_told_to_keep_out_and_whom_to_tell_of_a_weakness(
    visitor: Visitor,
) -> None:
    assert await visitor.get("/robots.txt") == (200, "User-agent: *\nDisallow: /\n")
    status, text = await visitor.get("/.well-known/security.txt")
    async with visitor.session.get("/favicon.ico") as answer:
        icon, kind = await answer.read(), answer.headers["Content-Type"]

    assert status == 200
    fields = [line.partition(": ") for line in text.splitlines()]
    assert [name for name, _, _ in fields] == [
        "Contact", "Expires", "Preferred-Languages", "Canonical", "Canonical"
    ]  # fmt: skip
    told = {name: value for name, _, value in reversed(fields)}
    assert told["Contact"] == "mailto:cyber@example.org"
    assert told["Canonical"] == "https://cyber.example.org/.well-known/security.txt"
    left = datetime.fromisoformat(told["Expires"]) - visitor.app.clock()
    assert timedelta(days=30) < left < timedelta(days=365)
    assert (kind, icon[:4]) == ("image/x-icon", b"\0\0\1\0")


# What every answer owes


async def test_every_answer_carries_the_headers_and_no_cookie(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")
    paths = [link, await visitor.short_link("A1"), "/aide", "/nowhere/at/all", "/d/x", "/healthz"]

    for path in paths:
        async with visitor.session.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-inline" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
            assert "Set-Cookie" not in answer.headers
            assert "Server" not in answer.headers


async def test_only_the_style_sheet_and_the_icon_may_be_kept(visitor: Visitor) -> None:
    for path, media_type in (("public.css", "text/css"), ("icon.svg", "image/svg+xml")):
        async with visitor.session.get(f"/static/{path}") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith(media_type)
            assert answer.headers["Cache-Control"] == "public, max-age=3600"


async def test_the_host_header_is_not_believed(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    for path in (link, f"{link}/", "/aide", "/aide/", "/"):
        async with visitor.session.get(
            path, headers={"Host": "evil.example"}, allow_redirects=False
        ) as answer:
            assert "evil.example" not in await answer.text()
            assert "Location" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_another_method_is_refused_in_few_words(visitor: Visitor, method: str) -> None:
    link = await visitor.email_link("A1")

    async with visitor.session.request(method, link) as answer:
        assert answer.status == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
        assert "Content-Security-Policy" in answer.headers

    assert await visitor.opt_outs() == []


async def test_a_body_too_large_is_refused(visitor: Visitor) -> None:
    link = await visitor.email_link("A1")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1024 + 2):
            yield b"x" * 1024

    async with visitor.session.post(link, data=b"x" * (LARGEST_BODY + 1)) as declared:
        assert declared.status == 413
        assert "Content-Security-Policy" in declared.headers
        assert "Cette demande est trop longue" in await declared.text()
    async with visitor.session.post(link, data=endless()) as streamed:
        assert streamed.status == 413
        assert "Cette demande est trop longue" in await streamed.text()

    assert await visitor.opt_outs() == []


async def test_a_body_that_dawdles_is_given_up() -> None:
    async def nothing_more() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError("never reached")

    request = Request({"type": "http", "method": "POST", "headers": []}, nothing_more)

    with pytest.raises(HTTPException) as refused:
        await read_body(request, seconds=0.01)
    assert refused.value.status_code == 408


async def test_a_client_that_leaves_is_no_fault_of_ours() -> None:
    async def gone() -> dict[str, object]:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": []}, gone)

    with pytest.raises(HTTPException) as refused:
        await read_body(request)
    assert refused.value.status_code == 400


async def test_a_fault_of_ours_shows_nothing_of_itself(visitor: Visitor) -> None:
    def broken() -> App:
        raise RuntimeError("secret detail")

    public = make_public(broken, dict, ready=lambda: True)

    with serving(public) as address:
        async with visitor.session.get(f"{address}/aide") as answer:
            assert answer.status == 500
            assert "secret detail" not in await answer.text()
            assert "Content-Security-Policy" in answer.headers


# A full disk


async def test_what_cannot_be_written_down_is_never_answered_with_a_yes(tmp_path: Path) -> None:
    """No room in the ledger, and none that was written ahead."""
    app = await make_world(tmp_path)
    async with visiting(app) as visitor:
        link = await visitor.email_link("A1")
        with no_room(app):
            clicked = await visitor.post(link, ONE_CLICK)
            pressed = await visitor.post(link, BUTTON)

        assert clicked == (503, NOT_NOW)
        assert pressed == (503, NOT_NOW)
        assert await visitor.opt_outs() == []
    await app.close()


async def test_a_choice_that_cannot_be_written_down_is_none(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    async with visiting(app) as visitor:
        page = (await visitor.email_link("A1")).replace("/d/", "/preferences/")
        with no_room(app):
            answer = await visitor.post(page, {"act": "stop"})

        assert answer == (503, NOT_NOW)
        assert await visitor.opt_outs() == []
    await app.close()


async def test_a_click_while_the_disk_is_full_has_room_written_ahead(tmp_path: Path) -> None:
    app = await make_world(tmp_path)
    await app.ledger.optouts.prepare()
    async with visiting(app) as visitor:
        link = await visitor.email_link("A1")
        with no_room(app):
            assert await visitor.post(link, ONE_CLICK) == (200, NEUTRAL_ANSWER)
        assert await visitor.opt_outs() == []

        await app.ledger.optouts.bring_in()

        assert await visitor.opt_outs() == [("marie@example.org", "email", "topics", "one-click")]
    await app.close()


@contextmanager
def no_room(app: App) -> Iterator[None]:
    """No file grows any more."""
    log = Path(f"{app.configuration.settings.database.url.removeprefix('sqlite:///')}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
