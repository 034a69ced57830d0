"""What alarms are called, in French: on the desk, and in the mail to the operator."""

import re
from collections.abc import Mapping

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.channels import channel_label

#: One sentence a kind; a test finds it complete.
SENTENCES: Mapping[AlarmKind, str] = {
    AlarmKind.MESSAGE_FAULTY: "Un message contient une erreur ; son envoi est retenu.",
    AlarmKind.WOULD_BE_HELD: "Un rendez-vous des quatorze jours qui viennent serait retenu.",
    AlarmKind.RENAMED: "Un nom a changé : dites s’il s’agit du même avant que rien ne parte.",
    AlarmKind.NEWCOMERS_HELD: (
        "Un fichier amène beaucoup de nouveaux arrivants d’un coup : leur accueil attend votre "
        "accord."
    ),
    AlarmKind.SLOT_MISSED: "Un envoi n’a pas pu partir à temps.",
    AlarmKind.CATCH_UP_HELD: (
        "Un envoi est tombé pendant une longue absence du programme : il attend votre accord "
        "(« Reprendre »)."
    ),
    AlarmKind.CHANNEL_STOPPED: "Un canal est arrêté : plus rien n’en part.",
    AlarmKind.CAMPAIGN_HALTED: "Le fournisseur refuse les messages d’une campagne ; ils attendent.",
    AlarmKind.COUNTRY_CLOSED: (
        "Le fournisseur ne prend rien pour un pays ; les autres reçoivent leurs messages."
    ),
    AlarmKind.MESSAGES_BLOCKED: "Les opérateurs bloquent beaucoup de messages d’un même envoi.",
    AlarmKind.DELIVERIES_UNCERTAIN: (
        "Des messages sont peut-être partis ; leur sort est à vérifier."
    ),
    AlarmKind.CONFIG_FAULTY: (
        "La configuration contient une erreur : l’ancienne reste en vigueur ; après un "
        "démarrage, ce qui est fautif n’envoie rien."
    ),
    AlarmKind.TEXT_BEHIND: (
        "Un fichier a changé sous un texte publié ici, qui reste en vigueur : dites lequel des "
        "deux vaut (« Écrire »)."
    ),
    AlarmKind.CALENDAR_BEHIND: (
        "Le calendrier de base (config.yaml) a changé sous un changement décidé ici : dites lequel "
        "des deux vaut (« Changements »)."
    ),
    AlarmKind.LAW_FAULT: (
        "Un réglage fait ce que la loi ou un contrat interdit : voir « Réglages et droit »."
    ),
    AlarmKind.PLAN_FAILED: "Un rendez-vous n’a pas pu être préparé ; les autres continuent.",
    AlarmKind.SEND_FAILED: "Un canal a rencontré une erreur ; il réessaie.",
    AlarmKind.MAIL_REFUSED: (
        "Un fournisseur de messagerie refuse nos courriels ; l’envoi est en pause."
    ),
    AlarmKind.DOMAIN_REFUSES: (
        "Un domaine refuse d’un coup beaucoup de ses adresses : il est mis en attente, personne "
        "n’est désinscrit, un message par heure l’essaie."
    ),
    AlarmKind.SENDER_CHALLENGED: (
        "Des filtres retiennent nos messages tant que l’expéditeur n’est pas validé : demandez à "
        "leurs gestionnaires d’autoriser notre domaine d’envoi."
    ),
    AlarmKind.MAILBOX_UNREACHABLE: (
        "La boîte des désinscriptions ne répond pas ; nouvel essai en cours."
    ),
    AlarmKind.REPLIES_UNREACHABLE: (
        "Les réponses aux SMS ne peuvent pas être lues ; nouvel essai en cours."
    ),
    AlarmKind.REPORTED_UNREACHABLE: (
        "Le dossier des messages signalés ne peut pas être lu ; nouvel essai en cours."
    ),
    AlarmKind.LEDGER_RESTORED: (
        "Le registre semble venir d’une sauvegarde : rien ne part avant accord."
    ),
    AlarmKind.OPTOUT_JOURNAL_UNWRITABLE: "Le journal des désinscriptions ne peut pas être écrit.",
    AlarmKind.LOOK_FAILED: "Le démon n’arrive pas à suivre le calendrier ; il réessaie.",
    AlarmKind.CLOCK_SET_BACK: (
        "L’horloge de la machine a reculé : l’envoi continue, vérifiez sa mise à l’heure."
    ),
    AlarmKind.DOCTOR_WRONG: (
        "L’examen du mois trouve une faute (DNS, adresses, relais…) : « reflexe doctor » dit le "
        "remède."
    ),
    AlarmKind.SOURCE_REFUSED: (
        "La source d’un public donne trop peu ou ne peut pas être reprise : je ne remplace "
        "rien, voir la page « Sources »."
    ),
    AlarmKind.SOURCE_FAILED: "La source d’un public ne peut pas être lue ; elle est réessayée.",
    AlarmKind.STOPPED_BY_HAND: (
        "Tout est arrêté à la main : « Tout reprendre » ou resume-all le relance."
    ),
    AlarmKind.BACKLOG: (
        "Des messages attendent depuis trop longtemps alors qu’ils pourraient partir."
    ),
    AlarmKind.SPEND_CAP: "Le budget des SMS du jour est atteint ; les autres attendent demain.",
    AlarmKind.DISK_LOW: "Il reste peu de place sur le disque.",
    AlarmKind.BOUNCE_RATE: "Trop d’adresses invalides parmi les envois des sept derniers jours.",
    AlarmKind.COMPLAINT_RATE: (
        "Trop de messages signalés comme indésirables ces sept derniers jours."
    ),
    AlarmKind.CERTIFICATE_EXPIRES: "Le certificat du relais de courriel expire bientôt.",
    AlarmKind.REPLICA_SILENT: "Une instance du programme ne donne plus signe de vie.",
    AlarmKind.REPLIES_WAITING: "Des réponses par SMS attendent depuis plus de deux jours ouvrés.",
    AlarmKind.SMS_STATES_UNREACHABLE: (
        "Le sort des SMS incertains ne peut pas être demandé à Twilio."
    ),
}
#: What some are about; the others name a channel, an occurrence or a file.
SUBJECTS = {
    "confirmation": "confirmation d’inscription",
    "every channel": "tous les canaux",
    "daemon": "démon",
    "ledger": "registre",
    "optout-journal": "journal des désinscriptions",
}


def sentence(kind: str) -> str:
    """One sentence; the word of a kind that a later version raised."""
    return SENTENCES[AlarmKind(kind)] if kind in list(AlarmKind) else kind


def subject(name: str) -> str:
    """What an alarm is about; an occurrence or a file keeps its name."""
    return SUBJECTS.get(name, channel_label(name))


def detail(kind: str, told: str) -> str:
    """What an alarm says with its sentence; of a text, or of a change, it is a name; of newcomers
    how many of how many."""
    if kind == AlarmKind.CALENDAR_BEHIND and told:
        return f"décidé par {told}"
    if kind == AlarmKind.NEWCOMERS_HELD and (found := _COUNTS.match(told)):
        return newcomers_held(int(found[1]), int(found[2]))
    if kind == AlarmKind.TEXT_BEHIND and told:
        return _PUBLISHED_BY + told.removeprefix(_PUBLISHED_BY)
    return told


#: The ledger of an earlier version may have it with the name.
_PUBLISHED_BY = "publié par "
#: The ledger of an earlier version may have the French sentence.
_COUNTS = re.compile(r"([0-9]{1,9}) (?:of|nouveaux arrivants sur) ([0-9]{1,9})")


def english_detail(kind: str, told: str) -> str:
    """The same for who reads English."""
    if kind == AlarmKind.NEWCOMERS_HELD and (found := _COUNTS.match(told)):
        return (
            f"{found[1]} newcomers among {found[2]} people, more than one in twenty: answer by "
            "reflexe newcomers, or on the desk"
        )
    if kind == AlarmKind.TEXT_BEHIND and told:
        return f"published by {told.removeprefix(_PUBLISHED_BY)}"
    if kind == AlarmKind.CALENDAR_BEHIND and told:
        return f"decided by {told}"
    return told


def newcomers_held(newcomers: int, people: int) -> str:
    """What is asked of a person, and how it is answered."""
    return (
        f"{newcomers} nouveaux arrivants sur {people} personnes, plus d’une sur vingt : s’ils "
        "arrivent vraiment, « Accueillir » sur la page « Arrivants » (ou reflexe newcomers "
        "--allow) ; si c’est une erreur du fichier, « Ne pas accueillir » (--refuse)"
    )
