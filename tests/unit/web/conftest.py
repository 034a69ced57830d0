"""What the tests of the pages share."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from scheduler.bootstrap import App
from scheduler.web.desk import passwords
from tests.samples.desk import Visitor, desk_of, visiting
from tests.worlds import make_world

#: The program's own; ``test_passwords`` looks at it.
shipped = passwords._hasher


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """The small world as it is made; a file that needs another has an ``app`` of its own."""
    opened = await make_world(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def visitor(app: App) -> AsyncIterator[Visitor]:
    """Somebody before the desk of ``app``, with every right, before anything was rehearsed."""
    async with visiting(desk_of(app)) as opened:
        yield opened


@pytest.fixture(autouse=True, scope="session")
def light_passwords() -> Iterator[None]:
    """Real argon2id of passwords that guard nothing: a thousandth of the work, which is by far the
    most that an account's test asks for."""
    light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: light)
        yield


@pytest.fixture
def shipped_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As the program hashes them."""
    monkeypatch.setattr(passwords, "_hasher", shipped)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()
