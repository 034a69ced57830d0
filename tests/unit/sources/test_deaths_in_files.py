"""A column of deaths: who is left aside by it, and who never is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.domain.people.imports import ImportStart, Settled
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from scheduler.sources import contact_file
from scheduler.sources.contact_file import Reading
from scheduler.sources.deaths import is_death
from tests.flow_world import EVENT as CAMPAIGN
from tests.flow_world import World, open_world
from tests.samples.ledger import STAFF

TODAY = date(2026, 11, 29)
ALIVE = (
    *("N", "n", "F", "Vivant", "Vivante", "en vie", "Non décédé", "Non décédé(e)", "sans objet"),
    *("S/O", "NR", "non renseigné", "Non communiqué", "(vide)", "#N/A", "?", "31/12/9999"),
    *("9999-12-31 00:00:00", "31/12/2999", "99/99/9999", "30/12/1899", "01/01/1900", "00/01/1900"),
    *(
        "1900-01-00",
        "01/01/0001",
        "",
        "-",
        "0",
        "00/00/0000",
        "0/0/00",
        "néant",
        "NULL",
        "99991231",
    ),
)
DEAD = (
    *("O", "oui", "X", "1", "vrai", "D", "DCD", "décédé", "Décédée", "décédé(e)", "mort", "morte"),
    *("02/03/2026", "2026-03-02", "2026-03-02 00:00:00", "45000", "45000.0", "12 mars 2024", "†"),
    *("le 12/03/2024", "12-mars-24", "2024", "03/2024", "03/25/2024", "04/10/25", "20240312"),
    *("Décédé le 12/03/2024", "oui (2024)", "29/11/2026", "1900-01-02", "1er janvier 2020"),
)
UNCLEAR = (
    *("V", "30/11/2026", "2027-01-01", "à vérifier", "Décédé ?", "1970-01-01", "mutation", "12"),
    *("date de décès inconnue", "31/12/99", "2027", "31/02/2024"),
)


@pytest.mark.parametrize("cell", ALIVE)
def test_whatever_says_alive_is_no_death(cell: str) -> None:
    assert not is_death(cell, TODAY)


@pytest.mark.parametrize("cell", DEAD)
def test_a_day_that_was_and_a_clear_word_are_one(cell: str) -> None:
    assert is_death(cell, TODAY)


@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_is_not_understood_is_told(cell: str) -> None:
    with pytest.raises(ValueError, match="nobody is taken for dead"):
        is_death(cell, TODAY)


def read(folder: Path, content: str) -> Reading:
    path = folder / "contacts.csv"
    path.write_text(content, encoding="utf-8")
    return contact_file.read(path, STAFF, known_territory=known_territory, today=TODAY)


def test_whoever_a_doubtful_cell_speaks_of_is_kept_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "matricule;email;Décédé\nA1;a@example.org;V\nA2;b@example.org;D\n")

    every = [one for batch in reading for one in batch]

    assert [one.key for one in every if isinstance(one, Row)] == ["A1"]
    assert [(one.number, one.column) for one in every if isinstance(one, BadRow)] == [(2, "Décédé")]
    assert [(one.key, one.what) for one in every if isinstance(one, Noted)] == [
        ("A2", Told.DECEASED)
    ]


# In the ledger


async def take(
    world: World, reading: Reading, *, confirmed: bool = False, settled: Settled | None = None
) -> ImportReport:
    start = ImportStart(
        audience=STAFF,
        file_hash=reading.digest,
        origin="un essai",
        basis="contract",
        mode="add",
        settled=settled or Settled(),
    )
    return await import_contacts(
        reading, world.app.contact_files, start, world.clock, confirmed=confirmed
    )


def people(count: int, dead: Callable[[int], bool], *, first: int = 0, name: str = "Durand") -> str:
    lines = (
        f"A{n};a{n}@example.org;{name}{n};{'oui' if dead(n) else ''}" for n in range(first, count)
    )
    return "\n".join(("matricule;email;prenom;Décédé", *lines)) + "\n"


def nobody(_: int) -> bool:
    return False


async def active(world: World) -> int:
    return await world.app.contact_files.count_active(STAFF)


async def test_a_mass_of_deaths_asks_first(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        many = read(tmp_path, people(400, lambda n: n < 21))

        with pytest.raises(ImportRefused, match="21 people of 400 in this file are taken for dead"):
            await take(world, many)
        assert await active(world) == 0

        await take(world, many, confirmed=True)
        assert await active(world) == 379


async def test_a_few_deaths_are_believed(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, read(tmp_path, people(40, nobody)))

        report = await take(world, read(tmp_path, people(40, lambda n: n < 20)))

        assert report.notes.counts[Told.DECEASED] == 20
        assert await active(world) == 20


async def test_more_than_half_of_an_audience_leaves_by_a_yes_alone(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, read(tmp_path, people(10, nobody)))
        most = read(tmp_path, people(20, lambda n: n < 6))

        with pytest.raises(ImportRefused, match="6 of 10 people"):
            await take(world, most)

        assert await active(world) == 10
        report = await take(world, most, confirmed=True)
        assert (report.ended, await active(world)) == (6, 14)


async def test_a_first_file_of_the_dead_asks_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        with pytest.raises(ImportRefused, match="3 of the 4 people in this file"):
            await take(world, read(tmp_path, people(4, lambda n: n < 3)))


async def test_a_death_under_a_key_that_is_somebody_else_s_ends_nobody(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, read(tmp_path, people(3, nobody)))
        head = "matricule;email;prenom;Décédé\n"
        other = read(tmp_path, head + "A1;autre@example.org;Zénobie;oui\n")

        report = await take(world, other)

        assert (report.strangers, report.notes.counts, await active(world)) == (1, {}, 3)
        assert [one.number for one in report.bad_rows] == [2]
        await take(world, other, settled=Settled(same=frozenset({"A1"})))
        assert await active(world) == 2


@pytest.mark.parametrize("order", [1, -1])
async def test_of_a_key_that_a_file_gave_again_the_living_stays(tmp_path: Path, order: int) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        both = ["A1;autre@example.org;Zénobie;oui", "A1;a@example.org;Paul;"][::order]
        lines = ["matricule;email;prenom;Décédé", *both, "A2;b@example.org;Léa;"]

        await take(world, read(tmp_path, "\n".join(lines) + "\n"))

        assert await active(world) == 2


async def test_a_person_whom_a_file_names_twice_and_once_as_dead_is_dead(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        both = ["A1;a@example.org;Paul;oui", "A1;a@example.org;Paul;"]
        lines = ["matricule;email;prenom;Décédé", *both, "A2;b@example.org;Léa;"]

        await take(world, read(tmp_path, "\n".join(lines) + "\n"))

        assert [card.key async for card in world.app.people.contacts("staff")] == ["A2"]


@pytest.mark.parametrize(
    ("head", "living", "dead"),
    [
        ("Date DC", "", "03/02/2026"),
        ("DCD", "N", "O"),
        ("Statut vital", "Vivant", "Décédé"),
        # Whatever it is called, its cells say it.
        ("Situation", "Vivante", "DCD"),
        ("Observation", "", "décédée le 3 mars 2026"),
        ("Etat", "en vie", "mort"),
        ("Status", "alive", "deceased"),
    ],
)
async def test_deaths_are_seen_whatever_their_column_is_called(
    tmp_path: Path, head: str, living: str, dead: str
) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        lines = [f"matricule;email;prenom;{head}", f"A1;a@example.org;Zoé;{dead}"]
        lines += [f"A{n};{n}@example.org;Léa;{living}" for n in range(2, 6)]

        reading = read(tmp_path, "\n".join(lines) + "\n")
        await take(world, reading)

        assert "death" in {one.meaning for one in reading.columns}
        assert await active(world) == 4


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Situation", ("actif", "présente", "non")),
        ("Vaccins", ("oui", "non", "1")),
        ("Etat", ("mort de rire", "bon", "usé")),
        ("Entrée", ("01/02/2019", "2020-01-01", "")),
        ("Observation", ("vivant", "à rappeler", "décédé ?")),
    ],
)
def test_what_says_something_else_too_is_no_column_of_deaths(
    tmp_path: Path, head: str, cells: tuple[str, ...]
) -> None:
    lines = [f"matricule;email;prenom;{head}"]
    lines += [f"A{n};{n}@example.org;Léa;{cell}" for n, cell in enumerate(cells)]

    reading = read(tmp_path, "\n".join(lines) + "\n")

    assert "death" not in {one.meaning for one in reading.columns}
