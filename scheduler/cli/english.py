"""What is wrong with the writers' texts, in English: it is raised in French, as ``check`` tells it.

The other way round from ``scheduler.cli.french``: the keys are the French sentences as the code has
them. What a table here lacks is a fault inside a file of theirs, told as ``check`` would.
"""

import re
from collections.abc import Mapping
from functools import cache

from scheduler.cli.english_files import IN_FILES

ENGLISH: Mapping[str, str] = {
    # A name that leads to nothing.
    "aucun message « {} » : {}": "there is no message {}: {}",
    "aucun message « {} » sous {}/": "there is no message {} under {}/",
    "aucun extrait « {} » en « {} »": "there is no snippet {} in {}",
    "{} : aucun texte pour ce public et ce canal": (
        "{}: no text for this audience and this channel"
    ),
    "{} : aucun texte {} pour « {} »": "{}: no {} text for {}",
    "{} : aucun courriel pour « {} »": "{}: no e-mail for {}",
    "{} : aucun courriel dont faire une affiche": "{}: no e-mail to make a poster of",
    "vouliez-vous dire « {} » ?": "did you mean {}?",
    "les noms connus ici : {}": "the names known here: {}",
    "retirez-le": "remove it",
    # A value that somebody has to type.
    "{} attend ce que voici": "{} lacks what follows",
    "remplissez-le dans sa campagne, puis recommencez :{}": (
        "fill it in in its campaign, then try again:{}"
    ),
    "« {} » ({}) n'est pas rempli": "{} ({}) isn't filled in",
    "donnez-le dans la campagne, par exemple « {} »": "give it in the campaign, such as: {}",
    "« {} » fait {} caractères : « {} »": "{} has {} characters: {}",
    "restez à {} au plus, comme « {} »": "keep to {} at most, such as: {}",
    "la valeur « {} » n'est celle d'aucun champ du message": (
        "the value {} is of no field of the message"
    ),
    "ce message porte un rendez-vous, et « {} » n'a pas de date": (
        "this message has an appointment, and {} has no date"
    ),
    "donnez-lui starts: dans config.yaml, ou retirez calendar: du message": (
        "give it starts: in config.yaml, or take calendar: out of the message"
    ),
    "ce que raconte {} ne se raconte plus": "what {} tells isn't to be told any more",
    "lisez sa source de nouveau, et changez reference:": (
        "read its source again, and change reference:"
    ),
    # A text that may not leave, or be shown.
    "« {} » est le numéro de l'assistance du personnel": "{} is the staff's own help line",
    "retirez-le de ce que voit le public": "take it out of what the public sees",
    "ce texte change en ce moment": "this text is being changed",
    "attendez la fin des retouches": "wait until that is done",
    "ce texte n'a pas pu être relu ({})": "this text couldn't be judged ({})",
    "le texte n'a pas pu être essayé à part ({})": "the text couldn't be tried apart ({})",
    "rien à corriger dans le texte : voyez la mémoire et la charge de la machine": (
        "nothing to mend in the text: see the machine's memory and load"
    ),
    "rien ne part sous le nom d'un autre : mettez le vôtre": (
        "nothing leaves under another's name: give your own"
    ),
    "le texte {}.{}.{} n'y est plus": "the text {}.{}.{} is there no more",
    "remettez-le : des personnes l'attendent dans cette version": (
        "put it back: people wait for it in this version"
    ),
    "ce message va à une liste de personnes, et aucune n'a été donnée": (
        "this message goes to a list of people, and none was given"
    ),
    "reflexe send-now {}/{} --to-list FICHIER, ou --to-everybody pour tout le public": (
        "reflexe send-now {}/{} --to-list FILE, or --to-everybody for the whole audience"
    ),
    "l'envoi de ce texte, tel qu'il est, n'a pas été approuvé par une autre personne": (
        "the sending of this text, as it is, wasn't approved by another person"
    ),
    "reflexe send-now {}/{} --by …, puis reflexe approve {} --by …": (
        "reflexe send-now {}/{} --by …, then reflexe approve {} --by …"
    ),
    "la classe « {} » et le thème de la campagne ({}) ne vont pas ensemble": (
        "the class {} and the campaign's topic ({}) don't go together"
    ),
    "service : sans « topic » ; toute autre classe : avec un « topic »": (
        "service: without a topic; any other class: with a topic"
    ),
    "la publication fait {} signes": "the post has {} signs",
    "restez à {} au plus : écrivez trois points sous twin:": (
        "keep to {} at most: write three points under twin:"
    ),
    # A file.
    "ce fichier manque": "this file is missing",
    "remettez-le en place": "put it back",
    "ce fichier ne s'ouvre pas": "this file can't be opened",
    "rendez-le lisible par le programme": "let the program read it",
    "ce fichier n'est pas en UTF-8": "this file isn't in UTF-8",
    "n'est pas de l'UTF-8": "isn't UTF-8",
    "enregistrez-le de nouveau en UTF-8": "save it again as UTF-8",
    "ce fichier est trop gros": "this file is too large",
    "raccourcissez-le": "make it shorter",
    "le nom du fichier ne dit pas à quoi il sert": "the file's name doesn't say what it is for",
    (
        "nommez-le canal[.public].langue.md (courriel) ou .txt (SMS), par exemple "
        "email.patients.fr.md"
    ): (
        "name it channel[.audience].language.md (e-mail) or .txt (SMS), such as "
        "email.patients.fr.md"
    ),
    "un caractère de contrôle invisible est dans le texte": (
        "an invisible control sign is in the text"
    ),
    "retapez cette ligne": "type this line again",
    "l'objet et le pré-en-tête manquent": "the subject and the preheader are missing",
    "commencez par ---, subject: …, preheader: …, puis ---": (
        "begin with ---, subject: …, preheader: …, then ---"
    ),
    **IN_FILES,
}


@cache
def _shapes() -> list[tuple[re.Pattern[str], str]]:
    found = sorted(ENGLISH.items(), key=lambda one: -len(one[0].replace("{}", "")))
    return [
        (re.compile("(.*?)".join(map(re.escape, one.split("{}"))), re.DOTALL), english)
        for one, english in found
    ]


def english(sentence: str) -> str | None:
    """A writers' sentence in English; None when the table doesn't know it."""
    for shape, said in _shapes():
        if found := shape.fullmatch(sentence):
            return said.format(*(english(each) or each for each in found.groups()))
    return None


def writers(sentence: str, *, in_french: bool) -> str:
    """A sentence that is raised in French, in the language that is spoken; as it is when it isn't
    one of them."""
    told = english(sentence)
    if told is None or not in_french:
        return told or sentence
    from scheduler.web.desk.french import typography

    return typography(sentence)
