import re
from email.header import decode_header, make_header
from email.utils import parseaddr
from quopri import decodestring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.content.composing import mime, quoted

TEXT = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=300
)
LINE = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def lines(encoded: bytes) -> list[bytes]:
    return encoded.split(b"\r\n")


@given(TEXT, LINE, TEXT)
def test_a_value_put_between_pieces_decodes_in_its_place(
    before: str, value: str, after: str
) -> None:
    hole = quoted.SOFT + quoted.encode(value) + quoted.SOFT
    wire = quoted.encode(before) + hole + quoted.encode(after) + b"\r\n"

    expected = f"{before}{value}{after}\n".replace("\n", "\r\n")

    assert decodestring(wire) == expected.encode()
    assert wire.isascii()


@given(st.one_of(TEXT, st.text(alphabet=".F aé=", max_size=300)))
def test_no_line_is_too_long_or_starts_with_what_a_transport_would_change(text: str) -> None:
    for line in lines(quoted.encode(text) + quoted.SOFT):
        assert len(line) <= 76
        assert not line.startswith((b".", b"F"))
        assert not line.endswith((b" ", b"\t"))


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("", b""),
        ("Zoé", b"Zo=C3=A9"),
        ("From moi", b"=46rom moi"),
        (".", b"=2E"),
        ("fin ", b"fin=20"),
        ("a\n.b", b"a\r\n=2Eb"),
        ("a=b", b"a=3Db"),
        ("x" * 73 + ".F", b"x" * 73 + b"=\r\n=2EF"),
        ("é" * 13, b"=C3=A9" * 12 + b"=C3=\r\n=A9"),
    ],
)
def test_what_is_encoded(text: str, encoded: bytes) -> None:
    assert quoted.encode(text) == encoded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_subject_reads_back_as_it_was(text: str) -> None:
    subject = mime.phrase(text, len("Subject: "))

    field = mime.field("Subject", subject)

    for line in lines(field):
        assert len(line) <= 76
    for word in re.findall(r"=\?\S*\?=", subject):
        assert len(word) <= 75
    assert str(make_header(decode_header(subject))) == text.strip()


def test_no_character_is_split_over_two_words() -> None:
    for word in mime.phrase("é漢😀" * 30, 9).split("\r\n "):
        raw, charset = decode_header(word)[0]
        assert isinstance(raw, bytes)
        raw.decode(charset or "")


@pytest.mark.parametrize(
    ("sender", "field"),
    [
        ("a@example.org", "a@example.org"),
        ("<a@example.org>", "a@example.org"),
        ("Reflexes <a@example.org>", '"Reflexes" <a@example.org>'),
        ('"Hopital, cyber" <a@example.org>', '"Hopital, cyber" <a@example.org>'),
        ("Réflexes <a@example.org>", "=?utf-8?q?R=C3=A9flexes?= <a@example.org>"),
        ("=?utf-8?q?x?= <a@example.org>", "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= <a@example.org>"),
    ],
)
def test_a_sender_is_one_mailbox(sender: str, field: str) -> None:
    assert mime.mailbox(sender, len("From: ")) == field


@given(LINE)
@example(" [")
def test_a_name_never_adds_a_mailbox(name: str) -> None:
    field = mime.named(name, "a@example.org", len("From: "))

    assert parseaddr(field.replace("\r\n", ""))[1] == "a@example.org"
    assert mime.field("From", field).count(b"\r\n") == 1 + field.count("\r\n ")


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: b@example.org", "a\nb", "a\rb", "é", "a\0b", "a\r\n\tb"]
)
def test_a_value_that_would_end_its_line_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="can't be"):
        mime.field("Subject", value)


def test_identifiers_are_plain() -> None:
    assert mime.slug("Hôpital de l'Exemple : Œuvre") == "hopital-de-l-exemple-uvre"
