"""Texts published on the desk, and their files."""

from collections.abc import Mapping

EDITS: Mapping[str, str] = {
    "Texts and changes of the calendar from the desk, which stand over their files.": (
        "Les textes et les changements du calendrier du bureau, qui l'emportent sur leurs fichiers."
    ),
    "Every text, and every change of the calendar, that stands over its file: whose, and when.": (
        "Chaque texte et chaque changement du calendrier qui l'emporte sur son fichier : de qui, quand."
    ),
    "One text as it was published, or what one change of the calendar says.": (
        "Un texte tel qu'il a été publié, ou ce que dit un changement du calendrier."
    ),
    "How each differs from its file, and how the file changed under it; exit 1 where one did.": (
        "Ce qui sépare chacun de son fichier, et ce qui a changé dessous ; code 1 si un fichier a "
        "changé."
    ),
    (
        "Write the published texts as files, and config.yaml with the changes of the calendar laid in, "
        "with edits.json and calendar.json beside them: what `import` reads."
    ): (
        "Écrit les textes publiés comme des fichiers, et config.yaml avec les changements du "
        "calendrier, edits.json et calendar.json à côté : ce que lit `import`."
    ),
    (
        "Publish the texts of a folder, then its changes of the calendar, as the desk would: of each "
        "all, or none."
    ): (
        "Publie les textes d'un dossier, puis ses changements du calendrier, aux conditions du bureau : "
        "de chacun tous, ou aucun."
    ),
    "Who else has read them, where a second person is asked for.": (
        "Qui d'autre les a relus, là où une seconde personne est demandée."
    ),
    "Let the file stand again; the history keeps what was published.": (
        "Rend la place au fichier ; l'historique garde ce qui a été publié."
    ),
    "The text's path under templates/.": "Le chemin du texte sous templates/.",
    "Only this text; all when absent.": "Ce texte seulement ; absent : tous.",
    "Where to; templates/ itself for git.": "Vers où ; templates/ lui-même pour git.",
    "As `reflexe edits export` wrote it.": "Tel que `reflexe edits export` l'a écrit.",
    "All those that say what their files say by now.": (
        "Tous ceux qui disent ce que leur fichier dit désormais."
    ),
    "Text": "Texte",
    "Written by": "Écrit par",
    "Published by": "Publié par",
    "When": "Quand",
    "Its file": "Son fichier",
    "is gone": "n'est plus là",
    "changed under it": "a changé dessous",
    "says the same": "dit la même chose",
    "as it was": "comme il était",
    "the file": "le fichier",
    "as published": "publié",
    "the file now": "le fichier maintenant",
    "the file when it was published": "le fichier à la publication",
    "{}: its file changed under it; say on the desk which of the two stands": (
        "{} : son fichier a changé dessous ; dites au bureau lequel des deux vaut"
    ),
    "{} texts are written to {}.": "{} textes sont écrits dans {}.",
    "Where a file says the same by now: `reflexe edits withdraw --in-files`.": (
        "Où un fichier dit désormais la même chose : `reflexe edits withdraw --in-files`."
    ),
    "1 text is written to {}.": "1 texte est écrit dans {}.",
    "{} texts stand over their files now.": "{} textes l'emportent désormais sur leur fichier.",
    "1 text stands over its file now.": "1 texte l'emporte désormais sur son fichier.",
    "{} changed; {} stand already.": "Changés : {} ; déjà en vigueur : {}.",
    "{} changed; 1 stands already.": "Changés : {} ; déjà en vigueur : 1.",
    "Nothing from the desk stands over its file.": (
        "Rien de ce qui vient du bureau ne l'emporte sur son fichier."
    ),
    "{} says what its file says.": "{} dit ce que dit son fichier.",
    "{} texts are withdrawn: their files stand.": "{} textes sont retirés : leur fichier vaut.",
    "1 text is withdrawn: its file stands.": "1 texte est retiré : son fichier vaut.",
    "No published text says what its file says: nothing is withdrawn.": (
        "Aucun texte publié ne dit ce que dit son fichier : rien n'est retiré."
    ),
    "{} is a file: name a folder": "{} est un fichier : nommez un dossier",
    "there is no folder {}": "il n'y a pas de dossier {}",
    (
        "{} has no edits.json and no text of templates/: name a folder that `reflexe edits export` "
        "wrote, or one that is laid out as templates/ is"
    ): (
        "{} n'a ni edits.json ni texte de templates/ : nommez un dossier écrit par "
        "`reflexe edits export`, ou rangé comme templates/"
    ),
    "these texts bring new faults, and nothing is imported": (
        "ces textes apportent de nouvelles fautes, rien n'est importé"
    ),
    "published here since: {}; export anew, and change that": (
        "publié ici depuis : {} ; exportez de nouveau et modifiez cela"
    ),
    "a second person must have read {}: name them by --approved-by": (
        "une seconde personne doit avoir relu {} : nommez-la par --approved-by"
    ),
    "{} can't be the second person for {}: they wrote it": (
        "{} ne peut pas être la seconde personne pour {} : c'est qui l'a écrit"
    ),
    "{} can't be the second person: they import these texts": (
        "{} ne peut pas être la seconde personne : c'est qui importe ces textes"
    ),
    "{} can't be the second person: they withdraw these texts": (
        "{} ne peut pas être la seconde personne : c'est qui retire ces textes"
    ),
    "name a text, or say --in-files": "nommez un texte, ou dites --in-files",
    "no text stands over {}: `reflexe edits list` shows those that do": (
        "aucun texte ne l'emporte sur {} : `reflexe edits list` montre ceux qui le font"
    ),
    "{} was published by somebody else meanwhile": (
        "{} a été publié par quelqu'un d'autre entre-temps"
    ),
    "the calendar was changed by somebody else meanwhile": (
        "le calendrier a été changé par quelqu'un d'autre entre-temps"
    ),
    "the file of {} has changed meanwhile": "le fichier de {} a changé entre-temps",
    "the draft of {} was saved elsewhere meanwhile": (
        "le brouillon de {} a été enregistré ailleurs entre-temps"
    ),
    "{} is no list of edits: export them anew": (
        "{} n'est pas une liste de textes publiés : exportez-les de nouveau"
    ),
    "{} is no text of templates/, or isn't in {}": (
        "{} n'est pas un texte de templates/, ou n'est pas dans {}"
    ),
    "{} has over {} signs: shorten it": "{} a plus de {} signes : raccourcissez-le",
    "reflexe: what was edited on the desk isn't read: {}": (
        "reflexe : ce qui a été modifié au bureau n'est pas lu : {}"
    ),
    (
        "{} texts edited on the desk stand over their files, and can't be laid in {}: {} — make "
        "that folder writable"
    ): (
        "{} textes modifiés au bureau l'emportent sur leurs fichiers, et ne peuvent pas être posés "
        "dans {} : {} — rendez ce dossier inscriptible"
    ),
    "Change": "Changement",
    "Asked by": "Demandé par",
    "Decided by": "Décidé par",
    "can't be used": "ne peut pas servir",
    "as decided": "décidé",
    "the file when it was decided": "le fichier à la décision",
    "{} says what config.yaml says.": "{} dit ce que dit config.yaml.",
    "{} does nothing: {}": "{} est sans effet : {}",
    "{}: config.yaml changed under it; say on the desk which of the two stands": (
        "{} : config.yaml a changé dessous ; dites au bureau lequel des deux vaut"
    ),
    "{} changes of the calendar are laid into {}.": (
        "{} changements du calendrier sont posés dans {}."
    ),
    "1 change of the calendar is laid into {}.": "1 changement du calendrier est posé dans {}.",
    "Of the calendar: {} changed, {} stand already.": (
        "Du calendrier : changés, {} ; déjà en vigueur, {}."
    ),
    "{} changes of the calendar are withdrawn: config.yaml stands.": (
        "{} changements du calendrier sont retirés : config.yaml vaut."
    ),
    "1 change of the calendar is withdrawn: config.yaml stands.": (
        "1 changement du calendrier est retiré : config.yaml vaut."
    ),
    "{} can't be changed by lines ({}): type the changes of calendar.json into it": (
        "{} ne se change pas ligne à ligne ({}) : tapez-y les changements de calendar.json"
    ),
    "{} is no list of changes: export them anew": (
        "{} n'est pas une liste de changements : exportez-les de nouveau"
    ),
    "{} can't be brought to say it: type the changes into it by hand": (
        "{} ne peut pas être amené à le dire : tapez-y les changements à la main"
    ),
    "{} would be faulty: {}": "{} serait fautif : {}",
    "decided here since: {}; export anew, and change that": (
        "décidé ici depuis : {} ; exportez de nouveau et modifiez cela"
    ),
    "{} can't be used here: {}": "{} ne peut pas servir ici : {}",
    "decided anew since: {}; look at it again": "décidé à nouveau depuis : {} ; regardez encore",
    "{}: people have its date; call the event off on the desk": (
        "{} : des personnes en ont la date ; annulez l'événement au bureau"
    ),
    "no text {}": "il n'y a pas de texte {}",
}
