"""Questions to a real DNS server, by UDP and by TCP, and what its silence is called."""

from collections.abc import Iterator

import pytest

from scheduler.domain.doctor.zone import Kind, Records
from scheduler.probes import names
from scheduler.probes.names import Dns
from tests.fakes.names import FakeNames

LONG = "v=DKIM1; p=" + "x" * 700


@pytest.fixture
def server() -> Iterator[FakeNames]:
    published = {
        ("TXT", "example.org"): ["v=spf1 -all", "autre"],
        ("TXT", "long.example.org"): [LONG],
        ("MX", "example.org"): ["10 MX1.example.org.", "20 mx2.example.org."],
        ("MX", "null.example.org"): ["0 ."],
        ("A", "mx1.example.org"): ["192.0.2.1"],
        ("AAAA", "mx1.example.org"): ["2001:DB8::1"],
    }
    with FakeNames(published).serving() as running:
        yield running


@pytest.fixture
def dns(server: FakeNames) -> Dns:
    return Dns([server.address], server.port)


async def test_records_are_told_as_rules_read_them(dns: Dns) -> None:
    assert sorted((await dns.look(Kind.TXT, "example.org")).values) == ["autre", "v=spf1 -all"]
    assert sorted((await dns.look(Kind.MX, "Example.org.")).values) == [
        "10 mx1.example.org",
        "20 mx2.example.org",
    ]
    assert (await dns.look(Kind.AAAA, "mx1.example.org")).values == ("2001:db8::1",)


async def test_an_mx_that_takes_no_mail_names_no_host(dns: Dns) -> None:
    from scheduler.domain.doctor.return_path import exchangers

    assert exchangers((await dns.look(Kind.MX, "null.example.org")).values) == []


async def test_an_answer_too_long_for_udp_comes_by_tcp_in_one_piece(
    dns: Dns, server: FakeNames
) -> None:
    assert (await dns.look(Kind.TXT, "long.example.org")).values == (LONG,)
    assert server.asked == {"udp": 1, "tcp": 1}


async def test_no_such_name_is_told_from_a_name_without_such_records(dns: Dns) -> None:
    assert await dns.look(Kind.TXT, "nobody.example") == Records(no_such_name=True)
    assert await dns.look(Kind.TXT, "mx1.example.org") == Records()


async def test_a_failing_and_a_silent_server_say_nothing_of_the_record(
    dns: Dns, server: FakeNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.failing.add("failing.example")
    server.silent.add("silent.example")
    monkeypatch.setattr(names, "PATIENCE", 0.5)
    quick = Dns([server.address], server.port)

    assert (await dns.look(Kind.TXT, "failing.example")).silent == (
        "its servers answer with a failure"
    )
    assert (await quick.look(Kind.TXT, "silent.example")).silent == "no server answers in time"


async def test_what_is_no_name_is_asked_of_nobody(dns: Dns, server: FakeNames) -> None:
    assert (await dns.look(Kind.A, f"{'x' * 64}.example.org")).silent == "LabelTooLong"
    assert server.asked == {}
