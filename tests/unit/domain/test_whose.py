"""Whose a mail is, by what it shows and what the ledger knows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scheduler.domain.answers.whose import Answer, GivenMail, SentMail, Sign, Verdict, WayOut, judge

SENDER = "Cyber@chu.example"
OURS = GivenMail(
    number="N1",
    senders=["cyber@chu.example"],
    replies_to=["dpo@chu.example"],
    addressees=["zoe@example.org"],
    ways_out=["T"],
    signers=["mail.chu.example", "chu.example"],
    hosts=[],
    files=[],
)
LEFT = SentMail(
    occurrence="cybermois/un/2026-10-04",
    campaign="cybermois",
    episode="un",
    left=True,
    at=datetime(2026, 10, 4, 8, tzinfo=UTC),
    address_id=7,
    theirs=True,
)
HERS = WayOut(address_id=7)


def told(
    mail: GivenMail = OURS,
    *,
    made_here: bool = True,
    sent: SentMail | None = LEFT,
    ways_out: tuple[WayOut, ...] = (HERS,),
    strange_hosts: tuple[str, ...] = (),
) -> Answer:
    return judge(
        mail,
        made_here=made_here,
        sent=sent,
        ways_out=ways_out,
        sender=SENDER,
        reply_to="DPO@chu.example",
        strange_hosts=strange_hosts,
    )


def test_what_left_and_says_nothing_else_is_ours() -> None:
    found = told()

    assert found.verdict is Verdict.OURS
    assert found.signs == (Sign.SENT, Sign.SENDER, Sign.ADDRESSEE, Sign.WAY_OUT, Sign.SIGNED)
    assert found.sent is LEFT


def test_whom_it_went_to_need_not_be_known_any_more() -> None:
    found = told(sent=replace(LEFT, theirs=None, address_id=None))

    assert found.verdict is Verdict.OURS
    assert Sign.ADDRESSEE not in found.signs


def test_one_that_the_ledger_forgot_is_ours_still() -> None:
    assert told(sent=None).verdict is Verdict.OURS
    assert Sign.FORGOTTEN in told(sent=None).signs


@pytest.mark.parametrize(
    ("mail", "more", "sign"),
    [
        (OURS, {"sent": replace(LEFT, left=False)}, Sign.NEVER_LEFT),
        (OURS, {"made_here": False, "sent": None}, Sign.NO_NUMBER),
        (replace(OURS, number=""), {"made_here": False, "sent": None}, Sign.NO_HEAD),
        (replace(OURS, senders=["cyber@evil.example"]), {}, Sign.OTHER_SENDER),
        (replace(OURS, senders=[]), {}, Sign.OTHER_SENDER),
        (replace(OURS, replies_to=["vole@evil.example"]), {}, Sign.OTHER_REPLY),
        (OURS, {"sent": replace(LEFT, theirs=False)}, Sign.OTHER_ADDRESSEE),
        (OURS, {"ways_out": (HERS, WayOut(address_id=8))}, Sign.OTHER_WAY_OUT),
        (OURS, {"ways_out": (HERS, WayOut())}, Sign.OTHER_WAY_OUT),
        (OURS, {"strange_hosts": ("evil.example",)}, Sign.LINK_ELSEWHERE),
        (replace(OURS, files=["facture.zip"]), {}, Sign.ATTACHED),
        (replace(OURS, is_cut=True), {}, Sign.CUT),
    ],
)
def test_one_thing_that_ours_never_have_makes_a_copy(
    mail: GivenMail, more: dict[str, object], sign: Sign
) -> None:
    found = told(mail, **more)  # type: ignore[arg-type]

    assert found.verdict is Verdict.COPIED
    assert sign in found.signs


def test_nothing_of_our_making_is_not_ours_and_nothing_to_compare_is_unknown() -> None:
    nobody = replace(OURS, ways_out=[], signers=["evil.example"])
    bare = replace(nobody, number="", senders=[], replies_to=[], addressees=[])

    stranger = told(nobody, made_here=False, sent=None, ways_out=())
    pasted = told(bare, made_here=False, sent=None, ways_out=())

    assert (stranger.verdict, pasted.verdict) == (Verdict.NOT_OURS, Verdict.UNKNOWN)
    assert Sign.UNSIGNED in stranger.signs
    assert Sign.UNSIGNED not in pasted.signs


def test_a_trial_is_told_as_one_unless_something_speaks_against_it() -> None:
    trial = WayOut(trial=True)

    own = told(sent=None, ways_out=(trial,))
    of_another_key = told(made_here=False, sent=None, ways_out=(trial,))
    changed = told(sent=None, ways_out=(trial,), strange_hosts=("evil.example",))

    assert own.verdict is of_another_key.verdict is Verdict.TRIAL
    assert changed.verdict is Verdict.COPIED
    assert Sign.TRIAL_NUMBER in own.signs


def test_a_mail_inside_another_says_so_first() -> None:
    assert told(replace(OURS, is_inside=True)).signs[0] is Sign.INSIDE
