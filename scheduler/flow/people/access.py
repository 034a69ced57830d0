"""What goes with somebody's data when they ask for it (GDPR article 15): why it is used, who gets
it, for how long, their rights, and where to complain. In French, as they will read it."""

from collections.abc import Iterator, Mapping

from scheduler.config.configuration import Configuration
from scheduler.config.settings import Settings
from scheduler.domain.channels import channel_label
from scheduler.domain.consent.grounds import transfer
from scheduler.domain.words.french import basis_label
from scheduler.flow.people.durations import durations

#: Section -> its lines, in the order in which they are read.
Information = Mapping[str, list[str]]

#: The titles of the sections.
TITLES: Mapping[str, str] = {
    "controller": "Qui traite vos données",
    "purposes": "Pourquoi nous les utilisons",
    "legal_bases": "À quel titre (base légale)",
    "recipients": "Qui les reçoit",
    "transfers": "Hors de l’Union européenne",
    "periods": "Combien de temps elles sont gardées",
    "rights": "Vos droits",
    "complaint": "Réclamation",
}

_RIGHTS = (
    "Vous pouvez faire corriger vos données, les faire effacer, en faire limiter l’usage, vous y "
    "opposer, et en recevoir une copie à réutiliser."
)
_WITHDRAWAL = (
    "Un accord se retire à tout moment, sans raison à donner, par le lien de chaque message."
)
_COMPLAINT = (
    "Vous pouvez adresser une réclamation à la CNIL : www.cnil.fr, 3 place de Fontenoy, TSA 80715, "
    "75334 Paris Cedex 07."
)


def information(configuration: Configuration, audience: str) -> Information:
    """For somebody who came in under an audience's name."""
    settings = configuration.settings
    organisation = settings.organisation
    return {
        "controller": [
            f"{organisation.name}, {organisation.address}",
            f"Délégué à la protection des données : {organisation.dpo}",
            f"L’information complète : {organisation.privacy_url}",
        ],
        "purposes": [
            "Vous envoyer des messages courts sur la sécurité informatique, aux dates prévues.",
            "Vous prévenir si une fuite de données vous concerne.",
            "Respecter votre choix de ne plus rien recevoir.",
            "Ni publicité, ni suivi de ce que vous lisez, ni décision automatisée.",
        ],
        "legal_bases": list(_bases(configuration, audience)),
        "recipients": list(_recipients(settings)),
        "transfers": [
            transfer(settings.channels.sms.provider == "twilio", "fr")
            or "Aucun transfert n’est fait par ce programme."
        ],
        "periods": [f"{what} : {time}" for what, time in durations(settings.retention)],
        "rights": [_RIGHTS, _WITHDRAWAL, f"Écrivez à {organisation.dpo}."],
        "complaint": [_COMPLAINT],
    }


def _bases(configuration: Configuration, audience: str) -> Iterator[str]:
    for one in configuration.audiences:
        if audience in (one.name, one.source) and one.is_source:
            for channel, terms in one.channels.items():
                yield f"{channel_label(channel)} : {basis_label(terms.basis)}"
    yield "information après une fuite de données : obligation légale"


def _recipients(settings: Settings) -> Iterator[str]:
    yield "Les personnes de l’organisme qui conduisent ces envois."
    email, sms = settings.channels.email, settings.channels.sms
    if email.provider == "smtp" and email.smtp:
        yield f"Le relais de courriel {email.smtp.host} : votre adresse et le texte des courriels."
    elif email.provider != "outbox":
        yield f"Le prestataire de courriel « {email.provider} »."
    if sms.provider == "twilio":
        yield "Twilio Inc., qui achemine les SMS : votre numéro et leur texte, rien d’autre."
    elif sms.provider != "outbox":
        yield f"Le prestataire de SMS « {sms.provider} »."
    if {email.provider, sms.provider} == {"outbox"}:
        yield "Aucun prestataire : aucun envoi réel n’est configuré."
