"""An OTLP/HTTP receiver that reads what comes by the protocol's own classes, and the faults a test
names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

Labels = tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class Collector:
    """What came; ``status`` and ``waits`` may be changed while it runs."""

    port: int = 0
    status: int = 200
    #: It answers once this is set.
    waits: Event = field(default_factory=Event)
    #: Seconds between two bytes of an answer, which never ends; 0: it answers at once.
    drips: float = 0
    #: A path that it doesn't know.
    lacks: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    metrics: list[Any] = field(default_factory=list)
    spans: list[Any] = field(default_factory=list)
    resources: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.waits.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def numbers(self) -> dict[tuple[str, Labels], float]:
        """The newest figure of each name and labels; not those of the process, which move."""
        found: dict[tuple[str, Labels], float] = {}
        for metric in self.metrics:
            data = getattr(metric, metric.WhichOneof("data"))
            for point in data.data_points:
                labels = tuple(
                    sorted((one.key, one.value.string_value) for one in point.attributes)
                )
                if metric.WhichOneof("data") == "histogram":
                    found |= _steps(metric.name, labels, point)
                else:
                    found[metric.name, labels] = getattr(point, point.WhichOneof("value"))
        return {one: n for one, n in found.items() if not one[0].startswith("process_")}

    def take(self, path: str, body: bytes) -> None:
        self.bodies.append(body)
        if path == "/v1/metrics":
            told = ExportMetricsServiceRequest.FromString(body)
            self.metrics = []
            for whole in told.resource_metrics:
                self._note(whole.resource)
                for part in whole.scope_metrics:
                    self.metrics += part.metrics
        elif path == "/v1/traces":
            for one in ExportTraceServiceRequest.FromString(body).resource_spans:
                self._note(one.resource)
                for spans in one.scope_spans:
                    self.spans += spans.spans

    def _note(self, resource: Any) -> None:
        self.resources.append({one.key: one.value.string_value for one in resource.attributes})


@contextmanager
def collecting(**faults: Any) -> Iterator[Collector]:
    """On a free port of the loopback, until the context ends."""
    collector = Collector(**faults)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.paths.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            collector.waits.wait(60)
            collector.headers.append(dict(self.headers.items()))
            if self._status() == 200 and not collector.drips:
                collector.take(self.path, body)
            try:
                self._answer()
            except OSError:
                # Whoever asked has gone.
                self.close_connection = True

        def _answer(self) -> None:
            self.send_response(self._status())
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "100000" if collector.drips else "0")
            self.end_headers()
            while collector.drips and not server.ended.wait(collector.drips):
                self.wfile.write(b".")

        def _status(self) -> int:
            return 404 if self.path == collector.lacks else collector.status

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        ended = Event()

    server = Server(("127.0.0.1", collector.port), Handler)
    collector.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield collector
    finally:
        server.ended.set()
        collector.waits.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _steps(name: str, labels: Labels, point: Any) -> dict[tuple[str, Labels], float]:
    """As ``/metrics`` tells a histogram: steps that add up."""
    told: dict[tuple[str, Labels], float] = {}
    ends = [*(f"{bound:g}" for bound in point.explicit_bounds), "+Inf"]
    total = 0
    for end, count in zip(ends, point.bucket_counts, strict=True):
        total += count
        told[f"{name}_bucket", tuple(sorted((*labels, ("le", end))))] = total
    assert total == point.count
    assert not point.HasField("min")
    assert not point.HasField("max")
    told[f"{name}_count", labels] = point.count
    told[f"{name}_sum", labels] = point.sum
    return told
