"""Texts published on the desk, and their files."""

from collections.abc import Mapping

EDITS: Mapping[str, str] = {
    "Texts published on the desk, which stand over the files of templates/.": (
        "Les textes publiés au bureau, qui l'emportent sur les fichiers de templates/."
    ),
    "Every text that stands over its file, who wrote and published it, and when.": (
        "Chaque texte qui l'emporte sur son fichier, qui l'a écrit et publié, et quand."
    ),
    "One text as it was published.": "Un texte tel qu'il a été publié.",
    "How each differs from its file, and how the file changed under it; exit 1 where one did.": (
        "Ce qui sépare chacun de son fichier, et ce qui a changé dessous ; code 1 si un fichier a "
        "changé."
    ),
    "Write the published texts as files, with edits.json beside them: what `import` reads.": (
        "Écrit les textes publiés comme des fichiers, edits.json à côté : ce que lit `import`."
    ),
    "Publish the texts of a folder: all of them, or none where one was published here already.": (
        "Publie les textes d'un dossier : tous, ou aucun si l'un a déjà été publié ici."
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
    "Where a file of templates/ says the same by now: `reflexe edits withdraw --in-files`.": (
        "Où un fichier de templates/ dit désormais la même chose : "
        "`reflexe edits withdraw --in-files`."
    ),
    "{} texts stand over their files now.": "{} textes l'emportent désormais sur leur fichier.",
    "{} texts are withdrawn: their files stand.": "{} textes sont retirés : leur fichier vaut.",
    "name a text, or say --in-files": "nommez un texte, ou dites --in-files",
    "no text stands over {}: `reflexe edits list` shows those that do": (
        "aucun texte ne l'emporte sur {} : `reflexe edits list` montre ceux qui le font"
    ),
    "{} was published by somebody else meanwhile": (
        "{} a été publié par quelqu'un d'autre entre-temps"
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
    "no text {}": "il n'y a pas de texte {}",
}
