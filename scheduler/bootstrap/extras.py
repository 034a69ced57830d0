"""What config.yaml asks for that comes with an extra, and whether that is installed."""

from collections.abc import Iterator
from importlib.util import find_spec

from scheduler.config.settings import Settings
from scheduler.domain.errors import ConfigError, Fault

_TELEMETRY = ("opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


def lacking_parts(settings: Settings) -> Iterator[Fault]:
    """A fault of each key that wants an extra which isn't there. Nothing of one is loaded."""
    if settings.telemetry.otlp is not None and not all(map(_is_there, _TELEMETRY)):
        yield Fault(
            where="config.yaml",
            key="telemetry.otlp",
            what="telemetry needs parts that aren't installed",
            remedy="pip install 'reflexe[otel]', or take the key away",
        )
    for name, source in settings.sources.items():
        if source.sftp is not None and not _is_there("asyncssh"):
            yield Fault(
                where="config.yaml",
                key=f"sources.{name}.sftp",
                what="SFTP needs a part that isn't installed",
                remedy="pip install 'reflexe[sftp]', or take the source away",
            )


def need_parts(settings: Settings) -> None:
    """Raises ConfigError where something is asked for whose extra isn't installed."""
    if faults := list(lacking_parts(settings)):
        raise ConfigError(faults)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        # A part of it may be there without the rest; a test takes one away by None.
        return False
