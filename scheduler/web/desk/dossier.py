"""One person's data, printed for them to read; in French, as they will."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.channels import channel_label
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.words import audit as audit_words
from scheduler.domain.words import newcomers as newcomer_words
from scheduler.domain.words import optouts as optout_words
from scheduler.domain.words import reasons as reason_words
from scheduler.domain.words.french import basis_label, french_date, french_time, topic_label
from scheduler.flow.people.access import TITLES
from scheduler.web.desk.words import DELIVERY_STATES

Entry = Mapping[str, Any]

_CONSENTS = {"given": "donné", "confirmed": "confirmé", "withdrawn": "retiré"}
_REPLIES = {
    "opt-out": "demande d’arrêt",
    "opt-in": "demande de reprise",
    "help": "demande d’aide",
    "auto-reply": "réponse automatique",
    "leaves-series": "demande d’arrêt de la série",
    "doubt": "demande d’arrêt peut-être",
    "wrong-person": "mauvais numéro",
    "deceased": "décès signalé",
    "courtesy": "message",
    "other": "message",
}
_EVENTS = {
    "queued": "en file chez l’opérateur",
    "sent": "remis au réseau",
    "retried": "non arrivé, nouvel essai",
    "delivered": "arrivé",
    "failed": "non remis",
    "bounced": "adresse ou numéro refusé",
    "cancelled": "annulé",
    "complained": "signalé comme indésirable",
    "challenged": "retenu par un filtre qui demande une validation",
}


#: A title, and what is told under it; an entry may have several lines.
Section = tuple[str, list[str]]


def dossier_sections(dossier: Entry, zone: str, labels: Mapping[str, str]) -> list[Section]:
    """In the order in which they are read; instants as a clock of ``zone`` shows them, audiences
    by their ``labels``."""
    return list(_Writer(ZoneInfo(zone), labels).sections(dossier))


def dossier_text(dossier: Entry, zone: str, labels: Mapping[str, str]) -> str:
    """Plain text."""
    first, *others = dossier_sections(dossier, zone, labels)
    lines = [first[0], "", *first[1]]
    for title, entries in others:
        lines += ["", title, *(line for one in entries for line in _indented(one))]
        if not entries:
            lines.append("  (rien)")
    return "\n".join(lines) + "\n"


def _indented(entry: str) -> Iterator[str]:
    first, *others = entry.split("\n")
    yield f"  - {first}"
    yield from (f"    {line}".rstrip() for line in others)


class _Writer:
    def __init__(self, zone: ZoneInfo, labels: Mapping[str, str]) -> None:
        self._zone = zone
        self._labels = labels

    def sections(self, dossier: Entry) -> Iterator[Section]:
        yield f"Données détenues sur vous — fiche n° {dossier['id']}", [*self._identity(dossier)]
        for title, tell, name in (
            ("D’où viennent vos données", self._source, "source"),
            ("Vos accords", self._consent, "consents"),
            ("Vos oppositions", self._opt_out, "opt_outs"),
            ("Refus de votre messagerie", self._refusal, "refusals"),
            ("Vos demandes d’abonnement", self._asked, "requests"),
            ("Vos réponses", self._reply, "replies"),
            ("Messages vous concernant", self._message, "messages"),
            ("Votre arrivée", self._entered, "entry"),
            ("Listes d’envoi où vous êtes", self._list, "lists"),
        ):
            yield title, [tell(one) for one in dossier[name]]
        yield "Textes des messages reçus", [*self._words(dossier["messages"])]
        yield "Actes sur votre fiche", [self._act(one) for one in dossier["acts"]]
        for name, title in TITLES.items():
            yield title, list(dossier["information"][name])

    def _identity(self, dossier: Entry) -> Iterator[str]:
        language = dossier["language"] + (", facile à lire" if dossier["easy_to_read"] else "")
        if dossier["chosen_at"]:
            language += f" (votre choix, {self._at(dossier['chosen_at'])})"
        told = {
            "Public": self._labels.get(dossier["audience"], dossier["audience"]),
            "Clé dans le fichier d’origine": dossier["key"],
            "Adresse électronique": dossier["email"],
            "Groupe de destination": dossier["destination_group"],
            "Téléphone": dossier["phone"],
            "Langue": language,
            "Fuseau horaire": dossier["zone"],
            "Territoire": dossier["territory"],
            "Fait partie du public": "oui" if dossier["active"] else "non",
            "Données gelées": self._at(dossier["frozen_at"]) if dossier["frozen_at"] else "",
            "Lien court de vos SMS": dossier["short_link"],
            **dossier["fields"],
        }
        yield from (f"{name} : {value}" for name, value in told.items() if value)

    def _source(self, entry: Entry) -> str:
        first = f"première inscription {self._at(entry['imported_at'])}"
        if entry["origin"] is None:
            return f"votre propre abonnement ; {first}"
        ours = ", notre propre fichier" if entry["own_file"] else ""
        latest = self._at(entry["latest_import_at"])
        return (
            f"{entry['origin']}{ours} ; base légale : {basis_label(entry['basis'])} ; "
            f"dernier fichier {latest} (empreinte {entry['file_hash']}) ; {first}"
        )

    def _consent(self, entry: Entry) -> str:
        version = f", version {entry['version']}" if entry["version"] else ""
        given_for = f", pour {entry['address']}" if entry["address"] else ""
        act = _CONSENTS.get(entry["act"], entry["act"])
        return (
            f"{channel_label(entry['channel'])} : {act} "
            f"{self._at(entry['at'])} ({entry['how']}{version}) : « {entry['wording']} »{given_for}"
        )

    def _opt_out(self, entry: Entry) -> str:
        channel = (
            "tous les canaux" if entry["channel"] == "all" else channel_label(entry["channel"])
        )
        lifted = f", levée {self._at(entry['lifted_at'])}" if entry["lifted_at"] else ""
        if entry["by"] == "address":
            lifted += " ; demande faite pour cette adresse ou ce numéro, pas forcément par vous"
        return (
            f"{channel} : {topic_label(optout_words.scope(entry['scope']))}, "
            f"{self._at(entry['at'])} ; "
            f"{optout_words.why(entry['reason'], entry['route'])}{lifted}"
        )

    def _refusal(self, entry: Entry) -> str:
        about = "adresse inconnue" if entry["blames_address"] else "panne de ses serveurs"
        waits = ", en attente avec tout son domaine" if entry["waits"] else ""
        return f"{self._at(entry['at'])} : {about} ({optout_words.route(entry['route'])}){waits}"

    def _asked(self, entry: Entry) -> str:
        end = (
            f"confirmée {self._at(entry['confirmed_at'])}"
            if entry["confirmed_at"]
            else "à confirmer"
        )
        return f"demande {self._at(entry['asked_at'])}, {end} : « {entry['wording']} »"

    def _reply(self, entry: Entry) -> str:
        kind = _REPLIES.get(entry["kind"], entry["kind"])
        said = f" : « {entry['text']} »" if entry["text"] else ""
        if entry["shared_number"]:
            said = " (numéro partagé : le texte n’est pas repris ici)"
        return f"{channel_label(entry['channel'])}, {self._at(entry['at'])}, {kind}{said}"

    def _message(self, entry: Entry) -> str:
        state = DELIVERY_STATES[DeliveryState(entry["state"])][0]
        why = f" ({reason_words.sentence(entry['reason'])})" if entry["reason"] else ""
        to = f" à {entry['to']}" if entry["to"] else ""
        basis = basis_label(entry["basis"])
        return (
            f"{self._named(entry)}, {channel_label(entry['channel'])}{to} : {state}{why} "
            f"{self._at(entry['at'])} ; base légale : {basis}{self._notice(entry)}"
            f"{self._learnt(entry['events'])}"
        )

    def _notice(self, entry: Entry) -> str:
        version = entry["notice_version"]
        return f" ; information sur vos données : version {version}" if version else ""

    def _entered(self, entry: Entry) -> str:
        day = french_date(date.fromisoformat(entry["entered_on"]))
        return f"le {day}, {newcomer_words.entry(entry['state'])}"

    def _list(self, entry: Entry) -> str:
        name = "/".join(filter(None, (entry["campaign"], entry["episode"], entry["season"])))
        return f"{name}, donnée {self._at(entry['at'])}"

    def _named(self, entry: Entry) -> str:
        return (
            f"« {entry['title']} » ({entry['occurrence']})"
            if entry["title"]
            else str(entry["occurrence"])
        )

    def _words(self, messages: Sequence[Entry]) -> Iterator[str]:
        """What they got, whole; a text they got by several messages, once for each."""
        for one in messages:
            if one["words"]:
                subject = f" — {one['subject']}" if one["subject"] else ""
                head = f"{one['occurrence']}, {channel_label(one['channel'])}{subject}"
                yield "\n".join([head, *one["words"].splitlines()])

    def _learnt(self, events: Sequence[Entry]) -> str:
        return "".join(
            f" ; {_EVENTS.get(one['kind'], one['kind'])} {self._at(one['at'])}" for one in events
        )

    def _act(self, entry: Entry) -> str:
        return f"{audit_words.phrase(entry['act'])} {self._at(entry['at'])}"

    def _at(self, instant: str) -> str:
        exact = datetime.fromisoformat(instant)
        if int(exact.timestamp()) % 86_400 == 0:
            # A contact file gives the day of a proof, and no hour.
            return f"le {french_date(exact.date())}"
        local = exact.astimezone(self._zone)
        return f"le {french_date(local.date())} à {french_time(local.time())}"
