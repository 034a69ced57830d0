"""What commands answer about sendings, people and their data."""

from collections.abc import Mapping

TOLD_ACTS: Mapping[str, str] = {
    # Accounts.
    "Give this link to its holder, and to nobody else; it is good once, for three days:": (
        "Donnez ce lien à son titulaire, et à personne d'autre ; il sert une fois, trois jours :"
    ),
    "Where the desk has another address, its path goes after that address.": (
        "Si le bureau a une autre adresse, son chemin va après celle-ci."
    ),
    "The account has these roles from its next request on.": (
        "Le compte a ces rôles dès sa prochaine demande."
    ),
    "The account is removed, and its sessions are ended.": (
        "Le compte est retiré, et ses sessions sont fermées."
    ),
    "Roles": "Rôles",
    "Name": "Nom",
    "Password": "Mot de passe",
    "not yet": "pas encore",
    # Newcomers.
    "{} newcomer(s) let go: their four weeks begin at the daemon's next look.": (
        "{} arrivant(s) accueilli(s) : leurs quatre semaines commencent au prochain passage du "
        "démon."
    ),
    "Whom the answer is about: the word that this command shows with them.": (
        "De qui parle la réponse : le mot que cette commande montre avec eux."
    ),
    "say of whom: --shown {} ({} are held)": "dites de qui : --shown {} ({} attendent)",
    "to answer for them: --allow or --refuse, with --shown {}": (
        "pour répondre : --allow ou --refuse, avec --shown {}"
    ),
    "others are held since: look at them, then answer": (
        "d'autres attendent depuis : regardez-les, puis répondez"
    ),
    "{} newcomer(s) are never greeted.": "{} arrivant(s) ne seront jamais accueillis.",
    "greeted in these two months: {}": "accueillis depuis deux mois : {}",
    "whose day is to come: {}": "dont le jour est à venir : {}",
    "held, for a file brought many at once: {}": (
        "retenus, car un fichier en a amené beaucoup d'un coup : {}"
    ),
    "not to be greeted, as somebody said: {}": "à ne pas accueillir, comme quelqu'un l'a dit : {}",
    # Steering.
    "{} is allowed and due now; `reflexe report {}` says how it goes.": (
        "{} est autorisé et part maintenant ; `reflexe report {}` dit où il en est."
    ),
    "{} is due now; `reflexe report {}` says how it goes.": (
        "{} part maintenant ; `reflexe report {}` dit où il en est."
    ),
    (
        "{} waits for another person: they read it with `reflexe preview {}`, then allow it with "
        "`reflexe approve {} --by NAME`."
    ): (
        "{} attend une autre personne : elle le lit par `reflexe preview {}`, puis l'autorise par "
        "`reflexe approve {} --by NOM`."
    ),
    "Ask for {} now to {}?": "Demander {} maintenant pour {} ?",
    "Send {} now to {}?": "Envoyer {} maintenant à {} ?",
    "EVERYBODY in {}": "TOUS ceux de {}",
    "the {} people of the list": "les {} personnes de la liste",
    "Cancel {} for good?": "Annuler {} pour de bon ?",
    "{}: {} new text(s); {} waiting get theirs, {} had left before.": (
        "{} : {} nouveau(x) texte(s) ; {} en attente reçoivent le leur, {} étaient partis avant."
    ),
    "{} goes on by {}: {} waiting.": "{} reprend par {} : {} en attente.",
    "{}: {}. `reflexe resume-all` goes on.": "{} : {}. `reflexe resume-all` reprend.",
    "{}: {}.": "{} : {}.",
    "Every channel is stopped": "Tous les canaux sont arrêtés",
    "Every channel was stopped already": "Tous les canaux étaient déjà arrêtés",
    "Every channel goes on": "Tous les canaux reprennent",
    "Nothing was stopped": "Rien n'était arrêté",
    "{} is {}: {}, {} cancelled.": "{} : {} ; {}, {} annulés.",
    "paused": "en pause",
    "resumed": "repris",
    "cancelled": "annulé",
    "{} sent, {} waiting, {} in flight": "{} envoyés, {} en attente, {} en cours de remise",
    "The list: {} rows, {} people known here.": "La liste : {} lignes, {} personnes connues ici.",
    "Unknown here: {} (rows {}{}).": "Inconnues ici : {} (lignes {}{}).",
    " and {} more": " et {} autres",
    "To the list that was given before: {} people.": (
        "À la liste donnée auparavant : {} personnes."
    ),
    (
        "warning: {}/message.yaml doesn't say to whom it goes, so it goes to everybody in {}: "
        "write `recipients: list` there, and give --to-list FILE"
    ): (
        "attention : {}/message.yaml ne dit pas à qui il va, il va donc à tous ceux de {} : "
        "écrivez-y `recipients: list`, et donnez --to-list FICHIER"
    ),
    # What send-now says before it asks.
    "Nobody: no audience of it has a member and a text.": (
        "Personne : aucun de ses publics n'a de membre et de texte."
    ),
    "It costs {} ({} SMS parts).": "Coût : {} ({} segments).",
    "about {}": "environ {}",
    "{} who hold the date can't be told: they refused since, or have no address any more.": (
        "{} qui ont la date ne peuvent pas être prévenus : ils ont refusé depuis, ou n'ont plus "
        "d'adresse."
    ),
    "Fault: {}": "Faute : {}",
    "Its texts have no fault.": "Ses textes sont sans faute.",
    "{}, {}: {} to send{}": "{}, {} : {} à envoyer{}",
    ", {} left out ({})": ", {} laissés de côté ({})",
    "never ({})": "jamais ({})",
    "at once": "tout de suite",
    # Importing.
    "note: {}": "remarque : {}",
    "Newcomers aren't greeted: no campaign of kind onboarding is enabled in config.yaml.": (
        "Les arrivants ne sont pas accueillis : aucune campagne de sorte onboarding n'est activée "
        "dans config.yaml."
    ),
    "… and {} more": "… et {} autres",
    "Nothing was written. The import would give:": "Rien n'a été écrit. L'import donnerait :",
    "rows that can be used": "lignes utilisables",
    "people added": "personnes ajoutées",
    "people renewed": "personnes mises à jour",
    "rows refused": "lignes refusées",
    "cells left aside": "cellules laissées de côté",
    ("rows that repeat a key (the last one counts)"): (
        "lignes qui répètent une clé (la dernière vaut)"
    ),
    "rows whose key is somebody else's, left aside": (
        "lignes dont la clé est celle d'un autre, laissées de côté"
    ),
    "keys settled by --same-person or --other-person": (
        "clés tranchées par --same-person ou --other-person"
    ),
    "addresses and numbers whose opt-out holds, whoever has them": (
        "adresses et numéros désinscrits, quel que soit leur titulaire"
    ),
    "people whose own opt-out holds, at whatever address": (
        "personnes désinscrites elles-mêmes, à quelque adresse que ce soit"
    ),
    "people who left the audience": "personnes sorties du public",
    'cells taken out of a spreadsheet\'s ="…" or apostrophe': (
        "cellules sorties du =\"…\" ou de l'apostrophe d'un tableur"
    ),
    "cells without a sign that nobody sees": "cellules débarrassées d'un signe invisible",
    "cells whose no-break spaces became spaces": "cellules aux espaces insécables remplacées",
    "numbers completed by a 0, a + or their country's code": (
        "numéros complétés d'un 0, d'un + ou de leur indicatif"
    ),
    "days given as a spreadsheet's count": "jours donnés en nombre de tableur",
    "rows with an address or number that an earlier row has": (
        "lignes dont l'adresse ou le numéro figure plus haut"
    ),
    "people with the name of somebody whose opt-out holds, under another key and address: if "
    "they are one person, say reflexe optout add": (
        "personnes du même nom que quelqu'un dont l'opposition tient, sous une autre clé et une "
        "autre adresse : si c'est la même personne, dites reflexe optout add"
    ),
    "rows that are the header once more: left aside": "en-têtes répétés : laissés de côté",
    "rows that are nobody (a total, a caption): left aside": (
        "lignes qui ne sont personne (total, légende) : laissées de côté"
    ),
    "people who died: left aside, and no members any more": (
        "personnes décédées : laissées de côté, et plus membres"
    ),
    "people younger than minimum_age: left aside, and no members any more": (
        "personnes plus jeunes que minimum_age : laissées de côté, et plus membres"
    ),
    "{} rows without proof of consent for {}: not written to there": (
        "{} lignes sans preuve d'accord pour {} : rien ne leur sera écrit là"
    ),
    "{} {} ({} {})": "{} {} ({} {})",
    "row": "ligne",
    "rows": "lignes",
    "cell left aside": "cellule laissée de côté",
    "row left aside": "ligne laissée de côté",
    "row refused": "ligne refusée",
    # People and their rights.
    "{} contacts written to {}: personal data, keep it safe.": (
        "{} contacts écrits dans {} : données personnelles, à garder en lieu sûr."
    ),
    "{} opt-outs written to {}: personal data, keep it safe.": (
        "{} désinscriptions écrites dans {} : données personnelles, à garder en lieu sûr."
    ),
    "{} messages written to {}: personal data, keep it safe.": (
        "{} messages écrits dans {} : données personnelles, à garder en lieu sûr."
    ),
    "{} people written to {}: personal data, keep it safe.": (
        "{} personnes écrites dans {} : données personnelles, à garder en lieu sûr."
    ),
    "{} were reached.": "{} ont été atteintes.",
    "{} may still get it: say this again once nothing waits.": (
        "{} peuvent encore le recevoir : relancez quand plus rien n'attend."
    ),
    "{} of those it didn't reach are erased: nobody knows who they were.": (
        "{} de celles qu'il n'a pas atteintes sont effacées : nul ne sait qui elles étaient."
    ),
    "Written to {}: personal data, for this person alone.": (
        "Écrit dans {} : données personnelles, pour cette personne seule."
    ),
    "Written to {}.": "Écrit dans {}.",
    "Erase contact {} for good?": "Effacer la fiche {} pour de bon ?",
    (
        "{} {} erased, and opted out of everything. The files of the ledger forget it at the next "
        "retention run, within a day."
    ): (
        "{} {}, et désinscription de tout. Les fichiers du registre l'oublieront au prochain "
        "nettoyage, dans la journée."
    ),
    "contact": "fiche effacée",
    "contacts": "fiches effacées",
    "Contact {} ({}) {}.": "Fiche {} ({}) : {}.",
    "is frozen: nothing is sent, nothing erased": "gelée, rien n'est envoyé, rien n'est effacé",
    "is no longer frozen; what was left out meanwhile stays so": (
        "plus gelée ; ce qui a été laissé de côté entre-temps le reste"
    ),
    "was frozen already": "déjà gelée",
    "was not frozen already": "déjà non gelée",
    "nothing was ever refused at {}, as far as this ledger knows.": (
        "rien n'a jamais été refusé à {}, que ce registre sache."
    ),
    "The address itself is erased: only its digest is left.": (
        "L'adresse elle-même est effacée : seule son empreinte reste."
    ),
    (
        "Proof: {} has the keyed digest {} (key {}), which these rows hang on; the opt-out "
        "journal holds {} act(s) of it."
    ): (
        "Preuve : {} a l'empreinte à clé {} (clé {}), à laquelle tiennent ces lignes ; le journal "
        "des désinscriptions en garde {} acte(s)."
    ),
    "{} is opted out.": "{} : désinscription notée.",
    "{} was opted out already.": "{} : déjà désinscrit.",
    "{} addresses and numbers are opted out, {} of them newly.": (
        "{} adresses et numéros désinscrits, dont {} nouveaux."
    ),
    "line {}: {}": "ligne {} : {}",
    (
        "{} has no opt-out of this kind that its holder can end. Where several people have it, "
        "--person says which of them comes back."
    ): (
        "{} n'a pas de désinscription de cette sorte que son titulaire puisse lever. Si plusieurs "
        "personnes l'ont, --person dit laquelle revient."
    ),
    (
        "{} is closed since {}, as mail or an SMS to it was refused: `reflexe bounce reopen "
        "ADDRESS --reason …` opens it."
    ): (
        "{} est fermé depuis le {}, un courriel ou un SMS y ayant été refusé : `reflexe bounce "
        "reopen ADRESSE --reason …` l'ouvre."
    ),
    "{} may be written to again.": "On peut de nouveau écrire à {}.",
    "{} has no opt-out any more.": "{} n'a plus de désinscription.",
    "It gives no address of this message: its text isn't for everybody, or there is no "
    "ledger yet.": (
        "L'adresse de ce message n'y est pas : son texte n'est pas pour tout le monde, ou il n'y "
        "a pas encore de registre."
    ),
    "{} characters of {}": "{} signes sur {}",
    "Advised: {}, {}; a person posts it.": "Jour conseillé : {}, {} ; une personne publie.",
    "Its address leads nowhere until the message is sent.": "Son adresse ne mène nulle part tant que le message n'est pas parti.",
    "Its address leads nowhere before {}, when it is sent.": "Son adresse ne mène nulle part avant le {}, jour de son envoi.",
    "{} has no {} e-mail for these; it has: {}": "{} n'a pas de courriel en {} pour ce public ; il a : {}",
    "Its picture, 1200 × 627: --out FILE.png": "Son image, 1200 × 627 : --out FICHIER.png",
    "Alternative text: {}": "Texte de remplacement : {}",
}
