"""What the process apart says of a dropped file, in words for whoever sees a form."""

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.bootstrap import App
from scheduler.cli.context import Context
from scheduler.cli.french import SENTENCES
from scheduler.cli.language import Language, speak
from scheduler.cli.people.dropped import carried_out
from scheduler.sources.dropped import Drops, Order
from tests.unit.cli.test_cli_french import ROOT, calls
from tests.worlds import make_world


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    opened = await make_world(tmp_path)
    yield opened
    await opened.close()


async def answer_to(app: App, data: bytes, order: Order | None = None) -> dict[str, Any]:
    speak(Language.FRENCH)
    configuration = app.configuration
    drop = Drops(configuration.var / "dropped").put(data, "staff", "Ana", app.clock())
    assert drop is not None
    config = str(configuration.root / configuration.file)
    return await carried_out(drop, order or Order(by="Ana"), Context(config=config))


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("[Content_Types].xml", "<Types/>")
    _archive.writestr("xl/worksheets/sheet1.xml", b"0" * 700_000_000)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(64)) * 4, "pas du texte"),
        (BOMB.getvalue(), "bien plus qu’une table"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"\x1f\x8b\x08\x00abc", "une archive"),
        (b"PK\x03\x04" + b"\x00" * 100, "pas un classeur lisible"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "une image"),
        (b"<html><script>alert(1)</script>", "une page XML ou HTML"),
        (";".join(f"c{n}" for n in range(10_000)).encode() + b"\n", "plus de 200 colonnes"),
        (b'email\n"' + b"x" * 100_000, "65536 caractères"),
        (b"email\n\n\n", "aucune ligne utilisable"),
        (b"\x00" * 5000, "un fichier vide"),
    ],
    ids=["program", "bomb", "pdf", "gzip", "zip", "png", "html", "columns", "row", "nobody", "nul"],
)
async def test_bombs_and_what_is_no_table_are_refused_in_words(
    app: App, data: bytes, said: str
) -> None:
    told = await answer_to(app, data)

    assert said in told["refused"].replace("\u00a0", " ")
    assert "figures" not in told
    assert await app.contact_files.count_active(app.configuration.audience("staff")) == 3


ROWS = """\
matricule;prenom;email;telephone;langue;consent_sms_date;consent_sms_how;consent_sms_wording
B1;Zoé;zoe@example;+33 1 00 00 00 00;klingon;2026-15-40;papier;J’accepte.
B2;=1+1;yves@@example.org;06;fr;hier;papier;J’accepte.
;Sans;;;;;;
1,2E+10;Xan;xan@example.org;;;2026-01-15;;
B4;\x07;deux@example.org trois@example.org;;;;;;trop
"""


async def test_every_reason_is_told_in_french_and_as_a_form_has_it(app: App) -> None:
    told = await answer_to(app, ROWS.encode())
    reasons = [one[2] for one in told["bad"]]
    everything = [*reasons, *told["notes"], *(words for _, words in told["figures"])]

    assert len(reasons) >= 8
    for one in everything:
        assert "--" not in one
        assert not {"the", "not", "is", "of"} & set(one.split()), one


async def test_a_file_is_taken_in_and_no_cell_of_it_is_told_any_more(app: App) -> None:
    rows = b"matricule;prenom;email\nC1;Ida;ida@example.org\n"
    looked = await answer_to(app, rows)
    order = Order(apply=True, origin="Paie", basis="legitimate-interest", by="Ana")
    applied = await answer_to(app, rows, order)

    assert looked["columns"][2]["samples"] == ["ida@example.org"]
    assert [1, "personne ajoutée"] in applied["figures"]
    assert "ida@example.org" not in str(applied)


async def test_a_row_in_doubt_shows_its_key_and_is_called_left_aside(app: App) -> None:
    rows = "matricule;prenom;email\nA1;Zénon;zenon@example.org\nA9;Ida;ida@example.org\n"
    looked = await answer_to(app, rows.encode())
    order = Order(apply=True, origin="Paie", basis="legitimate-interest", by="Ana")
    applied = await answer_to(app, rows.encode(), order)

    ((number, column, reason, fate),) = looked["bad"]
    assert (number, column, fate) == (2, "", "ligne laissée de côté")
    assert reason.startswith("A1\u00a0: son identifiant est celui de quelqu’un d’autre")
    assert [0, "ligne refusée"] in looked["figures"]
    assert not applied["bad"][0][2].startswith("A1")


async def test_channels_and_audiences_are_called_as_on_the_desk(app: App) -> None:
    rows = b"matricule;email;autre\nC1;ida@example.org;x\n"
    told = await answer_to(app, rows)
    notes = " ".join(told["notes"]).replace("\u00a0", " ")

    assert "ce public n’a pas de tel champ" in notes
    assert "accord pour SMS" in notes
    assert "staff" not in notes


async def test_who_would_leave_is_said_before_and_is_refused_unless_sure(app: App) -> None:
    rows = b"matricule;prenom;email\nA1;Marie;marie@example.org\n"
    order = Order(mode="replace", origin="Paie", basis="legitimate-interest", by="Ana")
    looked = await answer_to(app, rows, order)
    applied = await answer_to(app, rows, replace(order, apply=True))

    assert "ferait sortir 2 personnes sur 3" in looked["sure"]
    assert "ferait sortir 2 personnes sur 3" in applied["refused"]
    assert await app.contact_files.count_active(app.configuration.audience("staff")) == 3


async def test_a_column_is_told_by_its_place_whatever_columns_are_called(app: App) -> None:
    rows = b"3;2;1\nE1;Eve;eve@example.org\n"
    told = await answer_to(app, rows, Order(chosen={"matricule": "#1", "email": "#3"}, by="Ana"))

    assert [one["meaning"] for one in told["columns"]] == ["matricule", "", "email"]
    assert "refused" not in told


async def test_a_basis_of_nobody_s_and_an_audience_that_is_gone_are_told(app: App) -> None:
    rows = b"matricule;email\nC1;ida@example.org\n"
    told = await answer_to(app, rows, Order(apply=True, origin="x", basis="pouvoir", by="Ana"))
    (app.configuration.root / "config.yaml").write_text("audiences: [x")
    broken = await answer_to(app, rows)

    assert "pouvoir" in told["refused"]
    assert broken["refused"]


READERS = [
    *sorted((ROOT / "sources").glob("*.py")),
    *sorted((ROOT / "domain" / "people").glob("*.py")),
]
#: Told of no row: another reader's, or a mistake of ours.
NOT_OF_ROWS = {"workbook_child.py"}


@pytest.mark.parametrize("path", READERS, ids=[one.name for one in READERS])
def test_no_reason_of_a_row_lacks_its_french(path: Path) -> None:
    reasons = [
        one
        for _, one in calls(path, {"ValueError", "AddressRefused"})
        if path.name not in NOT_OF_ROWS and one not in SENTENCES
    ]

    assert reasons == []
