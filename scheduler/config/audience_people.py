"""Who an audience is, for the rules that tell staff and patients apart."""

from collections.abc import Iterable

from scheduler.domain.calendar.campaigns import People

#: An audience that is called so says who it is.
STAFF_NAMES = frozenset({"staff", "personnel", "personnels", "professionnels", "collaborateurs"})
PATIENT_NAMES = frozenset({"patients", "patient", "usagers", "proches", "aidants", "residents"})


def people_of(said: str | None, names: Iterable[str]) -> People:
    """As its file says, or the first of its names that does."""
    if said:
        return People(said)
    return next((who for one in names if (who := _by_name(one))), People.UNSAID)


def _by_name(name: str) -> People:
    words = set(name.split("-"))
    if words & STAFF_NAMES:
        return People.STAFF
    return People.PATIENTS if words & PATIENT_NAMES else People.UNSAID
