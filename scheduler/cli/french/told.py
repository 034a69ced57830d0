"""What commands answer, and the headings of their tables."""

from collections.abc import Mapping

TOLD: Mapping[str, str] = {
    # Headings.
    "Date": "Date",
    "Time": "Heure",
    "Title": "Titre",
    "State": "État",
    "Reason": "Raison",
    "Audience": "Public",
    "Audiences": "Publics",
    "Channel": "Canal",
    "Channels": "Canaux",
    "People": "Personnes",
    "Occurrence": "Rendez-vous",
    "Terr.": "Terr.",
    "Planned": "Prévus",
    "Sent": "Envoyés",
    "Left out": "Laissés de côté",
    "Others": "Autres",
    "Parts": "Segments",
    "Cost": "Coût",
    "No.": "N°",
    "At": "Le",
    "Who": "Qui",
    "Act": "Acte",
    "On": "Sur",
    "File": "Fichier",
    "Recipient": "Destinataire",
    "Kind": "Sorte",
    "Status": "Statut",
    "Code": "Code",
    "Ours": "De nous",
    "Would": "Ferait",
    "Id": "Fiche",
    "Known": "Connu",
    "Words": "Texte",
    "Text": "Texte",
    "From": "De",
    "To": "À",
    "Since": "Depuis",
    "Scope": "Étendue",
    "Route": "Voie",
    "Contact": "Fiche",
    "Address": "Adresse",
    "Lifted": "Levée",
    "Key": "Clé",
    "E-mail": "Courriel",
    "Phone": "Téléphone",
    "Language": "Langue",
    "Territory": "Territoire",
    "Zone": "Fuseau",
    "Living addresses": "Adresses vivantes",
    "Erased or former ones": "Effacées ou anciennes",
    "Column": "Colonne",
    "In the file": "Dans le fichier",
    "Taken for": "Prise pour",
    "For example": "Par exemple",
    "Row": "Ligne",
    "What became of it": "Ce qui en a été fait",
    "yes": "oui",
    "no": "non",
    "holds": "en vigueur",
    "none": "aucun",
    # The calendar, a rehearsal, a report.
    "{} occurrences written to {}": "{} rendez-vous écrits dans {}",
    "Rehearsal from {} to {}": "Répétition du {} au {}",
    "NOT PLAYED {}: it is {} in the ledger": "NON REJOUÉ {} : {} dans le registre",
    "CONFLICT {}: {}": "CONFLIT {} : {}",
    "No conflict.": "Aucun conflit.",
    "Left out: {}": "Laissés de côté : {}",
    "In all: {} planned, {} sent{}, {} SMS parts, {}": "En tout : {} prévus, {} envoyés{}, {} segments, {}",
    "In all, at least: {} planned, {} sent{}, {} SMS parts, {}": "En tout, au moins : {} prévus, {} envoyés{}, {} segments, {}",
    (
        "Nobody must be guessed: a group of fewer than {} is not shown, above it figures go by "
        "steps of {}."
    ): (
        "Personne ne doit se deviner : un groupe de moins de {} n'est pas montré, au-delà les "
        "chiffres vont par pas de {}."
    ),
    "Texts received": "Textes reçus",
    "  {}: {} × “{}”": "  {} : {} × « {} »",
    "    {}   fingerprint {}…": "    {}   empreinte {}…",
    # status, health.
    "NOT READY: the daemon's first look hasn't ended": (
        "PAS PRÊT : le premier passage du démon n'est pas terminé"
    ),
    "NOT READY: the daemon's first look since its start hasn't ended, or its last one failed "
    "(a full disk?); its log says why ({})": (
        "PAS PRÊT : le premier passage du démon depuis son démarrage n'est pas terminé, ou le "
        "dernier a échoué (disque plein ?) ; son journal dit pourquoi ({})"
    ),
    "WARNING {}": "ATTENTION {}",
    "no daemon looked at the calendar from {} on": (
        "aucun démon n'a suivi le calendrier depuis le {}"
    ),
    "the ledger's mark can't be written to {}: set daemon.mark to another volume": (
        "la marque du registre ne peut pas être écrite dans {} : donnez à daemon.mark un autre "
        "volume"
    ),
    "the ledger and its second mark ({}) lie on one volume: put back from a backup together, they "
    "would send again; set daemon.mark to another volume": (
        "le registre et sa seconde marque ({}) sont sur un même volume : remis ensemble depuis une "
        "sauvegarde, ils renverraient tout ; donnez à daemon.mark un autre volume"
    ),
    "daemon {}: last look {}": "démon {} : dernier passage le {}",
    "NOT RUNNING: no daemon has ever looked at this ledger's calendar": (
        "ARRÊTÉ : aucun démon n'a jamais suivi le calendrier de ce registre"
    ),
    "NOT RUNNING: the last look was {} ({}); {}": "ARRÊTÉ : dernier passage le {} ({}) ; {}",
    "it was stopped since": "il a été arrêté depuis",
    "it is silent since": "il se tait depuis",
    "RESTS {} ({} in a row, {}): {}": "AU REPOS {} ({} de suite, {}) : {}",
    "one message is tried": "un message l'essaie",
    "until {}": "jusqu'au {}",
    "replica {}: silent since {}": "instance {} : muette depuis le {}",
    "replica {}: seen {}": "instance {} : vue le {}",
    "WISH {}: {} who asked for easy texts ({}) would read others, {} times": (
        "SOUHAIT {} : {} qui ont demandé des textes faciles ({}) en liraient d'autres, {} fois"
    ),
    "WISH {}: {} who read {} would get another language, {} times": (
        "SOUHAIT {} : {} qui lisent « {} » recevraient une autre langue, {} fois"
    ),
    "UNTOLD {} in {}, imported {} from {}: here for over 25 days, and no message told them so": (
        "NON INFORMÉS {} dans {}, importés le {} ({}) : là depuis plus de 25 jours, sans qu'aucun "
        "message le leur ait dit"
    ),
    "ALARM {} {}: {}": "ALARME {} {} : {}",
    "{}: {}": "{} : {}",
    "{}: {} ({})": "{} : {} ({})",
    "ok": "ok",
    "not well: {}": "pas bien : {}",
    "no daemon has started here ({} is missing)": "aucun démon n'a démarré ici ({} manque)",
    "another program, or another installation's daemon, answers at {}": (
        "un autre programme, ou le démon d'une autre installation, répond à {}"
    ),
    "{} answers something else than ok": "{} répond autre chose que ok",
    # The daemon, its ledger.
    "Réflexe is running: {}": "Réflexe est en marche : {}",
    "Loaded {} sample contacts into {}.": "{} contacts d'exemple chargés dans {}.",
    "The ledger's schema is {}.": "Le schéma du registre est {}.",
    "A new, empty ledger is made: {}": "Un nouveau registre, vide, est créé : {}",
    "There is no ledger at {}: everybody is new to it": (
        "Il n'y a pas de registre à {} : tout le monde y est nouveau"
    ),
    "reflexe: left aside, and sends nothing: {}": "reflexe : laissé de côté, n'envoie rien : {}",
    (
        "reflexe: this command goes by the configuration of {}, the last good one that a "
        "daemon noted ({})"
    ): (
        "reflexe : cette commande suit la configuration du {}, la dernière bonne qu'un démon a "
        "notée ({})"
    ),
    "database.url is {} now, and was {}: act on the one that it was?": (
        "database.url est {} maintenant, et était {} : agir sur celui d'avant ?"
    ),
    "{} rows are in {}, each compared with its original.": (
        "{} lignes sont dans {}, chacune comparée à son original."
    ),
    "This ledger serves no longer. Before you start the daemon:": (
        "Ce registre ne sert plus. Avant de démarrer le démon :"
    ),
    "- database.url is {} from now on": "- database.url est désormais {}",
    "- move {} to {}, or name it in optout.journal": (
        "- déplacez {} vers {}, ou nommez-le dans optout.journal"
    ),
    "- every machine needs the same keys.file {}, and a journal each": (
        "- chaque machine a besoin du même keys.file {}, et d'un journal à elle"
    ),
    # Texts and trials.
    "FAULT": "FAUTE",
    "advice": "conseil",
    "Why:": "Pourquoi :",
    "Nothing to report.": "Rien à signaler.",
    "Subject: {}\n\n{}": "Objet : {}\n\n{}",
    "{}: templates/{}, {}": "{} : templates/{}, {}",
    "{} characters ({}), {} SMS, {} €": "{} caractères ({}), {} SMS, {} €",
    "; signs outside the alphabet: {}": " ; signes hors de l'alphabet : {}",
    "accepted: {}": "accepté : {}",
    "the provider gave no receipt": "le fournisseur n'a pas donné de reçu",
    "no answer came, it may have been accepted": "pas de réponse, il a peut-être été accepté",
    "not accepted": "refusé",
}
