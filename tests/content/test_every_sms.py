"""Every SMS shipped is one part, by a count of our own, whoever fills in its blanks."""

import pytest

from scheduler.content.rules.easy import easy
from scheduler.content.rules.passage import Passage
from scheduler.domain.host import OURS, VICTOR, Host
from tests.shipped import TOKEN, Shipped, folders, texts

#: GSM 7-bit default alphabet and its extension (3GPP TS 23.038, tables 6.2.1 and 6.2.1.1).
GSM_7 = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
ESCAPED = "\f^{}\\[~]|€"
#: By the sender's kind: a name's readers follow a link, a short code's answer it.
SUFFIXES = {"CHEXEMPLE": f" Stop : sms.example.org/{TOKEN}", "36123": " STOP au 36123"}
#: A short address that people can still type: a shipped text leaves room for one of that length.
LONG_HOST = "reflexe.ch-exemple.example"
#: The one event that patients are invited to.
WEBINAR = "evenements/webinaire/"

every_sms = pytest.mark.parametrize("text", texts("sms"), ids=lambda text: text.name)


def septets(body: str) -> int:
    """What a text takes of the 160 of one part; more than any part holds when it isn't GSM-7."""
    return sum(1 if sign in GSM_7 else 2 if sign in ESCAPED else 1000 for sign in body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [("a" * 160, 160), ("a" * 159 + "€", 161), ("É" * 4, 4), ("ç", 1000), ("’", 1000)],
)
def test_the_count_is_that_of_the_standard(body: str, expected: int) -> None:
    assert septets(body) == expected
    assert len(GSM_7) == 128


@every_sms
@pytest.mark.parametrize("sender", SUFFIXES)
def test_an_sms_is_one_part_with_its_suffix(text: Shipped, sender: str) -> None:
    for values in (text.examples(), text.longest()):
        body = text.sms(values, sender)

        assert body.endswith(SUFFIXES[sender])
        assert septets(body) <= 160


@every_sms
def test_an_sms_leaves_room_for_a_long_short_address(text: Shipped) -> None:
    assert len(LONG_HOST) == 26

    for values in (text.examples(), text.longest()):
        body = text.sms(values, short_url=f"https://{LONG_HOST}")

        assert body.endswith(f" Stop : {LONG_HOST}/{TOKEN}")
        assert septets(body) <= 160


@pytest.mark.parametrize("host", [VICTOR, OURS], ids=lambda host: host.name)
@pytest.mark.parametrize(
    "text", [one for one in texts("sms") if "hote" in one.source.body], ids=lambda text: text.name
)
def test_whoever_hosts_an_sms_leaves_that_room(text: Shipped, host: Host) -> None:
    body = text.sms(text.longest(), short_url=f"https://{LONG_HOST}")

    assert VICTOR.name in body
    assert septets(body.replace(VICTOR.name, host.name)) <= 160


@every_sms
def test_an_sms_has_no_mark_left_no_name_and_no_gap(text: Shipped) -> None:
    body = text.sms(text.examples())

    assert not {"{", "}", "\n", "  "} & {*body, *(body[n : n + 2] for n in range(len(body)))}
    assert "prenom" not in text.source.body
    assert body[0].isupper()


@every_sms
def test_an_sms_says_what_its_organisation_typed(text: Shipped) -> None:
    body = text.sms(text.examples())

    for name, value in text.examples().items():
        if "{{ " + name + " }}" in text.source.body:
            assert value in body


def test_every_sms_that_patients_get_has_an_easy_one() -> None:
    for folder in folders():
        sent = [one for one in folder.picks("sms", "patients") if one.variant == "fr"]
        easy = folder.pick("sms", "patients", "fr", easy_to_read=True)
        if sent and folder.path.startswith(("cybermois/", "rappels/", "fuite", WEBINAR)):
            assert easy is not None
            assert easy.variant == "fr-falc", folder.path


@pytest.mark.parametrize(
    "text",
    [text for text in texts("sms") if text.source.variant == "fr-falc"],
    ids=lambda text: text.name,
)
def test_an_easy_sms_is_easy(text: Shipped) -> None:
    passage = Passage(file=text.name, text=text.source.body)

    assert [one.message for one in easy(passage, lines=False)] == []
