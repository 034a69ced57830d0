"""Figures and spans to an OTLP/HTTP receiver: what arrives, and what never waits for it."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from scheduler.bootstrap import App
from scheduler.daemon.telemetry import exporting
from scheduler.daemon.telemetry.exporting import Telemetry
from scheduler.daemon.telemetry.opening import telemetry_of
from scheduler.daemon.telemetry.receiver import Receiver
from scheduler.domain.errors import ConfigError
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.domain.showing.counted import Tally
from scheduler.domain.showing.traced import Traces, Work
from scheduler.flow.people.opt_out import leave_by_click
from scheduler.web.desk.metrics import current_families, exposition
from tests.commands import reflexe
from tests.flow_world import write_installation
from tests.parts.otlp import Labels, collecting
from tests.parts.processes import free_port
from tests.samples.desk import send_announcement
from tests.worlds import STAFF, import_people, make_world

PARTS = ["opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    yield opened
    await opened.close()


def telemetry(app: App, url: str, share: float = 0.1, chance: float = 0.0) -> Telemetry:
    """Told each time that it is looked at; by default it tells of every transaction."""
    traces = Traces(share, lambda: chance, time.time_ns)
    app.ledger.database.counted.traces = traces
    return Telemetry(
        current=lambda: app, looked_at=app.clock, receiver=Receiver(url), traces=traces
    )


async def shown(app: App) -> dict[tuple[str, Labels], float]:
    """What ``/metrics`` says, but for the process."""
    families = await current_families(app, app.clock())
    told = {}
    for family in text_string_to_metric_families(exposition(families).decode()):
        for one in family.samples:
            name = one.name.removesuffix("_total") if family.type == "counter" else one.name
            told[name, tuple(sorted(one.labels.items()))] = one.value
    return {one: figure for one, figure in told.items() if not one[0].startswith("process_")}


async def become_real(app: App) -> None:
    """Figures of a ledger with somebody in it who isn't invented go by the small-number rule."""
    await import_people(app, "staff", STAFF, origin="the staff's directory")
    assert not await app.ledger.people_are_invented()


async def refuse(app: App) -> str:
    """One person leaves by a click; their token."""
    (card,) = await app.people.find("A1", None)
    assert card.email_id is not None
    token = OptOutToken(address_id=AddressId(card.email_id), contact_id=ContactId(card.contact))
    text = app.ledger.tokens.optout(token)
    await leave_by_click(text, app.ledger.tokens, app.people, app.clock())
    return text


#: What is of a person, or of what they were written, in the samples.
NOBODYS = (b"example.org", b"+33", b"/u/", b"http", b"cybermois", b"annonce", b"Martin", b"Marie")
#: Each look at the gauges is a transaction too, so these move between two.
MOVING = "reflexe_ledger_"


@pytest.mark.parametrize("is_real", [False, True])
async def test_the_figures_that_arrive_are_those_of_metrics(app: App, is_real: bool) -> None:
    if is_real:
        await become_real(app)
    await send_announcement(app)
    await refuse(app)
    with collecting() as collector:
        telling = telemetry(app, collector.url, share=0)
        await telling.look(app.clock())
        told, expected = collector.numbers(), await shown(app)
        await telling.close()

    assert expected.keys() >= told.keys()
    assert {one for one in expected.keys() - told.keys() if MOVING not in one[0]} == set()
    still = {one: figure for one, figure in told.items() if MOVING not in one[0]}
    assert still == {one: expected[one] for one in still}
    moving = {one for one in told if MOVING in one[0]}
    assert {"reflexe_ledger_transactions", "reflexe_ledger_seconds_bucket"} <= {
        name for name, _labels in moving
    }
    assert app.ledger.database.counted.counts(Tally.OPT_OUTS) == {("one-click",): 1}
    assert told["reflexe_opt_outs", (("route", "one-click"),)] == (5 if is_real else 1)
    if is_real:
        counts = {figure for (name, _), figure in told.items() if name.endswith("_transactions")}
        assert {figure for figure in counts if figure % 5} == set()


async def test_the_process_is_told_and_whose_figures_they_are(app: App) -> None:
    with collecting() as collector:
        telling = telemetry(app, collector.url)
        await telling.look(app.clock())
        await telling.close()

    assert "process_resident_memory_bytes" in {one.name for one in collector.metrics}
    assert {tuple(one) for one in collector.resources} == {
        ("service.name", "service.version", "service.instance.id")
    }
    assert {one["service.name"] for one in collector.resources} == {"reflexe"}
    assert len({one["service.instance.id"] for one in collector.resources}) == 1


async def test_spans_tell_names_and_durations_and_nobody(app: App) -> None:
    await become_real(app)
    with collecting() as collector:
        telling = telemetry(app, collector.url)
        await send_announcement(app)
        token = await refuse(app)
        app.ledger.database.counted.trace(Work.LOOK, 1.5)
        await telling.look(app.clock())
        await telling.close()

    spent = app.ledger.database.spending.so_far()
    names = {one.name for one in collector.spans}
    assert {"ledger", "turn", "look"} <= names
    own = names - {"ledger", "turn", "look"}
    assert own, "a transaction that was often enough has its name"
    assert {spent[one].times >= 10 for one in own} == {True}
    (look,) = (one for one in collector.spans if one.name == "look")
    assert look.end_time_unix_nano - look.start_time_unix_nano == 1_500_000_000
    words = {(at.key, at.value.string_value) for one in collector.spans for at in one.attributes}
    assert words <= {
        *(("reflexe.kind", word) for word in ("read", "write")),
        *(("reflexe.channel", word) for word in ("email", "sms")),
    }
    traces = b"".join(
        body
        for path, body in zip(collector.paths, collector.bodies, strict=True)
        if "traces" in path
    )
    assert [one for one in NOBODYS if one in b"".join(collector.bodies)] == []
    assert token.encode() not in b"".join(collector.bodies)
    assert [one for one in (b"writer", b"optout", b"import", b"cards") if one in traces] == []


async def test_what_the_exporters_variables_say_holds(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=essai")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "host.name=poste-de-camille")
    with collecting() as collector:
        telling = telemetry(app, collector.url)
        await telling.look(app.clock())
        await telling.close()

    assert {one["x-tenant"] for one in collector.headers} == {"essai"}
    assert b"camille" not in b"".join(collector.bodies)


async def test_a_receiver_that_is_away_is_one_line_and_is_told_again_once_it_is_back(
    app: App,
) -> None:
    port = free_port()
    telling = telemetry(app, f"http://127.0.0.1:{port}")
    with capture_logs() as lines:
        with collecting(port=port, status=400) as collector:
            for _time in range(3):
                await telling.look(app.clock())
            collector.status = 200
            await telling.look(app.clock())
            await telling.look(app.clock())
        telling.receiver.close()

    said = [(one["event"], one["what"]) for one in lines if one["event"].startswith("telemetry")]
    assert said == [("telemetry.away", "figures"), ("telemetry.back", "figures")]
    (away,) = (one for one in lines if one["event"] == "telemetry.away")
    assert "400" in away["reason"]
    assert [one["event"] for one in lines if one["event"] == "library"] == []
    # What waited meanwhile has come.
    assert collector.spans


async def test_one_that_takes_figures_alone_is_told_them_each_time(app: App) -> None:
    with collecting(lacks="/v1/traces") as collector, capture_logs() as lines:
        telling = telemetry(app, collector.url)
        await telling.look(app.clock())
        await telling.look(app.clock())
        await telling.close()

    assert collector.paths.count("/v1/metrics") == 3
    assert collector.spans == []
    said = [(one["event"], one["what"]) for one in lines if one["event"].startswith("telemetry")]
    assert said == [("telemetry.away", "spans")]


@pytest.mark.parametrize("fault", ["silent", "dripping", "refusing"])
async def test_whatever_the_receiver_does_the_ledger_goes_on_and_a_stop_is_soon(
    app: App, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "LONGEST", 0.5)
    with collecting(drips=0.1 if fault == "dripping" else 0) as collector:
        url = f"http://127.0.0.1:{free_port()}" if fault == "refusing" else collector.url
        if fault == "silent":
            collector.waits.clear()
        telling = telemetry(app, url)
        with capture_logs() as lines:
            looking = asyncio.create_task(telling.look(app.clock()))
            await asyncio.sleep(0.2)
            began = time.monotonic()
            await send_announcement(app)
            sent = time.monotonic() - began
            await looking
            await telling.look(app.clock())
            began = time.monotonic()
            await telling.close()
            took = time.monotonic() - began

    assert app.ledger.database.counted.counts(Tally.SENDS)["email", "sent"] > 0
    assert sent < 5
    # It was away the time before: nobody waits to see whether it still is.
    assert took < exporting.LAST
    assert [one["event"] for one in lines].count("telemetry.away") == 1
    # Nothing is kept for a receiver that nobody tells any more.
    assert app.ledger.database.counted.traces is None


async def test_a_stop_waits_three_seconds_for_a_receiver_that_has_gone_silent(app: App) -> None:
    with collecting() as collector:
        telling = telemetry(app, collector.url)
        await telling.look(app.clock())
        collector.waits.clear()
        began = time.monotonic()
        await telling.close()
        took = time.monotonic() - began

    assert exporting.LAST <= took < 5
    assert collector.paths.count("/v1/metrics") == 2


async def test_nothing_is_opened_where_nobody_asked(app: App) -> None:
    assert telemetry_of(lambda: app, app.clock) is None
    assert app.ledger.database.counted.traces is None


async def test_where_it_is_asked_for_spans_are_kept_from_then_on(tmp_path: Path) -> None:
    with collecting() as collector:
        asked = {"REFLEXE_TELEMETRY__OTLP": f"{collector.url}/"}
        app = await make_world(tmp_path, environment=asked)
        found = telemetry_of(lambda: app, app.clock)
        assert found is not None
        assert app.ledger.database.counted.traces is found.traces
        await found.look(app.clock())
        await found.close()
        await app.close()

    assert collector.metrics


@pytest.mark.parametrize("part", PARTS)
def test_the_daemon_names_the_extra_where_it_is_asked_for_and_not_installed(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    monkeypatch.setenv("REFLEXE_TELEMETRY__OTLP", "http://127.0.0.1:4318")
    config = write_installation(tmp_path)

    answer = reflexe(config, "run")

    assert answer.code == 2
    assert "pip install 'reflexe[otel]'" in answer.err
    assert "telemetry.otlp" in answer.err.lower() or "REFLEXE_TELEMETRY__OTLP" in answer.err
    assert "Traceback" not in answer.err
    # Nothing else asks for it.
    assert reflexe(config, "migrate").code == 0


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:4318",
        "ftp://example.org",
        "http://",
        "http://h:99999",
        "https://user:secret@collector.example.org",
        "http://h/?a=1",
        "http://h/#a",
    ],
)
async def test_what_is_no_address_of_a_receiver_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match=r"OTLP/HTTP receiver"):
        await make_world(tmp_path, environment={"REFLEXE_TELEMETRY__OTLP": url})


def test_what_runs_without_it_loads_none_of_it() -> None:
    program = (
        "import sys; import scheduler.daemon.life, scheduler.web.desk.app\n"
        "print([one for one in sys.modules if one.startswith(('opentelemetry', 'google'))])"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (told.stdout, told.returncode) == ("[]\n", 0)
