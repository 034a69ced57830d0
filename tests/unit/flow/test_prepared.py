"""A group is prepared by its provider before its messages are handed over one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.domain.message import Message
from tests.flow_world import EVENT, ScriptedProvider, open_world
from tests.unit.flow.test_no_barrier import plan


@dataclass(kw_only=True)
class Preparing(ScriptedProvider):
    prepared: list[str] = field(default_factory=list)

    async def prepare(self, messages: Sequence[Message]) -> Sequence[Message]:
        self.prepared += [message.to for message in messages]
        return messages


async def test_each_message_is_prepared_before_it_is_tried(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await plan(world, 20)
        provider = Preparing()
        world.senders = {
            name: replace(one, provider=provider) for name, one in world.senders.items()
        }
        provider.on_try = lambda message: provider.tries.append(
            "prepared" if message.to in provider.prepared else "not prepared"
        )

        await world.send()

    assert len(provider.accepted) == 20
    assert "not prepared" not in provider.tries
