"""report of one occurrence: its figures, and what each audience received."""

from typing import TYPE_CHECKING, Any

from scheduler.cli.context import Context, find_occurrence, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.domain.ids import ContentId
    from scheduler.domain.planning import OccurrenceRow
    from scheduler.domain.showing.report import Count
    from scheduler.domain.showing.small_numbers import Figures, Shown
    from scheduler.flow.showing.received import Received


def tell_occurrence(
    context: Context, occurrence: str, *, exact: bool, by: str, wide: bool, as_json: bool
) -> None:
    """Prints it. Raises NotFound for an occurrence that the ledger doesn't have."""
    from scheduler.bootstrap import links_of, organisation_of
    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.cli.output.counts import print_counts, print_texts
    from scheduler.cli.output.printing import print_json
    from scheduler.flow.showing.figures import sent_of_texts, whole_source
    from scheduler.flow.showing.received import received

    async def step() -> Any:
        async with context.opened() as app:
            row = await find_occurrence(app, occurrence)
            settings = app.configuration.settings
            texts = await received(
                app.ledger, row.occurrence_id, organisation_of(settings), links_of(settings)
            )
            counts = whole_source(
                await app.ledger.counts([row.occurrence_id]), app.agenda.audiences
            )
            figures = await figures_of(app, row.id, exact=exact, by=by)
            sent = sent_of_texts((one.text for one in texts), app.agenda.audiences, figures)
            return row, list(counts), texts, sent, figures

    row, counts, texts, sent, figures = run(step())
    if as_json:
        print_json(_as_json(row, counts, texts, sent, figures))
    else:
        print_counts(counts, figures, wide=wide)
        print_texts(texts, sent)


def _as_json(
    row: "OccurrenceRow",
    counts: "Sequence[Count]",
    texts: "Sequence[Received]",
    sent: "Mapping[ContentId, Shown]",
    figures: "Figures",
) -> dict[str, Any]:
    from scheduler.flow.showing.figures import as_figures

    return {
        "occurrence": row.id,
        "state": row.state,
        "reason": row.reason,
        "exact": figures.exact,
        "figures": as_figures(counts, figures),
        "texts": [one.as_json(sent[one.text.content_id]) for one in texts],
    }
