"""What the doctor says of a mail that came back, of our pages, of the relay and of this machine."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.doctor import addresses, machine, relay
from scheduler.domain.doctor.letter import letter
from scheduler.domain.doctor.lines import Check, Line, Verdict
from scheduler.domain.doctor.lookalikes import MOST, lookalikes, registered, told
from scheduler.domain.doctor.seen import KeysSeen, MailboxSeen, RelaySeen, TwilioSeen, WebSeen
from tests.samples.doctor import ruled

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
TO = "desinscription+x@retour.example.org"
SIGNED = (
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;\r\n"
    " h=From : To : Subject : Date : List-Unsubscribe : List-Unsubscribe-Post;\r\n"
    " bh=abc=; b=def=\r\n"
)
HEADER = (
    "List-Unsubscribe: <https://cyber.example.org/d/x>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    "From: cyber@example.org\r\n\r\n"
)


def letter_of(header: str) -> Line:
    return ruled(lambda zone: letter(zone, header.encode(), "example.org", TO))


def test_a_mail_signed_by_us_with_both_headers_is_fine() -> None:
    assert letter_of(SIGNED + HEADER).verdict is Verdict.FINE
    other = SIGNED.replace("d=example.org", "d=relais.example")
    assert letter_of(other + SIGNED + HEADER).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER, "without a DKIM signature"),
        (SIGNED.replace("d=example.org", "d=relais.example") + HEADER, "relais.example"),
        (SIGNED.replace(" : List-Unsubscribe-Post", "") + HEADER, "list-unsubscribe-post"),
        (SIGNED.replace(" List-Unsubscribe :", "") + HEADER, "list-unsubscribe (h=)"),
        (SIGNED.replace("h=From :", "h=") + HEADER, "from (h=)"),
        (SIGNED.replace("s=s1;", "s=s1; l=10;") + HEADER, "l="),
        (SIGNED.replace("sha256", "sha1") + HEADER, "sha1"),
        (SIGNED + HEADER.replace("List-Unsubscribe-Post", "X-Lost"), "List-Unsubscribe-Post"),
        ("Authentication-Results: mx; dkim=pass; spf=fail\r\n" + SIGNED + HEADER, "spf=fail"),
    ],
)
def test_each_fault_of_a_mail_is_told(header: str, said: str) -> None:
    line = letter_of(header)

    assert (line.verdict, said in line.told) == (Verdict.WRONG, True)
    assert line.remedy


def address_of(**seen: object) -> Line:
    values = {"status": 200, "ends": NOW + timedelta(days=60)} | seen
    return addresses.address(
        Check.PUBLIC_ADDRESS,
        "https://cyber.example.org",
        WebSeen(**values),  # type: ignore[arg-type]  # fields given by tests
        NOW,
    )


def test_a_page_that_answers_is_fine() -> None:
    assert address_of().verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (address_of(is_nowhere=True, fault="x has no address"), "no address"),
        (address_of(is_untrusted=True, fault="self-signed certificate"), "self-signed"),
        (address_of(fault="Connection refused"), "Connection refused"),
        (address_of(status=502), "502"),
        (address_of(ends=NOW + timedelta(days=13)), "2026-12-13"),
    ],
)
def test_each_fault_of_a_page_is_told(line: Line, said: str) -> None:
    assert (line.verdict, said in line.told) == (Verdict.WRONG, True)
    assert line.remedy


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (WebSeen(status=200, headers={"x-reflexe-doctor": "proof"}), ""),
        (WebSeen(status=302), "redirection"),
        (WebSeen(status=405), "405"),
        (WebSeen(status=200), "isn't this installation's daemon"),
        (WebSeen(status=200, headers={"X-Reflexe-Doctor": "other"}), "isn't this installation's"),
        (WebSeen(fault="no answer in time"), "no answer in time"),
    ],
)
def test_a_click_is_answered_by_our_own_daemon_or_told(seen: WebSeen, said: str) -> None:
    line = addresses.one_click("https://cyber.example.org", seen, "proof")

    assert (line.verdict is Verdict.FINE) == (not said)
    assert said in line.told


@pytest.mark.parametrize(
    ("seen", "here", "verdict"),
    [
        (RelaySeen(tls="TLSv1.3", ends=NOW + timedelta(days=90)), False, Verdict.FINE),
        (RelaySeen(tls="TLSv1.1", ends=NOW + timedelta(days=90)), False, Verdict.WRONG),
        (RelaySeen(tls="TLSv1.3", ends=NOW + timedelta(days=3)), False, Verdict.WRONG),
        (RelaySeen(tls=""), False, Verdict.WRONG),
        (RelaySeen(tls=""), True, Verdict.FINE),
        (RelaySeen(fault="535 no", may_pass=False), False, Verdict.WRONG),
        (RelaySeen(fault="refused", may_pass=True), False, Verdict.WRONG),
    ],
)
def test_the_relay(seen: RelaySeen, here: bool, verdict: Verdict) -> None:
    line = relay.relay(seen, "relais.example.org", NOW, is_here=here)

    assert line.verdict is verdict
    assert bool(line.remedy) == (verdict is Verdict.WRONG)


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (MailboxSeen(), Verdict.FINE),
        (MailboxSeen(has_processed=True), Verdict.FINE),
        (MailboxSeen(has_processed=False), Verdict.UNKNOWN),
        (MailboxSeen(is_writable=False), Verdict.WRONG),
        (MailboxSeen(fault="no folder"), Verdict.WRONG),
    ],
)
def test_the_mailbox(seen: MailboxSeen, verdict: Verdict) -> None:
    assert relay.mailbox(seen, "imap.example.org", "Lu").verdict is verdict


@pytest.mark.parametrize(
    ("seen", "verdicts"),
    [
        (TwilioSeen(status="active", has_sender=True), [Verdict.FINE, Verdict.FINE]),
        (TwilioSeen(status="active"), [Verdict.FINE, Verdict.UNKNOWN]),
        (TwilioSeen(status="active", has_sender=False), [Verdict.FINE, Verdict.WRONG]),
        (TwilioSeen(status="suspended"), [Verdict.WRONG, Verdict.UNKNOWN]),
        (TwilioSeen(status="active", is_trial=True), [Verdict.WRONG, Verdict.UNKNOWN]),
        (TwilioSeen(fault="Authenticate"), [Verdict.WRONG]),
        (TwilioSeen(fault="TimeoutError", may_pass=True), [Verdict.UNKNOWN]),
    ],
)
def test_twilio(seen: TwilioSeen, verdicts: list[Verdict]) -> None:
    assert [one.verdict for one in relay.twilio(seen, "36180")] == verdicts


def test_where_dns_is_silent_nothing_is_called_wrong() -> None:
    """Nobody was asked: the fault may be this machine's own."""
    told = "DNS gives no answer for cyber.example.org: no server answers in time"
    seen = WebSeen(fault=told, is_unasked=True)

    page = addresses.address(Check.PUBLIC_ADDRESS, "https://cyber.example.org", seen, NOW)
    click = addresses.one_click("https://cyber.example.org", seen, "proof")

    assert (page.verdict, page.told) == (Verdict.UNKNOWN, told)
    assert (click.verdict, click.told) == (Verdict.UNKNOWN, told)


def test_the_clock_is_compared_with_others_first() -> None:
    late = {"mta-sts.example.org": NOW + timedelta(minutes=2)}

    assert machine.clock(True, NOW, late).verdict is Verdict.WRONG
    assert machine.clock(None, NOW, {"host": NOW}).verdict is Verdict.FINE
    assert machine.clock(True, NOW, {}).verdict is Verdict.FINE
    assert machine.clock(False, NOW, {}).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (KeysSeen(exists=True), Verdict.FINE),
        (KeysSeen(exists=True, is_on_ledgers_volume=True), Verdict.FINE),
        (KeysSeen(exists=True, is_beside_ledger=True), Verdict.WRONG),
        (KeysSeen(exists=True, is_open_to_others=True), Verdict.WRONG),
        (KeysSeen(exists=False), Verdict.UNKNOWN),
    ],
)
def test_the_keys(seen: KeysSeen, verdict: Verdict) -> None:
    assert machine.keys(seen, "/srv/keys.json").verdict is verdict


def test_the_disk_and_the_zones() -> None:
    assert machine.disk("ledger", 499, 500).verdict is Verdict.WRONG
    assert machine.disk("ledger", 500, 500).verdict is Verdict.FINE
    assert machine.disk("ledger", None, 500).verdict is Verdict.UNKNOWN
    assert machine.time_zones([], [], ["Europe/Paris"]).verdict is Verdict.FINE
    assert "Indian/Reunion" in machine.time_zones(["Indian/Reunion"], [], ["x"]).told
    assert "Pacific/Noumea" in machine.time_zones([], ["Pacific/Noumea"], ["x"]).told


def test_names_that_look_like_ours_are_bounded_and_none_of_ours() -> None:
    names = lookalikes(
        ["cyber.ch-exemple.fr", "sms.ch-exemple.fr", "chexemple.example"], ["ch-exemple.com"]
    )

    assert len(names) == MOST == len(set(names))
    assert {"ch-exemple.org", "chexemple.fr", "ch-exernple.fr", "chexemp1e.example"} <= {*names}
    assert not {"ch-exemple.fr", "ch-exemple.com", "chexemple.example"} & {*names}
    assert registered("cyber.chu.asso.fr") == "chu.asso.fr"


def test_a_name_that_exists_is_for_a_person_to_judge() -> None:
    assert told("x.fr", ["a", "b"], ["a"], 0).verdict is Verdict.UNKNOWN
    assert told("x.fr", ["a", "b"], [], 1).verdict is Verdict.UNKNOWN
    assert told("x.fr", ["a", "b"], [], 0).verdict is Verdict.FINE
