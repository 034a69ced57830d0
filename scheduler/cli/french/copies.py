"""Copies of the ledger, and putting one back: help, answers and errors."""

from collections.abc import Mapping

COPIES: Mapping[str, str] = {
    (
        "Copy the ledger, whole and as of one instant, while the daemon sends. The keys aren't in "
        "it."
    ): (
        "Copie le registre, entier et à un instant donné, pendant que le démon envoie. Les clés "
        "n'y sont pas."
    ),
    "A new file, or a folder for one named by the instant.": (
        "Un nouveau fichier, ou un dossier où il portera l'instant comme nom."
    ),
    (
        "Put a copy in the ledger's place. The daemon must be stopped. The ledger that is there is "
        "kept under another name; nothing leaves before somebody has looked."
    ): (
        "Met une copie à la place du registre. Le démon doit être arrêté. Le registre en place est "
        "gardé sous un autre nom ; rien ne part avant que quelqu'un ait regardé."
    ),
    "What `reflexe backup` made.": "Ce que `reflexe backup` a produit.",
    "Rehearse it; change nothing.": "La répéter, sans rien changer.",
    "Don't ask.": "Ne rien demander.",
    "{} ({} MB) was read back whole:": "{} ({} Mo) a été relu en entier :",
    "Not in it, and needed with it:": "N'y sont pas, et iront avec :",
    "- the keys ({}): keep a copy of them apart, where this one isn't": (
        "- les clés ({}) : gardez-en une copie à part, ailleurs que celle-ci"
    ),
    "- the opt-out journal ({}): it stays where it is, and is never restored": (
        "- le journal des désinscriptions ({}) : il reste où il est, et ne se restaure jamais"
    ),
    "It lies on the ledger's own volume: bring it to another.": (
        "Elle est sur le volume du registre : portez-la sur un autre."
    ),
    "{} is the ledger now:": "{} est maintenant le registre :",
    "The one that was there is {}: destroy it when you need it no more.": (
        "Celui d'avant est {} : détruisez-le quand vous n'en aurez plus besoin."
    ),
    "Next: `reflexe migrate`, then the steps of docs/running.md, Restoring. Start last.": (
        "Ensuite : `reflexe migrate`, puis les étapes de docs/running.md, « Restoring ». Le "
        "démarrage vient en dernier."
    ),
    "{} is sound, and the keys in place open it:": "{} est saine, et les clés en place l'ouvrent :",
    "The opt-out journal would give back {} opt-outs, and lift {}.": (
        "Le journal lui rendrait {} désinscriptions, et en lèverait {}."
    ),
    "{} lines of the journal are damaged, and passed over.": (
        "{} lignes du journal sont abîmées, et laissées de côté."
    ),
    "Nothing would leave before somebody has looked: {}.": (
        "Rien ne partirait avant que quelqu'un ait regardé : {}."
    ),
    "Nothing was about to leave since it was made: it may send at once.": (
        "Rien n'était sur le départ depuis : il pourrait envoyer tout de suite."
    ),
    "There is a ledger in place: it will be set aside, and served no longer. Go on?": (
        "Un registre est en place : il sera mis de côté, et ne servira plus. Continuer ?"
    ),
    "- made on {}": "- faite le {}",
    "- {} contacts, {} opt-outs, {} messages": ("- {} contacts, {} désinscriptions, {} messages"),
    "- schema {}, mark {}": "- schéma {}, repère {}",
    "there is no ledger at {}: nothing to back up": (
        "il n'y a pas de registre à {} : rien à copier"
    ),
    "{} is there already: give another name, nothing is overwritten": (
        "{} existe déjà : donnez un autre nom, rien n'est écrasé"
    ),
    "there is no folder {}: make it first": "il n'y a pas de dossier {} : créez-le d'abord",
    "there is no file {}: nothing to restore": "il n'y a pas de fichier {} : rien à restaurer",
    "{} can't be written: {}": "{} ne peut pas être écrit : {}",
    "{} can't be copied to {}: {}": "{} ne peut pas être copié vers {} : {}",
    "{} is damaged: take another backup ({})": "{} est abîmée : prenez une autre copie ({})",
    "{} is a folder: name the backup that is in it": (
        "{} est un dossier : nommez la copie qui y est"
    ),
    "{} isn't a backup made by `reflexe backup`": "{} n'est pas une copie faite par `reflexe backup`",
    "{} is no ledger, or a damaged one: {}": "{} n'est pas un registre, ou est abîmé : {}",
    (
        "a server's ledger is copied by the server's own tools: pg_dump --format=custom --file "
        "FILE '{}', and pg_restore puts it back"
    ): (
        "le registre d'un serveur se copie avec les outils du serveur : pg_dump --format=custom "
        "--file FICHIER '{}', et pg_restore le remet en place"
    ),
    ("{} has the schema {}, newer than this program's {}: restore it with the newer version"): (
        "{} a le schéma {}, plus récent que celui de ce programme ({}) : restaurez-la avec la "
        "version plus récente"
    ),
    "{} is what a ledger left behind that moved to {}": (
        "{} est ce qu'a laissé un registre déplacé vers {}"
    ),
    "{} isn't whole: a move into it was cut short": (
        "{} n'est pas entière : un déplacement vers elle a été interrompu"
    ),
    "{} was never used, it holds nobody": "{} n'a jamais servi, elle ne contient personne",
    (
        "keys.file {} is missing: put the keys of this backup there first, from where they are "
        "kept apart"
    ): ("keys.file {} manque : mettez-y d'abord les clés de cette copie, gardées à part"),
    (
        "keys.file {} doesn't open {}: it belongs to another ledger — put the keys of this one "
        "there first"
    ): (
        "keys.file {} n'ouvre pas {} : il est d'un autre registre — mettez-y d'abord les clés de "
        "celui-ci"
    ),
}
