"""French typography of e-mails, as an editor would mend it: at most one remark of a kind a line."""

import re
from collections.abc import Iterator

from scheduler.content.rules import language as rules_language
from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_NO_BREAK = "mettez une espace insécable"
_BEFORE = "avant « : », « ; », « ! », « ? » ou « » »"
_FRENCH = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "une apostrophe droite", "écrivez ’ au lieu de '"),
    (
        re.compile(r"(?<=[^\s|:-]) (?=[;:!?»](?:[\s*)»]|$))"),
        f"une espace ordinaire {_BEFORE}",
        _NO_BREAK,
    ),
    (
        re.compile(r"[^\W_][*_)]*(?:[;!?](?=[\s*_)»]|$)|:(?=[*_]*(?:\s|$))|»)"),
        f"aucune espace {_BEFORE}",
        _NO_BREAK,
    ),
    (re.compile("« "), "une espace ordinaire après un guillemet", _NO_BREAK),
    (re.compile(r"«(?=[^\s])"), "aucune espace après un guillemet", _NO_BREAK),
    (re.compile(r"\.\.\."), "trois points séparés", "écrivez … en un seul signe"),
    (re.compile(r"(?<!\d)\"[^\"]+\""), "des guillemets droits", "écrivez « … »"),
    (
        re.compile(
            r"\bE(?=t(?:at|es|ablissement|ape|eignez)\b|cri|cole|cran|quipe|lectron)|\bA (?=b)"
        ),
        "une capitale sans son accent",
        "écrivez É ou À",
    ),
    (re.compile(r"\b(?:c|s)oeur|\boei?l\b|\boeuvre|\bvoeu|\bnoeud"), "« oe »", "écrivez œ"),
)
_ANY = (
    (re.compile(r"(?<=[^\s|])  +(?=[^\s|])"), "plusieurs espaces de suite", "gardez-en une"),
    (re.compile(r"(?<=\w) +(?=[,.](?:\s|$))"), "une espace avant « , » ou « . »", "retirez-la"),
    (
        re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])"),
        "aucune espace après une virgule",
        "ajoutez-en une",
    ),
    (
        re.compile(
            r"(?<=[a-zà-öø-ÿœ]{2})(?:[.?!…](?=[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ’'-]+[ ,.])"
            r"|(?<!mailto)(?<!tel):(?=[a-zà-öø-ÿœ]{3}))"
        ),
        "aucune espace après « . », « : », « ! » ou « ? »",
        "ajoutez-en une",
    ),
    (
        re.compile(
            r"\b(de|du|le|la|les|un|une|et|à|que|qui|pour|the|of|and|to) \1\b", re.IGNORECASE
        ),
        "un mot écrit deux fois",
        "gardez-en un",
    ),
)
_LINE = (
    (
        re.compile(r"[^\W\d_](?:[;!?](?=\s|$|[A-Z])|:(?=\s))"),
        "aucune espace avant « : », « ; », « ! » ou « ? »",
        "ajoutez-en une",
    ),
    (re.compile(r" [;!?](?=[^\W\d_])"), "aucune espace après ce signe", "ajoutez-en une"),
)

_ENGLISH = re.compile(
    r"(?<![\w=])\"[^\"\n=<>]{1,80}\"(?![\w=])|(?<![\w'])''[^'\n=<>]{2,60}''(?![\w'])"
    r"|“[^“”\n]{1,80}”"
    r"|(?<![\w’'=])['‘][^'’‘\n=<>]{2,60}['’](?!\w)|(?<![\w’'=])‘[^‘\n=<>]{2,60}?’(?!\w)|„[^„“”\n]{1,80}[“”]"
    r"|(?<!<)<<(?!<)[^<>\n]{1,80}>>|(?<!`)``[^`'\n]{1,80}''"
)


_CURLY = re.compile(
    r"“[^“”\n]{1,80}”|„[^„“”\n]{1,80}[“”]|(?<![\w’'])‘[^'’‘\n]{2,60}['’](?!\w)"
    r"|(?<![\w'])'[^'\n]{2,60}'(?!\w)"
)
_FRENCH_QUOTED = re.compile(r"«[^«»]*»")
_ITS = re.compile(
    r"\b(?:de|du|des|le|la|les|un|une|et|en|au|aux|sur|pour|dans|votre|vos)\b|[a-z]'"
    # A greeting or an order in French, whatever its capitals: « Bonjour Mamie ».
    r"|\b(?:bonjour|bonsoir|coucou|salut|maman|papa|mamie|papi|[a-z]{3,}ez)\b"
)


def typography(passage: Passage) -> Iterator[Finding]:
    """Addresses have their own writing; the marks of a table or a rule are no words."""
    checks = (*_FRENCH, *_ANY) if passage.language == "fr" else _ANY
    shown = rules_voice.CODE.sub(_typed, passage.text)
    for line, words in enumerate(rules_voice.ADDRESS.sub(_word, shown).split("\n")):
        for pattern, what, remedy in checks:
            if pattern.search(words):
                here = Passage(file=passage.file, text=words, first_line=passage.first_line + line)
                yield here.finding("typography", 0, what, remedy)


def line_typography(passage: Passage) -> Iterator[Finding]:
    """The same of an SMS, whose alphabet has neither « » nor a space that doesn't break."""
    checks = (*_LINE, *_ANY) if passage.language == "fr" else _ANY
    words = rules_voice.ADDRESS.sub(_word, passage.text)
    found = [
        (one, what, remedy) for pattern, what, remedy in checks if (one := pattern.search(words))
    ]
    for one, what, remedy in found[:1]:
        yield passage.finding("typography", one.start(), what, remedy)


def english_quotes(passage: Passage) -> Iterator[Finding]:
    """What is quoted in French stands between « and »; a title in English keeps its own."""
    if passage.language != "fr":
        return
    shown = rules_voice.CODE.sub(rules_voice.blank, passage.text)
    # Within « … », a second quotation has other marks.
    shown = _FRENCH_QUOTED.sub(rules_voice.blank, shown)
    for found in _ENGLISH.finditer(rules_voice.ADDRESS.sub(rules_voice.blank, shown)):
        quoted = found[0][1:-1]
        if _is_title(quoted):
            continue
        if rules_language.spoken_in(rules_voice.plain(quoted)) in ("", "fr"):
            message = f"« {found[0]} » est entre guillemets anglais"
            yield passage.finding("english-quotes", found.start(), message)


def _is_title(quoted: str) -> bool:
    """A title of another language: each of its words has its capital, and none is French."""
    words = re.findall(r"[^\W\d_]+", quoted)
    long = [word for word in words if len(word) > 2]
    capitals = len(words) > 1 and all(word[0].isupper() for word in long)
    return bool(long) and capitals and quoted.isascii() and not _ITS.search(quoted.lower())


def line_quotes(passage: Passage) -> Iterator[Finding]:
    """Of an SMS: the marks that its alphabet has are straight, and doubled."""
    for found in _CURLY.finditer(passage.text):
        if passage.language == "fr":
            message = f"« {found[0]} » est entre guillemets anglais"
            remedy = 'dans un SMS, écrivez "…", ou dites-le sans guillemets'
            yield passage.finding("english-quotes", found.start(), message, remedy)


def _typed(found: re.Match[str]) -> str:
    """What is typed has its own writing too."""
    return re.sub(r"[^\n\s]", "x", found[0])


def _word(found: re.Match[str]) -> str:
    """A stand-in for an address; what follows it in the sentence stays."""
    address = found[0].rstrip(")]>*_.,;:!?…»")
    return "x" * len(address) + found[0][len(address) :]
