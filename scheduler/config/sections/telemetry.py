"""Whereto figures and spans go by OTLP, where somebody collects them so."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from scheduler.config.sections.section import Section
from scheduler.domain.showing.traced import LARGEST_SHARE


def _receiver(value: str) -> str:
    parts = urlsplit(value)
    try:
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(
            "must be the address of an OTLP/HTTP receiver, such as http://127.0.0.1:4318"
        )
    return value.rstrip("/")


class TelemetrySettings(Section):
    otlp: Annotated[str, AfterValidator(_receiver)] | None = Field(
        default=None,
        description="Address of an OTLP/HTTP receiver, without /v1/…: the figures of /metrics go "
        "there each minute, and spans. Needs the extra otel. Absent: nothing goes anywhere.",
    )
    share: float = Field(
        default=0.01,
        ge=0,
        le=LARGEST_SHARE,
        description="Of transactions, and of looks and turns up to a second, the share that is "
        "told as spans; longer looks and turns always are.",
    )
