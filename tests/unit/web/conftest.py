"""What the tests of the pages share."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from scheduler.web.desk import passwords

#: The program's own; ``test_passwords`` looks at it.
shipped = passwords._hasher


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
