"""What opt-outs are called, in French: why, by which way, how much."""

from collections.abc import Mapping

from scheduler.domain.consent.optout import Reason, Route, Scope

#: A test finds these complete.
REASONS: Mapping[Reason, str] = {
    Reason.OPTED_OUT: "demande de la personne",
    Reason.BOUNCED: "adresse ou numéro refusé",
    Reason.COMPLAINED: "signalement comme indésirable",
    Reason.ERASED: "effacement",
    Reason.DECEASED: "personne décédée",
    Reason.WRONG_PERSON: "le numéro est celui de quelqu’un d’autre",
    Reason.LEFT_SERIES: "demande de la personne, en ses propres mots",
    Reason.DOUBT: "réponse par SMS à lire : la série attend",
}
ROUTES: Mapping[Route, str] = {
    Route.ONE_CLICK: "bouton de la messagerie",
    Route.PAGE: "page derrière le lien du courriel",
    Route.MAILTO: "courriel de désinscription",
    Route.SHORT_LINK: "page derrière le lien du SMS",
    Route.SMS: "réponse par SMS",
    Route.PREFERENCES: "page des préférences",
    Route.OPERATOR: "demande orale ou écrite",
    Route.LIST: "liste de refus reprise d’un autre outil",
    Route.PROVIDER: "opérateur d’envoi",
    Route.BOUNCE: "message revenu",
    Route.REPORT: "signalement",
    Route.ERASURE: "effacement",
}
SCOPES: Mapping[Scope, str] = {
    Scope.EVERYTHING: "tout, messages de service compris",
    Scope.TOPICS: "tous les thèmes",
}


def reason(word: str) -> str:
    """The word itself where a later version wrote one of its own; so below."""
    return REASONS[Reason(word)] if word in list(Reason) else word


def route(word: str) -> str:
    return ROUTES[Route(word)] if word in list(Route) else word


def why(because: str, by: str) -> str:
    """The reason, with the route in brackets where that says more."""
    said, way = reason(because), route(by)
    return said if said == way else f"{said} ({way})"


def scope(word: str) -> str:
    """A topic keeps its name."""
    return SCOPES[Scope(word)] if word in list(Scope) else word
