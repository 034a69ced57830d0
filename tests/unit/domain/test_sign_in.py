"""What the groups of another server come to."""

import pytest

from scheduler.domain.roles import Role
from scheduler.domain.sign_in import email_told, groups_in, groups_told, name_told, roles_of_groups

TABLE = {"comms": [Role.WRITE], "cn=dpo,ou=x": [Role.PRIVACY], "tous": [], "*": [Role.READ]}


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("", set()),
        ("comms", {"comms"}),
        (" comms , direction ", {"comms , direction", "comms", "direction"}),
        ("comms; direction", {"comms", "direction"}),
        ("comms|direction", {"comms", "direction"}),
        ("cn=dpo,ou=x;comms", {"cn=dpo,ou=x", "cn=dpo", "ou=x", "comms"}),
        (";; ;", set()),
    ],
)
def test_a_header_s_groups_are_read_as_portals_write_them(line: str, groups: set[str]) -> None:
    assert groups_in(line) == groups


def test_roles_add_up_and_a_listed_group_without_any_is_a_place_all_the_same() -> None:
    without = {name: roles for name, roles in TABLE.items() if name != "*"}

    assert roles_of_groups({"comms", "cn=dpo,ou=x"}, without) == frozenset(
        {Role.WRITE, Role.PRIVACY}
    )
    assert roles_of_groups({"tous"}, without) == frozenset()
    assert roles_of_groups({"comms"}, TABLE) == frozenset({Role.READ, Role.WRITE})


def test_who_is_in_no_listed_group_has_no_place() -> None:
    without = {name: roles for name, roles in TABLE.items() if name != "*"}

    assert roles_of_groups({"COMMS", "autre"}, without) is None
    assert roles_of_groups(set(), without) is None
    assert roles_of_groups(set(), TABLE) == frozenset({Role.READ})


@pytest.mark.parametrize(
    ("claims", "path", "groups"),
    [
        ({"groups": ["a", "b", 3]}, "groups", {"a", "b"}),
        ({"groups": "a; b"}, "groups", {"a", "b"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://x.example/groups": ["a"]}, "https://x.example/groups", {"a"}),
        ({"realm_access": ["a"]}, "realm_access.roles", set()),
        ({"groups": {"a": 1}}, "groups", set()),
        ({}, "groups", set()),
    ],
)
def test_a_claim_s_groups_are_read_as_providers_write_them(
    claims: dict[str, object], path: str, groups: set[str]
) -> None:
    assert groups_told(claims, path) >= groups
    assert bool(groups_told(claims, path)) == bool(groups)


def test_a_name_is_its_claim_s_or_the_one_to_sign_in_by() -> None:
    assert name_told({"name": "Zoé", "preferred_username": "zoe"}, "name") == "Zoé"
    assert name_told({"preferred_username": "zoe"}, "name") == "zoe"
    assert name_told({"name": ["Zoé"]}, "name") == ""


def test_an_address_counts_where_the_provider_has_proven_it() -> None:
    mine = {"email": "Zoe@example.org", "email_verified": True}

    assert email_told(mine) == "Zoe@example.org"
    for other in (
        mine | {"email_verified": False},
        mine | {"email_verified": "true"},
        {"email": "zoe@example.org"},
        mine | {"email": "zoe@example.org\nBcc: a@example.org"},
        mine | {"email": ["zoe@example.org"]},
        {},
    ):
        assert email_told(other) == ""
