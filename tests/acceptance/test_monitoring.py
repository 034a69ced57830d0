"""What deploy/ gives to monitoring, before a real Prometheus and a Sunday of October."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes import FakeRelay
from tests.fakes.relay import answers
from tests.parts.hosting import hosted
from tests.parts.installation import PROJECT, by_relay, install, staff
from tests.parts.processes import wait_until
from tests.parts.prometheus import Prometheus, prometheus

TOKEN = "a-token-for-machines-alone"
SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris.
SUNDAY = datetime(2026, 10, 4, 8, tzinfo=UTC)
#: Panels that have nothing to show on such a day: nobody left, and nobody's mail came back.
EMPTY = {"Retours prouvés, par raison", "Désinscriptions, par voie"}
DASHBOARD = json.loads((PROJECT / "deploy" / "grafana" / "reflexe.json").read_text("utf-8"))


def test_every_panel_and_alert_says_what_it_should_of_a_real_sunday(tmp_path: Path) -> None:
    relay = FakeRelay(answers("rcpt", "550 5.1.1 nobody", to="a00007@example.org"))
    people = [staff(number, telephone="") for number in range(60)]
    with hosted(relay):
        home = install(
            tmp_path / "home",
            SATURDAY,
            **by_relay(relay.port),
            web__metrics_token=TOKEN,
        )
        home.import_people("staff", people)
        with (
            home.daemon() as running,
            prometheus(tmp_path, f"127.0.0.1:{running.desk_port}", TOKEN) as watching,
        ):
            wait_until(lambda: watching.query('up{job="reflexe"} == 1') != [], "a scrape")
            home.step_to(SUNDAY)
            home.wait_settled()
            sent = 'max(reflexe_deliveries{state="sent"}) >= 55'
            wait_until(lambda: watching.query(sent) != [], "the figures of the Sunday")
            wait_until(lambda: each_is_known(watching), "every alert was weighed")

            wait_until(lambda: silent(watching) == EMPTY, "a rate of each counter")

            shown = panels(watching)
            firing = {one["name"] for one in watching.rules() if one["state"] == "firing"}
            raised = watching.query("max_over_time(sum(reflexe_alarms_open)[10m:1s]) > 0")

    # One of the program's own rings where it rang, and nothing else does.
    assert firing <= ({"ReflexeAlarme"} if raised else set()), (firing, raised)
    assert len(relay.accepted) == 59
    per_minute = values(shown, "Envoyés à la minute, par canal")
    assert max(per_minute) > 5
    assert max(values(shown, "Essais qui n’aboutissent pas, à la minute")) > 0
    assert 55 <= max(values(shown, "Envois des rendez-vous en cours, par état")) <= 60


def panels(watching: Prometheus) -> dict[tuple[str, str], list[dict[str, Any]]]:
    return {
        (panel["title"], target["expr"]): watching.query(target["expr"])
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    }


def silent(watching: Prometheus) -> set[str]:
    return {title for (title, _), found in panels(watching).items() if not found}


def values(shown: dict[tuple[str, str], list[dict[str, Any]]], title: str) -> list[float]:
    return [
        float(one["value"][1]) for (of, _), found in shown.items() if of == title for one in found
    ]


def each_is_known(watching: Prometheus) -> bool:
    return all(one["health"] == "ok" for one in watching.rules())
