"""A word of leaving that is spoken of, and not said: asked about, quoted, a slogan's.

``Pourquoi y a marqué STOP à la fin ?``, ``c'est payant de répondre stop ?``, ``Stop à la fermeture
de la maternité !``: nobody leaves by them.
"""

import re

from scheduler.domain.hearing.objects import SURE

_WORD = r"(?:stop\w*|ar+et|desabonne\w*|desinscri\w*|unsubscribe)"
#: ``Stop à`` + something that isn't ours.
_SLOGAN = re.compile(
    rf" stop (?:a|au|aux)(?= )(?! (?:\w+ ){{0,3}}?(?:{SURE}|vous|partir|tout|tous|toutes|ca"
    rf"|cela|moi"
    r"|nous|avenir|tes|vos|ce|ces|cette|cet|votre|mon|ma|mes|\d+|l envoi|l avenir)(?= ))"
)
#: Whoever asks what becomes of a STOP hasn't sent one.
_TYPED = re.compile(
    r" (?:si|que|quand|when|if|de|d|to|faut|dois|doit|peut|peux|puis|should|must|can|i|we|je|j|on)"
    r" (?:\w+ ){0,2}?(?:repond\w*|envoi\w*|envoy\w*|tape\w*|mettre|mets|met|met on|fai[st]|faire"
    r"|ecri\w*|dire|dis|reply|replying|send|sending|text|texting|type|typing|say|saying|write"
    rf"|answer|put) (?:\w+ ){{0,2}}?{_WORD}(?= )"
)
#: What stands there, what it means, what it costs.
_STANDS = re.compile(
    r" (?:marquez?|ecrit|ecrivez|indique\w*|note|dit|dites|mettez|veut dire|signifie|sert|says?"
    r"|said|written|writing|means?|word|mot|mention|c est quoi|qu est ce|pourquoi|why|what|quoi"
    r"|payante?|gratuite?|free|cost\w*|charged?|it say|bouton|button|lien|link|difference)"
    rf" (?:\w+ ){{0,5}}?{_WORD}(?= )"
)
_OF_IT = re.compile(
    rf" {_WORD} (?:\w+ ){{0,2}}?(?:veut dire|signifie|sert|c est quoi|means?|is for|est payant"
    r"|est gratuit|desinscrit|desabonne|a la fin|en bas|at the end|at the bottom|c est pour)(?= )"
)
_WONDERS = re.compile(
    r" (?:veut dire quoi|c est quoi|sert a quoi|what does|what is|savoir|demande si|demander"
    r"|wonder\w*|comprends pas|sais pas)(?= )"
)
#: It was said, or is: that is an order, in whatever question.
_MEANT = re.compile(
    r" (?:j ai|j avais|je vous ai|ai|deja|i ve|i have|i already"
    r"|i said|i|we"
    r"|je) (?:\w+ ){0,2}?(?:dit"
    r"|repondu|ecrit|envoye|tape|mis|fait|demande|dis|reponds|texted|sent|typed|replied|said|told"
    rf"|asked) (?:\w+ ){{0,3}}?{_WORD}(?= )"
)
#: ``Combien de fois faut-il dire stop ?`` is asked for no answer.
_HOW_OFTEN = re.compile(r" (?:combien de fois|how many times|how often)(?= )")
_SAID_AGAIN = re.compile(
    r" (?:encore|toujours|alors que|pourtant|malgre|still|already|deja|twice|fois|times|after"
    r"|marche pas|isn t working|doesn t work|not working|nothing happens|ignored)(?= )"
)
_NAMED = re.compile(
    r" (?:dit|repondu|ecrit|envoye|tape|mis|fait|demande|texted|sent|typed|replied|said|mon|my"
    r"|after)"
    rf" (?:\w+ ){{0,2}}?{_WORD}(?= )"
)
#: Told, and not asked what becomes of it.
_SENT_BEFORE = re.compile(
    r" (?:(?:j|je|on|nous|i|i ve|we|m|mon|ma|my|me|le|un|a)"
    r" (?:\w+ ){0,3}?(?:stop|arret|desabonnement|desinscription|desab\w*ee?|desinscrite?"
    r"|unsubscribed|opted out)"
    r"|(?:deja|apres|malgre|already|after|despite) (?:\w+ ){0,4}?(?:stop|arret|desab\w*|desins\w*"
    r"|unsubscrib\w*))(?= (?!(?:a|au|aux|sur|to|on) (?:un|une|mon|ma|la|le|a|the|my)(?= )))"
)
_STILL = re.compile(
    r" (?:(?:recois|recoi|recoit|recevons|ai recu|arrive\w*|ecri\w*|envoy\w*|continu\w*|harcel\w*"
    r"|insist\w*|revien\w*) (?:\w+ ){0,3}?(?:encore|toujours|quand meme|alors|apres|malgre|depuis)"
    r"|(?:encore|toujours|quand meme) (?:\w+ ){0,4}?(?:recois|recoi|recoit|recevons|recu|ecri\w*"
    r"|envoy\w*|sms|messages?|textos?|la)|(?:vous|ca|tu) (?:\w+ )?continue\w*"
    r"|(?:still|keep|keeps) (?:\w+ ){0,3}?(?:get\w*|receiv\w*|com\w*|text\w*|send\w*|messag\w*)"
    r"|why (?:am i|do i|are you|do you) (?:\w+ )?(?:still|get\w*|receiv\w*|text\w*)"
    r"|pris en compte|(?:marche|fonctionne|sert) (?:pas|a rien)|(?:doesn t|didn t|isn t) work\w*)"
    r"(?= )"
)
#: How to be rid of what others send.
_OF_OTHERS = re.compile(
    r" (?:comment|how|peut on|puis je|possible|can i|faut il|should i|can you|moyen|aide|help)"
    r" (?:\w+ ){0,4}?(?:bloqu\w*|desab\w*|desinsc\w*|supprim\w*|debarras\w*|evite\w*|recevoir"
    r"|receive|get|arret\w*"
    r"|stop\w*"
    r"|unsub\w*|block\w*|filter|filtrer|rid|avoid|signal\w*|report\w*) (?:\w+ )?(?:des|les|aux"
    r"|d|de"
    r"|from|the|all|of|un|une|a|spam\w*) ?(?:\w+ )?(?:mails?|emails?|pubs?|publicites?"
    r"|newsletters?|spams?|appels?|cookies|arnaques?|demarch\w*|promos?|junk|scams?|calls"
    r"|robocalls"
    r"|ads|pop ups?|popups?|site|sites|numeros? inconnus?|faux|fake)(?= )"
)
_OURS = re.compile(r" (?:vos|ces|ce|cette|tes|your|these|this|this one|vous|you)(?= )")
#: Our messages are asked about, with no word of leaving them.
_ABOUT_US = re.compile(
    r" (?:c est (?:quoi|qui|vous|vraiment|un vrai|vrai|officiel)|qui (?:etes|est|m|es)"
    r"|who (?:is|are)"
    r"|what is|what s|is (?:this|it|that)|est il|est elle|officiel\w*|legit\w*|vrais?"
    r"|gratuits?|free"
    r"|payant\w*|faute|comprends?|understand|langue|traduire|in english|en anglais|en francais"
    r"|dois je repondre|je dois repondre|need to reply|why (?:did|have) i (?:get|got"
    r"|received))(?= )"
)


#: ``Pas stop cyber`` says what it isn't.
_NOT_IT = re.compile(r" (?:pas|not) stop(?= \w)(?! (?:svp|please|merci))")


def is_mention(sentence: str, *, asked: bool) -> bool:
    """The word is named, and nobody is told to stop."""
    if _MEANT.search(sentence) or _HOW_OFTEN.search(sentence):
        return False
    if _SLOGAN.search(sentence) or _NOT_IT.search(sentence):
        return True
    wonders = asked or _WONDERS.search(sentence) is not None
    return wonders and any(one.search(sentence) for one in (_TYPED, _STANDS, _OF_IT))


def was_said(sentence: str) -> bool:
    """``J'ai déjà dit stop``, ``texted stop twice``: said, and not heeded."""
    return _SAID_AGAIN.search(sentence) is not None and _NAMED.search(sentence) is not None


def is_unheeded(sentence: str) -> bool:
    """A STOP of the day before, and messages since: whoever asks why leaves all the same."""
    return _SENT_BEFORE.search(sentence) is not None and _STILL.search(sentence) is not None


def is_of_others(sentence: str) -> bool:
    """``Comment bloquer les pubs ?``: of whatever plagues people, and not of us."""
    return _OF_OTHERS.search(sentence) is not None and _OURS.search(sentence) is None


def asks_about_us(whole: str) -> bool:
    """Who writes, whether it is true, what it costs."""
    return _ABOUT_US.search(whole) is not None
