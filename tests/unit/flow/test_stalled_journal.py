"""The wire journal's record takes long: whoever refused meanwhile was not asked for."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from scheduler.flow.hand_over import STALL
from scheduler.store.sending import wire_journal
from scheduler.store.sending.wire_journal import Mark, read_journal
from tests.flow_world import EVENT, open_world, utc
from tests.samples.ledger import STAFF, person

TUESDAY = utc(22, 8, month=9)


async def test_what_a_slow_disk_held_up_waits_again_and_leaves_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(TUESDAY)

        def slow(file: int, octets: bytes) -> int:
            time.sleep(STALL * 1.5)
            return os.write(file, octets)

        with monkeypatch.context() as patches:
            stalled = SimpleNamespace(**{**vars(os), "write": slow})
            patches.setattr(wire_journal, "os", stalled)
            await world.send()

        assert not world.email.accepted
        assert await world.states() == {"waiting": 1}
        assert set((read_journal(tmp_path / "wire.journal", "w") or {}).values()) == {Mark.WAITING}

        await world.send(utc(22, 9, month=9))

        assert world.email.recipients == ["p1@example.org"]
