"""The program's own words in a table's cells: the code's in English, domain's tables in French."""

from typing import TYPE_CHECKING

from scheduler.cli.language import is_french, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.domain.answers.arrivals import Arrival

_OUTCOMES = {
    "sent": "envoyés",
    "waiting": "en attente",
    "sending": "en cours de remise",
    "left_out": "laissés de côté",
    "failed": "en échec",
    "uncertain": "incertains",
    "cancelled": "annulés",
}


def state(value: str) -> str:
    """Of an occurrence; also that its time is over."""
    from scheduler.domain.delivery import OccurrenceState
    from scheduler.domain.planning import PAST
    from scheduler.domain.words.states import SENTENCES

    if not is_french():
        return value
    return "passé" if value == PAST else SENTENCES[OccurrenceState(value)]


def left_out(reason: str) -> str:
    """Why somebody is left out, in two words; a provider's own stay as they are."""
    from scheduler.domain.words.reasons import short

    return short(reason) if is_french() else reason.replace("-", " ")


def outcome(state: str) -> str:
    """Of deliveries: what became of them."""
    return _OUTCOMES[state] if is_french() else state


def arrival(one: "Arrival", *, many: bool) -> str:
    from scheduler.domain.answers.arrivals import WORDS

    return WORDS[one][many] if is_french() else one.value


def arrival_named(name: str) -> str:
    from scheduler.domain.answers.arrivals import Arrival

    return arrival(Arrival(name), many=True)


def reason(word: str) -> str:
    """Of an opt-out; so below."""
    from scheduler.domain.words import optouts as optout_words

    return optout_words.reason(word) if is_french() else word


def route(word: str) -> str:
    from scheduler.domain.consent.optout import Route
    from scheduler.domain.words.optouts import ROUTES

    return ROUTES[Route(word)] if is_french() and word in list(Route) else word


def scope(word: str) -> str:
    from scheduler.domain.consent.optout import Scope
    from scheduler.domain.words.optouts import SCOPES

    return SCOPES[Scope(word)] if is_french() and word in list(Scope) else word


def act(word: str) -> str:
    """Of the audit log."""
    from scheduler.domain.audit import AuditAct
    from scheduler.domain.words.audit import PHRASES

    return PHRASES[AuditAct(word)] if is_french() and word in list(AuditAct) else word


def act_subject(name: str, labels: "Mapping[str, str]") -> str:
    """What an act of the audit log is about."""
    from scheduler.domain.words.audit import subject

    return subject(name, labels) if is_french() else name


def alarm_detail(kind: str, told: str) -> str:
    """What an alarm says with its sentence."""
    from scheduler.domain.words.alarms import detail, english_detail

    return tr(detail(kind, told)) if is_french() else english_detail(kind, told)


def channel(name: str) -> str:
    from scheduler.domain.channels import channel_label

    return channel_label(name) if is_french() else name


def channel_heading(name: str) -> str:
    """At the head of a line."""
    from scheduler.domain.channels import kind_of

    kind = kind_of(name)
    label = kind.shown if is_french() else kind.english or name
    return label[:1].upper() + label[1:]


def figure(shown: object) -> str:
    """A count as it may be shown."""
    from scheduler.domain.showing.small_numbers import english, text

    return text(shown) if is_french() else english(shown)  # type: ignore[arg-type]


def money(amount: object) -> str:
    """``68,71 €`` or ``68.71 €``."""
    return f"{amount:.2f}\u00a0€".replace(".", ",") if is_french() else f"{amount:.2f}\u00a0€"
