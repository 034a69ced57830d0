"""Why a file of people is refused as a whole, and what to do."""

from collections.abc import Mapping

FILES: Mapping[str, str] = {
    "no such file": "il n'y a pas de fichier de ce nom",
    "check its name": "vérifiez son nom",
    "more than {} columns": "plus de {} colonnes",
    "keep the ones that are needed": "gardez celles qui servent",
    "--columns {}: no such meaning": "--columns {} : il n'y a pas de tel sens",
    "use {}": "employez {}",
    "`sep=` names no usable separator": "`sep=` ne nomme aucun séparateur utilisable",
    "use sep=; or sep=,": "employez sep=; ou sep=,",
    "an archive": "une archive",
    "unpack it first": "ouvrez-la d'abord",
    "a picture": "une image",
    "a file that is no text": "un fichier qui n'est pas du texte",
    "a PDF or a text document": "un PDF ou un document de texte",
    "ask its author for the CSV behind it": "demandez à son auteur le CSV dont il vient",
    "a database": "une base de données",
    "export the table as CSV UTF-8": "exportez la table en CSV UTF-8",
    "an XML or HTML page": "une page XML ou HTML",
    "a text in UTF-32": "un texte en UTF-32",
    "save it as CSV UTF-8": "enregistrez-le en CSV UTF-8",
    "open it in the spreadsheet and save it as « CSV UTF-8 »": (
        "ouvrez-le dans le tableur et enregistrez-le en « CSV UTF-8 »"
    ),
    "a workbook with a password": "un classeur à mot de passe",
    "save it without one": "enregistrez-le sans mot de passe",
    "a workbook that takes too much memory or room to read": (
        "un classeur trop lourd ou trop grand à lire"
    ),
    "not a workbook that can be read, or a damaged one": (
        "ce n'est pas un classeur lisible, ou il est abîmé"
    ),
    "an archive that unpacks to far more than a table of people": (
        "une archive qui s'ouvre en bien plus qu'une table de personnes"
    ),
    "an archive with names of files outside it: not a workbook": (
        "une archive qui nomme des fichiers hors d'elle : ce n'est pas un classeur"
    ),
    "an archive that is no workbook": "une archive qui n'est pas un classeur",
    "give its name as the workbook shows it": "donnez son nom comme le classeur le montre",
    "a workbook of more than {} sheets": "un classeur de plus de {} feuilles",
    "save the one with the people": "enregistrez celle des personnes",
    "a workbook with definitions that no spreadsheet writes": (
        "un classeur avec des définitions qu'aucun tableur n'écrit"
    ),
    "a folder": "c'est un dossier",
    "name a file that is in it": "nommez un fichier qui y est",
    "larger than {} MB": "plus grand que {} Mo",
    "split it": "coupez-le en plusieurs",
    "an empty file": "un fichier vide",
    "export the contacts again": "exportez de nouveau les contacts",
    "not a CSV file but {}": "ce n'est pas un CSV mais {}",
    "accents in no encoding that is known: names would be wrong": (
        "ses accents ne sont d'aucun codage connu : des noms seraient faux"
    ),
    "export it again as CSV UTF-8": "exportez-le de nouveau en CSV UTF-8",
    "{} rows of {} have {}; this is the last": "{} lignes sur {} ont {} ; voici la dernière",
    "a workbook": "c'est un classeur",
    "a workbook larger than {} MB": "un classeur plus grand que {} Mo",
    "a workbook without a filled cell": "un classeur sans une cellule remplie",
    "a workbook that takes too much memory or time to read": (
        "un classeur trop lourd ou trop long à lire"
    ),
    "no sheet `{}`": "il n'y a pas de feuille « {} »",
    "its sheets are {}": "ses feuilles sont {}",
    "several sheets may be meant: {}": "plusieurs feuilles sont possibles : {}",
    "name one with --sheet": "nommez-en une par --sheet",
    "save it as text, an address or number a line": (
        "enregistrez-le en texte, une adresse ou un numéro par ligne"
    ),
    "save it as CSV UTF-8, a person a row": "enregistrez-le en CSV UTF-8, une personne par ligne",
    "a row of more than {} characters": "une ligne de plus de {} caractères",
    "look for a quotation mark that is never closed": "cherchez un guillemet jamais refermé",
    "a quotation mark out of place": "un guillemet mal placé",
    "inside a quoted cell, write each quotation mark twice": (
        "dans une cellule entre guillemets, doublez chaque guillemet"
    ),
    "no column of e-mail addresses or telephone numbers": (
        "aucune colonne d'adresses ni de numéros de téléphone"
    ),
    "name them in the first row: {}, email, phone…": (
        "nommez-les sur la première ligne : {}, email, phone…"
    ),
    "--columns {}={}: no such column": "--columns {}={} : il n'y a pas de telle colonne",
    "give its name, or its number": "donnez son nom, ou son numéro",
    "columns `{}` and `{}` mean the same": "les colonnes « {} » et « {} » disent la même chose",
    "columns {} and {} are both `{}`": "les colonnes {} et {} s'appellent toutes deux « {} »",
    "rename or remove one, or say which by its number: --columns {}={}": (
        "renommez ou retirez l'une, ou dites laquelle par son numéro : --columns {}={}"
    ),
    "rename or remove the one not to be used, or say which: --columns {}=…": (
        "renommez ou retirez celle qui ne sert pas, ou dites laquelle : --columns {}=…"
    ),
}
