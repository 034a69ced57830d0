"""What is seldom published and is right all the same, or breaks what leads to it."""

import base64

import pytest

from scheduler.domain.doctor.dkim import rsa_bits
from scheduler.domain.doctor.dmarc import dmarc, organisational
from scheduler.domain.doctor.letter import signatures
from scheduler.domain.doctor.lines import Line, Verdict
from scheduler.domain.doctor.lookalikes import lookalikes
from scheduler.domain.doctor.mta_sts import mta_sts
from scheduler.domain.doctor.seen import WebSeen
from scheduler.domain.doctor.spf import spf
from scheduler.domain.doctor.tags import read_tags
from tests.samples.doctor import KEY, ruled

BACK, RELAY = "retour.example.org", "relais.example.org"
MAIL = (
    b"From: a@example.org\r\nDKIM-Signature: v=1; d\r\nDKIM-Signature: v=1; d=example.org;\r\n\r\n"
)


def spf_of(record: str, sender: str = "192.0.2.25", *, said: bool = True) -> Line:
    many = [f"10 mx{number}.example" for number in range(11)]
    return ruled(
        lambda zone: spf(zone, BACK, RELAY, (sender,), is_said=said),
        {
            ("TXT", BACK): [record],
            ("TXT", "open.example"): ["v=spf1 ip4:203.0.113.7"],
            ("A", "here.example"): ["127.0.0.2"],
            ("A", "a.example"): ["192.0.2.200"],
            ("AAAA", "a.example"): ["2001:db8::1"],
            ("MX", "many.example"): many,
            ("MX", "one.example"): ["10 a.example"],
        },
    )


@pytest.mark.parametrize(
    ("record", "sender"),
    [
        # An include that names nobody at its end says nothing: the next mechanism is asked.
        ("v=spf1 include:open.example ip4:192.0.2.25 -all", "192.0.2.25"),
        ("v=spf1 exists:here.example -all", "192.0.2.25"),
        ("v=spf1 mx:one.example/24 -all", "192.0.2.25"),
        ("v=spf1 a:a.example//64 -all", "2001:db8::25"),
    ],
)
def test_a_seldom_mechanism_names_the_sender(record: str, sender: str) -> None:
    assert spf_of(record, sender).verdict is Verdict.FINE


def test_a_length_for_ipv6_alone_widens_nothing_of_ipv4() -> None:
    assert spf_of("v=spf1 a:a.example//64 -all").verdict is Verdict.WRONG


def test_a_name_of_exists_that_leads_nowhere_names_nobody() -> None:
    assert spf_of("v=spf1 exists:gone.example -all").verdict is Verdict.WRONG


@pytest.mark.parametrize("record", ["v=spf1 ptr -all", "v=spf1 include:%{i}.example -all"])
def test_what_cannot_be_worked_out_here_is_not_called_wrong(record: str) -> None:
    line = spf_of(record)

    assert line.verdict is Verdict.UNKNOWN
    assert "192.0.2.25" in line.told


def test_a_name_with_too_many_exchangers_cannot_be_used() -> None:
    line = spf_of("v=spf1 mx:many.example -all")

    assert line.verdict is Verdict.WRONG
    assert "many.example has more than 10 MX" in line.told


@pytest.mark.parametrize(
    "octets", [b"", b"\x04\x03\x02\x01\x05", b"\x30\x03\x04\x01\x00", b"\x30\x05\x30\x00\x04\x01"]
)
def test_octets_that_are_no_rsa_key_have_no_length(octets: bytes) -> None:
    assert rsa_bits(octets) == 0


def test_a_bare_rsa_key_is_measured_as_the_wrapped_one() -> None:
    wrapped = base64.b64decode(KEY)

    # The RSAPublicKey begins with its own sequence, after an algorithm and the bit string's zero.
    bare = wrapped[wrapped.index(b"\x00\x30\x82") + 1 :]

    assert rsa_bits(bare) == rsa_bits(wrapped) == 2048


def test_a_blank_between_two_tags_is_none() -> None:
    assert read_tags("v=DMARC1; ; p=none;") == {"v": "DMARC1", "p": "none"}


@pytest.mark.parametrize(
    ("records", "organisation"),
    [
        ({"cyber.ch.example": "v=DMARC1; p=none; psd=n"}, "cyber.ch.example"),
        ({"cyber.ch.example": "v=DMARC1; p", "ch.example": "v=DMARC1; p=none"}, "ch.example"),
        ({"example": "v=DMARC1; p=none; psd=y"}, "ch.example"),
    ],
)
def test_an_organisation_says_itself_where_it_begins(
    records: dict[str, str], organisation: str
) -> None:
    published = {("TXT", f"_dmarc.{name}"): [record] for name, record in records.items()}

    found = ruled(lambda zone: organisational(zone, "cyber.ch.example"), published)

    assert found == organisation


def test_a_mended_policy_keeps_the_addresses_that_get_its_reports() -> None:
    record = "v=DMARC1; p=refuse; rua=mailto:d@example.org, nobody"

    line = ruled(
        lambda zone: dmarc(zone, "example.org", BACK, "dpo@example.org"),
        {("TXT", "_dmarc.example.org"): [record]},
    )

    assert '"v=DMARC1; p=quarantine; rua=mailto:d@example.org"' in line.record


def test_a_signature_that_cannot_be_read_hides_no_other() -> None:
    assert [one["d"] for one in signatures(MAIL)] == ["example.org"]


def test_a_policy_that_is_not_to_be_had_is_told_with_what_to_lay_there() -> None:
    seen = WebSeen(fault="its certificate is another's")

    line = ruled(lambda zone: mta_sts(zone, BACK, seen, "20261130"))

    assert line.verdict is Verdict.WRONG
    assert "its certificate is another's" in line.told
    assert "mx: mx.example.org" in line.remedy


def test_no_name_is_asked_about_that_nobody_can_buy() -> None:
    asked = lookalikes(["a-b.example"], [])

    # Two letters exchanged, or one left out, would begin or end it with a dash.
    assert {"ab.example", "a-b-mail.example", "aa-b.example"} <= set(asked)
    assert not [one for one in asked if one.startswith("-") or "-." in one]
