"""What deploy/ says of the program is so: figures, paths, ports, settings, users."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import typer.main
import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric
from prometheus_client.process_collector import ProcessCollector

from scheduler.cli.app import app as commands
from scheduler.config.loading import load
from scheduler.config.settings import DaemonSettings, WebSettings
from scheduler.domain.answers.bounces import BounceKind
from scheduler.domain.showing.counted import Counted, Span, Tally
from scheduler.domain.showing.gauges import Gauges, Spent
from scheduler.domain.showing.small_numbers import EXACT
from scheduler.web.desk.access import METRICS
from scheduler.web.desk.metrics import _OUTCOMES, counted_families, gauge_families
from tests.flow_world import write_installation

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
ALERTS = yaml.safe_load((PROMETHEUS / "alerts.yaml").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = [rule for group in ALERTS["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((DEPLOY / "grafana" / "reflexe.json").read_text(encoding="utf-8"))
TARGETS = [
    (panel["title"], target["expr"], target["legendFormat"])
    for panel in DASHBOARD["panels"]
    for target in panel["targets"]
]
EXPRESSIONS = [rule["expr"] for rule in RULES] + [expression for _, expression, _ in TARGETS]
MANIFESTS = {
    one["kind"] + "/" + one["metadata"]["name"]: one
    for one in yaml.safe_load_all(
        (DEPLOY / "kubernetes" / "reflexe.yaml").read_text(encoding="utf-8")
    )
}
DAEMON = MANIFESTS["StatefulSet/reflexe"]
#: The oldest of Kubernetes that the manifests are held to, and the newest whose schemas are there.
SUPPORTED = ("1.28", kubernetes_validate.latest_version())
A_POD = ("spec", "template", "spec")
POD = DAEMON["spec"]["template"]["spec"]
PODS = [POD, MANIFESTS["Job/reflexe-migrate"]["spec"]["template"]["spec"]]
PUBLIC_PORT = int(WebSettings.model_fields["public_bind"].default.rpartition(":")[2])
DESK_PORT = int(WebSettings.model_fields["desk_bind"].default.rpartition(":")[2])
#: What Prometheus itself adds, and functions take.
OWN_LABELS = {"job", "instance", "le"}


def families() -> Iterator[Metric]:
    """Every family of /metrics, with a sample."""
    counted = Counted()
    counted.add(Tally.SENDS, "email", "sent")
    counted.add(Tally.OPT_OUTS, "one-click")
    counted.add(Tally.BOUNCES, "hard", "user-unknown")
    for span, word in ((Span.HAND_OVER, "email"), (Span.LEDGER, "read")):
        counted.took(span, word, 0.1)
    spent = {"claiming.claim": Spent(times=1, seconds=1)}
    found = Gauges(
        deliveries={},
        overdue={},
        uncertain={},
        alarms={"backlog": 1},
        opt_outs=0,
        sent={},
        resting={},
        replicas=0,
        spent=spent,
    )
    yield from gauge_families(found, ("email",), 1.0, EXACT)
    yield from counted_families(counted, ("email",), EXACT)
    yield from ProcessCollector(registry=CollectorRegistry()).collect()


LABELS = {one.name: {*one.labels} for family in families() for one in family.samples}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_asks_for_figures_and_labels_that_exist(expression: str) -> None:
    names = {*re.findall(r"\b(?:reflexe|process)_[a-z0-9_]+", expression)}
    assert names <= {*LABELS}
    assert names or expression.startswith("up{")

    known = {label for name in names for label in LABELS[name]} | OWN_LABELS
    by = re.findall(r"by \(([^)]*)\)", expression)
    selected = re.findall(r"[{,]\s*([a-z_]+)(?:=~|!=|=)", expression)
    assert {one.strip() for group in by for one in group.split(",")} | {*selected} <= known


def test_the_values_that_are_selected_are_the_programs_own() -> None:
    for expression in EXPRESSIONS:
        for label, values in re.findall(r'(outcome|kind)(?:=~|!=|=)"([^"]*)"', expression):
            known = {*_OUTCOMES} if label == "outcome" else {one.value for one in BounceKind}
            assert {*values.split("|")} <= known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_has_words_a_weight_and_the_labels_that_they_name(rule: dict[str, Any]) -> None:
    words = " ".join(rule["annotations"].values())

    assert rule["labels"]["severity"] in ("warning", "critical")
    assert {*rule["annotations"]} == {"summary", "description"}
    by = {
        one.strip()
        for group in re.findall(r"by \(([^)]*)\)", rule["expr"])
        for one in group.split(",")
    }
    named = {*re.findall(r"\$labels\.([a-z_]+)", words)}
    assert named <= (by - {"le"} or {"instance"})
    commanded = re.findall(r"« reflexe ([a-z-]+)", words)
    assert {*commanded} <= {*typer.main.get_command(commands).commands}  # type: ignore[attr-defined]


def test_no_two_alerts_have_one_name() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_monitoring_asks_the_desk_as_it_is() -> None:
    (job,) = yaml.safe_load((PROMETHEUS / "scrape.yaml").read_text(encoding="utf-8"))[
        "scrape_configs"
    ]

    assert job["metrics_path"] == METRICS
    assert job["authorization"]["type"] == "Bearer"
    assert job["static_configs"][0]["targets"] == [f"127.0.0.1:{DESK_PORT}"]
    assert all(f'job="{job["job_name"]}"' in one for one in EXPRESSIONS if "job=" in one)


def test_the_dashboards_panels_lie_side_by_side_and_show_their_labels() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken
        assert at["x"] + at["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    for title, expression, legend in TARGETS:
        by = {
            one.strip()
            for group in re.findall(r"by \(([^)]*)\)", expression)
            for one in group.split(",")
        }
        shown = {*re.findall(r"\{\{([a-z_]+)\}\}", legend)}
        assert shown <= (by or OWN_LABELS), title


def test_every_counter_and_time_is_on_the_dashboard() -> None:
    shown = " ".join(expression for _, expression, _ in TARGETS)

    for name in ("sends", "opt_outs", "bounces", "hand_over_seconds", "ledger_seconds"):
        assert f"reflexe_{name}" in shown


# Kubernetes


@pytest.mark.parametrize("version", SUPPORTED)
@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_is_what_kubernetes_own_schema_says(name: str, version: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], version, strict=True)


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("StatefulSet/reflexe", ("spec", "replica"), 3),
        ("StatefulSet/reflexe", ("spec", "replicas"), "three"),
        ("StatefulSet/reflexe", ("spec", "serviceName"), ["reflexe"]),
        ("StatefulSet/reflexe", (*A_POD, "terminationGracePeriod"), 40),
        ("StatefulSet/reflexe", (*A_POD, "containers", 0, "livenessProbe", "httpGet", "url"), "/"),
        ("StatefulSet/reflexe", (*A_POD, "containers", 0, "env", 0, "value"), 3),
        ("Job/reflexe-migrate", (*A_POD, "volumes", 0, "secret", "name"), "reflexe"),
        ("PodDisruptionBudget/reflexe", ("spec", "minimum"), 2),
        ("Service/reflexe", ("spec", "ports", 0, "port"), "desk"),
        ("Service/reflexe-public", ("spec", "selectors"), {}),
    ],
)
def test_a_key_or_a_kind_of_value_that_kubernetes_does_not_know_is_seen(
    name: str, path: tuple[str | int, ...], value: object
) -> None:
    planted = deepcopy(MANIFESTS[name])
    place: Any = planted
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(planted, SUPPORTED[-1], strict=True)


def test_no_key_is_said_twice_in_the_manifests() -> None:
    """A parser takes the last, and kubectl refuses."""
    text = (DEPLOY / "kubernetes" / "reflexe.yaml").read_text(encoding="utf-8")

    for document in yaml.compose_all(text):
        assert document is not None
        assert [*said_twice(document)] == []
    assert [*said_twice(yaml.compose("a: {b: 1, c: 2, b: 3}"))] == ["b"]


def said_twice(node: Any) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from (one for one in {*keys} if keys.count(one) > 1)
    for below in node.value if isinstance(node.value, list) else ():
        for one in below if isinstance(below, tuple) else (below,):
            yield from said_twice(one)


def containers() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for pod in PODS:
        for one in pod["containers"]:
            yield pod, one


def test_three_replicas_have_a_volume_each_and_two_stay_up() -> None:
    assert DAEMON["spec"]["replicas"] == 3
    (claim,) = DAEMON["spec"]["volumeClaimTemplates"]
    assert claim["spec"]["accessModes"] == ["ReadWriteOnce"]
    mounts = {one["name"]: one["mountPath"] for one in POD["containers"][0]["volumeMounts"]}
    assert mounts[claim["metadata"]["name"]] == "/app/var"
    assert MANIFESTS["PodDisruptionBudget/reflexe"]["spec"]["minAvailable"] == 2


def test_every_selector_finds_the_daemon_and_no_other_pod() -> None:
    labels = DAEMON["spec"]["template"]["metadata"]["labels"]
    migrating = MANIFESTS["Job/reflexe-migrate"]["spec"]["template"]["metadata"]["labels"]
    selectors = [
        DAEMON["spec"]["selector"]["matchLabels"],
        MANIFESTS["PodDisruptionBudget/reflexe"]["spec"]["selector"]["matchLabels"],
        MANIFESTS["Service/reflexe"]["spec"]["selector"],
        MANIFESTS["Service/reflexe-public"]["spec"]["selector"],
    ]

    assert all(one.items() <= labels.items() for one in selectors)
    assert not any(one.items() <= migrating.items() for one in selectors)
    assert f"Service/{DAEMON['spec']['serviceName']}" in MANIFESTS


def test_ports_and_paths_are_those_of_the_program() -> None:
    (daemon,) = POD["containers"]
    ports = {one["name"]: one["containerPort"] for one in daemon["ports"]}
    environment = {one["name"]: one["value"] for one in daemon["env"]}
    exposed = re.search(r"^EXPOSE (.*)$", (ROOT / "Dockerfile").read_text(), re.M)

    assert exposed is not None
    assert exposed[1].split() == [str(ports["desk"]), str(ports["public"])]
    assert environment["REFLEXE_WEB__DESK_BIND"] == f"0.0.0.0:{ports['desk']}"
    assert environment["REFLEXE_WEB__PUBLIC_BIND"] == f"0.0.0.0:{ports['public']}"
    paths = {
        name: daemon[f"{name}Probe"]["httpGet"]["path"]
        for name in ("startup", "liveness", "readiness")
    }
    assert paths == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
    services = [MANIFESTS["Service/reflexe"], MANIFESTS["Service/reflexe-public"]]
    assert {port["targetPort"] for one in services for port in one["spec"]["ports"]} == {*ports}


def test_what_a_pod_is_told_is_what_the_program_understands(tmp_path: Path) -> None:
    config = write_installation(tmp_path)
    for name, value in (
        ("database_url", "postgresql+psycopg://reflexe:x@database/reflexe"),
        ("desk_token", "a-token-for-the-tests"),
        ("metrics_token", "another-token-for-tests"),
    ):
        (tmp_path / name).write_text(f"{value}\n")
    for _, one in containers():
        told = {
            each["name"]: each["value"].replace("/run/secrets/reflexe", str(tmp_path))
            for each in one["env"]
        }
        settings = load(config, told).settings
        assert settings.database.url.endswith("@database/reflexe")
        assert settings.keys.file == tmp_path / "keys.json"
        assert one["args"][0] in typer.main.get_command(commands).commands  # type: ignore[attr-defined]


def test_a_pod_may_write_where_it_must_and_nowhere_else() -> None:
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text(), re.M)
    assert user is not None
    for pod, one in containers():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] == int(user[1])
        assert pod["securityContext"]["fsGroup"] == int(user[2])
        assert pod["automountServiceAccountToken"] is False
        context = one["securityContext"]
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        volumes = {volume["name"] for volume in pod["volumes"]} | {"var"}
        assert {mount["name"] for mount in one["volumeMounts"]} <= volumes
        assert "memory" in one["resources"]["limits"]


def test_a_pod_that_is_stopped_has_the_time_that_its_grace_takes() -> None:
    assert POD["terminationGracePeriodSeconds"] >= DaemonSettings().grace_seconds + 5


# Proxies


def proxy(name: str) -> str:
    return (DEPLOY / "proxies" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf", "traefik-dynamic.yaml"])
def test_a_proxy_leads_to_the_public_server_and_never_to_the_desk(name: str) -> None:
    text = proxy(name)

    assert f"127.0.0.1:{PUBLIC_PORT}" in text
    assert str(DESK_PORT) not in text


def test_nginx_logs_neither_paths_nor_addresses() -> None:
    (shape,) = re.findall(r"log_format reflexe '([^']*)'", proxy("nginx.conf"))
    servers = proxy("nginx.conf").split("server {")[1:]

    assert {*re.findall(r"\$([a-z_0-9]+)", shape)} == {
        *("time_iso8601", "request_method", "status", "body_bytes_sent", "request_time")
    }
    assert all("error_log /var/log/nginx/reflexe-error.log crit;" in one for one in servers)
    assert all(re.search(r"access_log (?:off|\S+ reflexe);", one) for one in servers)


def test_caddy_logs_neither_paths_nor_addresses() -> None:
    deleted = {*re.findall(r"^\s+(\S+) delete$", proxy("Caddyfile"), re.M)}

    assert deleted >= {"request>uri", "request>headers", "request>remote_ip", "request>client_ip"}


def test_traefik_keeps_of_a_request_what_is_nobodys() -> None:
    static = yaml.safe_load(proxy("traefik-static.yaml"))
    dynamic: Mapping[str, Any] = yaml.safe_load(proxy("traefik-dynamic.yaml"))["http"]
    fields = static["accessLog"]["fields"]

    assert (fields["defaultMode"], fields["headers"]["defaultMode"]) == ("drop", "drop")
    assert {*fields["names"]} == {"StartUTC", "RequestMethod", "DownstreamStatus", "Duration"}
    assert dynamic["routers"]
    for router in dynamic["routers"].values():
        assert router["service"] in dynamic["services"]
        assert {*router["middlewares"]} <= {*dynamic["middlewares"]}
        assert {*router["entryPoints"]} <= {*static["entryPoints"]}
        assert router["tls"]["certResolver"] in static["certificatesResolvers"]


# The image


def test_the_image_says_which_version_it_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert re.search(r"^ARG VERSION=(.*)$", image, re.M)[1] == project["version"]  # type: ignore[index]
    assert f'image.licenses="{project["license"]}"' in image
    assert f'image.description="{project["description"]}"' in image


# Continuous integration


@pytest.mark.parametrize("name", ["check.gitlab-ci.yml", "check.github.yaml"])
def test_a_merge_request_runs_check_as_it_is(name: str) -> None:
    text = (DEPLOY / "ci" / name).read_text(encoding="utf-8")
    lines = [line for line in yaml_strings(yaml.safe_load(text)) if "reflexe check" in line]
    options = {
        one
        for parameter in typer.main.get_command(commands).commands["check"].params  # type: ignore[attr-defined]
        for one in parameter.opts
    }

    assert len(lines) == 1
    assert {*re.findall(r"--[a-z-]+", lines[0])} <= options


def yaml_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from yaml_strings(one)
