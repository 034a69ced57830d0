"""The families of ``/metrics``, as OTLP has them: the same names, labels and figures.

Nothing is counted here: what ``/metrics`` rounds or hides is rounded or hidden before it comes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client import Metric as Family
from prometheus_client.samples import Sample

#: Optional in the protocol, though not in the types.
_UNTOLD: Any = None


def as_otlp(
    families: Iterable[Family],
    resource: Resource,
    scope: InstrumentationScope,
    *,
    began: int,
    now: int,
) -> MetricsData:
    """``began``: when what is counted began to be (both in nanoseconds since 1970)."""
    metrics = [_metric(one, began, now) for one in families if one.samples]
    inside = ScopeMetrics(scope=scope, metrics=metrics, schema_url="")
    whole = ResourceMetrics(resource=resource, scope_metrics=[inside], schema_url="")
    return MetricsData(resource_metrics=[whole])


def _metric(family: Family, began: int, now: int) -> Metric:
    data: Gauge | Sum | Histogram
    if family.type == "histogram":
        data = Histogram(
            data_points=_histograms(family.samples, began, now),
            aggregation_temporality=AggregationTemporality.CUMULATIVE,
        )
    elif family.type == "counter":
        data = Sum(
            data_points=[_number(one, began, now) for one in family.samples],
            aggregation_temporality=AggregationTemporality.CUMULATIVE,
            is_monotonic=True,
        )
    else:
        data = Gauge(data_points=[_number(one, None, now) for one in family.samples])
    unit = "s" if family.name.endswith("_seconds") else ""
    return Metric(name=family.name, description=family.documentation, unit=unit, data=data)


def _number(sample: Sample, began: int | None, now: int) -> NumberDataPoint:
    return NumberDataPoint(
        attributes=dict(sample.labels),
        start_time_unix_nano=began or 0,
        time_unix_nano=now,
        value=float(sample.value),
    )


def _histograms(samples: Sequence[Sample], began: int, now: int) -> list[HistogramDataPoint]:
    """One by labels. Neither the least nor the greatest is told: ``/metrics`` has neither."""
    steps: dict[tuple[tuple[str, str], ...], list[tuple[float, int]]] = {}
    sums: dict[tuple[tuple[str, str], ...], float] = {}
    for one in samples:
        labels = tuple((name, word) for name, word in one.labels.items() if name != "le")
        if one.name.endswith("_bucket"):
            step = float(one.labels["le"]), int(one.value)
            steps.setdefault(labels, []).append(step)
        elif one.name.endswith("_sum"):
            sums[labels] = float(one.value)
    return [
        HistogramDataPoint(
            attributes=dict(labels),
            start_time_unix_nano=began,
            time_unix_nano=now,
            count=found[-1][1],
            sum=sums.get(labels, 0.0),
            bucket_counts=[
                upper - lower for (_, lower), (_, upper) in pairwise([(0.0, 0), *found])
            ],
            explicit_bounds=[end for end, _ in found[:-1]],
            min=_UNTOLD,
            max=_UNTOLD,
        )
        for labels, found in steps.items()
    ]
