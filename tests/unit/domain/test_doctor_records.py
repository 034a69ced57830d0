"""Each record wrong in turn: what the doctor says of it, and what it says to publish."""

import pytest

from scheduler.domain.doctor.dkim import dkim
from scheduler.domain.doctor.dmarc import dmarc, is_aligned, organisational, walked
from scheduler.domain.doctor.lines import Line, Verdict
from scheduler.domain.doctor.mta_sts import mta_sts
from scheduler.domain.doctor.return_path import return_path
from scheduler.domain.doctor.seen import WebSeen
from scheduler.domain.doctor.spf import spf
from scheduler.domain.doctor.zone import Silent, published
from tests.samples.doctor import KEY, POLICY, SHORT_KEY, ruled

BACK, FROM, RELAY = "retour.example.org", "example.org", "relais.example.org"
NAMES = {("TXT", f"n{number}.example"): ["v=spf1 -all"] for number in range(11)}


def spf_of(*records: str, senders: tuple[str, ...] = ("192.0.2.25",), said: bool = True) -> Line:
    return ruled(
        lambda zone: spf(zone, BACK, RELAY, senders, is_said=said),
        {("TXT", BACK): records, **NAMES, ("A", "a.example"): ["192.0.2.25"]},
    )


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 ip4:192.0.2.25 -all",
        "v=spf1 ip4:192.0.2.0/24 ~all",
        "V=SPF1 a:a.example -ALL",
        "v=spf1 a:a.example/24//64 -all",
        "v=spf1 ip6:2001:db8::/32 ip4:192.0.2.25 exp=why.example -all",
    ],
)
def test_a_sound_record_that_names_the_sender_is_fine(record: str) -> None:
    assert spf_of(record).verdict is Verdict.FINE


def test_the_record_as_it_is_published_names_an_included_sender() -> None:
    line = ruled(lambda zone: spf(zone, BACK, RELAY, ("198.51.100.7",), is_said=True))

    assert line.verdict is Verdict.FINE


@pytest.mark.parametrize(
    "relay", ["localhost", "127.0.0.1", "::1", "postfix", "10.1.2.3", "relais.local", "mx.lan."]
)
def test_a_relay_that_nobody_outside_knows_is_in_no_record(relay: str) -> None:
    for records in ((), ("v=spf1 -all",)):
        line = ruled(lambda zone: spf(zone, BACK, relay), {("TXT", BACK): records})

        assert line.verdict is Verdict.WRONG
        assert "v=spf1 ip4:ADDRESS -all" in line.record
        assert relay not in line.record
        assert "--sends-from" in line.remedy


@pytest.mark.parametrize(
    ("relay", "named"),
    [("relais.example.org", "a:relais.example.org"), ("203.0.114.9", "ip4:203.0.114.9")],
)
def test_a_relay_outside_is_named(relay: str, named: str) -> None:
    line = ruled(lambda zone: spf(zone, BACK, relay), {("TXT", BACK): ()})

    assert f'"v=spf1 {named} -all"' in line.record


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((), "no SPF record"),
        (("google-site-verification=abc",), "no SPF record"),
        (("v=spf1 ip4:192.0.2.25 -all", "v=spf1 -all"), "2 SPF records"),
        (("v=spf1 +all",), "anybody"),
        (("v=spf1 all",), "anybody"),
        (("v=spf1 ip4:192.0.2.25",), "no -all"),
        (("v=spf1 ip4:192.0.2.25 ?all",), "no -all"),
        (("v=spf1 -all",), "lets nobody send"),
        (("v=spf1 ip4:203.0.113.9 -all",), "doesn't name 192.0.2.25"),
        (("v=spf1 ipv4:192.0.2.25 -all",), "'ipv4:192.0.2.25' is no mechanism"),
        (("v=spf1 ip4:192.0.2.300 -all",), "is no network"),
        (("v=spf1 include:lost.example -all",), "has 0 SPF records"),
        (("v=spf1 " + " ".join(f"include:n{n}.example" for n in range(11)) + " -all",), "10 times"),
        (("v=spf1 a:x.example a:y.example a:z.example -all",), "lead nowhere"),
        (("v=spf1 include: -all",), "names nothing"),
    ],
)
def test_each_fault_of_spf_is_told_with_a_record(records: tuple[str, ...], told: str) -> None:
    line = spf_of(*records)

    assert line.verdict is Verdict.WRONG
    assert told in line.told
    assert line.remedy
    assert line.record.startswith(f'{BACK}. IN TXT "v=spf1 ')


def test_the_record_to_publish_mends_the_fault() -> None:
    for broken in ("v=spf1 +all", "v=spf1 ip4:203.0.113.9 -all", "v=spf1 ip4:192.0.2.25"):
        assert spf_of(spf_of(broken).record.split('"')[1]).verdict is Verdict.FINE


def test_two_records_become_one_that_has_the_mechanisms_of_both() -> None:
    line = spf_of("v=spf1 ip4:192.0.2.1 -all", "v=spf1 redirect=_spf.relais.example")

    assert line.record == (
        f'{BACK}. IN TXT "v=spf1 ip4:192.0.2.1 include:_spf.relais.example -all"'
    )


def test_a_relay_that_may_send_by_another_address_is_not_called_wrong() -> None:
    line = spf_of("v=spf1 ip4:203.0.113.9 -all", said=False)

    assert line.verdict is Verdict.UNKNOWN
    assert line.record == f'{BACK}. IN TXT "v=spf1 ip4:192.0.2.25 ip4:203.0.113.9 -all"'


def test_a_relay_inside_the_house_is_not_asked_of_spf() -> None:
    line = spf_of("v=spf1 ip4:203.0.113.9 -all", senders=("10.1.2.3",))

    assert line.verdict is Verdict.UNKNOWN
    assert "10.1.2.3" not in line.told


def test_a_redirection_is_followed() -> None:
    line = spf_of("v=spf1 redirect=_spf.relais.example", senders=("198.51.100.7",))

    assert line.verdict is Verdict.FINE


def test_silence_is_nobodys_fault() -> None:
    with pytest.raises(Silent):
        ruled(lambda zone: spf(zone, BACK, RELAY, ()), silent=[BACK])


def dkim_of(*records: str) -> Line:
    name = "s1._domainkey.example.org"
    return ruled(lambda zone: dkim(zone, FROM, "s1"), {("TXT", name): records})


def test_a_published_key_is_fine() -> None:
    assert dkim_of(f"v=DKIM1; k=rsa; p={KEY}").verdict is Verdict.FINE
    assert dkim_of(f"p={KEY}").verdict is Verdict.FINE
    ed25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    assert dkim_of(ed25519).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((), "no key"),
        (("v=DKIM1; p=",), "withdrawn"),
        (("v=DKIM1; k=rsa",), "withdrawn"),
        ((f"v=DKIM2; p={KEY}",), "DKIM1"),
        ((f"v=DKIM1; k=dsa; p={KEY}",), "'dsa'"),
        ((f"v=DKIM1; p={SHORT_KEY}",), "1024 bits"),
        ((f"v=DKIM1; p={KEY[:-40]}",), "no RSA key"),
        (("v=DKIM1; p=not base64!",), "base64"),
        ((f"v=DKIM1; h=sha1; p={KEY}",), "sha256"),
        ((f"v=DKIM1; t=y; p={KEY}",), "t=y"),
        ((f"v=DKIM1; k=ed25519; p={KEY}",), "Ed25519"),
        ((f"v=DKIM1; p={KEY}", f"v=DKIM1; p={KEY}"), "2 keys"),
        (("v=DKIM1; p",), "can't be read"),
    ],
)
def test_each_fault_of_a_key_is_told(records: tuple[str, ...], told: str) -> None:
    line = dkim_of(*records)

    assert (line.verdict, told in line.told) == (Verdict.WRONG, True)
    assert line.record.startswith("s1._domainkey.example.org. IN TXT ")


def test_a_key_that_the_program_signs_with_is_the_one_published() -> None:
    mine, other = f"v=DKIM1; k=rsa; p={KEY}", f"v=DKIM1; k=rsa; p={KEY[:-8]}AAAAAAAA"
    name = "s1._domainkey.example.org"

    def told(*records: str) -> Line:
        return ruled(lambda zone: dkim(zone, FROM, "s1", mine), {("TXT", name): records})

    assert told(f"p={KEY[:50]} {KEY[50:]}").verdict is Verdict.FINE
    for records in ((), (other,)):
        line = told(*records)
        assert line.verdict is Verdict.WRONG
        assert line.record == published(name, mine)
        assert "Réflexe signs" in line.remedy


def dmarc_of(*records: str, at: str = FROM, sender: str = FROM, back: str = BACK) -> Line:
    return ruled(
        lambda zone: dmarc(zone, sender, back, "dpo@example.org"),
        {("TXT", "_dmarc.example.org"): (), ("TXT", f"_dmarc.{at}"): records},
    )


@pytest.mark.parametrize("policy", ["none", "quarantine", "reject"])
def test_a_policy_is_fine(policy: str) -> None:
    line = dmarc_of(f"v=DMARC1; p={policy}; rua=mailto:d@example.org")

    assert (line.verdict, line.told) == (Verdict.FINE, f"the policy is {policy}")


def test_nobody_reads_the_reports_is_said_and_not_wrong() -> None:
    assert "rua" in dmarc_of("v=DMARC1; p=reject").told


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((), "no DMARC record"),
        (("v=DMARC2; p=reject",), "no DMARC record"),
        (("p=reject; v=DMARC1",), "no DMARC record"),
        (("v=DMARC1; p=reject", "v=DMARC1; p=none"), "2 records"),
        (("v=DMARC1",), "p= must be"),
        (("v=DMARC1; p=refuse",), "'refuse'"),
        (("v=DMARC1; p=reject; pct=50",), "pct="),
        (("v=DMARC1; p=reject; t=y",), "t=y"),
        (("v=DMARC1; p=reject; adkim=x",), "adkim="),
        (("v=DMARC1; p=reject; rua=dmarc@example.org",), "rua="),
        (("v=DMARC1; p=reject; p=none",), "can't be read"),
        (("v=DMARC1; p=reject; aspf=s",), "aspf=s"),
    ],
)
def test_each_fault_of_dmarc_is_told_with_a_record(records: tuple[str, ...], told: str) -> None:
    line = dmarc_of(*records)

    assert (line.verdict, told in line.told) == (Verdict.WRONG, True)
    mended = line.record.split('"')[1]
    assert dmarc_of(mended).verdict is Verdict.FINE


def test_a_policy_is_inherited_from_the_organisations_domain() -> None:
    line = dmarc_of("v=DMARC1; p=none; sp=reject", sender="cyber.example.org")

    assert "the policy is reject" in line.told


def test_a_return_path_elsewhere_is_not_aligned() -> None:
    line = dmarc_of("v=DMARC1; p=reject", back="retour.autre.example")

    assert (line.verdict, line.record) == (Verdict.WRONG, "")
    assert "retour.autre.example" in line.told


def test_the_organisation_is_found_by_walking_up() -> None:
    assert list(walked("a.b.c.d.e.f.g.h.i.example.org"))[:3] == [
        "a.b.c.d.e.f.g.h.i.example.org",
        "e.f.g.h.i.example.org",
        "f.g.h.i.example.org",
    ]
    assert ruled(lambda zone: organisational(zone, "x.y.example.org")) == "example.org"
    assert ruled(lambda zone: is_aligned(zone, "retour.example.org", "cyber.example.org"))
    assert not ruled(lambda zone: is_aligned(zone, "autre.example", "example.org"))
    suffix = {("TXT", "_dmarc.org"): ["v=DMARC1; p=none; psd=y"]}
    assert ruled(lambda zone: organisational(zone, "x.autre.org"), suffix) == "autre.org"


def test_a_return_path_with_a_host_is_fine() -> None:
    line = ruled(lambda zone: return_path(zone, BACK, "imap.example.org"))

    assert (line.verdict, line.told) == (Verdict.FINE, "mail to it goes to mx.example.org")


@pytest.mark.parametrize(
    ("exchangers", "more", "told"),
    [
        ([], {}, "no MX"),
        (["0 ."], {}, "takes no mail"),
        (["10 lost.example.org."], {}, "has no address"),
        (["10 alias.example.org."], {("CNAME", "alias.example.org"): ["mx.example.org."]}, "alias"),
    ],
)
def test_each_fault_of_the_return_path_is_told(
    exchangers: list[str], more: dict[tuple[str, str], list[str]], told: str
) -> None:
    line = ruled(
        lambda zone: return_path(zone, BACK, "imap.example.org"),
        {("MX", BACK): exchangers, **more},
    )

    assert (line.verdict, told in line.told) == (Verdict.WRONG, True)
    assert line.record.startswith(f"{BACK}. IN MX 10 ")


def sts_of(text: str = POLICY, status: int = 200, records: list[str] | None = None) -> Line:
    but = {} if records is None else {("TXT", f"_mta-sts.{BACK}"): records}
    seen = WebSeen(status=status, text=text)
    return ruled(lambda zone: mta_sts(zone, BACK, seen, "20261130"), but)


def test_a_policy_that_names_the_host_is_fine() -> None:
    assert sts_of().verdict is Verdict.FINE
    assert sts_of(POLICY.replace("mx.example.org", "*.example.org")).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (sts_of(records=[]), "no record"),
        (sts_of(records=["v=STSv1; id=1", "v=STSv1; id=2"]), "several"),
        (sts_of(records=["v=STSv1; id=2026-11-30"]), "id="),
        (sts_of(records=["v=STSv1; id"]), "can't be read"),
        (sts_of(status=404), "status 404"),
        (sts_of("mode: enforce"), "STSv1"),
        (sts_of(POLICY.replace("enforce", "none")), "mode"),
        (sts_of(POLICY.replace("604800", "long")), "max_age"),
        (sts_of(POLICY.replace("mx.example.org", "mx2.example.org")), "mx.example.org"),
    ],
)
def test_each_fault_of_mta_sts_is_told(line: Line, told: str) -> None:
    assert (line.verdict, told in line.told) == (Verdict.WRONG, True)
    assert line.remedy


def test_a_policy_whose_name_nobody_answers_for_is_not_called_wrong() -> None:
    seen = WebSeen(fault="DNS gives no answer for mta-sts.retour", is_unasked=True)

    line = ruled(lambda zone: mta_sts(zone, BACK, seen, "20261130"))

    assert (line.verdict, line.told) == (Verdict.UNKNOWN, seen.fault)


def test_a_long_text_is_told_in_pieces_as_a_zone_file_has_it() -> None:
    told = published("example.org", "x" * 300)

    assert told == f'example.org. IN TXT "{"x" * 255}" "{"x" * 45}"'
