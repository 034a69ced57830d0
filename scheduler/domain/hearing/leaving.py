"""The verbs of leaving with their objects: messages, the list, one's own number.

A pattern begins with a word and has bounded gaps, so that it costs no more than a text is long.
"""

import re

from scheduler.domain.hearing.objects import (
    ABOUT,
    END,
    LISTS,
    MY_NUMBER,
    NEVER,
    STOPPING,
    SURE,
    TAKING_OFF,
    TO_WRITE,
    WRITE,
    WRITING,
)

#: Sure by themselves.
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        # Stop + the messages; stop + writing to me.
        rf" {STOPPING} (?:\w+ ){{0,5}}?{SURE}(?= )",
        rf" {STOPPING} (?:\w+ ){{0,4}}?{WRITING}(?= )",
        (
            r" (?:ar+et+(?:e[rz]?|es)|stop|cess(?:ez|er|e)) (?:avec )?(?:ca|sa|cela|tout|it|this"
            r"|these|that|immediatement|de suite|tout de suite|maintenant|moi ca|all|everything"
            r"|this now)(?= (?:svp|stp|please|pls|merci|maintenant|tout|de|immediatement|now"
            r"|right|la|s il) | $)"
        ),
        (
            r" (?:make (?:these|them|this|it all) stop|cancel (?:all|everything|it all"
            r"|them all))(?= )"
        ),
        (
            r" (?:stopping|stop|discontinue|cease|end) (?:all )?(?:of )?(?:these|those|them)(?="
            r" (?:please|now|pls|thanks|thx|asap|immediately|at once|from|to|coming) | $)"
        ),
        r" cess(?:ez|er|e) (?:immediatement|maintenant|tout de suite|de suite|svp)(?= )",
        # No longer + writing.
        (
            rf" (?:plus|pu|plu|jamais|pas) (?:jamais |rien |du tout "
            rf"|etre )?(?:\w+ ){{0,2}}?{TO_WRITE}(?= )(?! (?:le|la|les|mes|mon|ma|un|une)"
            rf" (?:medec|secret|hopit|resul|docteur|ordon|infirm))"
        ),
        (
            rf" (?:ne |n )?(?:m |me |nous |lui |leur |l |les |la )?(?:\w+ )?{WRITE} (?:moi |nous "
            rf"|lui |leur )?(?:surtout )?(?:plus|pu|plu|jamais|pas|rien)(?= (?!de (?:place|code"
            rf"|lit|medic|resul)))"
        ),
        (
            rf" (?:veu\w*|souhait\w*|desir\w*|voul\w*|voudr\w*|aimer\w*|prefer\w*|accept\w*"
            rf"|autoris\w*|demand\w*) (?:{NEVER} )(?:\w+ ){{0,5}}?(?:{SURE}|{TO_WRITE})(?= )"
        ),
        (
            rf" (?:{NEVER}|marre|ras le bol|assez|saoule\w*|soule\w*|gonfle\w*|fatigue\w*|fous"
            rf"|fiche|sick|tired|fed up|enough|no more|no|sans|stop) (?:interesse\w* (?:par "
            rf"|in )?)?{ABOUT}{{0,2}}(?:recevoir |avoir )?{ABOUT}{{0,4}}(?:autre "
            rf"|nouveaux? )?(?:{SURE}|messages?(?= (?:svp|stp|merci|de votre|de vous|please|pls) "
            rf"| $))(?= )"
        ),
        (
            r" (?:n )?(?:en|les) (?:veux|veu|souhaite|desire) (?:plus|pu|pas|plu|aucun)(?= (?:svp"
            r"|merci|de ces|de vos|de ca|stp|du tout|c) | $)"
        ),
        r" (?:don t|dont|do not) (?:want|need|like) (?:any of )?(?:these|those|them|this|it)(?= )",
        r" (?:lachez|lache) (?:moi|nous)(?= (?:svp|un peu|la|les|avec|maintenant) | $)",
        (
            rf" refus\w* (?:de |d |a )?(?:{TO_WRITE}|(?:de |tous |tout |toute )?(?:les |vos |ces "
            rf"|tes )?{SURE})(?= )"
        ),
        r" (?:je|j ai) resili\w*(?= (?:svp|merci|l abon|mon abon|immed|de suite|tout) | $)",
        r" opt me out(?= )",
        r" n insiste[rz]? (?:pas|plus)(?= )",
        (
            r" (?:n utilise[rz]?|ne (?:plus|pas) utiliser) (?:plus |pas |jamais )?(?:mon|ce|le)"
            r" (?:numero|num|portable|telephone|tel|06)(?= )"
        ),
        (
            r" (?:pas|plus|aucun) besoin (?:de |d )(?:recevoir |tous )?(?:vos|ces|tes|ca)(?="
            r" (?:sms|textos?|messages?|msgs?|conseils|pubs?|notif\w*|trucs|envois|svp|$))"
        ),
        (
            r" (?:veu\w*|souhait\w*|desir\w*|voudr\w*) (?:plus|pas) (?:d infos?|d informations?"
            r"|d etre inform\w*|etre inform\w*)(?= )"
        ),
        (
            r" (?:suffit|enough) (?:avec |de |with |of )?(?:vos|tes|ces|your|these|the) (?:sms"
            r"|textos?|messages?|msgs?|texts)(?= )"
        ),
        r" que vous (?:cessiez|arretiez|stoppiez)(?= (?:svp|merci|de|d|tout|ca|cela|vos|ces) | $)",
        r" vous (?:bloque|bloquer|signale|signaler)(?= )",
        (
            r" (?:i|je|ai|j) (?:\w+ ){0,3}?(?:dit|dis|said|told you|texted|sent|typed|replied"
            r"|repondu|ecrit|envoye|say) (?:to )?(?:\w+ )?stop(?= )"
        ),
        r" turn (?:these|them|this|it) off(?= )",
        r" no more(?= $)",
        (
            r" (?:retrait|suppression|desactivation|supprimer|annuler|annulez|cancel|retirer"
            r"|effacer|enlever|remove) (?:de |du |des |from |la |le |les |the |mon |my |mes "
            r"|this |that )*(?:numero|num|number|liste|list|sms|textos?|texts|txts|notifs?"
            r"|notifications|abonnement|inscription)(?= $)"
        ),
        rf" {TAKING_OFF} (?:ce|this) (?:numero|num|tel|telephone|number|phone)(?= )",
        (
            r" (?:numero\w*|num|nom|number|name|coordonnees|contact) (?:soit|soient|be|is to be"
            r"|to be) (?:\w+ )?(?:supprim\w*|efface\w*|retire\w*|enleve\w*|removed|deleted"
            r"|erased)(?= )"
        ),
        (
            r" (?:rgpd|gdpr|cnil) (?:\w+ ){0,6}(?:numero|number|sms|textos?|messages|liste|list"
            r"|coordonnees)(?= )"
        ),
        r" (?:numero|number|sms|textos?|messages|liste|list) (?:\w+ ){0,6}(?:rgpd|gdpr|cnil)(?= )",
        r" droit a l effacement(?= )",
        r" (?:recoive|recoives|recevions) (?:plus|rien|pas|jamais)(?= )",
        (
            r" (?:arretez|arrete|cessez|stoppez|stop) (?:ou|sinon|or|et|and) (?:je|j|i|on|sinon"
            r"|else|foutez|laissez|oubliez)(?= )"
        ),
        r" (?:m|nous|de m) oubli\w*(?= )",
        (
            r" (?:ras le|plein le|gueule|fermez|tg|fous|marre|penibles?|lourds?|relous?|chiants?"
            r"|agac\w*|fatigue\w*|saoul\w*|gave\w*|derange\w*|reveill\w*|insupport\w*|enerv\w*"
            r"|annoy\w*|irritat\w*) (?:\w+ ){0,3}?(?:vos|tes|ces|your|these|those) (?:sms\w*"
            r"|textos?|messages?|msgs?|texts|pubs?)(?= )"
        ),
        (
            r" (?:vos|tes|ces|your|these|those) (?:sms\w*|textos?|messages?|msgs?|texts|pubs?)"
            r" (?:\w+ ){0,4}?(?:penibles?|lourds?|relous?|chiants?|agac\w*|fatigue\w*|saoul\w*"
            r"|gave\w*|derange\w*|reveill\w*|insupport\w*|enerv\w*|annoy\w*|irritat\w*)(?= )"
        ),
        r" (?:s arrete\w*|cesse\w*) (?:vos|ces|tes) (?:sms|textos?|messages)(?= )",
        (
            r" (?:get|getting|come|be|am|go) off (?:of )?(?:this|the|your|that) (?:\w+ )?(?:list"
            r"|thing)(?= )"
        ),
        r" object to (?:receiving|getting|these|your|this)(?= )",
        (
            r" (?:supprim\w*|effac\w*|retir\w*) (?:mon|ma|mes|my) (?:consentement|donnees"
            r"|numero\w*|coordonnees) (?:de|du|des|from) (?:vos|votre|your|la|the)(?= )"
        ),
        r" no more (?:of )?(?:these|this|those|it|please|pls|plz|thx|ty|thanks|contact)(?= )",
        r" (?:plus|pas) de contacts?(?= (?:svp|stp|merci|s il|$)| $)",
        (
            r" (?:don t|dont|do not|didn t|didnt|did not|never|no longer|not|rather not|stop"
            r"|wish not|nobody|any more|without) (?:\w+ ){0,3}?(?:want|wish|need|like|care about"
            r"|receive|get|ask for|asked for|sign up for|signed up for|subscribe|consent|agree"
            r"|interested|wanna|getting|receiving) (?:\w+ ){0,5}?(?:texts?|messages?|msgs?|these"
            r"|this|them|sms|tips|notifications?|alerts?|anything|stuff|any|contacted|emails?"
            r"|reminders?|crap)(?= )"
        ),
        (
            r" (?:don t|dont|do not|never|please not) (?:ever )?(?:text|message|msg|contact|send"
            r"|write|sms|bother|call) (?:\w+ ){0,2}?(?:me|this|again|us|number|anything|texts?"
            r"|messages?|any|anymore|more)(?= )"
        ),
        r" want (?:to be )?(?:off|out|removed)(?= )",
        r" (?:count|leave|keep) me (?:out|off|alone)(?= )",
        # Take me, or my number, off.
        (
            rf" {TAKING_OFF} (?:donc |juste |just |tout de suite |please |immediatement )?(?:moi"
            rf"|me|nous|us)(?: (?:off|out))?{END}"
        ),
        (
            rf" {TAKING_OFF} (?:moi|me|nous|us|him|her|my \w+|\w+) (?:\w+ )?(?:de|du|des|d|from"
            rf"|off|out of) (?:\w+ ){{0,4}}?{LISTS}(?= )"
        ),
        (
            rf" (?:m|me|la|le|l|nous) (?:en )?(?:retir\w*|enlev\w*|sup+rim\w*|ef+ac\w*|ray\w*"
            rf"|oter?|sortir|exclu\w*|radi\w*) (?:de|du|des|d) (?:\w+ ){{0,4}}?{LISTS}(?= )"
        ),
        rf" (?:m|me) (?:retir\w*|enlev\w*|sup+rim\w*|ef+ac\w*|rayer|oter|radier){END}",
        (
            rf" {TAKING_OFF} (?:tout de suite |vite |please |donc )?{MY_NUMBER}(?= (?:de|du|from"
            rf"|off|svp|stp|merci|please|pls|s il|dans|d|immediatement|et|and|maintenant"
            rf"|asap) | $)"
        ),
        rf" {TAKING_OFF} {MY_NUMBER} (?:\w+ ){{0,3}}?{LISTS}(?= )",
        (
            r" (?:i|me|we|us|number|name|mum|mother|dad|father) (?:\w+ ){0,2}?(?:be|get|got"
            r"|been) (?:removed|deleted|taken off|unlisted)(?= )"
        ),
        (
            rf" {TAKING_OFF} (?:moi |me )?(?:ces|vos|tous (?:ces|vos)|those|these|your) (?:sms"
            rf"|textos?|messages|notif\w*|envois|alertes|texts|alerts)(?= )"
        ),
        (
            rf" (?:sortir|sors|sortez|quitte|quitter|leave|exit|out of)"
            rf" (?:\w+ )?(?:de )?(?:\w+ ){{0,2}}?{LISTS}(?= )"
        ),
    )
)
_LEAVE_WORD = re.compile(
    r" (?:(?:de|des|dez|dess|d|s|z)(?:s|z)?ab+on+[eé]\w*|(?:me|m|moi|nous) des abon\w*"
    r"|desabo\w*|desin[sc]\w*|dezinsc\w*"
    r"|unsub\w*|unsus\w*|opt(?:ed|ing|s|er)? out"
    r"|optouts?|desouscri\w*)(?= )"
)


def is_verb_with_object(sentence: str) -> bool:
    """``arrêtez de m'écrire``, ``retirez mon numéro``, ``no more texts``."""
    return any(pattern.search(sentence) for pattern in _SURE)


def has_leave_word(sentence: str) -> bool:
    """A word that leaves lists and nothing else."""
    return _LEAVE_WORD.search(sentence) is not None
