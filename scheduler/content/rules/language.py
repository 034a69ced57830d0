"""In which language a passage is written, by its small words: is it the one of its file's name?"""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

#: Small words that no other of these languages has, in plain letters.
_SMALL = {
    "fr": """le les des du une est sont et pour dans avec vous votre vos nous notre nos que qui sur
        a y d l n s c j m qu se si rien tout tous toute comme bien sans chez lui etre avoir fait
        peut
        cela quand aussi sous entre avant apres deux trois bonjour merci toujours jamais meme on nos
        pas ne ce cette ces au aux par plus mais ou il elle ils elles un la de en son ses leur""",
    "en": """the of and to is are your you for with that this it be will not from by at have has our
        we if who someone before after there they them their ever into here when how what no then
        most about don't can all needed everyone keep set look take talk never good choose read more
        do share just real please thank thanks hello welcome check password open see next time day
        week new any first help need want call back up safe stay best regards dear have had nice
        weekend month why should must would was were been so than because always only also very
        think link phone number bank money mail fake free win says say may might could which whose
        these those over under again still too much many out off down like make made give get got
        go goes know tell ask asks answer text screen click write own every each other than""",
    "de": """der die das und ist nicht sie ihr ihre ihren ihnen fur mit auf ein eine einen wir bitte
        dem den von zu jedes im wenn werden kein keine danke guten tag bitte nachricht passwort
        vielen dank sehr ist""",
    "es": """el los las y es su sus por con para una nunca si que usted hable tiene le como pero
        contrasena del al no una gracias muchas por leernos hola buenos dias su mensaje enlace
        clave este esta ese esa aqui muy mas todo todos hospital cuidado telefono haga nadie""",
    "it": """il gli della delle e per con una che non la suo sua di sono mai alla nel se un chiedi
        questo questa tuo tua tuoi ti messaggio qui te ricevi chi anche dal dei lo ospedale
        grazie tutti collaborazione buongiorno ciao password essere nessuno questo fare grazie a
        per vostra vostro""",
    "pt": """o os as e para com uma que nao seu sua do da em nunca por voce parabens equipa
        noite obrigado obrigada voces muito bem ola bom dia mensagem senha da ao pela pelo isto
        esta""",
    "ro": """este sunt pe din cu dumneavoastra pentru nostru mesaj daca niciodata parola""",
    "tr": """bir ve bu icin ile size sizi degil asla lutfen mesaj eger gibi olarak sizin""",
    "pl": """i nie jest sie na do w z to jesli twoj twoje haslo prosze nigdy przez dla od""",
    "nl": """de het een en van uw voor met niet dat die op is u nooit wij""",
}
_FRENCH = frozenset(_SMALL["fr"].split())
#: A word that French has too tells nothing of another.
_SETS = {
    language: frozenset(words.split()) - (frozenset() if language == "fr" else _FRENCH)
    for language, words in _SMALL.items()
}
_NAMES = {
    "fr": "français",
    "en": "anglais",
    "de": "allemand",
    "es": "espagnol",
    "it": "italien",
    "pt": "portugais",
    "nl": "néerlandais",
    "ro": "roumain",
    "tr": "turc",
    "pl": "polonais",
}
_SPEAKS = frozenset(
    """vous votre vos nous notre nos est sont pas ne il elle que qui ce cette pour avec merci
    bonjour peut fait toujours jamais""".split()  # noqa: SIM905 (read better in a row)
)
_WORD = re.compile(r"[a-z]+(?:'t)?|[a-z]'")
#: Two words in the letters of Greek, Cyrillic, Hebrew, Arabic, Indic, Chinese, Korean.
_ELSEWHERE = re.compile("[\u0370-\u1cff\u3040-\ud7af]{2,40}[ ,.][\u0370-\u1cff\u3040-\ud7af]{2}")
#: Fewer words tell nothing: a title, a name.
_ENOUGH = 3
#: So many small words of another language, and at most half as many of its own.
_SURE = 3


def language(passage: Passage) -> Iterator[Finding]:
    """A sentence in another language than the file's: the first one."""
    if passage.language not in _SETS:
        return
    words = rules_voice.own_words(passage.text)
    own = rules_voice.plain(rules_voice.ADDRESS.sub(rules_voice.blank, words))
    if found := _ELSEWHERE.search(words):
        yield passage.finding("other-language", found.start(), "ces mots ont un autre alphabet")
        return
    for start, sentence in rules_voice.sentences(own):
        spoken = spoken_in(sentence)
        if spoken and spoken != passage.language:
            at = start + len(sentence) - len(sentence.lstrip())
            message = f"cette phrase est en {_NAMES[spoken]}"
            yield passage.finding("other-language", at, message)
            return


def spoken_in(sentence: str) -> str:
    """The language of a plain sentence; empty while it isn't sure."""
    words = _WORD.findall(sentence)
    if len(words) < _ENOUGH:
        return ""
    counted = {name: sum(word in small for word in words) for name, small in _SETS.items()}
    best = max(counted, key=lambda name: counted[name])
    second = max(count for name, count in counted.items() if name != best)
    sure = counted[best] >= _SURE and second * 2 <= counted[best]
    alone = counted[best] >= 2 and second == 0 and counted[best] * 3 >= len(words)
    # « Centre hospitalier de la Ville » in an English text is a name, not a sentence.
    named = best == "fr" and not _SPEAKS.intersection(words)
    return best if (sure or alone) and not named else ""
