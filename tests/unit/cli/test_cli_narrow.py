"""What people read in a terminal of 80 columns, and what a pipe gets."""

import asyncio
from pathlib import Path

import pytest

from tests.commands import Answer, reflexe
from tests.flow_world import MESSAGES, SERIES, open_world, utc
from tests.parts.daemon import command
from tests.samples.ledger import STAFF, person

LONG = "L’hôpital et ses voisins : fermer sa porte, ne pas donner ses clés, vérifier qui frappe"
NAME = "reflexes-de-cybersecurite-en-ehpad"
CAMPAIGN = SERIES.replace("cybermois", NAME).replace("un:", "fermer-sa-porte-a-clef:")
OCCURRENCE = f"{NAME}/fermer-sa-porte-a-clef/2026-10-04"
HEAD = MESSAGES["essai/message.yaml"].replace("title: Essai", f'title: "{LONG}"')
DATES = ("--from", "2026-10-01", "--to", "2026-10-31")
TABLES = [
    ("calendar", *DATES),
    ("status",),
    ("report", OCCURRENCE),
    ("rehearse", *DATES),
    ("rehearse", *DATES, "--all"),
]


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """``sent``: its Sunday has left; ``new``: its ledger has only people."""

    async def make(folder: Path, *, send: bool) -> Path:
        async with open_world(folder, CAMPAIGN, messages={"essai/message.yaml": HEAD}) as world:
            await world.book.take_in(STAFF, *(person(number) for number in range(1, 13)))
            if send:
                await world.at(utc(4, 8))
            return world.config

    return {
        name: asyncio.run(make(tmp_path_factory.mktemp(name), send=name == "sent"))
        for name in ("sent", "new")
    }


def said(configs: dict[str, Path], words: tuple[str, ...], columns: int | None = 80) -> Answer:
    config = configs["new" if words[0] == "rehearse" else "sent"]
    return reflexe(config, *words, columns=columns)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_in_80_columns_no_line_is_longer_and_no_id_is_cut(
    configs: dict[str, Path], words: tuple[str, ...], language: str
) -> None:
    lines = said(configs, (*words, "--lang", language)).out.splitlines()

    tables = [line for line in lines if line.startswith(" ")]
    assert tables
    assert [line for line in tables if len(line) > 80] == []
    assert f"   {OCCURRENCE}" in tables


@pytest.mark.parametrize("words", TABLES[:2], ids=" ".join)
def test_wide_gives_a_line_each(configs: dict[str, Path], words: tuple[str, ...]) -> None:
    answer = said(configs, (*words, "--wide"))

    (line,) = [line for line in answer.out.splitlines() if OCCURRENCE in line]
    assert "2026-10-04" in line.split()[0]


def test_a_rehearsal_says_when_and_what_in_short(configs: dict[str, Path]) -> None:
    answer = said(configs, ("rehearse", *DATES, "--wide"))

    (line,) = [line for line in answer.out.splitlines() if OCCURRENCE in line]
    assert line.split()[0] == "2026-10-04"
    assert LONG in line
    assert answer.out.splitlines()[-1] == "No conflict."


@pytest.mark.parametrize("words", [*TABLES, ("--help",), ("nonsense",)], ids=" ".join)
def test_a_pipe_gets_no_colour(configs: dict[str, Path], words: tuple[str, ...]) -> None:
    answer = said(configs, words, columns=None)

    assert "\x1b" not in answer.out + answer.err


def test_what_a_rehearsal_warns_of_is_marked(configs: dict[str, Path]) -> None:
    text = configs["new"].parent / "templates" / "essai" / "email.fr.md"
    good = text.read_text(encoding="utf-8")
    text.write_text(f"{good}\nC’est urgent, lisez ce message.\n", encoding="utf-8")

    # A process of its own: the log keeps the stream that it was first set up with.
    told = command(configs["new"], "rehearse", *DATES)
    text.write_text(good, encoding="utf-8")

    warned = [line for line in told.stderr.splitlines() if "text.held" in line]
    assert warned
    assert all("simulated" in line for line in warned)
    assert "\x1b" not in told.stdout + told.stderr
