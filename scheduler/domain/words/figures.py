"""What typed figures count, in French."""

from collections.abc import Mapping

from scheduler.domain.measure.typed import FigureKind

#: A phrase a kind; a test finds it complete.
FIGURE_WORDS: Mapping[FigureKind, str] = {
    FigureKind.LINKEDIN_REACTIONS: "réactions sur LinkedIn",
    FigureKind.LINKEDIN_SHARES: "partages sur LinkedIn",
    FigureKind.WEBINAR_ATTENDANCE: "participants à un webinaire",
    FigureKind.WORKSHOP_ATTENDANCE: "participants à un atelier ou à la bataille",
    FigureKind.HELP_DESK_REPORTS: "messages suspects signalés au support",
    FigureKind.PRINTED: "affiches et dépliants distribués",
    FigureKind.OTHER: "autre chiffre",
}


#: Of none and of one.
_SINGULAR: Mapping[FigureKind, str] = {
    FigureKind.LINKEDIN_REACTIONS: "réaction sur LinkedIn",
    FigureKind.LINKEDIN_SHARES: "partage sur LinkedIn",
    FigureKind.WEBINAR_ATTENDANCE: "participant à un webinaire",
    FigureKind.WORKSHOP_ATTENDANCE: "participant à un atelier ou à la bataille",
    FigureKind.HELP_DESK_REPORTS: "message suspect signalé au support",
    FigureKind.PRINTED: "affiche ou dépliant distribué",
}


def counted(kind: FigureKind, amount: int) -> str:
    """What goes after the number."""
    return FIGURE_WORDS[kind] if amount > 1 else _SINGULAR.get(kind, FIGURE_WORDS[kind])
