"""What was traced, as spans: a name, two moments, and one word of our own."""

from collections.abc import Mapping

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, TraceFlags

from scheduler.domain.showing.small_numbers import Figures
from scheduler.domain.showing.traced import Traced, Work, told_name

#: What the word beside the name is.
_ATTRIBUTE = {Work.LEDGER: "reflexe.kind", Work.TURN: "reflexe.channel"}
_ids = RandomIdGenerator()


def as_span(
    one: Traced,
    times: Mapping[str, int],
    figures: Figures,
    resource: Resource,
    scope: InstrumentationScope,
) -> ReadableSpan:
    attribute = _ATTRIBUTE.get(one.work)
    return ReadableSpan(
        name=told_name(one, times, figures),
        context=SpanContext(
            trace_id=_ids.generate_trace_id(),
            span_id=_ids.generate_span_id(),
            is_remote=False,
            trace_flags=TraceFlags(TraceFlags.SAMPLED),
        ),
        resource=resource,
        attributes={attribute: one.word} if attribute and one.word else {},
        kind=SpanKind.INTERNAL,
        start_time=one.began,
        end_time=one.ended,
        instrumentation_scope=scope,
    )
