"""A relay that slows down in mid-run: what is in hand and not begun is asked again, so that no text
is begun later than a second after its reader's way out was answered."""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.domain.ids import ContactId
from scheduler.domain.names.tokens import OptOutToken
from scheduler.store.keys.sealing import read_keys
from scheduler.store.keys.tokens import Tokens
from tests.fakes import SlowRelay
from tests.parts.daemon import Daemon
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, Row, install, staff
from tests.parts.postgres import Server, postgres
from tests.parts.processes import wait_until
from tests.parts.replicas import Cluster, cluster

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
PEOPLE = 600
#: Those who refuse once the relay is slow: in hand, as far as that many are, and others.
REFUSING = 40
ADDRESSES = "select id, sealed, digest from address where kind = 'email'"
IN_HAND = f"""select address_id from delivery where state in ('sending', 'waiting')
               order by state, id desc limit {REFUSING}"""  # noqa: S608


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One or two daemons on one ledger."""

    homes: list[Installation]
    keys: Path
    #: What a SELECT on the ledger finds.
    rows: "Rows"


class Rows:
    """Of either database."""

    def __init__(self, home: Installation, server: Cluster | None = None) -> None:
        self._home, self._server = home, server

    def __call__(self, statement: str) -> list[Row]:
        if self._server is None:
            return self._home.rows(statement)
        return self._server.rows(statement)


@contextmanager
def staged(folder: Path, relay: SlowRelay, replicas: int) -> Iterator[Scene]:
    """SQLite for one daemon, PostgreSQL for more."""
    smtp = {"provider": "smtp", "smtp__host": relay.host, "smtp__port": relay.port}
    smtp |= {"smtp__security": "none", "smtp__connections": 4}
    settings = {f"channels__email__{name}": value for name, value in smtp.items()}
    people = [staff(number, telephone="") for number in range(PEOPLE)]
    if replicas == 1:
        home = install(folder / "one", SATURDAY, **settings)
        home.import_people("staff", people)
        yield Scene(homes=[home], keys=home.folder / "var" / "keys.json", rows=Rows(home))
        return
    with postgres() as server, several(folder, server, replicas, settings) as made:
        made.homes[0].import_people("staff", people)
        yield Scene(homes=list(made.homes), keys=made.keys, rows=Rows(made.homes[0], made))


def several(
    folder: Path, server: Server, replicas: int, settings: dict[str, object]
) -> AbstractContextManager[Cluster]:
    return cluster(folder, server.uri, SATURDAY, replicas=replicas, **settings)


def one_click(running: Daemon, token: str) -> float:
    """When it was answered."""
    request = urllib.request.Request(  # noqa: S310 - the tests' own URL
        f"{running.public}/d/{token}", data=b"List-Unsubscribe=One-Click"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
    return time.monotonic()


@pytest.mark.parametrize(("replicas", "slow"), [(1, 0.5), (1, 12.0), (2, 0.5)])
def test_nothing_begins_a_second_after_a_way_out(
    tmp_path: Path, replicas: int, slow: float
) -> None:
    relay = SlowRelay(slows_after=PEOPLE // 3, slows_to=slow)
    with hosted(relay), staged(tmp_path, relay, replicas) as scene, ExitStack() as life:
        running = [life.enter_context(home.daemon()) for home in scene.homes]
        keys = read_keys(scene.keys)
        address_of = {
            keys.open("address", bytes(row["sealed"]), bytes(row["digest"])).decode(): row["id"]
            for row in scene.rows(ADDRESSES)
        }
        scene.homes[0].step_to(SUNDAY)
        wait_until(lambda: len(relay.accepted) >= PEOPLE // 3, "in mid-run")

        answered: dict[str, float] = {}
        name_of = {row: who for who, row in address_of.items()}
        refusing = [name_of[row["address_id"]] for row in scene.rows(IN_HAND)]
        for number, who in enumerate(refusing):
            token = Tokens(keys).optout(
                OptOutToken(address_id=address_of[who], contact_id=ContactId(0))
            )
            answered[who] = one_click(running[number % len(running)], token)
        time.sleep(4)
        relay.seconds_a_reply = 0
        wait_until(lambda: not pending(scene), "every delivery settled", 120)

        late = {
            one.recipient: one.at - answered[one.recipient]
            for one in relay.begun
            if one.recipient in answered and one.at > answered[one.recipient]
        }
        assert max(late.values(), default=0) < 1, late
        assert not relay.lone_dots
        assert len(set(relay.accepted)) == len(relay.accepted)
        left_out = scene.rows("select reason from delivery where state = 'left-out'")
        refused = set(answered) - set(relay.accepted)
        assert [row["reason"] for row in left_out] == ["opted-out"] * len(refused)
        # How many were in hand is the machine's: a group is smaller where answers are slow.
        assert refused
        assert set(relay.accepted) | refused == set(address_of)


def pending(scene: Scene) -> int:
    statement = "select count(*) as n from delivery where state in ('waiting', 'sending')"
    return int(scene.rows(statement)[0]["n"])
