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
from scheduler.flow.figures import Line, as_figures, lines_of
from scheduler.flow.received import Received
from scheduler.flow.rehearse import Rehearsal


def print_rehearsal(result: Rehearsal, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "from": result.start,
                "to": result.end,
                "figures": as_figures(result.counts),
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
    print_counts(result.counts)
    for row in result.settled:
        typer.echo(f"NON REJOUÉ {row.id} : {state_words.sentence(row.state)} dans le registre")
    for conflict in result.conflicts:
        typer.echo(f"CONFLIT {conflict.occurrence} : {conflict.what}")
    if not result.conflicts:
        typer.echo("Aucun conflit.")


def print_counts(counts: Iterable[Count]) -> None:
    lines = lines_of(counts)
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
    planned = sum(line.planned for line in lines)
    sent = sum(line.of(DeliveryState.SENT) for line in lines)
    cost = euros(sum(line.cost for line in lines))
    segments = sum(line.segments for line in lines)
    arrivals = {one: sum(line.arrivals.get(one, 0) for line in lines) for one in Arrival}
    told = f"{planned} prévus, {_sent(sent, arrivals, 'envoyés')}"
    typer.echo(f"En tout : {told}, {segments} segments, {_money(cost)}")


def _sent(sent: int, arrivals: Mapping[Arrival, int], word: str = "") -> object:
    """``40 (30 arrivés, 3 non arrivés, 7 sans nouvelle)``; the number where nothing was said."""
    told = ", ".join(arrival_words.phrase(*one) for one in arrival_words.told(arrivals))
    plain = f"{sent} {word}".strip()
    return f"{plain} ({told})" if told else plain


def print_texts(texts: Sequence[Received]) -> None:
    """What each audience received; nothing as long as nobody has."""
    if not texts:
        return
    typer.echo("\nTextes reçus")
    for one in texts:
        text = one.text
        again = f", révision {text.revision}" if text.revision else ""
        typer.echo(
            f"  {channel_label(text.channel)}, {text.audience}, {text.variant}{again} : "
            f"{text.sent} × « {one.says} »"
        )
        typer.echo(f"    {one.address}   empreinte {text.fingerprint[:12]}…")


def _row(line: Line) -> tuple[object, ...]:
    others = {
        "échec": line.of(DeliveryState.FAILED),
        "incertain": line.of(DeliveryState.UNCERTAIN),
        "annulé": line.of(DeliveryState.CANCELLED),
        "en attente": line.of(DeliveryState.WAITING),
    }
    return (
        line.occurrence,
        line.audience,
        line.channel,
        line.territory,
        line.planned,
        _sent(line.of(DeliveryState.SENT), line.arrivals),
        ", ".join(
            f"{count} {reason_words.short(why)}" for why, count in sorted(line.left_out.items())
        ),
        ", ".join(f"{count} {name}" for name, count in others.items() if count),
        line.segments or "",
        _money(line.euros) if line.cost else "",
    )


def _money(amount: object) -> str:
    return f"{amount:.2f}\u00a0€".replace(".", ",")
