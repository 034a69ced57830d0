"""The answer to a complaint, and who got an occurrence's message: from a run, to the file."""

import asyncio
import csv
import stat
from pathlib import Path

import pytest

from scheduler.bootstrap import open_app
from scheduler.config.loading import load
from scheduler.domain.answers.events import Event, EventKind
from scheduler.domain.consent.optout import by_email_link, by_sms
from scheduler.domain.message import AddressKind
from tests.commands import reflexe
from tests.flow_world import SERIES, open_world, utc
from tests.samples.ledger import STAFF, person

TWO = SERIES + "      deux: {message: essai, when: sunday-2}\n"
FIRST = "cybermois/un/2026-10-04"
SECOND = "cybermois/deux/2026-10-11"
MARIE, PAUL = "p1@example.org", "p2@example.org"


async def make(folder: Path) -> Path:
    """Two people got the first Sunday's e-mail; then one of them refused by the page's button."""
    async with open_world(folder, TWO) as world:
        paul = person(2, fields={"prenom": "=HYPERLINK(1)"})
        await world.book.take_in(STAFF, person(1), paul, person(3, email=None))
        await world.at(utc(4, 9))
        await world.at(utc(5, 9))
        at = utc(6, 14, 12)
        act = by_email_link(at, one_click=False)
        await world.book.people.opt_out_identity(AddressKind.EMAIL, MARIE, act)
        await world.at(utc(11, 9))
        return world.config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return asyncio.run(make(tmp_path))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def section(text: str, title: str) -> str:
    return plain(text).partition(f"\n{title}\n")[2].partition("\n\n")[0]


def test_the_answer_says_since_when_what_left_before_and_that_nothing_did_after(
    config: Path,
) -> None:
    answer = reflexe(config, "contacts", "complaint", MARIE, "--by", "Dominique")

    text = plain(answer.out)
    assert answer.code == 0, answer.err
    assert "a enregistré un refus le mardi 6 octobre 2026 à 16h12" in text
    assert "aucun message que ce refus couvre n’est parti" in text
    refused = section(answer.out, "Ce qui a été refusé")
    assert "page derrière le lien du courriel" in refused
    assert "en vigueur" in refused
    assert "« Essai », courriel" in section(answer.out, "Ce qui est parti avant")
    assert "rien n’est parti après" in section(
        answer.out, "Ce qui est parti après, malgré ce refus"
    )
    assert "dimanche 11 octobre 2026" in section(answer.out, "Ce que ce refus a retenu")
    (latest, *_) = reflexe(config, "audit", "list", "--json").json
    assert (latest["act"], latest["actor"]) == ("answer-complaint", "Dominique")
    assert reflexe(config, "audit", "verify", "--json").json["head"] in text
    assert MARIE not in text


def test_a_fault_is_told_with_its_date(config: Path) -> None:
    async def refuse_earlier() -> None:
        app = await open_app(load(config, {}))
        act = by_email_link(utc(3, 8), one_click=True)
        await app.people.opt_out_identity(AddressKind.EMAIL, PAUL, act)
        await app.close()

    asyncio.run(refuse_earlier())

    text = plain(reflexe(config, "contacts", "complaint", PAUL).out)

    assert "C’est une faute" in text
    assert "Messages partis depuis malgré ce refus : 2" in text


def test_what_a_refusal_does_not_cover_is_no_fault(config: Path) -> None:
    async def refuse_sms() -> None:
        app = await open_app(load(config, {}))
        await app.people.opt_out_identity(AddressKind.PHONE, "+33639980002", by_sms(utc(6, 8)))
        await app.close()

    asyncio.run(refuse_sms())

    answer = reflexe(config, "contacts", "complaint", "+33639980002")

    assert "n’est parti" in plain(answer.out)
    assert "courriel" in section(answer.out, "Ce qui est parti après, hors de ce refus")


def test_the_answer_holds_after_an_erasure_and_without_any_refusal(config: Path) -> None:
    reflexe(config, "contacts", "erase", MARIE, "--yes")

    erased = plain(reflexe(config, "contacts", "complaint", MARIE).out)
    unknown = plain(reflexe(config, "contacts", "complaint", "personne@example.org").out)

    assert "le mardi 6 octobre 2026 à 16h12" in erased
    assert "« Essai », courriel" in erased
    assert "Aucun refus n’est enregistré" in unknown


def test_the_answer_as_a_page_fetches_nothing(config: Path, tmp_path: Path) -> None:
    out = tmp_path / "reponse.html"

    reflexe(config, "contacts", "complaint", MARIE, "--format", "html", "--out", str(out))

    page = out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert page.startswith("<!doctype html>")
    assert 'lang="fr"' in page
    assert "http" not in page


# Who got it, whom it didn't reach


def rows(file: Path) -> list[dict[str, str]]:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def test_who_got_an_occurrence_is_a_file_and_stands_in_the_audit_log(
    config: Path, tmp_path: Path
) -> None:
    out = tmp_path / "people.csv"

    answer = reflexe(config, "report", SECOND, "--people", "--out", str(out), "--by", "Dominique")

    assert answer.code == 0, answer.err
    told = {(row["key"], row["channel"]): row for row in rows(out)}
    assert told["K2", "email"]["to"] == PAUL
    assert told["K2", "email"]["state"] == "envoyé"
    assert told["K1", "email"]["reason"] == "opted-out"
    (latest, *_) = reflexe(config, "audit", "list", "--json").json
    assert (latest["act"], latest["actor"]) == ("list-recipients", "Dominique")
    assert latest["subject"] == SECOND


def test_whom_it_did_not_reach_gets_a_letter_with_the_reason(config: Path, tmp_path: Path) -> None:
    async def come_back() -> None:
        app = await open_app(load(config, {}))
        found = await app.ledger.database.read(
            lambda one: one.exec_driver_sql(
                "select d.id from delivery d join contact c on c.id = d.contact_id "
                "where d.channel = 'email' and c.id = 2 order by d.id desc"
            ).scalar()
        )
        event = Event(
            delivery_id=found,
            provider_id="",
            kind=EventKind.BOUNCED,
            code="5.1.1",
            detail="unknown",
            at=utc(11, 10),
        )
        await app.ledger.note_event(event)
        await app.close()

    asyncio.run(come_back())
    out = tmp_path / "lettres.csv"

    answer = reflexe(config, "report", SECOND, "--unreached", "--out", str(out))

    assert answer.code == 0, answer.err
    told = {row["key"]: row for row in rows(out)}
    assert "courriel : s’y est opposé" in told["K1"]["why"]
    assert "revenu sans être remis" in told["K2"]["why"]
    assert "pas d’adresse" in told["K3"]["why"]
    assert told["K2"]["prenom"] == "'=HYPERLINK(1)"
    (latest, *_) = reflexe(config, "audit", "list", "--json").json
    assert latest["act"] == "list-unreached"


def test_people_are_given_out_to_a_file_alone(config: Path) -> None:
    assert reflexe(config, "report", FIRST, "--people").code == 2
    assert reflexe(config, "report", FIRST, "--unreached").code == 2
    assert reflexe(config, "report", FIRST, "--out", "x.csv").code == 2


def test_an_access_sheet_has_the_titles_and_texts_of_what_they_got(config: Path) -> None:
    text = plain(reflexe(config, "contacts", "show", MARIE).out)
    (sheet,) = reflexe(config, "contacts", "show", MARIE, "--json").json

    got, left_out = [one for one in sheet["messages"] if one["channel"] == "email"]
    assert (got["title"], got["subject"]) == ("Essai", "Essai")
    assert "Bonjour Prénom 1," in got["words"]
    assert "Un essai." in got["words"]
    assert (left_out["title"], left_out["words"]) == ("Essai", "")
    assert f"« Essai » ({FIRST})" in text
    assert "Bonjour Prénom 1," in text
    (by_sms, *_) = [one for one in sheet["messages"] if one["channel"] == "sms"]
    assert by_sms["words"].startswith("Un essai.")


def test_exact_figures_are_for_who_asks_by_name_and_stand_in_the_audit_log(
    config: Path, tmp_path: Path
) -> None:
    assert reflexe(config, "report", SECOND, "--json").json["exact"] is True
    more = tmp_path / "more.csv"
    more.write_text("cle,email\nK99,neuf@example.org\n", encoding="utf-8")
    source = ("--origin", "RH", "--basis", "consent")
    assert reflexe(config, "import", "staff", str(more), *source).code == 0

    shown = reflexe(config, "report", SECOND, "--json").json
    plainly = reflexe(config, "report", SECOND).out
    exact = reflexe(config, "report", SECOND, "--json", "--exact", "--by", "Dominique").json

    assert shown["exact"] is False
    assert {one["planned"] for one in shown["figures"]} == {"<10"}
    assert "fewer than 10" in plainly
    assert all(isinstance(one["planned"], int) for one in exact["figures"])
    (latest, *_) = reflexe(config, "audit", "list", "--json").json
    assert (latest["act"], latest["actor"]) == ("exact-figures", "Dominique")
    assert latest["subject"] == SECOND
