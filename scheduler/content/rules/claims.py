"""What a text says of the world, or in somebody's words, and of nobody named.

A figure of one's own (« 40 de nos agents ») needs no source; one that speaks of hospitals, victims
or frauds in general was counted by somebody. A saying in quotation marks that speaks to nobody in
particular was said by somebody.
"""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_NUMBERED = (
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|[0-9]+"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)"
)
#: A number that counts or shares out; not one that is called, nor a year.
_MANY = (
    r"(?:[0-9]{1,3}(?:,[0-9]+)? ?(?:%|pour cent|percent|per cent)"
    r"|(?:des|plusieurs|quelques|[0-9]+(?:,[0-9]+)?|un|deux|trois|dix|cent) (?:mille|milliers?"
    r"|millions?|milliards?|thousands?|billions?)"
    r"|(?:plus|moins|pres) (?:de |d')[0-9]{2,}(?: [0-9]{3})*|(?:environ|quelque|over|about)"
    r" [0-9]{2,}"
    r"|(?:la moitie|un tiers|deux tiers|trois quarts|un quart|half) (?:des|d'entre|of)"
    rf"|{_NUMBERED}(?! (?:jours?|heures?|days))(?: [a-z]{{3,16}}){{0,2}} (?:sur|out of|in) (?!une?"
    rf" |one ){_NUMBERED}"
    rf"|toutes les {_NUMBERED} (?:secondes?|minutes?|heures?)|every {_NUMBERED} (?:seconds?"
    rf"|minutes?))"
)
_WORLD = (
    r"(?:francais(?:es)?|hopitaux|hopital|etablissements?|entreprises?|structures de sante"
    r"|collectivites|victimes?|internautes?|seniors?|foyers?|menages|attaques?|cyberattaques?"
    r"|rancongiciels?|arnaques?|escroqueries?|piratages?|incidents?|violations?|fuites?"
    r"|hameconnages?|tentatives|courriels|e-?mails?|sms frauduleux|faux sms|comptes pirates"
    r"|mots? de passe|adultes?|jeunes|personnes|retraites?|salaries?|soignants?|professionnels"
    r"|utilisateurs|europeens?|population|dans le monde|en france|en europe|prejudice|pertes"
    r"|(?:cyber[ -]?)?attacks?|breach(?:es)?|scams?|hospitals?|victims?|people|passwords?|adults?"
    r"|users?)"
)
_COUNTED = re.compile(
    rf"\b{_NUMBERED} {_WORLD} (?:sur|out of|in) (?!une? |one ){_NUMBERED}\b"
    rf"|(?<![\w.,]){_MANY}(?![\w])[^.!?\n]{{0,70}}\b{_WORLD}\b"
    rf"|\b{_WORLD}\b[^.!?\n]{{0,70}}(?<![\w.,]){_MANY}(?!\w)"
    rf"|(?<![\w.,])(?!19|20|116|112|3[0-9]{{3}}\b)[0-9]{{1,3}}(?: ?[0-9]{{3}})* (?:[a-z]+"
    rf" ){{0,1}}{_WORLD}\b"
    r"(?=[^.!?\n]{0,60}\b(?:chaque|par an|en 20|l'an|declar|touch|vis|victime|attaqu|pirat|recens))"
)
_VAGUE = re.compile(
    r"\b(?:(?:les|des|certains|plusieurs|tous les|nombreux|la plupart des) (?:[a-z]+ )?(?:experts?"
    r"|specialistes|chercheurs"
    r"|scientifiques|etudes|enquetes|sondages|statistiques|chiffres|professionnels de la securite"
    r"|psychologues)"
    r"|(?:une?|cette|recente) (?:[a-z]+ )?(?:etude|enquete|recherche|barometre|experte?"
    r"|specialiste|rapport|sondage))\b"
    r"[^.!?\n]{0,30}\b(?:formels?|unanimes?|dit|disent|montre\w*|prouve\w*|estime\w*|affirme\w*"
    r"|recommande\w*|conseille\w*|s'accordent"
    r"|d'accord|pensent|repete\w*|confirme\w*|revele\w*|l'ont|l'a|est clair\w*|sont clair\w*"
    r"|parlent)\b"
    r"|\b(?:phrase|formule|citation|mot|slogan|refrain|chanson|pub|publicite|spot|devise|proverbe"
    r"|adage|dicton)s?"
    r"(?: si| bien| tres)? (?:celebre|connue?|fameu(?:x|se)|culte)\b"
    r"|\b(?:celebre|fameu(?:x|se)) (?:phrase|formule|citation|mot|slogan|refrain|publicite"
    r"|devise)\b"
    r"|\b(?:ce|le vieux|un (?:vieux|celebre)) slogan\b(?! (?:de|du|des|d')\b)"
    r"|\b(?:d'apres|selon|dans|suivant) (?:les|des) (?:recommandations|consignes|regles"
    r"|preconisations)"
    r" (?:officielles|nationales|europeennes|en vigueur)"
    r"|\bvous connaissez (?:la (?:chanson|pub|publicite|phrase|formule|suite|musique)|le (?:slogan"
    r"|refrain|proverbe|dicton))\b"
    r"|\bcomme (?:dirait|disait|dit|le disait|l'ecrivait) l'autre\b|\bon (?:connait|a tous"
    r" entendu) (?:tous )?(?:la|le) (?:phrase|slogan|chanson|publicite)\b"
)
#: « Un expert très connu a inventé une méthode », « devised by an American researcher »: whoever it
#: is has a name.
_INVENTOR = (
    r"(?:experts?|specialistes?|chercheu\w{1,3}|professeure?s?|photographes?|ingenieure?s?"
    r"|psychologues?|ecrivaine?s?|auteure?s?|philosophes?|informaticien\w{0,3}|mathematicien\w{0,3}"
    r"|journalistes?|poetes?|humoristes?|scientifiques?|cryptologues?|researchers?|professors?"
    r"|engineers?|writers?|authors?|photographers?|scientists?|journalists?|mathematicians?)"
)
_UNNAMED = re.compile(
    rf"\b(?:une?|certains|an?"
    rf"|some) (?:[a-z-]+ ){{0,3}}{_INVENTOR}\b[^.!?\n:]{{0,30}}\b(?:invent\w*|imagin\w+"
    r"|(?:a|ont) mis au point|con[cs]u\w*|propos\w+|popularis\w+|disait|a dit|ecrivait|a ecrit"
    r"|resumait"
    r"|came up|devised?|coined|designed|said|wrote|put it)\b"
    rf"|\b(?:inventee?|mise? au point|imaginee?|concue?|proposee?|popularisee?|invented|devised"
    rf"|coined"
    rf"|designed|thought up) (?:par|by) (?:une?|an?|des|some) (?:[a-z-]+ ){{0,3}}{_INVENTOR}\b"
)
#: « Nous aimons bien cette phrase : « … » »: brought in as a saying, and nobody's.
_LIKED = re.compile(
    r"\b(?:aim\w+|ador\w+|connai\w+|retenons|resum\w+|celebre|fameu\w+|jolie|belle|vieille|vieux)"
    r"\b[^.!?\n«»]{0,30}\b(?:phrase|citation|maxime|formule|pensee|devise|proverbe|adage|dicton"
    r"|mot|vers"
    r"|idee)\b[^.!?\n«»]{0,20}«(?P<said>[^«»\n]{18,160})»"
)
_OURS = re.compile(
    r"\b(?:notre|nos|nous|chez nous|votre|vos|vous|au support|l'accueil|le service|agents?"
    r"|exercice|questionnaire|quiz|atelier|intranet"
    r"|our|your|you|we|caracteres?|signes?|characters|euros?|tarif|prix|lignes?|heures? d[eu']"
    r"|ans\b|minutes? (?:suffi|pour))\b"
)
_HERE = re.compile(
    r"\b(?:notre|nos|nous|chez nous|agents?|au support|exercice|questionnaire|quiz|atelier|our|we"
    r"|d'entre vous)\b"
)
_SHARE = re.compile(r"[0-9] ?(?:%|pour cent|percent|per cent)")
_NAMED = re.compile(
    r"\b(?:sources?|selon (?!les (?:experts|specialistes|etudes))|d'apres|cnil|anssi|agence du"
    r"|ministere|cybermalveillance|cert sante|cert|insee|france assos|observatoire"
    r"|assurance maladie|banque de france|arcep|enisa|credit|according to|auteur|interieur|haute"
    r" autorite|has|oms|onu|union europeenne"
    r"|defenseur|federation|campagne (?:de|du|d')|gouv\.fr|rapport d'activite|repris|emprunt\w+"
    r"|signe|de [A-Z])\b"
)
_QUOTED = re.compile(r"«(?P<said>[^«»\n]{18,160})»")
_NAME = re.compile(r"(?<![.!?«] )(?<!^)\b[A-ZÉ][a-zéè'’-]+ (?:de |von |van )?[A-ZÉ][a-zéè'’-]+")
#: « … », écrivait Aristote.
_WRITTEN_BY = re.compile(
    r"[ \u00a0\u202f»”,.]{0,5}(?:(?:comme )?(?:l')?(?:écri|disai|dit|dis|not|résum|rappel|said"
    r"|wrote|says)"
    r"\w{0,5} )[A-ZÉ][a-zéèï]{2,20}"
)
#: What is said in general: what something is or isn't, of nobody.
_GENERAL = re.compile(
    r"\b(?:est|sont|n'est|c'est|vaut|fait|font|rend|tue|sauve|ne se|il faut|on (?:ne )?[a-z]+|qui"
    r"|celui|rien|tout|jamais|toujours"
    r"|mieux|is|are|never|always)\b"
)
#: « … », dit-il en souriant: whoever says it stands in the text.
_ITS_SPEAKER = re.compile(
    r"[ ,.\u00a0»]{0,4}(?:me |nous |lui )?(?:dit|repond|explique|raconte|resume|conclut|ajoute"
    r"|sourit|rappelle|souffle|glisse|confie|precise|repete|avoue|plaisante|assure)(?:-t)?-"
    r"(?:il|elle|ils|elles|on)\b"
)
#: A fraud, a reader or a colleague speaks; a title of ours, a label.
_SPOKEN = re.compile(
    r"\b(?:votre|vos|vous|je|j'|j'\w+|nous|notre|nos|mon|ma|mes|moi|me|cliquez|bonjour|maman|papa"
    r"|ton|ta|tes|tu|toi|colis|compte|"
    r"livraison|paiement|facture|urgent|virement|amende|your|you|my|i|we|our|qui (?:m'|me)"
    r"|[a-z]{3,20}ez)\b|\?|!\s*\Z"
)
_FRAUD = re.compile(
    r"\b(?:faux|fausses?|escrocs?|message|messages|sms|courriel|mail|appel|inconnu|voix|objet"
    r"|bouton|rubrique|page|fiche|formation|atelier"
    r"|onglet|fenetres?|ecran|bandeau|notification|icone|menu|case|choisissez|appuyez|touchez|intitule\w*|nomme\w*|titre|episode|scam|button"
    r"|exemple|phrase (?:de|comme)|dites|repondez|pensez|on se dit|se dit|on pense)\b"
)


def unsourced(passage: Passage, beside: str) -> Iterator[Finding]:
    """At most one. ``beside`` is what else its reader sees: the subject, the message's credit."""
    written = rules_voice.plain(passage.text)
    if _NAMED.search(written + "\n" + rules_voice.plain(beside)):
        return
    for liked in _LIKED.finditer(written):
        said = liked["said"].strip()
        general = len(said.split()) > 5 and _GENERAL.search(said) and not _SPOKEN.search(said)
        if general and not _signed(passage.text, liked.end()):
            yield _due(passage, liked.start(), liked.end())
            return
    for start, sentence in rules_voice.sentences(written):
        unnamed = _UNNAMED.search(sentence)
        if unnamed and not _NAME.search(passage.text[start : start + len(sentence)]):
            yield _due(passage, start + unnamed.start(), start + unnamed.end())
            return
        found = _VAGUE.search(sentence)
        counted = None if _is_ours(sentence) else _COUNTED.search(sentence)
        if (either := found or counted) and _backed(passage, either, start):
            yield _due(passage, start + either.start(), start + either.end())
            return
        for said in _QUOTED.finditer(sentence):
            if (
                _is_saying(sentence, said)
                and not _signed(passage.text, start + said.end())
                and _backed(passage, said, start)
            ):
                yield _due(passage, start + said.start(), start + said.end())
                return


def _is_ours(sentence: str) -> bool:
    """Counted here, or said to the reader; a share of all the world's isn't, whoever is told it."""
    return bool(_HERE.search(sentence) or (_OURS.search(sentence) and not _SHARE.search(sentence)))


def _is_saying(sentence: str, said: re.Match[str]) -> bool:
    words = said["said"]
    around = sentence[: said.start()] + sentence[said.end() :]
    return (
        len(words.split()) > 5
        and bool(_GENERAL.search(words))
        and not re.search(r"[0-9]", words)
        and not _SPOKEN.search(words.strip())
        and not _FRAUD.search(around)
        and not _ITS_SPEAKER.match(sentence, said.end())
    )


def _signed(text: str, end: int) -> bool:
    """A name stands after it: « … », écrit Bruce Schneier."""
    return bool(
        _WRITTEN_BY.match(text, end)
        or _NAME.search(text[end : end + 80])
        or _NAME.search(text[max(end - 240, 0) : end])
    )


def _backed(passage: Passage, found: re.Match[str], start: int) -> bool:
    """Its sentence agrees that it is somebody else's."""
    return rules_weighing.backed(passage, "credit", start + found.start(), start + found.end())


def _due(passage: Passage, start: int, end: int) -> Finding:
    words = " ".join(passage.text[start:end].split())
    shown = words if len(words) < 70 else f"{words[:60]}…"
    return passage.finding(
        "credit",
        start,
        f"« {shown} » ne dit pas de qui cela vient",
        "nommez son auteur, dans le texte ou dans credit: de message.yaml",
    )
