"""Each key to fill stands alone, its path apart from its name."""

from scheduler.domain.showing.unfinished import Lacking, Want


def test_a_key_a_place() -> None:
    values = Want(what=Lacking.VALUES, key="campaigns.a.values", names=("chiffre", "lieu"))
    date = Want(what=Lacking.DATE, key="campaigns.a.starts")

    assert values.places == [("campaigns.a.values", "chiffre"), ("campaigns.a.values", "lieu")]
    assert date.places == [("campaigns.a", "starts")]
