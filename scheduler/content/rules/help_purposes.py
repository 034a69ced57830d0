"""What each number of help is for, and whether the words around it say so: « SMS douteux ? 3018 ».

A number may be right and be given for something else. What it is given for is read in its own
clause, else in its sentence where no other number stands, else in the question or the thing before
it; where nothing is said, or something that the number does answer, nothing is told.
Patterns over plain text (``rules_voice.plain``).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.content.rules import voice as rules_voice

_LONG = (
    r"33[ .]?700|3018|3020|3114|3117|3919|3977|116[ .-]?006|116[ .-]?111|0[ .]?805[ .]?805[ .]?817"
)
#: Two or three digits are a day, a room or an age, but where one calls.
_CALLED = re.compile(
    rf"(?<![\d+.,])(?<!\d )(?P<n>{_LONG})(?![\d%]|[ .,]?\d)"
    r"|\b(?:le|au|numero|compos\w{1,6}|appel\w{1,4}|faites|tapez|:|call|dial|on|to|ring) "
    r"(?P<short>11[2459]|1[578])(?![\d%€]|[ .,/]?\d| ?(?:h\b|cyber|ans\b|euros|jours|heures|minutes"
    r"|pour cent|[a-z]{3,5}embre|octobre|janvier|fevrier|mars|avril|mai|juin|juillet|aout|du mois"
    r"|rue|avenue|boulevard))"
)


class _Need(NamedTuple):
    """Something that one asks for help with."""

    said: re.Pattern[str]
    #: The numbers that answer it, the best one first.
    numbers: Sequence[str]


def _need(said: str, *numbers: str) -> _Need:
    return _Need(re.compile(rf"\b(?:{said})"), numbers)


_SMS = re.compile(r"\b(?:sms|textos?|texts?|appels?|calls?|telephon\w*|vocal\w*|vocaux)\b")
_MAIL = re.compile(r"\b(?:courriels?|e-?mails?|mails?|pourriels?|messagerie|boites? mail)\b")
_BAD = (
    r"(?:faux|fausses?|suspects?|douteu\w+|frauduleu\w+|indesirables?|bizarres?|etranges?|louches?"
    r"|inconnue?s?|pieg\w+|malveillants?|non sollicites?|fake|suspicious|strange|odd|unwanted"
    r"|fraudulent|scam|spam|dodgy)"
)
_TEXT = r"(?:sms|textos?|texts?|text messages?)"
_NEEDS = (
    _need(
        rf"{_BAD} (?:[a-z]+ )?{_TEXT}\b|{_TEXT} (?:[a-z]+ ){{0,2}}{_BAD}\b|spams? (?:vocal|par sms)"
        rf"|{_TEXT} ?\?|signal\w+ (?:[a-z']+ ){{0,4}}{_TEXT}\b|{_TEXT}\b[^.!?\n]{{0,40}}signal\w+",
        "33700",
    ),
    _need(
        r"malaises?\b|perd\w* connaissance|inconscient\w*|respir\w+ (?:mal|plus|difficilement)"
        r"|urgences? (?:vitales?|medicales?|cardiaques?)|samu\b(?! social)|ambulances?\b"
        r"|arret cardiaque|douleurs? (?:thoracique|a la poitrine|dans la poitrine)"
        r"|etouff\w+|convulsion\w*|hemorragi\w+|evanoui\w*|medical emergenc\w+|chest pain|faint\w*"
        r"|collaps\w+|unconscious|overdose",
        *("15", "112", "114", "18"),
    ),
    _need(
        r"incendies?\b|le feu\b|pompiers?\b|fumees?\b|flammes?\b|fire (?:brigade|service)"
        r"|(?<!pare-)feu (?:de|dans)",
        *("18", "112", "114"),
    ),
    _need(
        r"cambriol\w+|agress\w+|intrus\b|intrusion physique|danger immediat|police[- ]secours"
        r"|in (?:immediate )?danger|burgl\w+|en danger\b",
        *("17", "112", "114", "15", "18", "119", "3919", "3018"),
    ),
    _need(
        r"(?:cyber-?)?harcel\w+|humili\w+|moquer\w+|cyberviolences?|violences? numeriques?"
        r"|photos? intimes?|mineure?s?\b|ado(?:s|lescente?s?)?\b|jeunes?\b|enfants?\b|ecoliers?\b"
        r"|lyceen\w*|collegien\w*|parents?\b|fille\b|fils\b|insult\w+|haine\b"
        r"|bullying|bullied|harass\w+|teen\w*|child\w*|young|kids?\b|daughter|(?:my|your|her|his"
        r"|their) son\b",
        *("3018", "3020", "119", "17", "112", "114", "3919", "3114", "116111", "15"),
    ),
    _need(
        r"suicid\w+|idees noires|detresse|mal-etre|desespoir|envie d'en finir",
        *("3114", "15", "112", "114", "3018", "116006"),
    ),
    _need(
        r"violences?\b|femmes? victimes?"
        r"|conjoint\b|mari violent|domestic violence",
        *("3919", "17", "112", "114", "15", "116006"),
    ),
    _need(r"maltrait\w+|personnes? agees?|aines\b", "3977", "119", "17", "112", "116006"),
    _need(r"sans[- ](?:abri|domicile|logement)|a la rue\b|samu social", "115", "112"),
    _need(r"sourde?s?\b|malentendante?s?\b|aphasi\w+|deaf\b|hard of hearing", "114"),
    _need(r"europ\w+|etranger\b|abroad\b", *("112", "116006", "114", "116111")),
    _need(r"victim\w*", "116006", "0805805817", "17", "112", "114"),
    _need(
        r"arnaqu\w+|escroqu\w+|escrocs?\b|scam\w*|fraude\b|fraudes\b|faux (?:conseiller|site"
        r"|vendeur|virement|colis|banquier)s?\b|swindl\w+",
        *("0805805817", "17", "116006"),
    ),
    _need(
        r"banques?\b|bancaires?\b|mutuelle\b|impots?\b|colis\b|livraisons?\b|amendes?\b|banks?\b"
        r"|parcels?\b|(?:perd\w*|verse|donne|envoye|vole) (?:[a-z]+ ){0,2}argent|argent (?:perdu"
        r"|parti|vole"
        r"|verse)|(?:avez|a|ont) paye\b|lost money",
        *("0805805817", "17", "116006", "33700"),
    ),
    _need(
        r"vols? de donnees|(?:compte|comptes|messagerie|boite|profil|ordinateur|poste|site"
        r"|serveur|telephone)s?"
        r"(?: [a-z]+){0,3} (?:(?:est|sont|a ete|ont ete|etait) )?(?:pirat\w+|vole\w*|hack\w+"
        r"|chiffre\w*"
        r"|verrouille\w*|usurpe\w*)|piratages?\b|rancon\w*|demandes? d'argent|virus\b|ransom\w*"
        r"|hacked\b|hacker\w*|usurp\w+|fuites? de donnees|donnees (?:volees|fuitees)"
        r"|fichiers chiffres"
        r"|identity theft|cyberattaques?\b|hameconnage\b|phishing\b",
        *("17", "116006", "0805805817"),
    ),
)
#: What no public number answers: said in its clause, or in a sentence that orders nothing else.
_OURS = re.compile(
    r"\b(?:mots? de passe (?:oublie|perdu|bloque|egare)|(?:oublie|perdu"
    r"|reinitialis\w+) (?:votre |son"
    r" |le )?mot de passe|(?:forgot\w*|lost|reset) (?:your |a |the )?password|imprimantes?\b"
    r"|badges?\b"
    r"|support informatique|service informatique|(?:prendre|annuler|deplacer|confirmer) (?:un "
    r"|votre"
    r" )?rendez-vous|it (?:desk|support|help ?desk))"
)
_ORDER = re.compile(r"\b(?:[a-z]{3,20}ez|faites|dites)\b")
#: What is sent on goes to the number that takes messages.
_SENT_ON = re.compile(
    r"\b(?:re)?transf(?:er\w*|ere\w*)|\bf(?:aites|aire|ait) suivre\b|\b(?:re)?forward\w*"
    r"|\b(?:envoy\w+|renvoy\w+|copi\w+|send|report) (?:-le |le |it |ce |this |the )?"
    r"(?:message |sms |texto |text )?(?:tel quel )?(?:au|to)\b"
)
_SPAM = "33700"
#: « N'appelez pas le 15 pour un écran bleu. »
_DENIED = re.compile(
    r"\b(?:ne|n'[a-z]+|(?<!pas a )pas(?! a pas)|jamais|ni|non|sans|inutile|au lieu|plutot que"
    r"|not|never|don't|isn't"
    r"|instead|rather than)\b"
)
#: « Signalez-le »: what it is stands before.
_IT = re.compile(r"[a-z]{3}-l(?:e|a|es)\b|\b(?:report|forward|send) (?:it|them)\b")
_CLAUSE = re.compile(r"[;,(]|\bet (?:le|au)\b|\band\b")
#: A negation reaches no further than this.
_REACH = re.compile(r"[;,(:]|\b(?:et|mais|puis|and|but|then)\b")
#: More numbers than a sentence gives: a table, or no sentence.
_MANY = 20
_NO_DIGIT = re.compile(r"\D")


def misplaced(own: str) -> Iterator[tuple[int, str, str]]:
    """Each number that is given for what it isn't there for: its offset, it, and a better one."""
    before = ""
    for start, sentence in rules_voice.sentences(own):
        found = list(_CALLED.finditer(sentence))
        for one in () if rules_voice.asks(sentence) or len(found) > _MANY else found:
            better = _better(sentence, one, before, alone=len(found) == 1)
            if better is not None and not _DENIED.search(_clause(sentence, one, _REACH)):
                group = "n" if one["n"] else "short"
                yield start + one.start(group), one[group], better
        if sentence.strip():
            before = sentence


def _better(sentence: str, one: re.Match[str], before: str, *, alone: bool) -> str | None:
    """The number that its words ask for, "" for a house's own; None where it is well placed."""
    number = _NO_DIGIT.sub("", one["n"] or one["short"])
    clause = _clause(sentence, one)
    if len(_CALLED.findall(clause)) > 1:
        return None
    around = [clause, sentence] if alone else [clause]
    if alone and (rules_voice.asks(before) or _IT.search(sentence)):
        around.append(f"{before} {sentence}")
    if _SENT_ON.search(clause) and number != _SPAM:
        return _SPAM
    if number == _SPAM:
        said = next((text for text in around if _SMS.search(text) or _MAIL.search(text)), "")
        if said and not _SMS.search(said):
            return ""
        if _SENT_ON.search(clause):
            return None
    ours = sentence if alone and len(_ORDER.findall(sentence)) < 2 else clause
    if _OURS.search(ours) and not _answers(ours):
        return ""
    right = next((numbers for text in around if (numbers := _answers(text))), ())
    return right[0] if right and number not in right else None


def _answers(text: str) -> Sequence[str]:
    """The numbers that answer anything said in ``text``."""
    return [number for need in _NEEDS if need.said.search(text) for number in need.numbers]


def _clause(sentence: str, one: re.Match[str], ends: re.Pattern[str] = _CLAUSE) -> str:
    """What of its sentence stands with a number, up to the next comma or « et le »."""
    first = max((cut.end() for cut in ends.finditer(sentence, 0, one.start())), default=0)
    last = ends.search(sentence, one.end())
    return sentence[first : last.start() if last else len(sentence)]
