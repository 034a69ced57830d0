"""The fourth Sunday of October 2026, the end of summer time, through Postfix and a fake Twilio.

1,200 people in five zones. One run, from Friday to Tuesday; each test looks at what it left: the
relay's mailboxes, the look-alike's list, and the ledger.
"""

import re
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.names.tokens import OptOutToken
from scheduler.store.keys.tokens import Tokens
from tests.fakes import FakeTwilio, sign
from tests.parts import mail_server as mail
from tests.parts.daemon import Daemon
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, Row, install, patient, staff
from tests.parts.mail_server import MailServer
from tests.parts.processes import wait_until
from tests.samples.content import outline

PEOPLE = 1200
#: Zone, territory, and how many of a hundred people live there; Paris has the rest.
AWAY = [
    ("Indian/Reunion", "974", 6),
    ("America/Guadeloupe", "971", 6),
    ("Pacific/Tahiti", "PF", 4),
    ("Pacific/Noumea", "NC", 4),
]
#: First names that a program may stumble on.
NAMES = [
    "Zoë",
    "Jean-Loïc",
    "O’Connor",
    "<b>Ève</b>",
    "{{ 7 * 7 }}",
    "=?utf-8?q?a?=",
    "A.",
    "From",
    "小林",
    "مريم",
    "É" * 120,
    "",
]
FRIDAY = datetime(2026, 10, 23, 8, tzinfo=UTC)
SUNDAY = datetime(2026, 10, 25, tzinfo=UTC).date()
#: 10:00 of each zone on that Sunday, in UTC: Paris is on winter time by then.
DUE = {
    "Pacific/Noumea": datetime(2026, 10, 24, 23, tzinfo=UTC),
    "Indian/Reunion": datetime(2026, 10, 25, 6, tzinfo=UTC),
    "Europe/Paris": datetime(2026, 10, 25, 9, tzinfo=UTC),
    "America/Guadeloupe": datetime(2026, 10, 25, 14, tzinfo=UTC),
    "Pacific/Tahiti": datetime(2026, 10, 25, 20, tzinfo=UTC),
}
DAY = timedelta(days=1)


@dataclass(kw_only=True, slots=True)
class October:
    """What the run left."""

    home: Installation
    mails: dict[str, list[EmailMessage]]
    texts: list[dict[str, str]]
    emails: list[Row]
    sms: list[Row]
    #: Zone of each address and number.
    zones: dict[str, str]
    #: Addresses whose holders opted out: before the run, in the midst of it, after their mail.
    left_before: str
    left_meanwhile: str
    left_after: str
    #: How many SMS the look-alike had by the end of Sunday.
    sunday_texts: int
    #: Answers to callbacks: signed, and forged.
    callbacks: list[int] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    #: How long the deliveries of Paris took.
    seconds: float = 0


@pytest.fixture(scope="module")
def october(mail_server: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[October]:
    with hosted(FakeTwilio()) as twilio:
        home = install(tmp_path_factory.mktemp("october") / "home", FRIDAY)
        _use(home, mail_server, twilio)
        zones = _import(home)
        with home.daemon() as running:
            yield _live_through(home, running, mail_server, twilio, zones)


def _use(home: Installation, relay: MailServer, twilio: FakeTwilio) -> None:
    home.set(
        channels__email__provider="smtp",
        channels__email__return_path_domain=mail.BOUNCES_DOMAIN,
        channels__email__smtp__host="127.0.0.1",
        channels__email__smtp__port=relay.submission_port,
        channels__email__smtp__security="starttls",
        channels__email__smtp__username=mail.USER,
        channels__email__smtp__password=mail.PASSWORD,
        channels__email__smtp__ca_file=relay.certificates.authority,
        channels__sms__provider="twilio",
        channels__sms__twilio__account_sid=twilio.account_sid,
        channels__sms__twilio__auth_token=twilio.auth_token,
        channels__sms__twilio__base_url=twilio.base_url,
        channels__sms__pace__segments_per_second=100,
    )


def _import(home: Installation) -> dict[str, str]:
    """720 of the staff and 480 patients; the zone of each address and number."""
    people = {"staff": [], "patients": []}  # type: dict[str, list[dict[str, str]]]
    zones = {}
    for number in range(PEOPLE):
        kind = "patients" if number % 5 < 2 else "staff"
        zone, territory = _place(number)
        more = {
            "fuseau": zone,
            "territoire": territory,
            "prenom": NAMES[number // 100 % len(NAMES)],
        }
        person = (patient if kind == "patients" else staff)(number, **more)
        if number % 3:
            # Two in three have no number, or gave no consent to be texted.
            person["telephone"] = ""
        people[kind].append(person)
        zones[person["email"]] = zones[person["telephone"].replace(" ", "")] = zone
    for kind, rows in people.items():
        home.import_people(kind, rows)
    return zones


def _place(number: int) -> tuple[str, str]:
    of_hundred = number % 100
    for zone, territory, share in AWAY:
        if of_hundred < share:
            return zone, territory
        of_hundred -= share
    return "Europe/Paris", "FR"


def _live_through(
    home: Installation,
    running: Daemon,
    relay: MailServer,
    twilio: FakeTwilio,
    zones: dict[str, str],
) -> October:
    paris = [who for who, zone in zones.items() if zone == "Europe/Paris" and "@" in who]
    before, after = paris[0], paris[1]
    assert home.say("optout", "add", before).returncode == 0
    home.look_at(running, FRIDAY + DAY)
    for number, (zone, due) in enumerate(DUE.items(), 1):
        home.look_at(running, due - timedelta(minutes=2))
        assert home.slots() == 2 * (number - 1)
        home.step_to(due)
        home.wait_planned(2 * number)
        if zone == "Europe/Paris":
            meanwhile, seconds = _leave_meanwhile(home, running)
        home.wait_settled(of="email")
    home.step_to(datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
    one_click(running, unsubscribe_url(relay.messages(after)[0]))
    sunday_texts = len(twilio.messages)
    for number, due in enumerate(DUE.values(), 1):
        home.step_to(due + DAY)
        home.wait_planned(10 + 2 * number)
        home.wait_settled(of="sms")
    callbacks = _call_back(running, twilio)
    home.step_to(datetime(2026, 10, 27, 9, tzinfo=UTC))
    wait_until(lambda: home.occurrence_state(EPISODE) == "finished", "the occurrence is finished")
    sent = home.count("sent", "email")
    relay.wait_for(sent)
    mails: dict[str, list[EmailMessage]] = {}
    for message in relay.all_messages():
        mails.setdefault(str(message["Delivered-To"]), []).append(message)
    return October(
        home=home,
        mails=mails,
        texts=list(twilio.messages),
        emails=home.deliveries("email"),
        sms=home.deliveries("sms"),
        zones=zones,
        left_before=before,
        left_meanwhile=meanwhile,
        left_after=after,
        sunday_texts=sunday_texts,
        callbacks=callbacks,
        events=home.rows("select * from event order by id"),
        seconds=seconds,
    )


EPISODE = "4-ne-pas-se-devoiler"


def _leave_meanwhile(home: Installation, running: Daemon) -> tuple[str, float]:
    """The last in the queue presses the button while the first are served."""
    began = time.monotonic()
    wait_until(lambda: home.count("sent", "email") >= 300, "some of Paris are served")
    last = [row for row in home.deliveries("email") if row["state"] == "waiting"][-1]
    keys = home.keys()
    token = OptOutToken(address_id=last["address_id"], contact_id=last["contact_id"])
    status = one_click(running, f"{running.public}/d/{Tokens(keys).optout(token)}")
    assert status == 200
    home.wait_settled(of="email")
    return str(last["to"]), time.monotonic() - began


def one_click(running: Daemon, url: str) -> int:
    """The request of a mail client's own button (RFC 8058), at the daemon itself."""
    body = b"List-Unsubscribe=One-Click"
    here = running.public + urlsplit(url).path
    request = urllib.request.Request(here, data=body, method="POST")  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own
        return int(answer.status)


def unsubscribe_url(message: EmailMessage) -> str:
    found = re.search(r"<(https://[^>]+)>", str(message["List-Unsubscribe"]))
    assert found is not None
    return found[1]


def _call_back(running: Daemon, twilio: FakeTwilio) -> list[int]:
    """The carrier's word on the first text, once by Twilio and once by somebody else."""
    first = twilio.messages[0]
    url = twilio.requests[0]["StatusCallback"]
    form = {"MessageSid": first["sid"], "MessageStatus": "delivered", "To": first["to"]}
    return [
        _post(running, url, form, sign(token, url, list(form.items())))
        for token in (twilio.auth_token, "not-the-token")
    ]


def _post(running: Daemon, url: str, form: dict[str, str], signature: str) -> int:
    parts = urlsplit(url)
    request = urllib.request.Request(  # noqa: S310 - our own
        f"{running.public}{parts.path}?{parts.query}",
        data=urlencode(form).encode(),
        headers={"X-Twilio-Signature": signature},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_the_mailboxes_and_the_ledger_agree_to_the_row(october: October) -> None:
    sent = [row for row in october.emails if row["state"] == "sent"]

    assert Counter(row["state"] for row in october.emails) == {"sent": PEOPLE - 2, "left-out": 2}
    assert {who: len(found) for who, found in october.mails.items()} == {
        row["to"]: 1 for row in sent
    }
    for row in sent:
        (message,) = october.mails[row["to"]]
        assert f"id {row['provider_id']}" in str(message["Received"])


def test_twilio_and_the_ledger_agree_to_the_row(october: October) -> None:
    sent = {row["to"]: row["provider_id"] for row in october.sms if row["state"] == "sent"}
    left_out = Counter(row["reason"] for row in october.sms if row["state"] == "left-out")

    assert sent == {text["to"]: text["sid"] for text in october.texts}
    assert len(sent) == len(october.texts) == len(range(0, PEOPLE, 3))
    assert left_out == {"no-address": PEOPLE - len(sent)}


def test_every_mail_leaves_on_sunday_at_ten_where_its_reader_lives(october: October) -> None:
    for address, (message, *_) in october.mails.items():
        zone = october.zones[address]
        local = parsedate_to_datetime(message["Date"]).astimezone(ZoneInfo(zone))
        assert local.date() == SUNDAY
        assert (local.hour, local.minute) in {(10, minute) for minute in range(5)}


def test_no_text_leaves_on_sunday_and_all_leave_on_monday_at_ten(october: October) -> None:
    assert october.sunday_texts == 0

    for row in october.sms:
        if row["state"] == "sent":
            zone = ZoneInfo(october.zones[row["to"]])
            local = datetime.fromtimestamp(row["at"] / 1000, zone)
            assert local.date() == SUNDAY + DAY
            assert local.hour == 10


def test_an_opt_out_holds_before_the_run_in_its_midst_and_after_it(october: October) -> None:
    states = {row["to"]: (row["state"], row["reason"]) for row in october.emails}

    for address in (october.left_before, october.left_meanwhile):
        assert states[address] == ("left-out", "opted-out")
        assert address not in october.mails
    assert len(october.mails[october.left_after]) == 1
    routes = [row["route"] for row in october.home.rows("select route from suppression")]
    assert sorted(routes) == ["one-click", "one-click", "operator"]


def test_each_header_of_a_bulk_mail_is_there_once(october: October) -> None:
    for address, (message, *_) in october.mails.items():
        assert not message.defects
        for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted"):
            assert len(message.get_all(name, [])) == 1, name
        assert str(message["To"]) == address
        assert message["Bcc"] is None
        assert len(message.get_all("List-Unsubscribe", [])) == 1
        assert message["List-Unsubscribe"].count("https://") == 1
        assert message.get_all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"]
        assert address.partition("@")[0] not in unsubscribe_url(message)


def test_no_two_messages_share_an_id_or_a_way_out(october: October) -> None:
    messages = [message for (message, *_) in october.mails.values()]

    assert len({message["Message-ID"] for message in messages}) == len(messages)
    assert len({unsubscribe_url(message) for message in messages}) == len(messages)


def test_text_and_page_say_the_same_to_each_name(october: October) -> None:
    names = {row["email"]: row["prenom"] for row in _people(october.home)}
    seen = set()
    for address, (message, *_) in october.mails.items():
        key = (names[address], message["Subject"])
        if key in seen:
            continue
        seen.add(key)
        text, page = _part(message, "plain"), outline(_part(message, "html"))
        greeting = f"Bonjour {names[address]}," if names[address] else "Bonjour,"
        assert greeting in _squeezed(text)
        assert greeting in _squeezed(page.words)
        assert "script" not in page.tags
        assert _words(text) >= _words(_body(page.words))
    assert len(seen) == 2 * len(NAMES)


def test_a_signed_callback_is_noted_and_a_forged_one_refused(october: October) -> None:
    assert october.callbacks == [204, 403]
    assert [(row["kind"], row["delivery_id"]) for row in october.events] == [
        ("delivered", _row_of(october, october.texts[0]["sid"]))
    ]


def test_nothing_needs_a_person_afterwards(october: October) -> None:
    report = october.home.ask("report", f"cybermois/{EPISODE}/{SUNDAY}")

    assert october.home.alarms() == []
    assert report["state"] == "finished"
    print(f"\n{PEOPLE} people; Paris took {october.seconds:.1f} s")  # noqa: T201 - a figure


def _row_of(october: October, sid: str) -> int:
    return next(int(row["id"]) for row in october.sms if row["provider_id"] == sid)


def _people(home: Installation) -> Iterator[dict[str, str]]:
    for audience in ("staff", "patients"):
        yield from home.people_of(audience)


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    assert str(body["Content-Transfer-Encoding"]) == "quoted-printable"
    assert body.get_content_charset() == "utf-8"
    return str(body.get_content())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


def _body(words: str) -> str:
    """What a reader sees, from the greeting on: the head of the page is no text of the message."""
    return words[words.index("Bonjour") :]
