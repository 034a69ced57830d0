"""What alarms are called, in French: on the desk, and in the mail to the operator."""

from scheduler.domain.french import channel_label

SENTENCES = {
    "message-faulty": "Un message contient une erreur ; son envoi est retenu.",
    "slot-missed": "Un envoi n’a pas pu partir à temps.",
    "channel-stopped": "Un canal est arrêté : plus rien n’en part.",
    "campaign-halted": "Le fournisseur refuse les messages d’une campagne ; ils attendent.",
    "messages-blocked": "Les opérateurs bloquent beaucoup de messages d’un même envoi.",
    "deliveries-uncertain": "Des messages sont peut-être partis ; leur sort est à vérifier.",
    "config-faulty": "La configuration modifiée contient une erreur ; l’ancienne reste en vigueur.",
    "plan-failed": "Un rendez-vous n’a pas pu être préparé ; les autres continuent.",
    "send-failed": "Un canal a rencontré une erreur ; il réessaie.",
    "mail-refused": "Un fournisseur de messagerie refuse nos courriels ; l’envoi est en pause.",
    "mailbox-unreachable": "La boîte des désinscriptions ne répond pas ; nouvel essai en cours.",
    "replies-unreachable": "Les réponses aux SMS ne peuvent pas être lues ; nouvel essai en cours.",
    "ledger-restored": "Le registre semble venir d’une sauvegarde : rien ne part avant accord.",
    "optout-journal-unwritable": "Le journal des désinscriptions ne peut pas être écrit.",
    "look-failed": "Le démon n’arrive pas à suivre le calendrier ; il réessaie.",
    "stopped-by-hand": "Tout est arrêté à la main : « Tout reprendre » ou resume-all le relance.",
    "backlog": "Des messages attendent depuis trop longtemps alors qu’ils pourraient partir.",
    "spend-cap": "Le budget des SMS du jour est atteint ; les autres attendent demain.",
    "disk-low": "Il reste peu de place sur le disque.",
    "bounce-rate": "Trop d’adresses invalides parmi les envois des sept derniers jours.",
    "complaint-rate": "Trop de messages signalés comme indésirables ces sept derniers jours.",
    "certificate-expires": "Le certificat du relais de courriel expire bientôt.",
    "replica-silent": "Une instance du programme ne donne plus signe de vie.",
    "sms-states-unreachable": "Le sort des SMS incertains ne peut pas être demandé à Twilio.",
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
    """One sentence; a kind that nobody has named keeps its word."""
    return SENTENCES.get(kind, kind)


def subject(name: str) -> str:
    """What an alarm is about; an occurrence or a file keeps its name."""
    return SUBJECTS.get(name, channel_label(name))
