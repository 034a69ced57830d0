from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels.smtp.wire import wire_form
from scheduler.content.composing import skeleton
from scheduler.content.composing.compose import EmailComposer, EmailRecipient, _header_values
from scheduler.domain.errors import AddressRefused
from scheduler.domain.message import MessageClass
from scheduler.domain.people.self_linking import links_itself
from tests.samples.content import (
    GREETING,
    SENDER,
    composer,
    email_content,
    outline,
    part,
    read,
    recipient,
)

HARD_NAMES = [
    "Jérôme",
    "é" * 120,
    "A" * 120,
    "山田太郎",
    "محمد",
    "\u202eمحمد",
    "Jean-Loup d'Aubigné",
    "O’Neil",
    "{{ 7*7 }}",
    "{% if x %}",
    "%(prenom)s %s %%",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; & <",
    "[x](https://evil.example)",
    "<https://evil.example>",
    "![x](https://evil.example/x.png)",
    "[[x|https://evil.example]]",
    "**gras** _x_ `y`",
    "# titre",
    ".",
    "From ",
    "a\r\nBcc: b@example.org",
    "a\r\n.\r\nQUIT",
    "a\0b\x1b[31m",
    "=?utf-8?q?a=0D=0ABcc=3A_b?=",
    "=3D=\r\n",
    "\ud800",
]
BODY = GREETING + "\nService : {{ service }}, le {{ date }}. [Aide]({{ page_aide }})\n"
URL = "https://cyber.example.org/d/aB3-xyz_42"


def shown(value: str) -> str:
    return value.replace("\r\n", " ").translate({0: "", 0x1B: "", 0x202E: "", 0xD800: ""}).strip()


def test_a_message_has_every_header_once_and_in_full(tmp_path: Path) -> None:
    message = read(composer(email_content(tmp_path)).fill(recipient()))

    assert message.defects == []
    assert {name: message.get_all(name) for name in message.keys()} == {  # noqa: SIM118 (get_all, not items)
        "To": ["prenom.nom@example.org"],
        "Date": ["Sun, 04 Oct 2026 08:00:00 +0000"],
        "Message-ID": ["<r-1@cyber.example.org>"],
        "List-Unsubscribe": [f"<{URL}>, <mailto:desinscription+ab3xyz42@retour.example.org>"],
        "List-Unsubscribe-Post": ["List-Unsubscribe=One-Click"],
        "From": ["Réflexes cyber <reflexes@cyber.example.org>"],
        "Subject": ["Fermer sa porte"],
        "Reply-To": ["cyber@example.org"],
        "List-Id": ["Réflexes cyber <reflexes-cyber.cyber.example.org>"],
        "List-Help": ["<https://cyber.example.org/aide>"],
        "Auto-Submitted": ["auto-generated"],
        "Precedence": ["bulk"],
        "X-Auto-Response-Suppress": ["OOF, AutoReply"],
        "Feedback-ID": ["octobre:porte:reflexe:hopital-de-l-ex"],
        "MIME-Version": ["1.0"],
        "Content-Type": [message["Content-Type"]],
    }


def test_the_text_part_comes_first_and_both_are_quoted_printable(tmp_path: Path) -> None:
    message = read(composer(email_content(tmp_path)).fill(recipient()))

    assert message.get_content_type() == "multipart/alternative"
    assert [
        (p.get_content_type(), p.get_content_charset(), p["Content-Transfer-Encoding"])
        for p in message.iter_parts()
    ] == [("text/plain", "utf-8", "quoted-printable"), ("text/html", "utf-8", "quoted-printable")]


def test_a_service_message_has_no_topic_to_leave(tmp_path: Path) -> None:
    content = replace(email_content(tmp_path), message_class=MessageClass.SERVICE)

    message = read(composer(content).fill(recipient()))

    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None
    assert URL in part(message, "plain")


@pytest.mark.parametrize("name", ["", *HARD_NAMES])
def test_a_hard_name_comes_out_as_it_is_and_means_nothing(tmp_path: Path, name: str) -> None:
    compose = composer(email_content(tmp_path, BODY))
    calm = read(compose.fill(recipient(prenom="Zoé")))

    message = read(compose.fill(recipient(prenom=name, service=name)))

    # What a mail program would make a link of isn't shown at all.
    as_shown = "" if links_itself(shown(name)) else shown(name)
    greeting = f"Bonjour {as_shown}," if as_shown else "Bonjour,"
    text, page = part(message, "plain"), outline(part(message, "html"))
    assert text.startswith(f"{greeting}\n\n")
    assert f"Service : {as_shown}, le mardi 6/10." in text.replace("\n", " ")
    assert greeting in page.words
    assert page.tags == outline(part(calm, "html")).tags
    assert page.links == outline(part(calm, "html")).links
    assert message.keys() == calm.keys()


@pytest.mark.parametrize("name", HARD_NAMES)
def test_what_crosses_the_wire_is_plain_ascii_lines(tmp_path: Path, name: str) -> None:
    wire = composer(email_content(tmp_path, BODY)).fill(recipient(prenom=name))

    assert wire.isascii()
    assert b"\0" not in wire
    assert wire.endswith(b"\r\n")
    for line in wire.split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert len(line) <= 76
        assert not line.startswith((b".", b"From "))


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> EmailComposer:
    return composer(email_content(tmp_path_factory.mktemp("content"), BODY))


@given(name=st.text() | st.sampled_from(HARD_NAMES), origin=st.text(max_size=40))
def test_whatever_the_name_it_is_in_its_wire_form_already(
    composed: EmailComposer, name: str, origin: str
) -> None:
    wire = composed.fill(recipient(prenom=name, service=name)._replace(origin=origin))

    assert wire_form(wire) == wire


@given(name=st.text() | st.sampled_from(HARD_NAMES), service=st.text(max_size=40))
def test_whatever_the_name_its_pieces_are_the_message_filled_in_whole(
    composed: EmailComposer, name: str, service: str
) -> None:
    person = recipient(prenom=name, service=service)
    fields = composed._fields(person)
    whole = composed._skeleton(fields)
    holes = skeleton.wire_values(fields) | skeleton.wire_values(
        {skeleton.OPTOUT: person.optout_url}
    )

    assert composed.fill(person) == whole.wire % (holes | _header_values(person))


def test_a_per_cent_sign_of_the_text_is_no_hole() -> None:
    wire = b"a %% %%(text:x)b %(text:x)b%%%(text:x)b %%%%"

    pieces, holes = skeleton._cut(wire)

    filled = [*pieces]
    for place, name in holes:
        filled[place] = {b"text:x": b"<%%>"}[name]
    assert b"".join(filled) == wire % {b"text:x": b"<%%>"} == b"a % %(text:x)b <%%>%<%%> %%"


@pytest.mark.parametrize("wire", [b"\xe9\r\n", b"a\n", b"a\r\n.b\r\n", b".\r\n", b"a", b"\0\r\n"])
def test_a_skeleton_that_smtp_could_not_carry_is_not_built(wire: bytes) -> None:
    with pytest.raises(ValueError, match="composed message"):
        skeleton._proved(wire)


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org> AUTH=<x",
        "a@example.org\r\nBcc: b@example.org",
        '"a b"@example.org',
        "<a@example.org>",
        "é@example.org",
        "a@example.org,b@example.org",
        "a",
        "",
        "a" * 65 + "@example.org",
    ],
)
def test_an_address_that_is_no_header_is_refused(tmp_path: Path, address: str) -> None:
    compose = composer(email_content(tmp_path))

    with pytest.raises(AddressRefused):
        compose.fill(recipient()._replace(to=address))


@pytest.mark.parametrize(
    "person",
    [
        recipient()._replace(message_id="a\r\nBcc: b"),
        recipient()._replace(optout_url="https://example.org/>, <x"),
        recipient()._replace(optout_mailto="a@b\n"),
    ],
)
def test_no_part_of_a_header_ends_its_line(tmp_path: Path, person: EmailRecipient) -> None:
    compose = composer(email_content(tmp_path))

    with pytest.raises(ValueError, match="can't stand in a header"):
        compose.fill(person)


def test_a_senders_name_ends_no_line(tmp_path: Path) -> None:
    sender = replace(SENDER, sender="=?utf-8?q?a=0D=0ABcc=3A_b?=\r\nBcc: x <a@example.org>")

    message = read(composer(email_content(tmp_path), sender).fill(recipient()))

    assert message["Bcc"] is None
    assert message["From"].addresses[0].addr_spec == "a@example.org"
