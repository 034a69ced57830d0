"""A whole examination of a domain that is in order, and of one that says nothing or too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.doctor.addresses import PROOF
from scheduler.domain.doctor.lines import Check, Line, Verdict
from scheduler.domain.doctor.seen import KeysSeen, MailboxSeen, RelaySeen, WebSeen
from scheduler.domain.doctor.zone import Kind, Records
from scheduler.domain.errors import InboxAway, Temporary
from scheduler.domain.message import Message
from scheduler.flow.watching import own_letter, questions
from scheduler.flow.watching.examination import Doctor
from scheduler.flow.watching.examined import Asked, Machine, Outside
from scheduler.flow.watching.own_letter import OwnLetter
from tests.flow_world import ScriptedProvider
from tests.samples.doctor import GOOD, KEY, POLICY

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
HERE = Machine(
    clock_is_kept=True,
    free={"var": 9000},
    keys=KeysSeen(exists=True),
    open_secrets=["secrets/twilio"],
    zones=("Europe/Paris",),
    differing=(),
    missing=(),
)
ASKED = Asked(
    sender="example.org",
    envelope="retour.example.org",
    reports="cyber@example.org",
    relay="relais.example.org",
    selector="s1",
    public_url="https://cyber.example.org",
    short_url="https://sms.example.org",
)
SIGNED = (
    b"From: a@example.org\r\nList-Unsubscribe: <https://cyber.example.org/d/x>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; "
    b"h=from:list-unsubscribe:list-unsubscribe-post; b=x\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; d=autre.example; s=s1; h=from; b=x\r\n\r\nEssai\r\n"
)


@dataclass
class Names:
    """A domain's records as DNS gives them."""

    published: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=lambda: GOOD)
    silent: Sequence[str] = ()

    async def look(self, kind: Kind, name: str) -> Records:
        if name in self.silent:
            return Records(silent="no answer")
        values = self.published.get((kind.value, name), ())
        return Records(values=tuple(one.rstrip(".") for one in values), no_such_name=not values)


class Web:
    """Our own addresses, as anybody outside meets them."""

    async def get(self, url: str) -> WebSeen:
        return WebSeen(status=200, text=POLICY, says=None)

    async def post(self, url: str, body: str) -> WebSeen:
        return WebSeen(status=200, headers={PROOF: "proof"})


@dataclass
class Box:
    back: bytes | None = SIGNED
    away: bool = False

    async def rights(self) -> MailboxSeen:
        return MailboxSeen()

    async def letter(self, message_id: str) -> bytes | None:
        if self.away:
            raise InboxAway("no route")
        return self.back


def own(box: Box, *, holds: bool | None = True, broken: Exception | None = None) -> OwnLetter:
    return OwnLetter(
        provider=ScriptedProvider(broken=broken),
        box=box,
        sender="a@example.org",
        domain="retour.example.org",
        public_url="https://cyber.example.org",
        token="jeton",
        seconds=0,
        holds=lambda mail, tags, key: holds,
    )


async def lines(
    *checks: Check,
    asked: Asked = ASKED,
    names: Names | None = None,
    letter: OwnLetter | None = None,
    click: tuple[str, str] | None = None,
    relay: RelaySeen | None = None,
) -> list[Line]:
    async def answered() -> RelaySeen:
        assert relay is not None
        return relay

    skipped = {check: "not here" for check in Check if check not in checks}
    outside = Outside(
        resolver=names or Names(),
        web=Web(),
        letter=letter,
        click=click,
        relay=answered if relay else None,
    )
    found = await Doctor(replace(asked, skipped=skipped), outside, HERE, NOW).examine()
    return list(found.lines)


def verdicts(found: Sequence[Line]) -> list[Verdict]:
    return [one.verdict for one in found]


FINE, WRONG, UNKNOWN = Verdict.FINE, Verdict.WRONG, Verdict.UNKNOWN


async def test_a_domain_in_order_has_nothing_wrong_and_each_secret_that_is_open_its_line() -> None:
    told = await lines(*Check, asked=ASKED, letter=own(Box()), click=("jeton", "proof"))

    wrong = [one for one in told if one.verdict is WRONG]
    assert {one.check for one in wrong} <= {Check.KEYS, Check.PUBLIC_ADDRESS, Check.SHORT_ADDRESS}
    assert any("secrets/twilio" in f"{one.subject} {one.told}" for one in told)
    # Nobody to ask is no line.
    asked_of = {one.check for one in told}
    assert not asked_of & {Check.RELAY, Check.TWILIO, Check.MAILBOX}


async def test_a_daemon_whose_keys_cannot_be_read_proves_nothing() -> None:
    assert verdicts(await lines(Check.ONE_CLICK)) == [UNKNOWN]
    assert verdicts(await lines(Check.ONE_CLICK, click=("jeton", "proof"))) == [FINE]
    assert verdicts(await lines(Check.ONE_CLICK, click=("jeton", "another"))) == [WRONG]


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (ASKED, [FINE]),
        (replace(ASKED, selector=""), [UNKNOWN]),
        # The keys that this program signs with itself: each is to be published.
        (
            replace(
                ASKED,
                signing_domain="example.org",
                signs={"s1": f"v=DKIM1; k=rsa; p={KEY}", "s2": f"v=DKIM1; k=rsa; p={KEY}"},
            ),
            [FINE, WRONG],
        ),
    ],
)
async def test_the_key_is_asked_by_its_selector(asked: Asked, verdict: list[Verdict]) -> None:
    assert verdicts(await lines(Check.DKIM, asked=asked)) == verdict


async def test_the_test_mail_tells_the_selector_itself() -> None:
    asked = replace(ASKED, selector="")

    told = await lines(Check.DKIM, Check.TEST_MAIL, asked=asked, letter=own(Box()))

    assert [(one.check, one.verdict) for one in told] == [
        (Check.TEST_MAIL, FINE),
        (Check.DKIM, FINE),
    ]


@pytest.mark.parametrize(
    ("letter", "verdict", "told"),
    [
        (own(Box()), FINE, ""),
        (own(Box(), holds=None), FINE, ""),
        (own(Box(), holds=False), WRONG, ""),
        (own(Box(back=None)), WRONG, ""),
        (own(Box(), broken=Temporary("451", "later")), WRONG, "later"),
        (own(Box(away=True)), UNKNOWN, "the mailbox can't be read"),
        (None, None, ""),
    ],
    ids=["back", "unread", "broken", "lost", "refused", "away", "none"],
)
async def test_the_test_mail_comes_back_whole_or_says_where_it_stopped(
    letter: OwnLetter | None, verdict: Verdict | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_letter, "PAUSE", 0)
    found = await lines(Check.TEST_MAIL, letter=letter)

    assert verdicts(found) == ([verdict] if verdict else [])
    assert all(told in one.told for one in found)


async def test_where_the_relay_does_not_answer_no_mail_is_tried() -> None:
    letter = own(Box())
    down = RelaySeen(fault="connection refused", may_pass=True)

    found = await lines(Check.RELAY, Check.TEST_MAIL, letter=letter, relay=down)

    assert [one.check for one in found] == [Check.RELAY, Check.TEST_MAIL]
    assert isinstance(letter.provider, ScriptedProvider)
    assert letter.provider.tries == []


async def test_a_mail_that_is_late_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_letter, "PAUSE", 0)

    class Late(Box):
        looks = 0

        async def letter(self, message_id: str) -> bytes | None:
            self.looks += 1
            return SIGNED if self.looks > 2 else None

    box = Late()
    found = await lines(Check.TEST_MAIL, letter=replace(own(box), seconds=30))

    assert (verdicts(found), box.looks) == ([FINE], 3)


async def test_where_dns_is_silent_nothing_is_called_wrong() -> None:
    silent = Names(silent=["relais.example.org", "_dmarc.example.org", "_dmarc.autre.example"])

    assert verdicts(await lines(Check.DMARC, names=silent)) == [UNKNOWN]
    assert verdicts(await lines(Check.SPF, names=silent)) == [UNKNOWN]
    signer = Names(silent=["_dmarc.autre.example"])
    assert verdicts(await lines(Check.TEST_MAIL, letter=own(Box()), names=signer)) == [UNKNOWN]
    key = Names(silent=["s1._domainkey.example.org"])
    told = await lines(Check.TEST_MAIL, letter=own(Box(), holds=False), names=key)
    assert verdicts(told) == [FINE], "no key to hold it against"


async def test_a_relay_that_has_no_name_is_not_looked_up() -> None:
    (told,) = await lines(Check.SPF, asked=replace(ASKED, relay=""))

    assert told.verdict is UNKNOWN
    assert "can't be seen here" in told.told


async def test_records_without_end_are_not_followed_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(questions, "_MOST_RECORDS", 1)

    (told,) = await lines(Check.SPF)

    assert told.verdict is UNKNOWN
    assert "more than 1 records" in told.told


def test_the_own_letter_bears_what_is_to_be_signed() -> None:
    message: Message = own(Box())._message(NOW + timedelta(0))

    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in message.body
    assert message.to == "desinscription+jeton@retour.example.org"
