"""/metrics: figures for Prometheus, with the desk's token where there is one, and no person."""

import re

import pytest

from scheduler.bootstrap import App
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.domain.showing.counted import Counted, Span, Tally
from scheduler.domain.showing.gauges import Gauges, Spent
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Figures
from scheduler.flow.people.opt_out import leave_by_click
from scheduler.web.desk import access
from scheduler.web.desk.metrics import counted_families, exposition, gauge_families
from tests.samples.desk import desk_of, send_announcement, visiting

TOKEN = "un-jeton-d-essai-0123456789"
SOME = Gauges(
    deliveries={DeliveryState.SENT: 12},
    overdue={"sms": 3},
    uncertain={"email": 2},
    alarms={"backlog": 1, 'a"b\\c\nd': 1},
    opt_outs=4,
    sent={"email": 5},
    resting={"sms": 1},
    replicas=3,
    spent={
        "claiming.claim": Spent(times=41, seconds=0.25),
        "writer.record": Spent(times=1, seconds=2),
    },
)
#: https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
LINE = re.compile(
    r"# HELP [a-z0-9_]+ [^\n]+|# TYPE [a-z0-9_]+ (?:gauge|counter|histogram)"
    r"|[a-z0-9_]+(?:\{[a-z]+=\"(?:[^\"\\]|\\.)*\"(?:,[a-z]+=\"[^\"]*\")*\})? -?[0-9.e+]+"
)


def lines_of(found: Gauges, age: float | None = 1.5) -> list[str]:
    text = exposition(gauge_families(found, ("email", "sms"), age, EXACT)).decode()
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def test_every_line_is_of_the_text_format_whatever_a_label_holds() -> None:
    lines = lines_of(SOME)

    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert 'reflexe_alarms_open{kind="a\\"b\\\\c\\nd"} 1.0' in lines


def test_seconds_go_by_the_steps_of_what_took_them() -> None:
    """Each act of one person would else be one more change of a figure."""
    counted = Counted()
    seen = []
    for _ in range(16):
        counted.took(Span.LEDGER, "write", 0.125)
        seen.append(counted.times(Span.LEDGER)["write"])

    assert [one.told_seconds for one in seen] == [0.0] * 9 + [1.25] * 5 + [1.875] * 2
    (line,) = [
        line
        for line in exposition(counted_families(counted, (), ROUNDED)).decode().splitlines()
        if line.startswith('reflexe_ledger_seconds_sum{kind="write"}')
    ]
    assert line.endswith(" 1.875")


def test_each_figure_has_its_line_and_nought_is_a_figure() -> None:
    lines = lines_of(SOME)

    assert 'reflexe_deliveries{state="sent"} 12.0' in lines
    assert 'reflexe_deliveries{state="waiting"} 0.0' in lines
    assert 'reflexe_deliveries_overdue{channel="sms"} 3.0' in lines
    assert 'reflexe_deliveries_overdue{channel="email"} 0.0' in lines
    assert 'reflexe_deliveries_uncertain{channel="email"} 2.0' in lines
    assert 'reflexe_deliveries_sent_1h{channel="email"} 5.0' in lines
    assert 'reflexe_alarms_open{kind="backlog"} 1.0' in lines
    assert "reflexe_opt_outs_24h 4.0" in lines
    assert 'reflexe_lanes_resting{channel="sms"} 1.0' in lines
    assert 'reflexe_lanes_resting{channel="email"} 0.0' in lines
    assert "reflexe_replicas 3.0" in lines
    assert "reflexe_last_look_age_seconds 1.5" in lines


def test_each_transaction_has_its_times_and_its_seconds() -> None:
    lines = lines_of(SOME)

    assert "# TYPE reflexe_ledger_transactions_total counter" in lines
    assert 'reflexe_ledger_transactions_total{name="claiming.claim"} 41.0' in lines
    assert 'reflexe_ledger_transactions_seconds_total{name="claiming.claim"} 0.25' in lines


def test_how_often_few_peoples_acts_were_written_is_a_small_figure() -> None:
    text = exposition(gauge_families(SOME, ("email", "sms"), 1.5, ROUNDED)).decode()

    assert 'reflexe_ledger_transactions_total{name="writer.record"} 5.0\n' in text


async def test_a_transaction_of_the_daemon_is_counted_by_the_lines_that_made_it(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        before = await visitor.get("/metrics")
        await app.ledger.known_audiences()
        after = await visitor.get("/metrics")

    assert 'name="known_audiences.known"' not in before.text
    assert 'reflexe_ledger_transactions_total{name="known_audiences.known"} ' in after.text


def test_before_the_first_look_its_age_is_not_told() -> None:
    assert not any("last_look" in line for line in lines_of(SOME, None))


async def test_the_machine_itself_reads_them_and_nobody_is_in_them(app: App) -> None:
    await app.ledger.raise_alarm("channel-stopped", "sms", "20003 +33639980001", app.clock())
    async with visiting(desk_of(app)) as visitor:
        answer = await visitor.get("/metrics")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'reflexe_alarms_open{kind="channel-stopped"} 1.0\n' in answer.text
    assert "reflexe_last_look_age_seconds 5.0\n" in answer.text
    assert "example.org" not in answer.text
    assert "+33" not in answer.text


async def test_elsewhere_they_take_the_desks_token_at_each_request(app: App) -> None:
    async with visiting(desk_of(app, token=TOKEN)) as visitor:
        without = await visitor.get("/metrics")
        with_it = await visitor.get("/metrics", Authorization=f"Bearer {TOKEN}")
        after = await visitor.get("/metrics")
        another = await visitor.get("/metrics", Authorization=f"Basic {TOKEN}")

    assert (without.status, with_it.status, after.status, another.status) == (401, 200, 401, 401)
    assert "reflexe_" in with_it.text
    assert "reflexe_" not in without.text
    assert "Set-Cookie" not in with_it.headers


async def test_the_token_in_a_header_opens_no_other_page(app: App) -> None:
    async with visiting(desk_of(app, token=TOKEN)) as visitor:
        page = await visitor.get("/outbox", Authorization=f"Bearer {TOKEN}")

    assert page.status == 401


async def test_wrong_tokens_in_a_header_are_slowed_down_too_and_the_right_one_never(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "SLOWED_SECONDS", 0.01)
    async with visiting(desk_of(app, token=TOKEN)) as visitor:
        tries = [await visitor.get("/metrics", Authorization="Bearer x") for _ in range(10)]
        slowed = await visitor.get("/metrics", Authorization="Bearer x")
        right = await visitor.get("/metrics", Authorization=f"Bearer {TOKEN}")

    assert {one.status for one in tries} == {401}
    assert (slowed.status, right.status) == (429, 200)


def text_of(counted: Counted, figures: Figures = EXACT) -> str:
    return exposition(counted_families(counted, ("email", "sms"), figures)).decode()


def test_tries_are_counted_by_what_became_of_them_nought_included() -> None:
    counted = Counted()
    counted.add(Tally.SENDS, "email", "sent")
    counted.add(Tally.SENDS, "email", "sent")
    counted.add(Tally.BOUNCES, "hard", "user-unknown")
    counted.add(Tally.OPT_OUTS, "one-click")

    text = text_of(counted)

    assert 'reflexe_sends_total{channel="email",outcome="sent"} 2.0\n' in text
    assert 'reflexe_sends_total{channel="sms",outcome="failed"} 0.0\n' in text
    assert 'reflexe_bounces_total{kind="hard",reason="user-unknown"} 1.0\n' in text
    assert 'reflexe_opt_outs_total{route="one-click"} 1.0\n' in text


def test_times_fall_into_steps_that_add_up() -> None:
    counted = Counted()
    for seconds in (0.005, 0.006, 700.0):
        counted.took(Span.HAND_OVER, "email", seconds)

    text = text_of(counted)

    for end, count in (("0.005", 1), ("0.02", 2), ("600", 2), ("+Inf", 3)):
        assert f'reflexe_hand_over_seconds_bucket{{channel="email",le="{end}"}} {count}.0\n' in text
    assert 'reflexe_hand_over_seconds_count{channel="email"} 3.0\n' in text


def test_small_figures_are_not_told_apart_in_counters_and_steps() -> None:
    one, nine = Counted(), Counted()
    for counted, times in ((one, 1), (nine, 9)):
        for _ in range(times):
            counted.add(Tally.SENDS, "sms", "failed")
            counted.add(Tally.OPT_OUTS, "page")
            counted.took(Span.HAND_OVER, "sms", 0.0)

    assert _ours(text_of(one, ROUNDED)) == _ours(text_of(nine, ROUNDED))
    assert 'outcome="failed"} 5.0\n' in text_of(one, ROUNDED)


def _ours(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("reflexe_")]


def test_the_process_is_told_too() -> None:
    text = text_of(Counted())

    assert {"process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"} <= {
        line.split()[0] for line in text.splitlines()
    }


async def test_a_sending_a_refusal_and_their_times_are_counted(app: App) -> None:
    await send_announcement(app)
    (card,) = await app.people.find("A1", None)
    assert card.email_id is not None
    token = OptOutToken(address_id=AddressId(card.email_id), contact_id=ContactId(card.contact))
    text = app.ledger.tokens.optout(token)
    for _twice in range(2):
        await leave_by_click(text, app.ledger.tokens, app.people, app.clock())

    counted = app.ledger.database.counted

    sent = counted.counts(Tally.SENDS)
    assert sent["email", "sent"] > 0
    assert counted.counts(Tally.OPT_OUTS) == {("one-click",): 1}
    assert counted.times(Span.HAND_OVER)["email"].at_most[-1] == sent["email", "sent"]
    assert {*counted.times(Span.LEDGER)} == {"read", "write"}
