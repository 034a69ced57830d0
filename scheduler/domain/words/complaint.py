"""The answer to a complaint, in plain French: one page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.channels import channel_label
from scheduler.domain.consent.optout import ALL_CHANNELS, TOPICS
from scheduler.domain.people.person import Refusal
from scheduler.domain.showing.complaint import Complaint, Written
from scheduler.domain.words import optouts as optout_words
from scheduler.domain.words.french import french_date, french_time, topic_label

#: Messages named in a list: a page has an end.
MOST = 12


class Page:
    """Titles and sentences; whoever shows them sets them in text or HTML."""

    def __init__(self, found: Complaint, organisation: str, zone: str) -> None:
        """Instants are told as a clock of ``zone`` shows them."""
        self._found = found
        self._organisation = organisation
        self._zone = ZoneInfo(zone)

    @property
    def title(self) -> str:
        return f"Réponse à une réclamation : {self._found.address}"

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Each with its title, in the order a reader asks."""
        found, messages = self._found, self._found.messages
        yield "En bref", [self._summary()]
        refused = [self._refusal(one) for one in found.refusals]
        yield "Ce qui a été refusé", refused or ["Aucun refus n’est enregistré."]
        yield "Ce qui est parti avant", self._list(messages.before, "Aucun message.")
        if found.refusals:
            nothing = "Aucun message : rien n’est parti après ce refus."
            yield "Ce qui est parti après, malgré ce refus", self._list(messages.despite, nothing)
        if messages.outside:
            yield "Ce qui est parti après, hors de ce refus", self._list(messages.outside, "")
        if found.refusals:
            nothing = "Aucun envoi n’était à faire depuis."
            yield "Ce que ce refus a retenu", self._list(messages.kept_back, nothing)
        yield "Comment le vérifier", list(self._proofs())

    def _summary(self) -> str:
        found = self._found
        if not found.refusals:
            return (
                f"{self._organisation} n’a enregistré aucun refus pour cette adresse. Messages "
                f"partis : {len(found.messages.before)}."
            )
        since = f"{self._organisation} a enregistré un refus {self._at(found.refusals[0].at)}."
        if not found.messages.despite:
            return f"{since} Depuis, aucun message que ce refus couvre n’est parti."
        return (
            f"{since} Messages partis depuis malgré ce refus : {len(found.messages.despite)}. "
            "C’est une faute ; leurs dates sont plus bas."
        )

    def _refusal(self, one: Refusal) -> str:
        channel = "tous les canaux" if one.channel == ALL_CHANNELS else channel_label(one.channel)
        scope = topic_label(one.scope) if one.scope in TOPICS else optout_words.scope(one.scope)
        end = f"levé {self._at(one.lifted_at)}" if one.lifted_at else "en vigueur"
        return (
            f"{self._at(one.at)} : {channel}, {scope} ; {optout_words.reason(one.reason)}, par : "
            f"{optout_words.route(one.route)} ; {end}."
        )

    def _list(self, messages: Sequence[Written], nothing: str) -> list[str]:
        if not messages:
            return [nothing]
        told = [self._message(one) for one in messages[-MOST:]]
        more = len(messages) - len(told)
        return [f"Plus anciens, non détaillés ici : {more}.", *told] if more else told

    def _message(self, one: Written) -> str:
        title = f"« {one.title} »" if one.title else one.occurrence
        service = "" if one.topic else ", message de service"
        return f"{self._at(one.at)} : {title}, {channel_label(one.channel)}{service}."

    def _proofs(self) -> Iterator[str]:
        found = self._found
        yield (
            f"Empreinte de l’adresse, par laquelle le registre la retrouve : {found.digest}. "
            f"Actes à son sujet dans le journal des désinscriptions : "
            f"{sum(found.journal.values())}."
        )
        if found.waiting:
            yield (
                f"Envois en attente : {found.waiting} ; les refus sont demandés de nouveau juste "
                "avant chaque départ."
            )
        yield (
            f"Registre lu {self._at(found.now)}. Dernier maillon du journal d’audit : "
            f"{found.audit_head or 'aucun'}."
        )

    def _at(self, instant: datetime) -> str:
        local = instant.astimezone(self._zone)
        return f"le {french_date(local.date())} à {french_time(local.time())}"
