"""Opt-outs noted, one person looked up, and whose a mail is."""

ADD_OPTOUT = "Noter une désinscription"
ADD_OPTOUT_WHY = (
    "Quelqu'un vous dit ne plus vouloir de messages : tapez son adresse ou son numéro. "
    "La désinscription vaut avant le prochain envoi, que nous le connaissions ou non."
)
ADDRESS_OR_NUMBER = "Adresse électronique ou numéro de téléphone"
NOTE_IT = "Noter"
OPTOUT_NOTED = "C'est noté : rien ne partira plus vers cette adresse ou ce numéro."
NEITHER_ONE = "Ceci n'est ni une adresse électronique ni un numéro de téléphone."
WHOSE = "À nous ou pas ?"
WHOSE_INTRO = (
    "Quelqu'un vous montre un courriel et demande s'il est de nous : déposez-le ici. Rien n'en est "
    "gardé."
)
AGAINST_IT = "Contre :"
WHOSE_LIMITS = (
    "La signature n'est pas vérifiée et le texte n'est pas comparé mot à mot : en cas de doute, "
    "ouvrez le message au calendrier et relisez-le à côté."
)
MAIL_FILE = "Le courriel, enregistré en fichier .eml (ou transféré en pièce jointe)"
MAIL_SOURCE = "Ou son texte source, en-têtes compris"
ASK_WHOSE = "Demander"
NO_MAIL = "Donnez un fichier, ou le texte source d'un courriel."
PEOPLE_PAGE = "Personnes"
PEOPLE_INTRO = (
    "Quelqu'un demande ce que vous détenez sur lui, ou ne veut plus que vous le déteniez. Chaque "
    "recherche et chaque acte est noté au journal, avec votre nom."
)
FIND_SOMEBODY = "Trouver quelqu'un par son adresse ou son numéro exact"
FIND = "Trouver"
NOBODY_THERE = "Personne n'a cette adresse ou ce numéro ici."
CLOSED_SINCE = "Cette adresse est fermée depuis un refus, le"
REOPEN_THERE = "La rouvrir, depuis « Retours »"
REFUSED_HERE = "Ce qui a été refusé à cette adresse ou à ce numéro"
NOTHING_REFUSED = "Rien, autant que ce registre le sache."
LIFT = "Lever ce refus"
LIFT_WHY = "Seulement si la personne elle-même le demande."
PERSON_NUMBER = "Fiche n°"
IS_FROZEN = "Ses données sont gelées : rien ne lui est envoyé, rien d'elle n'est effacé."
NOTHING_HELD = "(rien)"
EXPORT_PERSON = "Enregistrer sa fiche"
EXPORT_WHY = (
    "Un fichier JSON, pour cette personne seule : ses données et l'information qui va avec."
)
FREEZE = "Geler ses données"
FREEZE_WHY = "Elle conteste : rien ne lui est plus envoyé, et rien d'elle n'est effacé."
UNFREEZE = "Lever le gel"
UNFREEZE_WHY = "Elle est de nouveau traitée comme chacun ; ce qui n'est pas parti ne partira pas."
ERASE = "Effacer pour de bon"
ERASE_WHY = (
    "Tout ce qui est détenu sur elle disparaît ; il n'en reste qu'une empreinte, qui empêche qu'un "
    "fichier la ramène."
)
ERASE_SURE = "Oui, effacer cette personne pour de bon"
ERASE_NOT_SURE = "Rien n'est effacé : cochez d'abord que vous le voulez pour de bon."
ERASE_FROZEN = "Rien n'est effacé : ses données sont gelées, levez d'abord le gel."
DONE_TO_PEOPLE = {
    "frozen": "Ses données sont gelées.",
    "unfrozen": "Le gel est levé.",
    "erased": (
        "Cette personne est effacée. Les fichiers du registre l'oublient au prochain passage de la "
        "durée de conservation, d'ici un jour."
    ),
    "lifted": "Le refus est levé : cette adresse peut de nouveau recevoir des messages.",
    "nothing": (
        "Rien n'a été levé : il n'y a plus de refus que son titulaire puisse lever seul. Quand "
        "plusieurs personnes ont la même adresse, `reflexe optout remove --person` dit laquelle."
    ),
}
