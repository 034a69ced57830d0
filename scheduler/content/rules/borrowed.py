"""What a text borrows in a way that its words show: a method by its name, a picture from the web.

A method that has a name was named by somebody; what « was found on the Internet » and stands on our
poster has an author. Whoever warns of a picture that a fraud took borrows nothing.
"""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

#: With its capitals.
_METHOD = re.compile(
    r"\b(?:[Ll]a|[Uu]ne|[Ll]'|[Ll]’) ?(?:méthode|technique|démarche|matrice|pyramide)"
    r" (?:dite )?(?:« ?)?[A-Z][A-Z0-9-]{2,11}\b"
    r"|\b[Tt]he [A-Z][A-Z0-9-]{2,11} (?:method|framework|technique)\b"
)
_WORK = (
    r"(?:photos?|photographies?|images?|dessins?|illustrations?|textes?|citations?|poemes?|blagues?"
    r"|memes?|schemas?|infographies?|visuels?|pictures?|drawings?|cartoons?|quotes?|jokes?)"
)
_WEB = (
    r"(?:internet|le (?:net|web)|la toile|google|pinterest|facebook|instagram|linkedin"
    r"|les reseaux(?: sociaux)?|un (?:site|blog|forum|moteur|compte)|une page"
    r"|the (?:internet|web|net)|social media"
    r"|an? (?:[a-z-]+ ){0,2}(?:website|site|blog|page|artist's page|account))"
)
_LIFTED = re.compile(
    rf"\b{_WORK}\b[^.!?\n]{{0,60}}\b(?:trouve|repris|repere|recupere|copie|emprunte|deniche|glane"
    rf"|pioche|pris|vu|tire|found|taken|borrowed|copied|lifted)e?s?"
    rf" (?:sur|dans|a|de|on|from|off|in) {_WEB}(?!\w)"
)
#: Used by us.
_OURS = re.compile(
    r"\b(?:notre|nos|nous|ci-dessous|ci-contre|en tete|illustre\w*|voici|our|we|us|below|above)\b"
)
#: A picture that a fraud takes, a name, a licence.
_ELSE = re.compile(
    r"\b(?:faux|fausses?|escrocs?|fraud\w+|arnaqu\w+|pirates?|usurp\w+|voleurs?|malveillant\w*"
    r"|fake|scam\w*|libres? de droits?|domaine public|licence|credit\w*|source|avec l'accord"
    r"|autorisation|permission|public domain|courtesy)\b"
)
_NAMED = re.compile(
    r"\b(?:source|d'apres|selon|cree|creee|invente|inventee|propose|proposee|anssi|cnil|cert|enisa"
    r"|nist|iso|by|from|according)\b(?= ?:| [a-z])"
)
_NAME = re.compile(r"(?<![.!?] )(?<!\A)\b[A-ZÉ][a-zéè'’-]{2,20} [A-ZÉ][a-zéè'’-]{2,20}")
_REMEDY = "nommez son auteur, dans le texte ou dans credit: de message.yaml"


def borrowed(passage: Passage, beside: str) -> Iterator[Finding]:
    """At most one. ``beside`` is what else its reader sees: the subject, the message's credit."""
    for start, sentence in rules_voice.sentences(passage.text):
        found = _method(sentence, beside) or _lifted(sentence, beside)
        if found:
            words = " ".join(sentence[found.start() : found.end()].split())
            message = f"« {words} » ne dit pas de qui cela vient"
            yield passage.finding("credit", start + found.start(), message, _REMEDY)
            return


def _method(sentence: str, beside: str) -> re.Match[str] | None:
    found = _METHOD.search(sentence)
    if not found:
        return None
    around = sentence[: found.start()] + sentence[found.end() :] + "\n" + beside
    named = _NAME.search(around) or _said_whose(rules_voice.plain(around))
    return None if named else found


def _said_whose(around: str) -> bool:
    return any(found[0] not in ("by", "from") for found in _NAMED.finditer(around))


def _lifted(sentence: str, beside: str) -> re.Match[str] | None:
    written = rules_voice.plain(sentence)
    found = _LIFTED.search(written)
    if not found or not _OURS.search(written):
        return None
    return None if _ELSE.search(written + "\n" + rules_voice.plain(beside)) else found
