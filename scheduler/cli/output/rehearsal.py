"""How a rehearsal is printed: short, and what matters last."""

from collections.abc import Mapping

from scheduler.cli.language import say, tr
from scheduler.cli.output import words
from scheduler.cli.output.counts import print_counts, print_sums
from scheduler.cli.output.moments import day
from scheduler.cli.output.printing import print_json
from scheduler.cli.output.words import figure
from scheduler.domain.showing.small_numbers import Figures
from scheduler.flow.rehearse import Rehearsal
from scheduler.flow.showing.figures import as_figures


def print_rehearsal(
    result: Rehearsal,
    figures: Figures,
    titled: Mapping[str, tuple[str, str]],
    *,
    as_json: bool,
    whole: bool,
    wide: bool,
) -> None:
    """``titled``: date and title of each occurrence. ``whole``: also each audience, channel and
    territory."""
    if as_json:
        print_json(_as_data(result, figures))
        return
    say(f"Rehearsal from {day(result.start)} to {day(result.end)}")
    if whole:
        print_counts(result.counts, figures, wide=wide)
    else:
        print_sums(result.counts, figures, titled, wide=wide)
    for wish in result.unmet:
        people, channel = figure(figures.of(wish.people)), words.channel(wish.channel)
        if wish.easy_to_read:
            say(
                f"WISH {channel}: {people} who asked for easy texts ({wish.language}) would read "
                f"others, {wish.occurrences} times"
            )
        else:
            say(
                f"WISH {channel}: {people} who read {wish.language} would get another language, "
                f"{wish.occurrences} times"
            )
    for row in result.settled:
        say(f"NOT PLAYED {row.id}: it is {words.state(row.state.value)} in the ledger")
    for conflict in result.conflicts:
        say(f"CONFLICT {conflict.occurrence}: {tr(conflict.what)}")
    if not result.conflicts:
        say("No conflict.")


def _as_data(result: Rehearsal, figures: Figures) -> dict[str, object]:
    return {
        "from": result.start,
        "to": result.end,
        "figures": as_figures(result.counts, figures),
        "conflicts": [{"occurrence": one.occurrence, "what": one.what} for one in result.conflicts],
        "unmet_wishes": [
            {
                "channel": one.channel,
                "language": one.language,
                "easy_to_read": one.easy_to_read,
                "people": figures.of(one.people),
                "occurrences": one.occurrences,
            }
            for one in result.unmet
        ],
        "settled": [{"occurrence": row.id, "state": row.state.value} for row in result.settled],
    }
