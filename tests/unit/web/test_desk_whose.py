"""« À nous ou pas ? »: a message of ours, copies of it, and everything else."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from scheduler.bootstrap import App, whose_mail
from scheduler.domain.answers.whose import AGAINST, Sign, Verdict
from scheduler.domain.message import AddressKind
from scheduler.inbox.given_mail import given_mail
from scheduler.web.limits import LARGEST_UPLOAD
from tests.samples.desk import Visitor, desk_of, form_of, send_announcement, visiting, words
from tests.worlds import make_world

DKIM = b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1;\r\n bh=AAAA; b=AAAA\r\n"


@dataclass(frozen=True, slots=True)
class World:
    app: App
    #: What Marie got, as her mail program keeps it.
    mail: bytes


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    app = await make_world(tmp_path)
    await send_announcement(app)
    files = sorted(app.configuration.settings.outbox.path.rglob("*.eml"))
    (mail,) = [raw for one in files if b"marie@example.org" in (raw := one.read_bytes())]
    yield World(app, mail)
    await app.close()


def changed(mail: bytes, **headers: str) -> bytes:
    """With other headers in place of its own; empty: without."""
    parsed = message_from_bytes(mail, policy=default)
    for name, value in headers.items():
        del parsed[name.replace("_", "-")]
        if value:
            parsed[name.replace("_", "-")] = value
    return parsed.as_bytes(policy=SMTP)


async def test_what_we_sent_is_ours_and_says_which_it_is(world: World) -> None:
    answer = await whose_mail(world.app, DKIM + world.mail)

    assert answer.verdict is Verdict.OURS
    assert set(answer.signs) == {
        Sign.SENT,
        Sign.SENDER,
        Sign.ADDRESSEE,
        Sign.WAY_OUT,
        Sign.SIGNED,
    }
    assert answer.sent is not None
    assert answer.sent.occurrence == "cybermois/annonce/2026-10-02"


@pytest.mark.parametrize(
    ("headers", "sign"),
    [
        ({"From": "Reflexes <cyber@exarnple.org>"}, Sign.OTHER_SENDER),
        ({"From": "a@example.org, cyber@example.org"}, Sign.OTHER_SENDER),
        ({"From": ""}, Sign.OTHER_SENDER),
        ({"List-Unsubscribe": "<https://exarnple.org/>"}, Sign.LINK_ELSEWHERE),
        ({"Reply-To": "cyber@exarnple.org"}, Sign.OTHER_REPLY),
        ({"To": "john@example.org"}, Sign.OTHER_ADDRESSEE),
        ({"Message-ID": "<AAAA@retour.example.org>"}, Sign.NO_NUMBER),
        ({"Message-ID": ""}, Sign.NO_HEAD),
        ({"List-Unsubscribe": "<https://cyber.example.org/d/AAAAAAAA>"}, Sign.OTHER_WAY_OUT),
    ],
    ids=str,
)
async def test_a_copy_with_another_head_is_told_as_a_fake(
    world: World, headers: dict[str, str], sign: Sign
) -> None:
    answer = await whose_mail(world.app, changed(world.mail, **headers))

    assert answer.verdict is Verdict.COPIED
    assert sign in answer.signs


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://exarnple.org/mot-de-passe">ici</a>',
        '<a href="//exarnple.org/">ici</a>',
        "<a href=https://cyber.example.org@exarnple.org/>ici</a>",
        '<form action="https://exarnple.org/">',
        '<a href="&#104;ttps://exarnple.org/">ici</a>',
        '<a href="javascript:alert(1)">ici</a>',
        '<a href="https://cyber.example.org.exarnple.org/">ici</a>',
        '<img src="http://exarnple.org/x.png">',
        '<a href="ht\ntps://exarnple.org/">ici</a>',
        '<a href="https:&#92;&#92;exarnple.org/">ici</a>',
        '<a href="https:exarnple.org/">ici</a>',
        '<a href="https:///exarnple.org/">ici</a>',
        "<a href='https://exarnple.org\\@cyber.example.org/'>ici</a>",
        '<a href="&#1;//exarnple.org/">ici</a>',
        f'<a href={" " * 3000}"https://exarnple.org/">ici</a>',
        f'<a href="https://cyber.example.org:{"x" * 3000}@exarnple.org/">ici</a>',
        f'<p hidden>{"bla " * 20_000}</p><a href="https://exarnple.org/">ici</a>',
    ],
    ids=range(17),
)
async def test_a_copy_that_leads_elsewhere_is_told_as_a_fake(world: World, link: str) -> None:
    parsed = message_from_bytes(world.mail, policy=default)
    assert isinstance(parsed, EmailMessage)
    html = parsed.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.set_content(html.get_content().replace("</body>", f"{link}</body>"), subtype="html")
    answer = await whose_mail(world.app, parsed.as_bytes(policy=SMTP))

    assert (answer.verdict, Sign.LINK_ELSEWHERE in answer.signs) == (Verdict.COPIED, True)


async def test_a_copy_of_which_not_all_is_looked_at_is_told_as_a_fake(world: World) -> None:
    parsed = message_from_bytes(world.mail, policy=default)
    assert isinstance(parsed, EmailMessage)
    parsed.make_mixed()
    for _ in range(50):
        parsed.add_attachment("https://exarnple.org/", disposition="inline")
    many = await whose_mail(world.app, parsed.as_bytes(policy=SMTP))
    long = await whose_mail(world.app, world.mail + b" " * (600 << 10))

    assert (many.verdict, Sign.CUT in many.signs) == (Verdict.COPIED, True)
    assert (long.verdict, Sign.CUT in long.signs) == (Verdict.COPIED, True)


async def test_a_copy_with_a_file_is_told_as_a_fake(world: World) -> None:
    parsed = message_from_bytes(world.mail, policy=default)
    assert isinstance(parsed, EmailMessage)
    parsed.make_mixed()
    parsed.add_attachment(b"MZ", maintype="application", subtype="zip", filename="facture.zip")
    answer = await whose_mail(world.app, parsed.as_bytes(policy=SMTP))

    assert (answer.verdict, Sign.ATTACHED in answer.signs) == (Verdict.COPIED, True)


async def test_a_way_out_of_somebody_else_s_message_is_told(world: World) -> None:
    (john,) = await world.app.people.find("john@example.org", AddressKind.EMAIL)
    other = [
        raw
        for one in world.app.configuration.settings.outbox.path.rglob("*.eml")
        if b"To: john@example.org" in (raw := one.read_bytes())
    ]
    theirs = message_from_bytes(other[0], policy=default)["List-Unsubscribe"]
    answer = await whose_mail(world.app, changed(world.mail, List_Unsubscribe=str(theirs)))

    assert john.email_id is not None
    assert (answer.verdict, Sign.OTHER_WAY_OUT in answer.signs) == (Verdict.COPIED, True)


async def test_one_that_was_forwarded_as_an_attachment_is_looked_into(world: World) -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Message-ID"] = "m@example.com", "ssi@example.com", "<x@y>"
    outer.set_content("Est-ce de vous ?")
    outer.add_attachment(message_from_bytes(world.mail, policy=default))
    answer = await whose_mail(world.app, outer.as_bytes(policy=SMTP))

    assert (answer.verdict, Sign.INSIDE in answer.signs) == (Verdict.OURS, True)


async def test_erased_people_s_messages_are_still_ours(world: World) -> None:
    (card,) = await world.app.people.find("marie@example.org", AddressKind.EMAIL)
    await world.app.people.erase(card, "Ana", world.app.clock())
    answer = await whose_mail(world.app, world.mail)

    assert answer.verdict is Verdict.OURS
    assert not set(answer.signs) & AGAINST


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 1000,
        b"From: cyber@example.org\r\nTo: marie@example.org\r\n\r\nBonjour",
        b"Message-ID: <" + b"A" * 100_000 + b"@x>\r\n\r\n",
        b"Subject: x\r\n" * 5000 + b"\r\n" + b"<a href=" * 50_000,
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 50_000,
    ],
    ids=range(6),
)
async def test_nothing_else_is_ours_and_nothing_breaks(world: World, raw: bytes) -> None:
    found = (await whose_mail(world.app, raw)).verdict

    assert found is (Verdict.NOT_OURS if raw.startswith(b"From:") else Verdict.UNKNOWN)


@pytest.mark.parametrize("body", ["href=" + " " * 400_000 + "<", 'src="' * 80_000])
def test_no_mail_holds_whoever_asks(body: str) -> None:
    begun = time.process_time()
    given_mail(b"Content-Type: text/html\r\n\r\n" + body.encode())

    assert time.process_time() - begun < 2


async def dropped(visitor: Visitor, mail: bytes, **fields: str) -> tuple[int, str]:
    form = aiohttp.FormData()
    for name, value in (form_of(await visitor.page("/whose"), "/whose") | fields).items():
        form.add_field(name, value)
    form.add_field("mail", BytesIO(mail), filename="<img src=x>.eml", content_type="message/rfc822")
    async with visitor.session.post("/whose", data=form) as answer:
        return answer.status, await answer.text()


async def test_a_mail_is_dropped_on_the_desk_and_nothing_of_it_is_shown(world: World) -> None:
    spiced = changed(world.mail, From="<script>alert(1)</script> <x@evil.example>")
    async with visiting(desk_of(world.app)) as visitor:
        ours = await dropped(visitor, world.mail)
        copied = await dropped(visitor, spiced)
        pasted = await dropped(visitor, b"", source=world.mail.decode())
        nothing = await dropped(visitor, b"")
        unproven = await visitor.post("/whose", {"source": "x"})
        large = await dropped(visitor, b"x" * (LARGEST_UPLOAD + 1))
        elsewhere = await visitor.post("/optouts", {"who": "x" * (65 << 10)})

    assert (ours[0], "Ce message est de nous" in words(ours[1])) == (200, True)
    assert "cybermois/annonce/2026-10-02" in ours[1]
    assert "Traitez-le comme un faux" in words(copied[1])
    assert "<script>" not in copied[1]
    assert "Ce message est de nous" in words(pasted[1])
    assert (nothing[0], unproven.status, large[0], elsewhere.status) == (400, 403, 413, 413)
    assert "Ce courriel est trop gros : 2 Mo au plus." in words(large[1]).replace("\u00a0", " ")
    assert 'href="/whose"' in large[1]
    assert "64 Ko au plus" in words(elsewhere.text).replace("\u00a0", " ")
    assert 'href="/"' in elsewhere.text
