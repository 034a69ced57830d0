"""Made-up people whose every trace is looked for, in logs, pages, files: none shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, build_opener

from tests.fakes import FakeRelay, answers, drops
from tests.parts.daemon import Daemon
from tests.parts.desk_session import sign_in
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, by_relay, install, staff
from tests.parts.processes import wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris, on the first Sunday and on the Monday of its SMS.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
MONDAY = SUNDAY + timedelta(days=1)

REFUSED = "canari.refuse@example.org"
#: What says who somebody is, wherever it stands.
TRACES = ("canari", "Zéphyrine", "Fifrelin", "639987701", "639987702", "6 39 98 77")
PEOPLE = [
    staff(1, email="canari.lu@example.org", prenom="Zéphyrine", telephone="+33 6 39 98 77 01"),
    staff(2, email=REFUSED, prenom="Fifrelin", telephone="+33 6 39 98 77 02"),
    staff(3, email="canari.coupe@example.org", prenom="Fifrelin", telephone=""),
    staff(4, email="canari.gris@example.org", prenom="Zéphyrine", telephone=""),
]

#: What operators say, to be looked at over a shoulder.
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("report", "cybermois/1-fermer-sa-porte/2026-10-04"),
    ("contacts", "list"),
    ("optout", "list"),
    ("register",),
    ("retention", "run"),
    ("audit", "list", "--json"),
)


@contextmanager
def campaign(folder: Path) -> Iterator[tuple[Installation, FakeRelay]]:
    """E-mail before a relay that repeats in its answers who it refuses; SMS into the outbox."""
    relay = FakeRelay(
        answers("rcpt", f"550 5.1.1 <{REFUSED}>: {REFUSED} is unknown here", to=REFUSED),
        drops("body", 1, to="canari.coupe@example.org"),
        answers(
            "rcpt",
            "451 4.7.1 canari.gris@example.org is greylisted",
            1,
            to="canari.gris@example.org",
        ),
    )
    with hosted(relay):
        home = install(
            folder / "home",
            SATURDAY,
            **by_relay(relay.port),
            outbox__fail='{permanent: ["+33639987702"]}',
        )
        home.import_people("staff", PEOPLE)
        yield home, relay


def opened(address: str, data: bytes | None = None, cookie: str = "") -> str:
    """A page as its reader sees it, error pages too."""
    try:
        asked = Request(address, data, {"Cookie": cookie} if cookie else {})  # noqa: S310 - ours
        with build_opener().open(asked, timeout=20) as answer:
            return unescape(answer.read().decode(errors="replace"))
    except HTTPError as refused:
        with refused:
            return unescape(refused.read().decode(errors="replace"))


def desk_pages(desk: str, cookie: str) -> dict[str, str]:
    """Every page of the desk that links lead to, but for the files and the samples of messages."""
    pages: dict[str, str] = {}
    ahead = ["/", "/outbox", "/contacts", "/nowhere"]
    while ahead:
        path = ahead.pop()
        if path not in pages:
            pages[path] = opened(desk + path, cookie=cookie)
            found = re.findall(r'href="(/(?!messages/|frames/|static/)[^"#?]*)', pages[path])
            ahead += [one for one in found if one not in pages]
    return pages


def public_pages(public: str, relay: FakeRelay) -> dict[str, str]:
    """What the way out of a real message opens, and what forgers get."""
    (mine,) = [one for one in relay.accepted if one.recipient == "canari.lu@example.org"]
    found = re.search(rb"List-Unsubscribe: <https://[^/]+(/d/[^>]+)>", mine.content)
    assert found is not None
    link = found[1].decode()
    wrong = link[:-2] + "AA"
    texts = {path: opened(public + path) for path in ("/verifier", "/aide", link, wrong)}
    texts["one-click"] = opened(public + link, b"List-Unsubscribe=One-Click")
    texts["forged"] = opened(public + wrong, b"List-Unsubscribe=One-Click")
    texts["after"] = opened(public + link.replace("/d/", "/preferences/"))
    return texts


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace.lower() in text.lower()]


def send_it_all(home: Installation, relay: FakeRelay, running: Daemon) -> dict[str, str]:
    """Sunday's e-mails, Monday's SMS, and everything that people and operators look at."""
    home.step_to(SUNDAY)
    home.wait_planned(1)
    home.wait_tried()
    home.look_at(running, SUNDAY + timedelta(minutes=20))
    wait_until(lambda: len(relay.accepted) == 3, "three are accepted")
    home.look_at(running, MONDAY)
    home.wait_settled(of="sms")
    seen = public_pages(running.public, relay)
    of_desk = desk_pages(running.desk, sign_in(home, running))
    assert "Tout arrêter" in of_desk["/"]
    seen |= of_desk
    seen |= {path: opened(running.desk + path) for path in ("/healthz", "/readyz", "/metrics")}
    for words in COMMANDS:
        said = home.say(*words)
        seen[" ".join(words)] = said.stdout + said.stderr
    shown = home.say("contacts", "show", REFUSED)
    # What is looked for would be found.
    assert traces_in(shown.stdout) == ["canari", "Fifrelin", "639987702"]
    seen["show"] = shown.stderr
    seen["erase"] = home.say("contacts", "erase", REFUSED, "--yes").stderr
    return seen


def test_nobody_shows_in_a_log_a_page_or_a_file(tmp_path: Path) -> None:
    with campaign(tmp_path) as (home, relay), home.daemon() as running:
        seen = send_it_all(home, relay, running)
        files = {
            path: path.read_bytes().decode("latin-1") + path.read_bytes().decode(errors="ignore")
            for path in (home.folder / "var").rglob("*")
            if path.is_file() and "outbox" not in path.parts
        }
        assert {path.name for path in files} >= {
            "reflexe.db",
            "reflexe.db-wal",
            "reflexe.db.optouts",
            "reflexe.db.wire",
        }
    seen |= {str(path): text for path, text in files.items()}
    seen["log"] = running.log()

    assert "delivery" in seen["log"]
    assert "retain" in seen["audit list --json"]
    assert len([path for path in seen if path.startswith("/")]) > 8
    assert {name: traces_in(text) for name, text in seen.items() if traces_in(text)} == {}
    (refused,) = home.rows(
        "select reason from delivery where state = 'failed' and channel = 'email'"
    )
    assert "550" in refused["reason"]
