"""The sheet of the register of processing activities (GDPR article 30), from the configuration.

In French Markdown, for the data-protection officer. It holds no secret and no person.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scheduler.config.configuration import Configuration
from scheduler.config.settings import RetentionSettings, Settings
from scheduler.domain.calendar.campaigns import Audience, Campaign, CampaignKind
from scheduler.domain.channels import channel_label
from scheduler.domain.law.rule import NOBODY
from scheduler.domain.law.standing import Standing, weakest_first
from scheduler.domain.law.words import state_word, summary
from scheduler.domain.words.french import basis_label, french_date, topic_label
from scheduler.flow.law.standing import law_of
from scheduler.flow.people.durations import durations

_KINDS = {
    CampaignKind.SERIES: "série annuelle",
    CampaignKind.REMINDER: "rappels périodiques",
    CampaignKind.EVENT: "événement daté",
    CampaignKind.ON_DEMAND: "envoi à la demande",
    CampaignKind.ONBOARDING: "accueil des nouveaux arrivants",
}
#: Rows are cut at none of these.
_CELL = str.maketrans({"|": "/", "\n": " ", "\r": " "})


def sheet(configuration: Configuration, today: date) -> str:
    """What is done with whose data, why, for how long, and who else sees it."""
    settings = configuration.settings
    parts = (
        _head(settings, today),
        _purposes(configuration),
        _people(configuration.audiences),
        _data(configuration.audiences),
        _bases(configuration.audiences),
        _reported(settings),
        _recipients(settings),
        _transfers(settings),
        _retention(settings.retention),
        _MEASURES,
        _rights(settings),
        _law(law_of(configuration)),
        _TO_COMPLETE,
    )
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _head(settings: Settings, today: date) -> Iterator[str]:
    keys = settings.organisation
    yield "# Fiche de registre : campagnes de sensibilisation à la cybersécurité"
    yield ""
    yield f"Article 30 du RGPD. Établie d’après la configuration, {french_date(today)}."
    yield ""
    yield "## Responsable du traitement"
    yield ""
    yield f"- Organisme : {keys.name}, {keys.address}"
    yield f"- Contact : {keys.contact}"
    yield f"- Délégué à la protection des données : {keys.dpo}"
    yield f"- Information des personnes : {keys.privacy_url}"


def _purposes(configuration: Configuration) -> Iterator[str]:
    yield "## Finalités"
    yield ""
    yield "Apprendre à chacun les gestes qui protègent ses comptes et ses données, par des messages"
    yield "courts et datés ; prévenir les personnes concernées après une fuite de données. Aucune"
    yield "publicité, aucun suivi de lecture, aucune décision automatisée."
    yield ""
    rows = [_campaign(one, configuration) for one in configuration.campaigns]
    yield from _table(("Campagne", "Nature", "Thème", "Publics", "Canaux", "État"), rows)


def _campaign(one: Campaign, configuration: Configuration) -> Sequence[str]:
    audiences = one.audiences or [each.name for each in configuration.audiences]
    labels = [configuration.audience(name).label for name in audiences]
    return (
        one.name,
        _KINDS[one.kind],
        topic_label(one.topic),
        ", ".join(labels),
        ", ".join(map(channel_label, one.channels)),
        "active" if one.enabled else "désactivée",
    )


def _people(audiences: Sequence[Audience]) -> Iterator[str]:
    yield "## Personnes concernées"
    yield ""
    for one in audiences:
        if one.rule:
            chosen = "; ".join(f"{name} : {', '.join(one.rule[name])}" for name in one.rule)
            yield f"- {one.label} (choisi dans « {one.source} » : {chosen})"
        else:
            yield f"- {one.label}"
    yield ""
    yield "Figurer parmi les usagers d’un organisme de santé peut révéler une donnée de santé"
    yield "(article 9) : aucun nom de public n’apparaît dans un message, un lien ou un en-tête."


def _data(audiences: Sequence[Audience]) -> Iterator[str]:
    yield "## Données"
    yield ""
    yield "Pour chaque personne : adresse électronique et numéro de mobile (chiffrés), clé du"
    yield "fichier d’origine (empreinte), langue, version facile à lire, fuseau horaire,"
    yield "territoire, preuves d’accord, oppositions, messages prévus et leur sort, réponses par"
    yield "SMS (chiffrées)."
    yield ""
    rows = [
        (one.label, field.label, "en clair, pour choisir" if field.segment else "chiffré")
        for one in audiences
        if one.is_source
        for field in one.fields
    ]
    yield from _table(("Public", "Champ du fichier", "Conservation"), rows)


def _bases(audiences: Sequence[Audience]) -> Iterator[str]:
    yield "## Bases légales"
    yield ""
    rows = [
        (one.label, channel_label(channel), basis_label(terms.basis))
        for one in audiences
        for channel, terms in one.channels.items()
    ]
    yield from _table(("Public", "Canal", "Base"), rows)
    yield ""
    yield "Le message d’information après une fuite de données repose sur l’obligation légale"
    yield "(article 34). Un accord est prouvé : texte exact, version, date, moyen."


def _reported(settings: Settings) -> Iterator[str]:
    yield "## Messages signalés par le personnel"
    yield ""
    if settings.reported is None:
        yield "Non comptés."
        return
    yield f"Dossier de copies « {settings.reported.folder} » : le programme en lit les numéros et"
    yield "les dates d’arrivée, ni l’expéditeur, ni l’objet, ni le texte ; il n’y marque, n’y"
    yield "déplace et n’y efface rien. Il garde un nombre par semaine, montré « moins de 10 », puis"
    yield "de 5 en 5. Le tri et la conservation des copies sont à décrire par qui tient ce dossier."


def _recipients(settings: Settings) -> Iterator[str]:
    email, sms = settings.channels.email, settings.channels.sms
    yield "## Destinataires et sous-traitants"
    yield ""
    yield "- En interne : les personnes qui exploitent Réflexe (à nommer). Le bureau ne montre que"
    yield "  des totaux dès qu’un envoi réel est configuré."
    if email.smtp is not None and email.provider == "smtp":
        yield f"- Relais de courriel : {email.smtp.host} (adresse et contenu des courriels)."
    if email.mailbox is not None:
        yield f"- Boîte des désinscriptions : {email.mailbox.host}."
    if sms.provider == "twilio":
        yield "- Twilio Inc., sous-traitant (numéro et texte des SMS, rien d’autre)."
    known = {"outbox", "smtp", "twilio"}
    others = settings.channels.others.items()
    used = [("courriel", email.provider), ("SMS", sms.provider)]
    for name, provider in (*used, *((name, one.provider) for name, one in others)):
        if provider not in known:
            yield f"- Fournisseur « {provider} », canal {name} : à décrire."
    if {email.provider, sms.provider} == {"outbox"}:
        yield "- Aucun envoi réel n’est configuré : les messages restent sur la machine."


def _transfers(settings: Settings) -> Iterator[str]:
    yield "## Transferts hors de l’Union européenne"
    yield ""
    if settings.channels.sms.provider == "twilio":
        yield "- Twilio Inc., États-Unis : numéro et texte des SMS. Garantie à vérifier et à citer"
        yield "  ici (cadre de protection des données UE–États-Unis, clauses contractuelles types)."
    else:
        yield "- Aucun par Réflexe."
    if settings.channels.email.provider != "outbox":
        yield "- Le relais de courriel : lieu d’hébergement à vérifier."


def _retention(keys: RetentionSettings) -> Iterator[str]:
    yield "## Durées de conservation"
    yield ""
    yield from _table(("Donnée", "Durée"), durations(keys))
    yield ""
    yield "Appliquées chaque jour ; preuve : `reflexe audit list`, acte `retain`."


_MEASURES = (
    "## Mesures de sécurité",
    "",
    "- Champs, adresses et numéros chiffrés (AES-256-GCM), une clé par public ; recherche par",
    "  empreinte à clé (HMAC-SHA-256) ; clés dans un fichier à part.",
    "- Journal d’audit en ajout seul, enchaîné par empreintes (`reflexe audit verify`).",
    "- Oppositions vérifiées à la préparation puis juste avant l’envoi, gardées aussi hors du",
    "  registre, et rejouées à chaque démarrage.",
    "- Liens opaques, sans nom ni adresse ; ni pixel, ni image distante, ni lien de suivi.",
    "- Connexions chiffrées et vérifiées vers le relais et vers Twilio ; pages sans script ni",
    "  témoin de connexion ; journaux sans adresse.",
    "- Deux personnes pour un message après une fuite de données.",
)


def _rights(settings: Settings) -> Iterator[str]:
    yield "## Droits des personnes"
    yield ""
    yield "- Opposition : bouton de la messagerie, lien de chaque courriel et SMS, page des"
    yield "  préférences ; ou `reflexe optout add`."
    yield "- Accès et portabilité : `reflexe contacts show QUI --out FICHIER` (`--json` pour une"
    yield "  machine)."
    yield "- Rectification : dans le fichier d’origine, puis un nouvel import."
    yield "- Effacement : `reflexe contacts erase QUI`. Il reste une empreinte, pour que"
    yield "  l’opposition tienne, et des totaux."
    version = settings.organisation.notice_version
    yield "- Information : avec le premier message, qui dit d’où vient l’adresse (article 14, ou 13"
    yield f"  pour notre propre fichier) ; en entier à {settings.organisation.privacy_url}"
    yield f"  (version {version or 'non dite'})."
    yield f"- S’adresser à {settings.organisation.dpo} ; réclamation auprès de la CNIL."


def _law(found: Sequence[Standing]) -> Iterator[str]:
    yield "## Réglages et droit"
    yield ""
    yield summary(found)
    yield ""
    rows = [_standing(one) for one in weakest_first(found)]
    yield from _table(("Règle", "Source", "État", "Pourquoi", "Qui peut décider"), rows)


def _standing(one: Standing) -> Sequence[str]:
    spots = " ; ".join(f"{each.spot} : {each.what}" for each in one.weakened)
    state = f"{state_word(one.state)} — {spots}" if spots else state_word(one.state)
    if one.decision and not one.faults and spots:
        state = f"{state} — {one.decision}"
    who = NOBODY if one.faults else one.rule.who
    return one.rule.what, one.rule.source, state, one.rule.why, who


_TO_COMPLETE = (
    "## À compléter par le délégué à la protection des données",
    "",
    "- Les personnes habilitées, l’hébergeur de la machine, et s’il doit être certifié HDS.",
    "- La garantie des transferts, et les contrats de sous-traitance (article 28).",
    "- L’analyse d’impact : voir `docs/fr/dpo.md`.",
)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(cell.translate(_CELL) for cell in row)} |"
