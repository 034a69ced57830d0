"""An installation of one's own: help, answers and errors."""

from collections.abc import Mapping

INSTALLING: Mapping[str, str] = {
    "Where it lies; made if it isn't there.": "Où la mettre ; créé s'il n'existe pas.",
    (
        "Start the daemon on the shipped year and invented people, in a folder of its own. Nobody is "
        "reached. Said again, it goes on in the same folder."
    ): (
        "Démarre le démon sur l'année fournie et des personnes inventées, dans un dossier à part. "
        "Personne n'est joint. Relancé, il continue dans le même dossier."
    ),
    "A folder that isn't there yet, or is empty.": "Un dossier qui n'existe pas encore, ou vide.",
    (
        "Lay out an installation for a real site: configuration, the year's texts, audiences, and how "
        "to run it as a service."
    ): (
        "Prépare une installation pour un vrai site : configuration, textes de l'année, publics, et "
        "de quoi la lancer comme service."
    ),
    "The demonstration is in {}; delete the folder and nothing is left of it.": (
        "La démonstration est dans {} ; supprimez ce dossier et il n'en reste rien."
    ),
    "Next:": "Ensuite :",
    "1. {}: the organisation, its addresses and its relay (docs/going-live.md).": (
        "1. {} : l'organisation, ses adresses et son relais (docs/going-live.md)."
    ),
    "2. reflexe --config {} check": "2. reflexe --config {} check",
    "3. reflexe --config {} run, or compose.yaml, or reflexe.service": (
        "3. reflexe --config {} run, ou compose.yaml, ou reflexe.service"
    ),
    "reflexe {} (ledger's schema {})": "reflexe {} (schéma du registre {})",
    "isn't empty: it has {}": "n'est pas vide : il contient {}",
    "name a folder that isn't there yet: nothing is overwritten": (
        "nommez un dossier qui n'existe pas encore : rien n'est écrasé"
    ),
    "can't be written: {}": "ne peut pas être écrit : {}",
    "name a folder of this user's own": "nommez un dossier qui est à cet utilisateur",
    "a ledger on PostgreSQL needs parts that aren't installed: pip install 'reflexe[postgres]'": (
        "un registre sur PostgreSQL demande des parties qui ne sont pas installées : pip install 'reflexe[postgres]'"
    ),
    "telemetry needs parts that aren't installed": (
        "la télémétrie demande des parties qui ne sont pas installées"
    ),
    "pip install 'reflexe[otel]', or take the key away": (
        "pip install 'reflexe[otel]', ou retirez la clé"
    ),
    # upgrade-check.
    (
        "Say, before the daemon is started on it, what this version asks of the installation: "
        "migrations, settings that are gone or going, texts that it would hold; exit 1 when something is "
        "to be done. Nothing is changed."
    ): (
        "Dit, avant d'y démarrer le démon, ce que cette version demande à l'installation : migrations, "
        "réglages disparus ou sur le départ, textes qu'elle retiendrait ; code 1 quand il y a à faire. Rien "
        "n'est changé."
    ),
    "This program: {}, schema {}.": "Ce programme : {}, schéma {}.",
    "There is no ledger yet: the first start, or `reflexe migrate`, makes it.": (
        "Il n'y a pas encore de registre : le premier démarrage, ou `reflexe migrate`, le crée."
    ),
    "The ledger: {}": "Le registre : {}",
    "The ledger: schema {}, last used by {}.": "Le registre : schéma {}, utilisé en dernier par {}.",
    "The ledger: schema {}, last used by a version that noted none.": (
        "Le registre : schéma {}, utilisé en dernier par une version qui n'a pas laissé son numéro."
    ),
    "It is newer than this program: an update goes forward, never back.": (
        "Il est plus récent que ce programme : on met à jour vers l'avant, jamais en arrière."
    ),
    "`reflexe migrate` will take these steps; back the ledger up first:": (
        "`reflexe migrate` fera ces pas ; sauvegardez d'abord le registre :"
    ),
    "Stop first every replica older than schema {}.": "Arrêtez d'abord toute instance plus ancienne que le schéma {}.",
    "To install: pip install 'reflexe[postgres]', for the ledger is on PostgreSQL": (
        "À installer : pip install 'reflexe[postgres]', car le registre est sur PostgreSQL"
    ),
    "Settings that this version refuses:": "Réglages que cette version refuse :",
    "Settings that the next version refuses:": "Réglages que la prochaine version refusera :",
    "Texts that this version holds back (reflexe check says more):": (
        "Textes que cette version retient (reflexe check en dit plus) :"
    ),
    "Nothing is to be done.": "Rien à faire.",
    "the next release takes it away": "la prochaine version le retire",
    (
        "give each person an account (reflexe accounts add) or a portal (web.sign_in), machines "
        "web.metrics_token, then remove the key"
    ): (
        "donnez un compte à chacun (reflexe accounts add) ou un portail (web.sign_in), aux machines "
        "web.metrics_token, puis retirez la clé"
    ),
}
