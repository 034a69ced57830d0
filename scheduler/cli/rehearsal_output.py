"""How a rehearsal and a report are printed; in French, for the comms team reads them."""

from collections.abc import Iterable, Mapping, Sequence

import typer

from scheduler.cli.output import print_json, print_table
from scheduler.domain import arrivals as arrival_words
from scheduler.domain import reason_words, state_words
from scheduler.domain.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.french import channel_label
from scheduler.domain.prices import euros
from scheduler.domain.report import Count
from scheduler.domain.small_numbers import LEAST, STEP, Figures, Shown, Veil, is_many, text
from scheduler.flow.figures import ShownLine, as_figures, lines_of, shown_lines
from scheduler.flow.received import Received
from scheduler.flow.rehearse import Rehearsal

ROUNDED_WHY = (
    f"Personne ne doit se deviner : un groupe de moins de {LEAST} n’est pas montré, au-delà les "
    f"chiffres vont par pas de {STEP}."
)


def print_rehearsal(result: Rehearsal, figures: Figures, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "from": result.start,
                "to": result.end,
                "figures": as_figures(result.counts, figures),
                "conflicts": [
                    {"occurrence": one.occurrence, "what": one.what} for one in result.conflicts
                ],
                "settled": [
                    {"occurrence": row.id, "state": row.state.value} for row in result.settled
                ],
            }
        )
        return
    typer.echo(f"Répétition du {result.start} au {result.end}")
    print_counts(result.counts, figures)
    for row in result.settled:
        typer.echo(f"NON REJOUÉ {row.id} : {state_words.sentence(row.state)} dans le registre")
    for conflict in result.conflicts:
        typer.echo(f"CONFLIT {conflict.occurrence} : {conflict.what}")
    if not result.conflicts:
        typer.echo("Aucun conflit.")


def print_counts(counts: Iterable[Count], figures: Figures) -> None:
    lines = shown_lines(lines_of(counts), figures)
    titles = (
        "Occurrence",
        "Public",
        "Canal",
        "Terr.",
        "Prévus",
        "Envoyés",
        "Laissés de côté",
        "Échecs",
        "Segments",
        "Coût",
    )
    print_table(titles, [_row(line) for line in lines])
    told = f"{_total(one.planned for one in lines)} prévus, "
    arrivals = {one: _total(line.arrivals.get(one, 0) for line in lines) for one in Arrival}
    told += f"{_sent(_total(line.of(DeliveryState.SENT) for line in lines), arrivals, 'envoyés')}"
    told += f", {_total(one.segments for one in lines)} segments"
    told += f", {_money(euros(_total(one.cost for one in lines)))}"
    if figures.exact:
        typer.echo(f"En tout : {told}")
    else:
        typer.echo(f"En tout, au moins : {told}")
        typer.echo(ROUNDED_WHY)


def _total(shown: Iterable[Shown]) -> int:
    """Of what is shown alone: so a total gives nothing away that its parts don't."""
    return sum(one for one in shown if not isinstance(one, Veil))


def _sent(sent: Shown, arrivals: Mapping[Arrival, Shown], word: str = "") -> str:
    """``40 (30 arrivés, 3 non arrivés, 7 sans nouvelle)``; the number where nothing was said."""
    told = ", ".join(
        f"{text(rows)} {arrival_words.WORDS[one][is_many(rows)]}"
        for one, rows in arrival_words.told(arrivals)
    )
    plain = f"{text(sent)} {word}".strip()
    return f"{plain} ({told})" if told else plain


def print_texts(texts: Sequence[Received], figures: Figures) -> None:
    """What each audience received; nothing as long as nobody has."""
    if not texts:
        return
    typer.echo("\nTextes reçus")
    for one in texts:
        kept = one.text
        again = f", révision {kept.revision}" if kept.revision else ""
        typer.echo(
            f"  {channel_label(kept.channel)}, {kept.audience}, {kept.variant}{again} : "
            f"{text(figures.of(kept.sent))} × « {one.says} »"
        )
        typer.echo(f"    {one.address}   empreinte {kept.fingerprint[:12]}…")


def _row(one: ShownLine) -> tuple[object, ...]:
    others = {
        "échec": one.of(DeliveryState.FAILED),
        "incertain": one.of(DeliveryState.UNCERTAIN),
        "annulé": one.of(DeliveryState.CANCELLED),
        "en attente": one.of(DeliveryState.WAITING),
    }
    return (
        one.line.occurrence,
        one.line.audience,
        one.line.channel,
        one.line.territory,
        text(one.planned),
        _sent(one.of(DeliveryState.SENT), one.arrivals),
        ", ".join(
            f"{text(count)} {reason_words.short(why)}" for why, count in sorted(one.reasons.items())
        ),
        ", ".join(f"{text(count)} {name}" for name, count in others.items() if count),
        text(one.segments) if one.segments else "",
        _cost(one.cost) if one.cost else "",
    )


def _cost(cost: Shown) -> str:
    return text(cost) if isinstance(cost, Veil) else _money(euros(cost))


def _money(amount: object) -> str:
    return f"{amount:.2f}\u00a0€".replace(".", ",")
