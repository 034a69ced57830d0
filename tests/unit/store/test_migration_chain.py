"""The migrations follow one another, each once, to the version that the program asks for."""

import re

from scheduler.store.setup import HEAD, MIGRATIONS


def test_each_migration_follows_the_one_before_it() -> None:
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    texts = [one.read_text(encoding="utf-8") for one in files]
    names = [re.search(r'^revision = "(\w+)"', text, re.MULTILINE) for text in texts]
    befores = [
        re.search(r'^down_revision = (?:None|"(\w+)")', text, re.MULTILINE) for text in texts
    ]
    found = [one[1] for one in names if one]

    assert found == [one.name[:4] for one in files]
    assert [one[1] for one in befores if one] == [None, *found[:-1]]
    assert found[-1] == HEAD
