"""What commands answer about answers, reports, doubts, keys, the audit log and what is forgotten."""

from collections.abc import Mapping

from scheduler.domain.words.doubt import CAUSES

TOLD_UPKEEP: Mapping[str, str] = {
    "Reply {} is closed: {}.": "La réponse {} est close : {}.",
    "reply {} is not there, was decided already, or can't be {}": (
        "la réponse {} n'est pas là, est déjà décidée, ou ne peut pas être {}"
    ),
    "Report {} is closed: {}.": "Le rapport {} est clos : {}.",
    "report {} is not there, or was decided already": (
        "le rapport {} n'est pas là, ou est déjà décidé"
    ),
    "{}: {} reopened; {} waiting messages may leave.": (
        "{} : {} rouverts ; {} messages en attente peuvent partir."
    ),
    "{}: nothing is closed here by a refusal.": "{} : rien n'est fermé ici par un refus.",
    "reflexe: {}; whether a report is ours can't be said": (
        "reflexe : {} ; impossible de dire si un rapport est le nôtre"
    ),
    "{} {}.": "{} {}.",
    "waiting again": "de nouveau en attente",
    "{} ({}): the last proof had none like it.": (
        "{} ({}) : la dernière épreuve n'en a pas eu de cette sorte."
    ),
    "{} ({}): of {} like it, the last proof found {} arrived ({} %).": (
        "{0} ({1}) : à la dernière épreuve, {3} sur {2} de cette sorte étaient arrivés ({4} %)."
    ),
    **{cause.value: said for cause, said in CAUSES.items()},
    "sent": "envoyés",
    "failed": "en échec",
    "noted": "notée",
    "BROKEN at entry {}: it isn't as it was written.": (
        "ROMPUE à l'entrée {} : elle n'est plus telle qu'écrite."
    ),
    "CUT: {} is in the chain no more; entries are gone.": (
        "COUPÉE : {} n'est plus dans la chaîne ; des entrées ont disparu."
    ),
    "{} entries, all as written. Head, to keep elsewhere:": (
        "{} entrées, toutes telles qu'écrites. Tête de chaîne, à garder ailleurs :"
    ),
    "(none yet)": "(aucune encore)",
    (
        "Key {} is in keys.file: back the file up now, apart from the ledger. Then run `reflexe "
        "keys rotate`. Keep every older key in the file."
    ): (
        "La clé {} est dans keys.file : sauvegardez ce fichier maintenant, à part du registre. Puis "
        "lancez `reflexe keys rotate`. Gardez toutes les clés plus anciennes dans le fichier."
    ),
    "Not the newest key's yet:": "Pas encore à la clé la plus récente :",
    "Brought to the newest key:": "Passés à la clé la plus récente :",
    "Nothing was done. It would forget:": "Rien n'a été fait. Seraient oubliés :",
    "Forgotten:": "Oubliés :",
    "contacts whose time is over, emptied": "contacts dont la durée est passée, vidés",
    "contacts that left their file, emptied": "contacts sortis de leur fichier, vidés",
    "readings by three, deleted": "lectures à trois, supprimées",
    "comments on texts, deleted": "remarques sur des textes, supprimées",
    "proofs of consent replaced or withdrawn, deleted": (
        "preuves d'accord remplacées ou retirées, supprimées"
    ),
    "old deliveries, parted from their recipient": "envois anciens, détachés de leur destinataire",
    "people of lists, taken off": "personnes de listes d'envoi, retirées",
    "answers by SMS, their text erased": "réponses par SMS, texte effacé",
    "drafts of texts, deleted": "brouillons de textes, supprimés",
    "trials, deleted": "essais d'envoi, supprimés",
    "confirmed requests to subscribe, deleted": "demandes d'abonnement confirmées, supprimées",
    "addresses and numbers that nobody has any more, erased": (
        "adresses et numéros que personne n'a plus, effacés"
    ),
    "rehearsal, deleted": "répétition, supprimée",
    (
        "Somebody was reading: the ledger's files are cleaned later (by the daemon, or when the "
        "command is said again)."
    ): (
        "Une lecture était en cours : les fichiers du registre seront nettoyés plus tard (par le "
        "démon, ou en relançant la commande)."
    ),
    # optout import.
    "note: the first row is the columns' names": "remarque : la première ligne nomme les colonnes",
    "Nothing was written. The list would give:": "Rien n'a été écrit. La liste donnerait :",
    "of people in the ledger": "de personnes du registre",
    "of nobody in the ledger: barred by their address, whenever a file names it": "de personne du registre : écartées par leur adresse, dès qu'un fichier la nomme",
    "that close something": "qui ferment quelque chose",
    "that say what held already": "qui disent ce qui valait déjà",
    "without an address or number, or a key that anybody has: nothing came of them": "sans adresse ni numéro, ni clé que quelqu'un ait : sans effet",
    "{}: rows {}{}": "{} : lignes {}{}",
    "unknown": "inconnues",
    "unusable": "inutilisables",
    "rows whose key differs from somebody else's by zeros, case or blanks alone: kept as two people": "lignes dont la clé ne diffère de celle d'un autre que par des zéros, la casse ou des espaces : deux personnes",
}
