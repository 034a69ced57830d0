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
}
