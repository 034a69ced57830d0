"""Rules on words: lengths of a subject, shouting, emoji, premium numbers."""

import difflib
import re
from collections.abc import Iterator

from scheduler.content.rules import lures as rules_lures
from scheduler.content.rules import neighbours as rules_neighbours
from scheduler.content.rules import signs as rules_signs
from scheduler.content.rules import speakers as rules_speakers
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

#: A subject has fewer characters than this.
SUBJECT_END = 60
PREHEADER = range(40, 91)

#: Written in capitals by everybody.
_ACRONYMS = frozenset(
    """
    ANS ANSSI ANTAI ARCEP ARCOM ARS CAF CERT CHU CHRU CHR CNAM CNIL CPAM CPS CSIRT DGCCRF DGFIP
    DPO EHPAD FALC FAQ GHT HAS HDS IBAN INSEE MFA MSA OTP PDF PGSSI PHAROS PIN RGAA RGPD RIB RSSI
    SAMU SMS SSI URSSAF URL USB VPN WIFI
    """.split()  # noqa: SIM905 (forty quoted words read worse)
)
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{3,}(?:[ \u00a0'’-]+[A-ZÀ-ÖØ-Þ]{3,})+\b|\b[A-ZÀ-ÖØ-Þ]{6,}\b")
_EXCLAMATIONS = re.compile(r"![\s\u00a0\u202f]*!|\?[\s\u00a0\u202f]*!|\?[\s\u00a0\u202f]*\?")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u203c\u2049\ufe0f]")
_REPLY = re.compile(r"\A\s*(?:re|tr|fw|fwd|ref|aw|rv)(?:\[\d+\])?\s*[:：]", re.IGNORECASE)
#: The banks' own, of opposition on a card (cartes-bancaires.com, 2026): paid, and honest.
_CARD_OPPOSITION = "0892705705"
_PREMIUM = re.compile(r"(?<![\d+])0[ .]?8[ .]?[129](?:[ .]?\d){7}(?!\d)")


def subject(passage: Passage, preheader: str = "") -> Iterator[Finding]:
    """A subject, as its reader sees it."""
    length = len(passage.text)
    if length >= SUBJECT_END:
        yield passage.finding(
            "subject-length",
            0,
            f"l'objet fait {length} caractères",
            f"retirez-en {length - SUBJECT_END + 1} : moins de {SUBJECT_END} au total",
        )
    if found := _REPLY.match(passage.text):
        yield passage.finding("fake-reply", 0, f"l'objet commence par « {found[0].strip()} »")
    yield from _headline(passage, "l'objet", preheader)


def preheader(passage: Passage, subject: str = "") -> Iterator[Finding]:
    """The line that mail programs show beside the subject."""
    length = len(passage.text)
    if length not in PREHEADER:
        yield passage.finding("preheader-length", 0, f"le pré-en-tête fait {length} caractères")
    if subject and _alike(subject, passage.text):
        yield passage.finding("preheader-repeats", 0, "le pré-en-tête répète l'objet")
    yield from _headline(passage, "le pré-en-tête")


def text(passage: Passage) -> Iterator[Finding]:
    """A body. What stands between quotation marks is somebody else's voice."""
    lured = list(rules_lures.text(passage))
    yield from lured
    told = {one.rule for one in lured}
    for rule in (rules_neighbours.said_together, rules_speakers.speakers):
        yield from (one for one in rule(passage) if one.rule not in told)
    own = rules_voice.ADDRESS.sub(rules_voice.blank, rules_voice.own_words(passage.text))
    yield from _shouting(passage, own, "shouting-in-text")
    yield from rules_signs.signs(passage)
    yield from _numbers(passage, own)
    if found := _EMOJI.search(own):
        yield passage.finding("emoji-in-text", found.start(), f"« {found[0]} » est un emoji")


def _headline(passage: Passage, name: str, beside: str = "") -> Iterator[Finding]:
    yield from rules_lures.headline(passage, name, beside)
    yield from _shouting(passage, rules_voice.own_headline(passage.text, beside), "shouting")
    yield from rules_signs.signs(passage)
    yield from _numbers(passage, passage.text)
    if found := _EMOJI.search(passage.text):
        yield passage.finding("emoji", 0, f"« {found[0]} » est un emoji, dans {name}")
    yield from rules_typography.typography(passage)


def _alike(subject: str, preheader: str) -> bool:
    one, other = (
        re.sub(r"[^a-z0-9]+", " ", rules_voice.plain(each)).strip() for each in (subject, preheader)
    )
    return other.startswith(one) or difflib.SequenceMatcher(None, one, other).ratio() > 0.85


def _shouting(passage: Passage, own: str, code: str) -> Iterator[Finding]:
    for found in _CAPITALS.finditer(own):
        words = re.findall(r"\w+", found[0])
        if not _ACRONYMS.issuperset(words):
            yield passage.finding(code, found.start(), f"« {found[0]} » est tout en capitales")
            break
    exclaimed = _EXCLAMATIONS.search(own)
    alone = own.count("!") if code == "shouting" else 0
    if exclaimed or alone > 1:
        at = exclaimed.start() if exclaimed else own.index("!")
        yield passage.finding(code, at, "il y a plusieurs points d'exclamation")


def _numbers(passage: Passage, own: str) -> Iterator[Finding]:
    for found in _PREMIUM.finditer(own):
        if re.sub(r"\D", "", found[0]) == _CARD_OPPOSITION:
            continue
        yield passage.finding(
            "premium-number", found.start(), f"« {found[0]} » est un numéro surtaxé"
        )
