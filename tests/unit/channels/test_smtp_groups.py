"""Mail to a destination group goes over connections of its own, few and not for long."""

import asyncio
from collections import Counter

from scheduler.channels.smtp import Options, Provider
from scheduler.domain.message import Message
from tests.fakes import FakeRelay

BODY = b"Message-ID: <ab12cd@cyber.example.org>\r\nSubject: essai\r\n\r\nBonjour\r\n"


def a_message(number: int, destination: str = "") -> Message:
    return Message(
        delivery=number,
        to=f"p{number}@{destination or 'reste'}.example.org",
        sender="retour@example.org",
        body=BODY,
        reference="ab",
        destination=destination,
    )


def provider_of(relay: FakeRelay, connections: int, **limits: int) -> Provider:
    return Provider(
        Options(
            host=relay.host,
            port=relay.port,
            security="none",
            connections=connections,
            messages_by_destination=limits,
        )
    )


async def batch(provider: Provider, destination: str, numbers: range) -> None:
    """What a sender of a limited lane does."""
    await provider.enter(destination)
    try:
        for number in numbers:
            await provider.send(a_message(number, destination), lambda _: None)
    finally:
        await provider.leave(destination)


async def rest(provider: Provider, numbers: range) -> None:
    """What the sender of everything else does: all at once."""
    await asyncio.gather(*(provider.send(a_message(number), lambda _: None) for number in numbers))


async def test_a_groups_mail_has_its_connections_to_itself() -> None:
    async with FakeRelay(seconds_a_message=0.002) as relay:
        provider = provider_of(relay, 4)
        await asyncio.gather(
            batch(provider, "orange", range(100, 110)),
            batch(provider, "orange", range(110, 120)),
            batch(provider, "free", range(200, 210)),
            rest(provider, range(40)),
        )
        await provider.close()

    assert len(relay.accepted) == 70
    carried: dict[int, set[str]] = {}
    for one in relay.accepted:
        carried.setdefault(one.connection, set()).add(one.recipient.partition("@")[2])
    assert all(len(domains) == 1 for domains in carried.values())
    assert relay.most_carrying["orange.example.org"] == 2
    assert relay.most_carrying["free.example.org"] == 1


async def test_no_more_connections_are_open_than_are_allowed_whoever_uses_them() -> None:
    async with FakeRelay(seconds_a_message=0.002) as relay:
        provider = provider_of(relay, 2)
        await rest(provider, range(10))
        await asyncio.gather(
            batch(provider, "orange", range(100, 110)),
            batch(provider, "free", range(200, 210)),
            rest(provider, range(10, 20)),
        )
        assert sum(len(one) for one in relay.carrying.values()) <= 2
        await provider.close()

    assert len(relay.accepted) == 40


async def test_a_groups_connection_ends_with_its_batch() -> None:
    async with FakeRelay() as relay:
        provider = provider_of(relay, 4)
        await batch(provider, "orange", range(3))
        await batch(provider, "orange", range(3, 6))
        await provider.close()

    per_connection = Counter(one.connection for one in relay.accepted)
    assert sorted(per_connection.values()) == [3, 3]
    assert relay.quits == 2


async def test_a_group_has_no_more_messages_a_connection_than_it_takes() -> None:
    async with FakeRelay() as relay:
        provider = provider_of(relay, 4, yahoo=2)
        await batch(provider, "yahoo", range(5))
        await provider.close()

    per_connection = Counter(one.connection for one in relay.accepted)
    assert sorted(per_connection.values()) == [1, 2, 2]


async def test_one_connection_is_kept_for_everything_else() -> None:
    async with FakeRelay() as relay:
        provider = provider_of(relay, 3)
        await provider.enter("orange")
        await provider.enter("free")
        third = asyncio.create_task(provider.enter("sfr"))
        await asyncio.sleep(0)

        await rest(provider, range(3))
        assert not third.done()

        await provider.leave("orange")
        await third
        for group in ("free", "sfr"):
            await provider.leave(group)
        await provider.close()

    assert len(relay.accepted) == 3
