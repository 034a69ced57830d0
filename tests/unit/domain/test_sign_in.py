"""What the groups of another server come to."""

import pytest

from scheduler.domain.roles import Role
from scheduler.domain.sign_in import groups_in, roles_of_groups

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
