"""accounts add, list, link, roles and remove, said as an operator says them."""

from pathlib import Path

import pytest

from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.worlds import write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def test_an_account_is_made_listed_changed_and_removed(config: Path) -> None:
    made = reflexe(config, "accounts", "add", "Camille Moreau", "--roles", "read,write")
    again = reflexe(config, "accounts", "add", "camille moreau", "--roles", "read")
    other = reflexe(config, "accounts", "link", "Camille Moreau")
    reflexe(config, "accounts", "roles", "Camille Moreau", "--roles", "approve", "--by", "Ana")

    assert "http://127.0.0.1:8080/welcome/" in made.out
    assert (again.code, "already" in again.err) == (2, True)
    assert "/welcome/" in other.out
    assert made.out != other.out
    assert reflexe(config, "accounts", "list", "--json").json == [
        {
            "name": "Camille Moreau",
            "roles": ["approve"],
            "has_password": False,
            "by_provider": False,
        }
    ]
    assert "not yet" in reflexe(config, "accounts", "list").out
    listed = reflexe(config, "accounts", "list", "--lang", "fr").out
    assert ("Nom" in listed, "pas encore" in listed) == (True, True)
    assert reflexe(config, "accounts", "remove", "Camille Moreau").code == 0
    assert reflexe(config, "accounts", "list", "--json").json == []
    acts = [one["act"] for one in reflexe(config, "audit", "list", "--json").json]
    assert acts == ["remove-account", "give-roles", "renew-account", "add-account"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "Camille", "--roles", "king"), "no role"),
        (("add", "Camille", "--roles", ""), "a role at least; there are: read, write"),
        (("add", "Camille", "--roles", " , "), "a role at least"),
        (("add", " ", "--roles", "read"), "letters"),
        (("add", "Camille\nMoreau", "--roles", "read"), "control sign"),
        (("roles", "Sacha", "--roles", "read"), "no account"),
        (("remove", "Sacha"), "no account"),
        (("link", "Sacha"), "no account"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(
    config: Path, words: tuple[str, ...], says: str
) -> None:
    reflexe(config, "accounts", "add", "Ana", "--roles", "read")

    refused = reflexe(config, "accounts", *words)

    assert (refused.code, says in refused.err) == (2, True)
