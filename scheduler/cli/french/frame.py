"""What is around every command: how it is used, and what is wrong with how it was said."""

from collections.abc import Mapping

FRAME: Mapping[str, str] = {
    "Usage: ": "Usage : ",
    "Arguments": "Arguments",
    "Options": "Options",
    "Commands": "Commandes",
    "required": "obligatoire",
    "default: {}": "défaut : {}",
    "env var: {}": "variable : {}",
    "Show this message and exit.": "Affiche cette aide.",
    "Install completion for the current shell.": "Installe la complétion dans ce shell.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Affiche la complétion de ce shell, pour la copier ou l'adapter."
    ),
    "Try {} for help.": "Pour l'aide : {}.",
    "Error: {}": "Erreur : {}",
    "Aborted!": "Abandonné.",
    "Missing {}.": "Il manque {}.",
    "Missing {}. {}": "Il manque {}. {}",
    "Missing command.": "Il manque le nom d'une commande.",
    "option {}": "l'option {}",
    "argument {}": "l'argument {}",
    "No such command {}.": "La commande {} n'existe pas.",
    "No such command {}. Did you mean {}?": "La commande {} n'existe pas. Vouliez-vous dire {} ?",
    "No such option: {}": "L'option {} n'existe pas.",
    "No such option: {} Did you mean {}?": "L'option {} n'existe pas. Vouliez-vous dire {} ?",
    "No such option: {} (Possible options: {})": "L'option {} n'existe pas (peut-être : {}).",
    "Invalid value: {}": "Valeur refusée : {}",
    "Invalid value for {}: {}": "Valeur refusée pour {} : {}",
    "Got unexpected extra argument ({})": "Argument de trop : {}",
    "Got unexpected extra arguments ({})": "Arguments de trop : {}",
    "Option {} requires an argument.": "L'option {} attend une valeur.",
    "Option {} does not take a value.": "L'option {} ne prend pas de valeur.",
    "{} is not one of {}.": "{} n'est pas parmi {}.",
    "{} is not a valid integer.": "{} n'est pas un nombre entier.",
    "{} is not in the range {}.": "{} n'est pas dans l'intervalle {}.",
    "{} does not match the format {}.": "{} n'a pas la forme {}.",
    "{} does not match the formats {}.": "{} n'a aucune des formes {}.",
    # The groups of commands.
    "The daemon": "Le démon",
    "The calendar": "Le calendrier",
    "Stopping and going on": "Arrêter et reprendre",
    "Messages": "Les messages",
    "People and their answers": "Les personnes et leurs réponses",
    "Data protection": "La protection des données",
}
