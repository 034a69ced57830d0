"""Rules on tone: what frauds do to their readers, and our own messages therefore never do.

Each lure is looked for in a text's own words (``rules_voice``), written in plain letters: lower
case, no accents. The words are in lures.toml, French first, English beside it; those of hints.toml
and the relations of manners.toml and turns.toml are softer, and advice.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding
from scheduler.domain.values import frozen

#: Words beside a phrase that say nothing of their own (« nous avons … »).
_BARE = 2
_WORD = re.compile(r"[a-z]+")
_ENDS = re.compile(r"[.!?\n]")
#: « Faites-le immédiatement, puis dites-le à vos collègues »: the second act isn't hurried.
_THEN = re.compile(r", (?:puis|ensuite|then)\b")


@frozen
class _Lure:
    code: str
    pattern: re.Pattern[str]
    message: str
    #: What in the same sentence excuses it.
    unless: re.Pattern[str] | None = None
    #: The same, for all of its code.
    always: re.Pattern[str] | None = None
    #: What the same sentence says as well, in any order, each on its own.
    beside: tuple[re.Pattern[str], ...] = ()
    #: True where a negation is a part of it.
    negated: bool = False
    #: True where it is said on a condition as well.
    supposed: bool = False

    @property
    def soft(self) -> bool:
        return self.unless is not None

    def excused(self, sentence: str) -> bool:
        if any(one and one.search(sentence) for one in (self.unless, self.always)):
            return True
        return not all(one.search(sentence) for one in self.beside)


class _Words:
    """lures.toml and hints.toml, their patterns compiled."""

    def __init__(self) -> None:
        self._read = _toml("lures.toml")
        softer = [_toml(f"{name}.toml") for name in _SOFTER]
        for each in softer:
            self._read["words"] |= each["words"]
        self._read["hint"] = [row for each in softer for row in each["hint"]]
        self._excused = {
            code: re.compile(words)
            for each in softer
            for code, words in each.get("excused", {}).items()
        }
        self._read["asked"] = [row for row in self._read["hint"] if row.get("asked")]
        self.text = (*self._lures("lure"), *self._lures("hint"))
        self.headline = (*self.text, *self._lures("headline"))
        self.question = (*self._lures("question"), *self._lures("asked"))
        self.urgent_subject = self._whole("subject")
        self.adverbs = self._whole("adverbs")
        self.protective = self._whole("protective")

    def _lures(self, table: str) -> tuple[_Lure, ...]:
        return tuple(self._lure(row) for row in self._read[table])

    def _lure(self, row: Mapping[str, Any]) -> _Lure:
        together = row.get("together", [])
        patterns = row["patterns"] if "patterns" in row else together[0]
        return _Lure(
            code=row["code"],
            message=row["message"],
            pattern=re.compile(rf"(?<!\w){self._any(patterns)}"),
            unless=re.compile(row["unless"]) if "unless" in row else None,
            negated=bool(row.get("negated")),
            supposed=bool(row.get("supposed")),
            always=self._excused.get(row["code"]),
            beside=tuple(re.compile(rf"(?<!\w){self._any(one)}") for one in together[1:]),
        )

    def _whole(self, name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self._any(self._read['hurry'][name])}(?!\w)")

    def _any(self, patterns: str) -> str:
        """One expression for all these lines, the named words in their places."""
        joined = "|".join(line for line in patterns.splitlines() if line)
        while _NAMED.search(joined):
            joined = _NAMED.sub(lambda found: self._read["words"][found[1]], joined)
        return f"(?:{joined})"


@cache
def _words() -> _Words:
    """Compiled at the first text: many a command that could judge one judges none."""
    return _Words()


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


#: Beside lures.toml.
_SOFTER = ("hints", "manners", "english", "turns", "blunt", "consequences")
_NAMED = re.compile(r"@([a-z_]+)")
#: Typing one's own password is fine where the sentence protects it.
_GUARDED = re.compile(
    r"a l'abri|uniquement|seulement|\bque sur\b|vous[- ]memes?|officiel|habituel|d'habitude"
    r"|c'est (?:a )?vous (?:qui|de)"
    r"|nobody else|no one else|only you\b|yourself"
    r"|au distributeur|sur le site de (?:votre|la|l')|dont vous"
)
#: Said on a condition by nature: « Si la lettre vous lasse, écrivez… ».
WAY_OUT = "way-out"
#: Words to send back are shown in quotation marks.
_SENT_BACK = re.compile(
    r"\b(?:repondez|ecrivez|envoyez|renvoyez|tapez|dites|mettez|texto|repondre|ecrire|mot"
    r"|mention|objet)"
    r"[^.!?\n«\"“]{0,30}[«\"“] ?(?:non(?: merci)?|stop|plus rien|desinscri\w{0,8}"
    r"|desabonn\w{0,8}|arret\w{0,3}|retrait|fin"
    r"|ne plus recevoir|je refuse|refus|sortie|unsubscribe|no)[ .!]{0,2}[»\"”](?! (?:a"
    r"|aux?) (?:un|une|des|demarcheur|vendeur|inconnu|escroc|fraudeur))"
)
#: « Vous ne voulez plus de messages ? Dites-le à l'accueil. »: asked, then told how.
_TIRED = re.compile(
    r"\bne (?:voulez|souhaitez|desirez) plus (?:de |d'|recevoir |lire |voir )?(?:ces |nos |notre )?"
    r"(?:messages?|lettres?|courriels?|conseils?|mails?|e-mails?|nouvelles|rien recevoir)"
    r"|\btrop de (?:messages|courriels|mails|lettres)\b"
    r"|\b(?:not for you|too many (?:messages|emails|e-mails)|(?:no longer"
    r"|don't) want (?:these|our))\b"
)
_SAY_SO = re.compile(
    r"\A\W{0,4}(?:dites|signalez|demandez|ecrivez|appelez|telephonez|parlez-en|prevenez|tell|ask|call"
    r"|write|drop)\b(?![^.!?]{0,120}\b(?:lien|bouton|pied|link|button|foot)\b)"
)
#: Before such words: somebody else asks for them, or they are said to somebody else.
_BY_OTHERS = re.compile(
    r"\b(?:faux|fausses?|escrocs?|fraud\w+|arnaqu\w+|pieges?|inconnue?s?|demarch\w+"
    r"|le droit de|savoir|oser|apprendre a)\b"
)
#: Who would like it at once is somebody else.
_WISHED = re.compile(
    r"\b(?:voudrai(?:t|ent)|(?:il|elle|ils|elles|on) (?:veu(?:t|lent)|exige\w*|insiste\w*))\b"
    r"|\b(?:voice|caller|messages?|e-?mails?|texts?|they|it) (?:tells?|asks?|says?|wants?|urges?"
    r"|orders?|begs?|presses)\b"
)
#: « Le SMS parle d'un colis. Il faut payer deux euros. »: the sum is asked by the one before.
_TOLD = re.compile(
    r"\W{0,3}(?:le|la|ce|cette|un|une|l'|son|sa|il|elle) ?(?:faux |fausse )?(?:sms|message"
    r"|courriel|mail|e-mail"
    r"|texto|appel|voix|homme|femme|personne|escroc|inconnue?|site"
    r"|publicite)?(?: [a-z]+)? ?\b(?:parle"
    r"|dit|annonce|raconte|reclame|pretend|demande|promet|evoque|explique) "
)
_SECRETS = ("secret", "secret-in-text")
#: « Partagez le dossier, jamais le mot de passe. »
_KEPT_BACK = re.compile(r", (?:et |mais |but )?(?:jamais|pas|never|not)\b")
_TYPED = re.compile(r"\A\s*(?:saisi|(?:entrez|tapez|renseignez|type|enter)\b)")
#: A code that came goes where it was asked for; « votre code » is asked by whoever writes.
_THE_CODE = re.compile(r"\A\s*(?:saisissez|entrez|tapez) (?:le|ce) code\b")


def headline(passage: Passage, name: str, beside: str = "") -> Iterator[Finding]:
    """A subject or a preheader: a question there presses as well."""
    own = rules_voice.plain(rules_voice.own_headline(passage.text, beside))
    if found := _words().urgent_subject.search(own):
        words = _shown(passage.text, found)
        yield passage.finding("urgency", 0, f"« {words} » dans {name} joue sur l'urgence")
    for start, sentence in rules_voice.sentences(own):
        for finding in _lures("headline", passage, start, sentence):
            if finding.rule != "urgency" or not found:
                yield finding


def text(passage: Passage) -> Iterator[Finding]:
    """A body."""
    found = _SENT_BACK.search(rules_voice.plain(passage.text))
    if found and not _BY_OTHERS.search(_before(passage.text, found.start())):
        words = _shown(passage.text, found)
        message = f"« {words} » est une façon d'arrêter faite à la main"
        yield passage.finding(WAY_OUT, found.start(), message)
    own = rules_voice.plain(rules_voice.ADDRESS.sub(_kept, rules_voice.own_words(passage.text)))
    before = ""
    for start, sentence in rules_voice.sentences(own):
        asks = rules_voice.asks(sentence)
        lured = list(_lures("question" if asks else "text", passage, start, sentence))
        lured = [one for one in lured if not (one.rule == "payment" and _TOLD.match(before))]
        yield from lured
        if passage.channel == "email" and _asked_how(before, sentence) and not lured:
            words = " ".join(passage.text[start : start + len(sentence)].split())
            message = f"« {words} » est une façon d'arrêter faite à la main"
            yield passage.finding(WAY_OUT, start, message)
        before = sentence
        if not lured and not asks:
            yield from _presses(passage, start, sentence)


def _lures(kind: str, passage: Passage, start: int, sentence: str) -> Iterator[Finding]:
    lured = _lured(kind, sentence)
    for lure, at, end in lured:
        # Two signs in one sentence need nothing else, nor does a threat that is all that it says.
        beside = len(_WORD.findall(sentence[:at]) + _WORD.findall(sentence[end:]))
        is_plain = len(lured) > 1 or (lure.code == "threat" and beside <= _BARE)
        if not is_plain and not rules_weighing.backed(passage, lure.code, start + at, start + end):
            continue
        words = " ".join(passage.text[start + at : start + end].split())
        yield passage.finding(lure.code, start + at, lure.message.format(words))


@lru_cache(maxsize=2_048)
def _lured(kind: str, sentence: str) -> Sequence[tuple[_Lure, int, int]]:
    """The first place of each code, by the words of this kind. Most sentences are read for each use
    of their text and each snippet, so they are remembered."""
    told: dict[str, tuple[_Lure, int, int]] = {}
    lures: tuple[_Lure, ...] = getattr(_words(), kind)
    for lure in lures:
        if lure.soft and told:
            continue
        # Most sentences say none of its words, and need no excuse.
        places = list(lure.pattern.finditer(sentence))
        if not places or (lure.soft and lure.excused(sentence)):
            continue
        for found in places:
            at = found.start()
            if not lure.negated and rules_voice.forbids(sentence, at):
                continue
            if lure.code != WAY_OUT and not lure.supposed and rules_voice.reports(sentence, at):
                continue
            if rules_voice.told_after(sentence, found.end()):
                continue
            if lure.code in _SECRETS and (
                _KEPT_BACK.search(found[0]) or _typed_where_it_belongs(found[0], sentence)
            ):
                continue
            if lure.code not in told:
                told[lure.code] = lure, at, found.end()
    return tuple(told.values())


def _typed_where_it_belongs(asked: str, sentence: str) -> bool:
    if not _TYPED.match(asked):
        return False
    return bool(_GUARDED.search(sentence)) or (
        bool(_THE_CODE.match(asked)) and "ci-dessous" not in sentence and " ici" not in sentence
    )


def _presses(passage: Passage, start: int, sentence: str) -> Iterator[Finding]:
    """« Tout de suite » hurries a reader, unless it is to call for help or to protect oneself."""
    found = _words().adverbs.search(sentence)
    if (
        not found
        or _words().protective.search(_step(sentence, found.start()))
        or _WISHED.search(sentence)
        or rules_voice.reports(sentence, found.start())
    ):
        return
    at, end = start + found.start(), start + found.end()
    if not rules_voice.forbids(sentence, found.start()) and rules_weighing.backed(
        passage, "urgency-in-text", at, end
    ):
        words = _shown(passage.text[start:], found)
        yield passage.finding("urgency-in-text", at, f"« {words} » presse le lecteur")


def _asked_how(before: str, sentence: str) -> bool:
    return bool(rules_voice.asks(before) and _TIRED.search(before) and _SAY_SO.match(sentence))


def _step(sentence: str, at: int) -> str:
    """The act that stands there, of several that follow one another."""
    ends = [0, *(one.start() for one in _THEN.finditer(sentence)), len(sentence)]
    return next(sentence[of:to] for of, to in pairwise(ends) if of <= at < to)


def _before(text: str, at: int) -> str:
    """What its sentence says before, in plain letters."""
    return _ENDS.split(rules_voice.plain(text[max(at - 160, 0) : at]))[-1]


def _shown(text: str, found: re.Match[str]) -> str:
    return " ".join(text[found.start() : found.end()].split())


def _kept(found: re.Match[str]) -> str:
    """An address has no tone; the sign after it may end the sentence."""
    last = found[0][-1]
    return " " * (len(found[0]) - 1) + (last if last in ".!?" else " ")
