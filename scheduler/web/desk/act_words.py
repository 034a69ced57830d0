"""What is said around what people do on the desk: where it stands, and why it wasn't done."""

from collections.abc import Mapping

from scheduler.domain.answers.doubt_figures import Found
from scheduler.domain.answers.uncertain import Cause, Refusal
from scheduler.domain.calendar.approval import Why
from scheduler.domain.checking.passing import WhyNot
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.report import Standing
from scheduler.domain.showing.small_numbers import Figures, is_many
from scheduler.domain.words.doubt import CAUSES
from scheduler.web.desk import texts
from scheduler.web.desk.french import NO_BREAK, figure, plural
from scheduler.web.desk.words import DELIVERY_STATES

NOT_ALLOWED = {
    Why.GONE: "Cet envoi vient d'être autorisé, ou redemandé : relisez la liste.",
    Why.SAME_PERSON: (
        "Qui demande un envoi ne peut pas l'autoriser : une autre personne doit le faire."
    ),
    Why.CHANGED: "Les textes ont changé depuis la demande : relisez-les, et redemandez l'envoi.",
}
NOT_PASSED = {
    WhyNot.UNKNOWN: "Cette faute n'est plus là, ou ses mots ont changé : relisez la page.",
    WhyNot.NEVER: "Personne ne peut laisser passer cette faute : corrigez le texte.",
    WhyNot.NO_NAME: "Dites qui agit : un nom, en lettres.",
    WhyNot.NO_REASON: "Dites pourquoi ce texte peut partir tel quel.",
    WhyNot.ASKED: "Quelqu'un l'a déjà demandé : une autre personne doit l'accepter.",
    WhyNot.NOT_ASKED: "Personne n'a demandé à laisser passer cette faute.",
    WhyNot.SAME_PERSON: "Qui le demande ne peut pas l'accepter : une autre personne doit le faire.",
    WhyNot.DECIDED: "Quelqu'un vient d'en décider : relisez la page.",
}
REFUSALS = {
    Refusal.NOT_UNCERTAIN: ("n'était plus en doute", "n'étaient plus en doute"),
    Refusal.TOO_LATE: ("ne peut plus partir à temps", "ne peuvent plus partir à temps"),
    Refusal.CANCELLED: (
        "appartient à un rendez-vous annulé",
        "appartiennent à un rendez-vous annulé",
    ),
    Refusal.CHANGED: (
        "a peut-être atteint l’adresse précédente de son destinataire",
        "ont peut-être atteint l’adresse précédente de leur destinataire",
    ),
    Refusal.NOBODY: ("n'a plus de destinataire", "n'ont plus de destinataire"),
}


def standing(found: Standing, figures: Figures) -> str:
    """``12 envoyés, 30 en attente, 2 en cours de remise``."""
    told = [
        (found.sent, DELIVERY_STATES[DeliveryState.SENT]),
        (found.waiting, DELIVERY_STATES[DeliveryState.WAITING]),
        (found.in_flight, ("en cours de remise", "en cours de remise")),
    ]
    if found.cancelled:
        told.append((found.cancelled, DELIVERY_STATES[DeliveryState.CANCELLED]))
    shown = ((figures.of(count), forms) for count, forms in told)
    return ", ".join(f"{figure(count)} {forms[is_many(count)]}" for count, forms in shown)


def under_way(found: Standing, figures: Figures) -> str:
    """Of all occurrences together."""
    if not (found.sent or found.waiting or found.in_flight):
        return f"{texts.NOTHING_UNDER_WAY}."
    return f"{texts.UNDER_WAY}{NO_BREAK}: {standing(found, figures)}."


def why_not_allowed(why: Why) -> str:
    return NOT_ALLOWED[why]


def why_not_passed(why: WhyNot) -> str:
    return NOT_PASSED[why]


def doubted(cause: Cause, count: int, found: Found | None) -> str:
    """Of one cause: how many, and the share of its kind that had arrived at the last proof."""
    head = f"{CAUSES[cause].capitalize()} ({count})"
    if found is None:
        return f"{head}{NO_BREAK}: la dernière épreuve n'en a pas eu de cette sorte."
    return (
        f"{head}{NO_BREAK}: à la dernière épreuve, {found.arrived} sur {found.of} de cette sorte "
        f"étaient arrivés ({found.percent}{NO_BREAK}%)."
    )


def not_decided(refused: Mapping[Refusal, int]) -> str:
    """``2 messages ne peuvent plus partir à temps.``"""
    told = [
        f"{plural(rows, 'message', 'messages')} {REFUSALS[why][rows > 1]}"
        for why, rows in refused.items()
    ]
    return ", ".join(told) + "."


def doubts(count: int) -> str:
    return plural(count, "message en doute", "messages en doute")


def more(count: int) -> str:
    return f"et {plural(count, 'autre', 'autres')}"


def approvals(count: int) -> str:
    one, many = "envoi attend une seconde personne", "envois attendent une seconde personne"
    return plural(count, one, many)


def held(pending: int, accepted: int) -> str:
    """``37 adresses refusées d'un coup, là où 120 avaient accepté``."""
    refused = plural(pending, "adresse refusée d'un coup", "adresses refusées d'un coup")
    return f"{refused}, là où {plural(accepted, 'avait accepté', 'avaient accepté')}"


def too_many_trials(most: int) -> str:
    return (
        f"Rien n'est parti : {most} essais sont partis depuis une heure, c'est la limite. "
        "Recommencez plus tard."
    )
