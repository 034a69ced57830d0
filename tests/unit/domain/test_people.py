"""Which addresses and numbers are taken, in which form, and what is said of the others."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import email_validator
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.errors import AddressRefused, Frozen
from scheduler.domain.ids import ContactId
from scheduler.domain.people import addresses
from scheduler.domain.people.addresses import (
    is_fictional,
    mask_email,
    mask_phone,
    normalise_email,
    normalise_phone,
)
from scheduler.domain.people.person import refuse_frozen
from scheduler.domain.people.phones import is_number, was_completed
from tests.scaling import grows_linearly

ATEXT_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+")


@pytest.mark.parametrize(
    ("raw", "send_to", "identity"),
    [
        ("zoe@example.org", "zoe@example.org", "zoe@example.org"),
        ("Zoe.B+cyber@Example.ORG", "Zoe.B+cyber@example.org", "zoe.b+cyber@example.org"),
        ("o'connor@ch-vallee.test", "o'connor@ch-vallee.test", "o'connor@ch-vallee.test"),
        ("a@perdu.invalid", "a@perdu.invalid", "a@perdu.invalid"),
        ("a@é.invalid", "a@xn--9ca.invalid", "a@xn--9ca.invalid"),
        ("a@Hôpital.example", "a@xn--hpital-ixa.example", "a@xn--hpital-ixa.example"),
        ("a@XN--HPITAL-IXA.example", "a@xn--hpital-ixa.example", "a@xn--hpital-ixa.example"),
        ("a@почта.рф", "a@xn--80a1acny.xn--p1ai", "a@xn--80a1acny.xn--p1ai"),
        ("a@例え.jp", "a@xn--r8jz45g.jp", "a@xn--r8jz45g.jp"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_an_address_keeps_its_local_part_and_gets_an_ascii_domain(
    raw: str, send_to: str, identity: str
) -> None:
    email = normalise_email(raw)

    assert (email.send_to, email.identity) == (send_to, identity)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "no @"),
        ("zoe.example.org", "no @"),
        ("@example.org", "nothing before"),
        ("zoe@", "nothing after"),
        ("zoe@example.org> AUTH=<x", "space"),
        ("zoe@example.org\r\nRCPT TO:<c@d>", "line break"),
        ("zoe@example.org\n", "line break"),
        ("zoe\x00@example.org", "control"),
        ("zoe@exam\x00ple.org", "control"),
        (" zoe@example.org", "space"),
        ("zoe@example.org ", "space"),
        ("zoe @example.org", "space"),
        ("zoe\u00a0b@example.org", "space"),
        ("<zoe@example.org>", "brackets"),
        ("Zoe<zoe@example.org>", "brackets"),
        ('"zoe"@example.org', "quotes"),
        ("zoe(rh)@example.org", "brackets"),
        ("zoe@example.org,marc@example.org", "more than one"),
        ("zoe@example.org;marc@example.org", "more than one"),
        ("mailto:zoe@example.org", "name"),
        ("zoé@example.org", "accent"),
        (".zoe@example.org", "dot"),
        ("zoe.@example.org", "dot"),
        ("zo..e@example.org", "dot"),
        (f"{'a' * 65}@example.org", "64"),
        (f"a@{'.'.join(['a' * 60] * 5)}.org", "254"),
        (f"a@{'é.' * 124}org", "domain name"),
        # Short enough as typed, too long in punycode.
        (f"{'a' * 64}@{'é.' * 30}org", "254"),
        ("zoe@[192.0.2.1]", "domain name"),
        ("zoe@192.0.2.1", "full domain"),
        ("zoe@localdomain", "full domain"),
        ("zoe@exam_ple.org", "domain name"),
        ("zoe@example..org", "domain name"),
        ("zoe@example.org.", "domain name"),
        ("zoe@-example.org", "domain name"),
        ("zoe@xn--zzzzzz9999.org", "domain name"),
        ("zoe@exаmple.org", "alphabets"),  # a Cyrillic а
        ("zoe@аррӏе.com", "alphabets"),  # all Cyrillic before .com
        ("zoe@xn--80ak6aa92e.com", "alphabets"),  # the same in punycode
        ("zoe@example.οrg", "alphabets"),  # a Greek ο
        ("zoe@eɡample.org", "look like"),  # a Latin script g
    ],
)
def test_an_address_that_smtp_cannot_carry_is_refused_with_its_reason(
    raw: str, reason: str
) -> None:
    with pytest.raises(AddressRefused, match=reason) as refusal:
        normalise_email(raw)

    assert "zoe" not in str(refusal.value).lower()


@given(
    st.text(alphabet="aZé.@-+_ \r\n\x00<>()[]\"\\,;:'中а\u0301\u200d\ud800。xn0-ﷺ", max_size=40),
    st.sampled_from(["", "@", "@b.fr", "@é.test", "a@"]),
)
@settings(max_examples=400, deadline=None)
def test_whatever_is_accepted_is_plain_ascii_without_a_delimiter(text: str, ending: str) -> None:
    for raw in (text + ending, ending + text):
        try:
            email = normalise_email(raw)
        except AddressRefused:
            continue

        assert ATEXT_ADDRESS.fullmatch(email.send_to)
        assert len(email.send_to) <= 254


@given(
    st.lists(st.text(alphabet="abZ09-", min_size=1, max_size=70), min_size=1, max_size=4),
    st.sampled_from(["fr", "ORG", "re", "test", "local", "fr.", "x"]),
)
@settings(max_examples=200, deadline=None)
def test_a_name_of_every_day_is_what_the_library_would_say(labels: list[str], ending: str) -> None:
    domain = ".".join([*labels, ending])
    if not addresses._is_everyday(domain):
        return
    said = email_validator.validate_email(
        f"x@{domain}", check_deliverability=False, globally_deliverable=False
    )

    assert normalise_email(f"x@{domain}").send_to == f"x@{said.ascii_domain.lower()}"


@pytest.mark.parametrize(
    "hostile",
    [
        lambda size: "a" * size + "@",
        lambda size: "a" * size + "@b.fr",
        lambda size: "a." * size + "@b.fr",
        lambda size: "a@" + "a." * size,
        lambda size: "@" * size,
        lambda size: "a@" + "ﷺ" * size,
        lambda size: "a@" + "é." * size + "fr",
        lambda size: "a@" + "\u0301" * size,
    ],
)
def test_refusing_an_address_costs_no_more_than_its_length(hostile: Callable[[int], str]) -> None:
    def refuse(size: int) -> None:
        with pytest.raises(AddressRefused):
            normalise_email(hostile(size))

    assert grows_linearly(refuse, 50_000)


@pytest.mark.parametrize(
    ("raw", "territory", "number"),
    [
        ("+33 6 39 98 12 34", "FR", "+33639981234"),
        ("06 39 98 12 34", "67", "+33639981234"),
        ("06.39.98.12.34", "FR", "+33639981234"),
        ("(+33) 6-39-98-12-34", "974", "+33639981234"),
        ("+33 (0)6 39 98 12 34", "FR", "+33639981234"),
        ("0033639981234", "FR", "+33639981234"),
        ("33 6 39 98 12 34", "FR", "+33639981234"),
        ("06 39 98 12 34", "976", "+33639981234"),
        ("06 39 98 12 34", "NC", "+33639981234"),
        ("0692 00 12 34", "FR", "+262692001234"),
        ("0690 00 12 34", "57", "+590690001234"),
        ("0694 20 12 34", "974", "+594694201234"),
        ("0696 20 12 34", "FR", "+596696201234"),
        ("0639 01 12 34", "FR", "+262639011234"),
        ("692001234", "FR", "+262692001234"),
        ("+33 692 00 12 34", "FR", "+262692001234"),
        ("+262 (0)692 00 12 34", "FR", "+262692001234"),
        ("06‑39–98‐1234", "FR", "+33639981234"),
        ("639981234", "FR", "+33639981234"),
        ("\u202a+33\u00a06\u202f39 98 12 34\u202c", "FR", "+33639981234"),
    ],
)
def test_a_number_is_read_however_people_space_it(raw: str, territory: str, number: str) -> None:
    assert normalise_phone(raw, territory) == number


@pytest.mark.parametrize("raw", ["0508 55 12 34", "0508551234", "055 12 34", "+508 55 12 34"])
def test_a_country_s_code_behind_a_single_0_is_read(raw: str) -> None:
    assert normalise_phone(raw, "975") == "+508551234"


@pytest.mark.parametrize(
    ("territory", "region"),
    [
        ("FR", "FR"),
        ("57", "FR"),
        ("971", "GP"),
        ("972", "MQ"),
        ("973", "GF"),
        ("974", "RE"),
        ("975", "PM"),
        ("976", "YT"),
        ("BL", "BL"),
        ("MF", "MF"),
        ("NC", "NC"),
        ("PF", "PF"),
        ("WF", "WF"),
    ],
)
def test_a_national_number_is_read_in_its_contact_s_territory(territory: str, region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)

    number = normalise_phone(national, territory)

    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert number == e164


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "no number"),
        ("=0639981234", "something else"),
        ("+33639981234,1", "something else"),
        ("+33639981234;ext=2", "something else"),
        ("0639981234 ou 0639981235", "more than one number"),
        ("06 39 98 12 34 / 06 39 98 12 35", "one number"),
        ("0" * 100, "too long"),
        ("0639981234\n", "something else"),
        ("٠٦٣٩٩٨١٢٣٤", "something else"),
        ("6,3998E+08", "rounded by a spreadsheet"),
        ("01 99 00 12 34", "fixed line"),
        ("0912345678", "not a mobile"),
        ("112", "no known range"),
        ("()", "not a telephone number"),
    ],
)
def test_a_number_that_gets_no_sms_is_refused_with_its_reason(raw: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason) as refusal:
        normalise_phone(raw, "FR")

    assert not re.search(r"\d{3}", str(refusal.value))


@given(st.from_regex(r"(\+33|0)[67][0-9]{8}", fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_the_fast_way_and_the_library_agree(raw: str) -> None:
    parsed = phonenumbers.parse(raw, "FR")
    mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    try:
        number = normalise_phone(raw, "FR")
    except AddressRefused:
        assert not mobile
        assert not is_fictional(e164)
    else:
        # 069 and 0639 are overseas: the library, asked about the mainland, knows none of them.
        assert number == e164 or (not mobile and number[-9:] == e164[-9:])


def test_only_the_arcep_range_is_fictional() -> None:
    assert is_fictional("+33639980000")
    assert is_fictional("+33639989999")
    assert not is_fictional("+33639970000")
    assert not is_fictional("+336399800001")


def test_a_log_shows_too_little_to_write_to_anybody() -> None:
    assert mask_email("prune.martin@example.org") == "p***@e***.org"
    assert mask_email("no address") == "***"
    assert mask_phone("+33639981234") == "+33***34"
    assert mask_phone("36180") == "***"


@pytest.mark.parametrize(
    ("raw", "number", "completed"),
    [
        ("+33639980001", "+33639980001", False),
        ("06 39 98 00 01", "+33639980001", False),
        ("639980001", "+33639980001", True),
        ("33639980001", "+33639980001", True),
        # Tahiti's own numbers are dialled so; with its code, only the + was added.
        ("87 12 34 56", "+68987123456", False),
        ("689 87 12 34 56", "+68987123456", True),
        ("+689 87 12 34 56", "+68987123456", False),
        # The mainland's code before an overseas number is mended.
        ("+33 692 12 34 56", "+262692123456", True),
    ],
)
def test_what_was_added_to_a_number_is_told(raw: str, number: str, completed: bool) -> None:
    assert was_completed(raw, number) is completed


@pytest.mark.parametrize(
    ("raw", "number"),
    [("06 39 98 00 01", True), ("01 99 00 12 34", True), ("service 3", False), ("+33 6 39", False)],
)
def test_a_cell_holds_a_number_whether_or_not_it_gets_an_sms(raw: str, number: bool) -> None:
    assert is_number(raw, "FR") is number


def test_a_sign_that_stands_for_many_is_measured_before_it_is_read() -> None:
    with pytest.raises(AddressRefused, match="longer than 254"):
        normalise_email("a@" + "\ufdfa" * 20 + ".example")


def test_nothing_is_erased_of_a_person_who_is_frozen() -> None:
    refuse_frozen(ContactId(7), None)
    with pytest.raises(Frozen, match="since 2026-10-01"):
        refuse_frozen(ContactId(7), datetime(2026, 10, 1, tzinfo=UTC))
