"""What stands beside a count of one or none, where French has no plural."""

from collections.abc import Mapping

#: By the English words, whose plural is with the other sentences; the others are told alike.
ONE: Mapping[str, str] = {
    "rows that can be used": "ligne utilisable",
    "people added": "personne ajoutée",
    "people renewed": "personne mise à jour",
    "rows refused": "ligne refusée",
    "cells left aside": "cellule laissée de côté",
    "rows that repeat a key (the last one counts)": "ligne qui répète une clé (la dernière vaut)",
    "rows whose key is somebody else's, left aside": (
        "ligne dont la clé est celle d'un autre, laissée de côté"
    ),
    "keys settled by --same-person or --other-person": (
        "clé tranchée par --same-person ou --other-person"
    ),
    "addresses and numbers whose opt-out holds, whoever has them": (
        "adresse ou numéro désinscrit, quel que soit son titulaire"
    ),
    "people whose own opt-out holds, at whatever address": (
        "personne désinscrite elle-même, à quelque adresse que ce soit"
    ),
    "people who left the audience": "personne sortie du public",
    'cells taken out of a spreadsheet\'s ="…" or apostrophe': (
        "cellule sortie du =\"…\" ou de l'apostrophe d'un tableur"
    ),
    "cells without a sign that nobody sees": "cellule débarrassée d'un signe invisible",
    "cells whose no-break spaces became spaces": "cellule aux espaces insécables remplacées",
    "numbers completed by a 0, a + or their country's code": (
        "numéro complété d'un 0, d'un + ou de son indicatif"
    ),
    "days given as a spreadsheet's count": "jour donné en nombre de tableur",
    "rows with an address or number that an earlier row has": (
        "ligne dont l'adresse ou le numéro figure plus haut"
    ),
    "rows that are the header once more: left aside": "en-tête répété : laissé de côté",
    "rows that are nobody (a total, a caption): left aside": (
        "ligne qui n'est personne (total, légende) : laissée de côté"
    ),
    "people who died: left aside, and no members any more": (
        "personne décédée : laissée de côté, et plus membre"
    ),
    "people younger than minimum_age: left aside, and no members any more": (
        "personne plus jeune que minimum_age : laissée de côté, et plus membre"
    ),
    "rows": "ligne",
}
