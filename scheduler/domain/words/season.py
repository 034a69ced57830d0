"""What stands in the report of a season, in French."""

FACTS = {
    "addressed": "messages adressés",
    "people": "personnes adressées au moins une fois",
    "staff_most": "du personnel adressé par au moins trois épisodes sur quatre",
    "sms_cost": "pour les SMS",
    "undelivered": "messages qui ne sont pas arrivés",
    "opt_outs": "désinscriptions après un message",
}
TABLES = {
    "years": "D’une saison à l’autre",
    "episodes": "Message par message",
    "audiences": "Par public et par canal",
    "territories": "Par territoire",
    "coverage": "Combien d’épisodes chacun a reçus",
    "left_out": "Pourquoi certains n’ont pas été adressés",
    "undelivered": "Messages qui ne sont pas arrivés",
    "opt_outs": "Désinscriptions, semaine par semaine",
    "quizzes": "Quiz",
    "reactions": "Avis sous les versions en ligne",
    "reported": "Messages signalés, semaine par semaine",
    "typed": "Chiffres saisis",
    "dates": "Dates et états",
    "texts": "Textes partis, avec leur empreinte",
    "approvals": "Envois qu’une seconde personne a autorisés",
    "passes": "Fautes que deux personnes ont laissé passer",
}
NOTES = {
    "episodes": "Adressé : accepté par le serveur ou l’opérateur. Personne ne sait ce qui est lu.",
    "coverage": (
        "Une fiche d’un fichier est une personne. Les épisodes sont les dimanches de la série, "
        "sur l’un ou l’autre canal."
    ),
    "forgotten": (
        "Le délai de conservation est passé : les envois ne sont plus à personne, et ce compte ne "
        "peut plus se faire."
    ),
    "undelivered": "Ce qu’un serveur ou un opérateur a renvoyé. Un silence n’est pas un retour.",
    "opt_outs": (
        "Des personnes qui venaient de recevoir un message de la campagne, dans les semaines "
        "terminées."
    ),
    "quizzes": (
        "Des réponses, jamais des personnes, et depuis la première : aucune n’a de date, donc "
        "aucune n’est d’une saison. La part des bonnes est celle des questions qui en ont "
        "assez, et va de 5 en 5 ; le détail est sous « Quiz et avis »."
    ),
    "reactions": "Des clics, jamais des personnes, et depuis le premier.",
    "reported": (
        "Ce que le personnel a signalé : des messages, jamais des personnes, comptés par les dates "
        "d’un dossier de copies, dont rien d’autre n’est lu. Semaines terminées."
    ),
    "typed": "Lus ailleurs et saisis à la main : la dernière lecture de chaque source.",
    "texts": "L’empreinte d’un texte change au moindre signe ; sa version en ligne la porte.",
}
COLUMNS = {
    "message": "Message",
    "reported": "Signalés",
    "date": "Date",
    "addressed": "Adressés",
    "left_out": "Laissés de côté",
    "undelivered": "Non arrivés",
    "cost": "Coût",
    "audience": "Public",
    "channel": "Canal",
    "territory": "Territoire",
    "none": "Aucun",
    "some": "Un ou plusieurs",
    "most": "Trois sur quatre ou plus",
    "share": "Part de ces derniers",
    "reason": "Raison",
    "people": "Personnes",
    "week": "Semaine",
    "quiz": "Quiz",
    "answers": "Réponses",
    "right": "Bonnes",
    "useful": "Utile",
    "not-for-me": "Pas pour moi",
    "shown": "Montré à un proche",
    "what": "Quoi",
    "source": "Source",
    "figure": "Chiffre",
    "before": "Avant",
    "change": "Évolution",
    "state": "État",
    "variant": "Version",
    "revision": "Révision",
    "fingerprint": "Empreinte",
    "asked": "Demandé le",
    "allowed": "Autorisé le",
    "rule": "Règle",
    "file": "Fichier",
    "passage": "Passage (empreinte)",
    "occurrence": "Rendez-vous",
}
NOT_YET = "pas encore"
