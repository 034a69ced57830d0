"""Whose voice the texts borrow, and whose the character is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.content.composing.content import Content, freeze
from scheduler.content.library import Library
from scheduler.content.rules.table import RULES
from scheduler.domain.checking.findings import Hold, Severity
from scheduler.domain.errors import ConfigError
from scheduler.domain.host import OURS, THE_AGENCY, VICTOR, Host, host_of
from scheduler.flow.who_writes import host_of as host_in
from tests.checking_world import beside
from tests.flow_world import MESSAGES, write_installation
from tests.samples.content import HEAD, MESSAGE, STAFF, composer, part, read, recipient, write
from tests.shipped import texts

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
REAL = {
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
}
PERMISSION = "host: {permission: {by: Prénom Nom (ANS), date: 2026-09-01}}\n"
SAYS = {"essai/email.fr.md": MESSAGES["essai/email.fr.md"] + "\n{{ hote }} passe.\n"}


@pytest.mark.parametrize(
    ("name", "credit", "permitted", "reaches_people", "expected"),
    [
        ("Victor Code", "", False, False, VICTOR),
        ("Victor Code", "", False, True, OURS),
        ("Victor Code", "", True, True, VICTOR),
        ("Victor Code", "ANS", True, True, Host(name="Victor Code", credit="ANS")),
        ("Zoé Verrou", "", True, True, Host(name="Zoé Verrou")),
        ("Zoé Verrou", "Atelier Exemple", False, True, OURS),
    ],
)
def test_a_credit_is_no_permission(
    name: str, credit: str, permitted: bool, reaches_people: bool, expected: Host
) -> None:
    found = host_of(name=name, credit=credit, permitted=permitted, reaches_people=reaches_people)

    assert found == expected


@pytest.mark.parametrize(
    ("host", "own", "shown"),
    [
        (VICTOR, "", THE_AGENCY),
        (VICTOR, THE_AGENCY, THE_AGENCY),
        (VICTOR, "Idée : agence du numérique en santé", "Idée : agence du numérique en santé"),
        (VICTOR, "Agence Exemple", f"Agence Exemple · {THE_AGENCY}"),
        (OURS, "Agence Exemple", "Agence Exemple"),
        (OURS, "", ""),
    ],
)
def test_the_hosts_credit_stands_beside_the_messages_own_once(
    host: Host, own: str, shown: str
) -> None:
    assert host.beside(own) == shown


@pytest.mark.parametrize("place", ["body", "subject", "preheader", "snippet"])
def test_a_text_that_shows_the_host_credits_them(tmp_path: Path, place: str) -> None:
    content = _content(tmp_path, place)

    message = read(composer(content).fill(recipient()))

    seen = f"{message['Subject']} {part(message, 'plain')} {part(message, 'html')}"
    assert "Victor Code" in seen
    assert f"Crédit : Agence Exemple · {THE_AGENCY}" in part(message, "plain").replace("\n", " ")


def test_a_text_without_the_host_is_what_it_was(tmp_path: Path) -> None:
    content = _content(tmp_path, "nowhere")

    assert content.credit == "Agence Exemple"
    assert "hote" not in content.values


def test_a_kept_text_keeps_its_host(tmp_path: Path) -> None:
    kept = Content.from_json(_content(tmp_path, "body").to_json())
    later = _content(tmp_path, "body", OURS)

    assert "Victor Code passe" in composer(kept).text(recipient())
    assert "Firmin Crochet passe" in composer(later).text(recipient())
    assert later.credit == "Agence Exemple"


def test_a_placeholder_of_before_keeps_its_own_value(tmp_path: Path) -> None:
    message = MESSAGE.format(channels="email").replace("  date:", "  hote:")
    content = _content(tmp_path, "body", message=message)

    assert "mardi 6/10 passe" in composer(content).text(recipient())
    assert content.credit == "Agence Exemple"


def test_who_speaks_is_read_from_the_configuration(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    trial, real = (host_in(load(config, more).settings) for more in ({}, REAL))

    config.write_text(PERMISSION + config.read_text(encoding="utf-8"), encoding="utf-8")
    permitted = host_in(load(config, REAL).settings)

    assert (trial, real, permitted) == (VICTOR, OURS, VICTOR)


@pytest.mark.parametrize("name", ["x", "Victor\\tCode 3000", "Çağla", "x" * 21])
def test_a_hosts_name_fits_in_an_sms(tmp_path: Path, name: str) -> None:
    config = write_installation(tmp_path)
    text = f'host: {{name: "{name}"}}\n' + config.read_text(encoding="utf-8")
    config.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"host\.name"):
        load(config, {})


def test_check_advises_to_ask_once_messages_leave(tmp_path: Path) -> None:
    config = write_installation(tmp_path, messages=SAYS)

    assert _advice(config, {}) == []
    (found,) = _advice(config, REAL)
    assert "Firmin Crochet" in found
    assert THE_AGENCY in found

    config.write_text(PERMISSION + config.read_text(encoding="utf-8"), encoding="utf-8")
    assert _advice(config, REAL) == []


def test_check_asks_nothing_where_no_text_shows_the_host(tmp_path: Path) -> None:
    assert _advice(write_installation(tmp_path), REAL) == []


def test_it_holds_nobody() -> None:
    assert (RULES["host"].severity, RULES["host"].hold) == (Severity.WARNING, Hold.NO)


@pytest.mark.parametrize("host", [VICTOR, OURS], ids=lambda host: host.name)
def test_a_shipped_subject_has_room_for_either_host(host: Host) -> None:
    shown = [one.source.subject for one in texts("email") if "hote" in one.source.subject]

    assert shown
    assert all(len(one.replace("{{ hote }}", host.name)) < 60 for one in shown)


def _advice(config: Path, environment: dict[str, str]) -> list[str]:
    found = beside(config, environment)
    return [one.message for one in found if one.rule == "host"]


def _content(
    root: Path,
    place: str,
    host: Host = VICTOR,
    message: str = MESSAGE.format(channels="email"),
) -> Content:
    says = {"body": "{{ hote }} passe.", "snippet": '{{ snippet("voix") }}'}
    head = HEAD
    if place == "subject":
        head = head.replace("Fermer sa porte", '"{{ hote }} passe"')
    if place == "preheader":
        head = head.replace("Trois gestes simples.", '"{{ hote }} passe."')
    write(
        root,
        {
            "porte/message.yaml": message,
            "porte/email.fr.md": f"{head}{says.get(place, 'Rien.')}\n",
            "_snippets/voix.fr.md": "{{ hote }} passe.\n",
        },
    )
    library = Library(root, host=host)
    folder = library.load("porte")
    return freeze(library, folder, folder.sources[0], STAFF, {})
