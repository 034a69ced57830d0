"""Why the ledger, its keys or its journal can't be used as they are."""

from collections.abc import Mapping

ERRORS_LEDGER: Mapping[str, str] = {
    (
        "the ledger is busy, and was not free within {} s: {} is under way ({}, since {} UTC). "
        "Nothing was changed: say it again when that has ended"
    ): (
        "le registre est occupé, et ne s'est pas libéré en {} s : {} est en cours ({}, depuis {} "
        "UTC). Rien n'a été changé : redites-le quand ce sera terminé"
    ),
    (
        "the ledger is busy, and was not free within {} s: process {} ({}) keeps it. Nothing was "
        "changed: wait until that has ended, or end it, and say it again"
    ): (
        "le registre est occupé, et ne s'est pas libéré en {} s : le processus {} ({}) le retient. "
        "Rien n'a été changé : attendez qu'il ait terminé, ou terminez-le, puis redites-le"
    ),
    (
        "the ledger is busy, and was not free within {} s. Nothing was changed: look for a backup, "
        "a copy or another program that has it open, let it end, and say it again"
    ): (
        "le registre est occupé, et ne s'est pas libéré en {} s. Rien n'a été changé : cherchez une "
        "sauvegarde, une copie ou un autre programme qui l'a ouvert, laissez-le finir, puis "
        "redites-le"
    ),
    "a daemon works on this ledger: stop it first": (
        "un démon travaille sur ce registre : arrêtez-le d'abord"
    ),
    "there is no ledger at {}: nothing to move": "il n'y a pas de registre à {} : rien à déplacer",
    (
        "the ledger is being moved, or a daemon of an earlier version works on it: let it end, or "
        "stop it first"
    ): (
        "le registre est en cours de déplacement, ou un démon d'une version antérieure y travaille : "
        "laissez finir, ou arrêtez-le d'abord"
    ),
    (
        "{} can't be written ({}): it keeps what this process must find again after a crash — "
        "give it to user {}"
    ): (
        "{} ne peut pas être écrit ({}) : il garde ce que ce processus doit retrouver après une "
        "panne — donnez-le à l'utilisateur {}"
    ),
    (
        "another daemon (process {}) works on this ledger: stop it first, or give this one its "
        "own database.url"
    ): (
        "un autre démon (processus {}) travaille sur ce registre : arrêtez-le d'abord, ou donnez à "
        "celui-ci son propre database.url"
    ),
    ("{} exists: a copy never replaces a ledger"): (
        "{} existe : une copie ne remplace jamais un registre"
    ),
    "the ledger can't be opened: {}": "le registre ne peut pas être ouvert : {}",
    (
        "the ledger's schema is {}, newer than this program's {}: move it with the newer version, "
        "which knows all of it"
    ): (
        "le schéma du registre est {}, plus récent que celui du programme, {} : déplacez-le avec la "
        "version récente, qui le connaît entier"
    ),
    "the ledger isn't up to date: run `reflexe migrate` first": (
        "le registre n'est pas à jour : lancez d'abord `reflexe migrate`"
    ),
    "the ledger was never used: there is nothing to move": (
        "le registre n'a jamais servi : il n'y a rien à déplacer"
    ),
    (
        "{} messages were being handed over when the daemon ended: start it once, which settles "
        "them, stop it, and move then"
    ): (
        "{} messages étaient en cours de remise quand le démon s'est arrêté : démarrez-le une fois, "
        "ce qui les règle, arrêtez-le, puis déplacez"
    ),
    (
        "{} messages wait to leave: let the daemon finish them, or say `reflexe pause` for each "
        "occurrence that runs, or `reflexe stop-all`; resume after the move"
    ): (
        "{} messages attendent de partir : laissez le démon finir, ou dites `reflexe pause` pour "
        "chaque rendez-vous en cours, ou `reflexe stop-all` ; reprenez après le déplacement"
    ),
    (
        "the database at --to is in use: it holds another ledger, or something else — give an "
        "empty one"
    ): (
        "la base de --to est occupée : elle a un autre registre, ou autre chose — donnez-en une vide"
    ),
    "this ledger has moved to {}: set database.url to that one": (
        "ce registre a été déplacé vers {} : mettez database.url à celui-là"
    ),
    "the ledger is there already: --to is database.url itself": (
        "le registre y est déjà : --to est database.url même"
    ),
    (
        "row {} of {} isn't the same in {}: somebody wrote there meanwhile. Nothing has moved, "
        "the ledger serves as before: see that nobody else uses that database, and say `reflexe "
        "move` again"
    ): (
        "la ligne {} de {} n'est pas la même dans {} : quelqu'un y a écrit entre-temps. Rien n'a "
        "été déplacé, le registre sert comme avant : voyez que personne d'autre n'utilise cette "
        "base, et relancez `reflexe move`"
    ),
    "the move stopped, say it again: {}": "le déplacement s'est arrêté, relancez-le : {}",
    (
        "between row {} and row {} of {} is a value that {} can't keep ({}): mend it in the "
        "ledger, and say `reflexe move` again"
    ): (
        "entre la ligne {} et la ligne {} de {} est une valeur que {} ne peut pas garder ({}) : "
        "corrigez-la dans le registre, et relancez `reflexe move`"
    ),
    "optout.journal {} was written by another version: start that one": (
        "optout.journal {} est d'une autre version : démarrez celle-là"
    ),
    (
        "optout.journal {} belongs to another ledger: move it away, or set optout.journal to this "
        "ledger's own"
    ): (
        "optout.journal {} est d'un autre registre : écartez-le, ou mettez optout.journal à celui de "
        "ce registre"
    ),
    "optout.journal {} can't be read ({}): let this user read it": (
        "optout.journal {} ne peut pas être lu ({}) : laissez cet utilisateur le lire"
    ),
    "the disk is full: ask again later": "le disque est plein : redemandez plus tard",
    "this process has not entered the ledger as a replica": (
        "ce processus ne s'est pas inscrit au registre comme instance"
    ),
    "keys.file has no room for another key": "keys.file n'a plus de place pour une clé",
    "keys.file holds no key: restore it from its backup": (
        "keys.file n'a aucune clé : reprenez-le de sa sauvegarde"
    ),
    "keys.file has no key {}: put the older key back, last": (
        "keys.file n'a pas la clé {} : remettez l'ancienne clé, en dernier"
    ),
    "keys.file {} can't be read ({}): restore it from its backup": (
        "keys.file {} ne peut pas être lu ({}) : reprenez-le de sa sauvegarde"
    ),
    (
        "keys.file {} is damaged (each key has its own id, a letter or digit, and a secret of {} "
        "bytes or more in base64): restore it from its backup"
    ): (
        "keys.file {} est abîmé (chaque clé a un nom à elle, une lettre ou un chiffre, et un secret "
        "de {} octets ou plus en base64) : reprenez-le de sa sauvegarde"
    ),
    "a sealed value doesn't open with the keys of keys.file": (
        "une valeur scellée ne s'ouvre pas avec les clés de keys.file"
    ),
    (
        "no ledger at {}: look whether database.url names the right one, else start the daemon or "
        "run `reflexe migrate`, which make it"
    ): (
        "pas de registre à {} : voyez si database.url nomme le bon, sinon démarrez le démon ou "
        "lancez `reflexe migrate`, qui le créent"
    ),
    "{} belongs to user {} and this program runs as {}, which can't write there: chown -R {} {}": (
        "{} est à l'utilisateur {} et ce programme tourne sous {}, qui ne peut pas y écrire : chown "
        "-R {} {}"
    ),
    "the database holds no ledger yet: run `reflexe migrate` once": (
        "la base n'a pas encore de registre : lancez `reflexe migrate` une fois"
    ),
    "the ledger's schema is {}, this program's is {}: run `reflexe migrate`": (
        "le schéma du registre est {}, celui du programme est {} : lancez `reflexe migrate`"
    ),
    (
        "this ledger isn't whole: a move into it was cut short — say `reflexe move` again, with "
        "the database.url it comes from"
    ): (
        "ce registre n'est pas entier : un déplacement vers lui a été coupé — relancez `reflexe "
        "move`, avec le database.url d'où il vient"
    ),
    (
        "the ledger's schema is {}, newer than this program's {}: start the newer version, or "
        "restore a ledger of this one"
    ): (
        "le schéma du registre est {}, plus récent que celui du programme, {} : démarrez la version "
        "récente, ou reprenez un registre de celle-ci"
    ),
    "this ledger was never used, it holds nobody: start the daemon first": (
        "ce registre n'a jamais servi, il n'a personne : démarrez d'abord le démon"
    ),
    (
        "keys.file {} is missing: this ledger's personal data is sealed with it — restore it from "
        "its backup"
    ): (
        "keys.file {} manque : les données personnelles de ce registre sont scellées avec — "
        "reprenez-le de sa sauvegarde"
    ),
    "keys.file {} belongs to another ledger: restore the one made with this ledger": (
        "keys.file {} est d'un autre registre : reprenez celui créé avec ce registre"
    ),
    (
        "keys.file {} is missing: make one with `reflexe migrate --make-keys` and give the same "
        "file to every replica"
    ): (
        "keys.file {} manque : créez-le par `reflexe migrate --make-keys` et donnez le même fichier "
        "à chaque instance"
    ),
    (
        "a table is in use without a break, and the migration would hold everybody up: nothing "
        "was changed — say `reflexe migrate` again in a quieter moment"
    ): (
        "une table sert sans répit, et la migration bloquerait tout le monde : rien n'a été changé — "
        "relancez `reflexe migrate` à un moment plus calme"
    ),
    "another slot of the channel is being planned: it goes first": (
        "un autre créneau du canal se prépare : il passe d'abord"
    ),
}
