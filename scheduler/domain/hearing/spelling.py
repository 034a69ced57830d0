"""The spelling of telephones made plain: ``jveux pu vo msg`` is ``je veux plus vos messages``.

Only what can be nothing else is changed; whatever follows then knows one spelling of each word.
"""

import re

#: One word for several that are written on a telephone.
_TABLE = """
jen=j en, jlis=je lis, jcrois=je crois
jveux=je veux, jveu=je veux, jvx=je veux, jv=je veux, vx=veux, jvoudrais=je voudrais
jvoudrai=je voudrais, voudrai=voudrais, jaimerais=j aimerais, jaimerai=j aimerais
aimerai=aimerais, jsuis=je suis, chui=je suis, chuis=je suis, jai=j ai, g=j ai
jpeux=je peux, jpe=je peux, jsp=je sais pas, jconnais=je connais
jcomprends=je comprends, jrecois=je recois, jarrete=j arrete, vs=vous, vou=vous
vo=vos, ns=nous, pa=pas, aps=pas, pu=plus, plu=plus, pr=pour, ds=dans, qd=quand
qqun=quelqu un, pk=pourquoi, pq=pourquoi, pkoi=pourquoi, pourkoi=pourquoi, koi=quoi
ki=qui, kel=quel, msg=message, msgs=messages, mesg=message, mesage=message
mesages=messages, mess=messages, txto=texto, num=numero, nums=numeros, numro=numero
nemero=numero, tel=telephone, tels=telephones, telefone=telephone, fone=telephone
hosto=hopital, trankil=tranquille, trankille=tranquille, tranquil=tranquille
tranquile=tranquille, recoi=recois, resoi=recois, resois=recois, bcp=beaucoup
slt=salut, cc=coucou, dsl=desole, dsle=desole, auj=aujourd hui, mtn=maintenant
mnt=maintenant, tjs=toujours, tjrs=toujours, ur=your, u=you, txt=text, txts=texts
txting=texting, dnt=dont, nvm=never mind, cest=c est, nest=n est, mfais=me fais
menvoyer=m envoyer, menvoyez=m envoyez, menvoie=m envoie, mecrire=m ecrire
mecrivez=m ecrivez
"""
_PAIRS = (pair.strip().partition("=") for pair in re.split(r",|\n", _TABLE) if pair)
_WORDS = {word: plain for word, _, plain in _PAIRS}
#: ``+ de sms``.
_PLUS = re.compile(r"(?<![\w+])\+ ?(?=(?:de|d|du|rien|jamais|besoin|vos|aucun|interesse\w*)\b)")
_HASH = re.compile(r"(?<=wrong )#|(?<=bad )#|(?<=mauvais )#")
#: A road sign that is all somebody sends, or nearly.
_SIGN = "\U0001f6d1"
_FEW = 3
#: Other signs of having enough: a person looks.
_STOPPING = frozenset("🖕🚫⛔❌✋🤚🤐🤫🙅🔕📵🔇")
_ANGRY = _STOPPING | frozenset("😡🤬😠👎💩")


def _together(folded: str) -> str:
    """``st op``, ``un subscribe``: one word in two."""
    if "".join(folded.split()) in ("stop", "stopsms", "stopsvp"):
        return folded.replace(" ", "").replace("stops", "stop s")
    return _UN.sub("unsubscri", folded)


_UN = re.compile(r"\bun[ -]subscri")


def plain_signs(folded: str) -> str:
    """Signs that are read as words: ``+ de sms``, ``wrong #``, a STOP sign among few words."""
    said = _HASH.sub(" numero", _PLUS.sub("plus ", _together(folded)))
    if _SIGN in said:
        alone = len("".join(one if one.isalnum() else " " for one in said).split()) <= _FEW
        said = said.replace(_SIGN, "\nstop\n" if alone else " ")
    return said


def plain_words(sentence: str) -> str:
    """A sentence between spaces, each word as it is spelled in full."""
    words = []
    given = sentence.split()
    for place, word in enumerate(given):
        following = given[place + 1] if place + 1 < len(given) else ""
        if word == "c" and following and following not in _AFTER_C:
            words.append("c est")
        else:
            words.append(_WORDS.get(word, word))
    return f" {' '.join(words)} "


_AFTER_C = frozenset({"est", "etait", "en", "a", "sera", "n"})


def is_stopping(text: str) -> bool:
    """A hand, a bell crossed out, a finger on the lips."""
    return any(one in text for one in _STOPPING)


def is_angry(text: str) -> bool:
    """A sign of having enough, where no word is said."""
    return any(one in text for one in _ANGRY)
