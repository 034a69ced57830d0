"""Whose words they are: a text's own, or the fraud it quotes and tells of.

Our messages must not look like what they warn of, and yet must be able to show it. So the rules on
tone read what is left once quotations are taken out, sentence by sentence, and pass over a sentence
that asks (« Votre compte est bloqué ? »), forbids (« ne donnez jamais… ») or reports (« un message
vous annonce que… »).

Everything here keeps offsets: each character taken out leaves a space.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
#: What is typed, or shown as a machine writes it.
CODE = re.compile(r"^```[^`]*^```$|`[^`\n]*`", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+")
#: « Nous ne vous demanderons jamais : », « signs of a fake: »: what is listed below isn't ours.
_NOT_OURS = re.compile(
    r"\b(?:jamais|never)\b|\b(?:faux|fausses?|fakes?|escrocs?|arnaqu\w+|pieges?|fraud\w+|scam\w*"
    r"|doivent? (?:vous )?alerter|alertent|mefi\w+|suspects?|douteux|indices?)\b"
)
_ITEM = re.compile(r"[ \t]{0,12}(?:[-*+]|\d{1,2}[.)])[ \t]")
_QUOTE_BLOCK = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_QUOTE_BOX = re.compile(r"^:::[ \t]*citation\b.*?^:::[ \t]*$", re.MULTILINE | re.DOTALL)
#: A scene that is played: « — Dictez-moi le code. »
_DIALOGUE = re.compile(r"^[ \t]*[—–][ \u00a0].*$", re.MULTILINE)
_END = re.compile(r"(?<=[.!?…])[\s*_)]+|\n\s*\n|\n(?=[ \t]*(?:[-*]|\d+\.)[ \t])|\n(?=:::|#)|\n$")
_CLAUSE = re.compile(r"[:;,.!?…()]|\s[–—-]\s")
_NEGATION = re.compile(
    r"\b(?:ne|n'|jamais|sans|ni|aucune?|evitez de|refusez de|avant de|au lieu de|plutot que"
    r"|never|not|no(?! (?:doubt|later|longer|sooner|matter|time)\b)|don't|don’t|no one|nobody"
    r"|avoid|before)\b|\bn'"
    # « Pas de drame » : it stands right before.
    r"|\bpas (?:de |d')\Z"
)
_OF_WHOM = re.compile(
    r"\b(?:qui|quiconque|si (?:vous|on|personne|rien)|s'ils?|lorsque vous|quand vous"
    r"|tant que vous) "
    r"(?:ne |n')(?:[a-z]+ ){0,3}?(?:pas|plus|rien|jamais)?"
)
_TOLD_AFTER = re.compile(
    r"[^.!?\n,;:]{0,30}[,:;] ?(?:dit|disent|annonce|promet|jure|clame|ecrit|repond|crie|says?"
    r"|lit-on)\b"
    r"|[^.!?\n,;:]{0,40} : (?:le|un|ce|ces|les) (?:faux|fausse)"
    # « Mon compte est bloqué : vrai ou faux ? »
    r"|[^.!?\n]{0,40} : (?:vrai|est-ce|info ou|realite ou|vraiment)\b"
    # « Un planning en pièce jointe est un faux », « 500 euros par SMS : c'est un piège ».
    r"|[^.!?\n]{0,60}?\b(?:c'est|ce sont|est|sont|etait|etaient|is|are)"
    r"(?: (?:toujours|souvent|surement|bien|aussi|often|always))? (?:une? |des |du |de la |de l'"
    r"|a )?"
    r"(?:faux|fausses?|pieges?|arnaques?|fraudes?|escroqueries?|mensonges?|appats?|leurres?|bait"
    r"|fakes?|scams?|traps?)\b"
)
_REPORT = re.compile(
    r"\b(?:messages?|sms|courriels?|e-?mails?|mails?|appels?|escrocs?|fraudeurs?|arnaqueurs?"
    r"|pirates?|voleurs?|imitateurs?|inconnue?s?|interlocuteur|expediteur|quelqu'un"
    r"|faux [a-z]+|fausses? [a-z]+|pretendue?s? [a-z]+|scammers?|fraudsters?|someone|a caller)\b"
    r"(?:,? [a-z']+){0,9}? ?\b(?:dit|disent|disant|dir(?:a|ont|ait)|veulent|annonc\w+|pretend\w*"
    r"|affirm\w+|reclam\w+"
    r"|promet\w*|menac\w+|press\w+|demand\w+|exig\w+|assur\w+|jou\w+|evoqu\w+|parl\w+|invit\w+"
    r"|crie\w*|imit\w+|pousse\w*|incit\w+|veut|veulent|propos\w+|croire|says?|saying|offers?"
    r"|claims?"
    r"|claiming|asks?|asking|tells?|promises?|threatens?)\b"
    r"|\b(?:homme|femme|personne|voix|monsieur|dame|individu|appelant|correspondant|images?"
    r"|fenetres?"
    r"|publicites?|pubs?|bandeaux?|ecran|affiche|annonces?|robot)"
    r"(?: [a-z]+){0,3} (?:dit|disent|affirme|pretend|assure|se presente|crie)\b"
    r"|\bune? (?:site|jeu|concours|questionnaire|sondage|annonce"
    r"|publicite)s?(?: [a-z]+){0,3}? (?:vous )?(?:offr\w+"
    r"|promet\w*|fait gagner|propose\w*)\b|\brequests? to\b"
    r"|\b(?:on (?:entend|lit|croit|pense)|certains (?:disent|pensent|croient)|idees? recues?)\b"
    r"|\bon (?:vous|nous) (?:dit|annonce|promet|menace|presse|reclame|demande|fait croire)\b"
    # « Claire reçoit un mail du directeur : 18 000 euros à verser », « cela veut dire : … ».
    r"|\b(?:recoi(?:t|vent)|a recu|ont recu|avez recu|recevez|lit|lisent|lisez)\b[^.!?\n:]{0,60}"
    r"\b(?:sms|messages?|mails?|courriels?|e-?mails?|textos?|appels?)\b[^.!?\n:]{0,40}:"
    r"|\b(?:receives?|received|gets?|got|reads?)\b[^.!?\n:]{0,40}\b(?:texts?|messages?|e-?mails?"
    r"|calls?"
    r"|letters?)\b[^.!?\n:]{0,40}:"
    r"|\b(?:veu(?:t|lent) dire|signifie\w*) ?:"
    r"|\b(?:mefiez-vous|se mefier|on se mefie|mefiance|attention aux?)\b"
)
#: A quotation within a quotation.
_WITHIN = re.compile(r"«[^«»]*»")
_INNER = re.compile(r"“[^“”]*”")
_QUOTES = re.compile(
    r"\b(?:escrocs?|faux|fausses?|pieges?|pieg\w+|arnaqu\w+|fraud\w+|phrases?|mots?|menaces?"
    r"|imit\w+|copie\w*"
    r"|exemples?|reconnaitre|se disent|formules?|methode|mefi\w+|mensonges?|ruses?)\b"
)
_CONDITION = re.compile(
    r"\b(?:(?:si|meme si|quand|lorsque|des que|croire que|penser que|if|when)(?!\w)|s'il|lorsqu')"
    r"[^,;:]{0,30}$"
)


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """``text`` in lower case, without accents, with simple apostrophes and spaces; same length."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=64)
def own_words(text: str) -> str:
    """``text`` without what stands between quotation marks, in a quote, a citation box or code."""
    for pattern in (_QUOTE_BOX, _QUOTE_BLOCK, _DIALOGUE, CODE, QUOTED):
        text = pattern.sub(blank, text)
    return _without_lists_of_theirs(text)


def _without_lists_of_theirs(text: str) -> str:
    """``text`` without the items that stand under a heading that denies or reports them."""
    if ":" not in text:
        return text
    lines, theirs = text.split("\n"), False
    for number, line in enumerate(lines):
        if _ITEM.match(line):
            lines[number] = " " * len(line) if theirs else line
        elif line.strip():
            last = plain(line.rstrip(" *_\u00a0\u202f")).rsplit(".", 1)[-1]
            theirs = last.endswith(":") and bool(_NOT_OURS.search(last))
    return "\n".join(lines)


def own_headline(text: str, beside: str = "") -> str:
    """The same for a subject, which quotes only when it says something of its own beside it.

    What stands ``beside`` it, its preheader, may say that it quotes.
    """
    left = QUOTED.sub(blank, text)
    alone = len(re.findall(r"\w{2,}", left)) < 3
    # « Il a dit “urgent”, alors j'ai rappelé »: what is quoted within is a fraud's.
    text = _WITHIN.sub(lambda found: _INNER.sub(blank, found[0]), text)
    return text if alone and not _QUOTES.search(plain(beside)) else left


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence or list item, with its offset."""
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def asks(sentence: str) -> bool:
    return sentence.rstrip(' *_)»"\n').endswith("?")


def forbids(sentence: str, at: int) -> bool:
    """The clause in which something stands at ``at`` of a plain sentence is a negation.

    « Qui n'aura pas lu », « si vous ne lisez pas » say of whom, or when.
    """
    start = max((found.end() for found in _CLAUSE.finditer(sentence, 0, at)), default=0)
    clause = _OF_WHOM.sub(blank, sentence[start:at])
    return bool(_NEGATION.search(clause))


def told_after(sentence: str, end: int) -> bool:
    """« Vous avez 24 heures, dit le faux message. »"""
    return bool(_TOLD_AFTER.match(sentence, end))


def reports(sentence: str, at: int) -> bool:
    """What stands at ``at`` of a plain sentence is told of somebody else, or only supposed."""
    before = sentence[:at]
    return bool(_REPORT.search(before) or _CONDITION.search(before))


def blank(found: re.Match[str]) -> str:
    """As many characters, so that every line and offset stays."""
    return re.sub(r"[^\n]", " ", found[0])


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in "’‘ʼ":
        return "'"
    if character in "\u00a0\u202f\u2009\t":
        return " "
    return (unicodedata.normalize("NFKD", character) or " ")[0].lower()[0]
