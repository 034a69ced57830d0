"""Refusals without a verb of leaving: not interested, leave me alone, the law's own words."""

import re

from scheduler.domain.hearing.objects import SURE

_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        # Not wanted, with or without manners.
        (
            rf" (?:pas|plus|point|nullement|aucunement) (?:du tout |vraiment )?interess\w*"
            rf"(?= (?:\w+ ){{0,3}}?(?:{SURE}|messages?|tout ca|vos|ces|tes|votre|arretez|stop) )"
        ),
        r" (?:interesse|interessent) (?:pas|plus)(?= (?!le (?:rdv|rendez)))",
        (
            r" (?:not|isn t|aren t|no longer) (?:at all |really )?interested(?= (?!in the (?:app"
            r"|class|trial)))"
        ),
        (
            r" (?:laiss\w*|lach\w*|fich\w*|fout\w*|foutez) (?:moi|nous|me)"
            r" (?:\w+ ){0,2}?(?:tranquille\w*|paix|grappe|baskets|la peace)(?= )"
        ),
        (
            r" (?:lach\w*|laiss\w*|oubli\w*|casse\w*|allez|aller|va|degage\w*|foutez|fous)"
            r" (?:\w+ ){0,4}?(?:vos|tes|ces|votre|avec vos) (?:sms\w*|textos?|messages?|msgs?"
            r"|pubs?|conneries|merdes?|conseils|trucs)(?= )"
        ),
        r" (?:oubliez|oublie) (?:moi|mon numero|nous)(?= )",
        (
            r" (?:vous me|tu me|vs me|vous nous|me) (?:saoul\w*|soul\w*|gonfl\w*|casse\w*"
            r"|fatigu\w*|emmerd\w*|fait\w* chier|gav\w*|pollu\w*) (?:\w+ ){0,3}?(?:sms\w*|textos?"
            r"|messages?|msgs?|pubs?|conseils|trucs)(?= )"
        ),
        r" (?:piss|bugger|back|sod|fuck) off(?= )",
        r" (?:leave|let) me (?:alone|be)(?= )",
        r" (?:get|got|getting) (?:\w+ )?lost(?= )",
        (
            r" (?:bloque\w*|block\w*|signale\w*|report\w*) (?:you|vous|ce numero|this number"
            r"|votre numero|your number)(?= )"
        ),
        r" (?:vais|va) vous bloquer(?= )",
        # The law's words.
        (
            r" (?:m oppose|m opposer|je m y oppose|droit d opposition"
            r"|faire opposition(?= (?:a|aux|au) (?:vos|ces|l envoi|mes|ce|cet|la prosp|tout)))"
            r" (?!(?:a l |a la |au |aux |a ce |a cette )(?:op|inter|sortie|transf|don|autop"
            r"|greffe|soin|trait(?!ement de (?:mes|ces|donnees|vos))|prelev|exam|vacc|hospit))"
        ),
        (
            r" (?:retire|retirer|revoque|revoquer|withdraw|withdrawing|revoke|revoking) (?:mon "
            r"|my |le |all )?(?:consentement|accord|autorisation|consent|permission)(?="
            r" (?!(?:pour|a|de) (?:l |la |le )?(?:oper|chir|etud|rech|soin|interv)))"
        ),
        (
            r" (?:jamais|pas|aucun|never|didn t|did not|sans mon) (?:\w+ ){0,3}?(?:accord"
            r"|consent\w*|autoris\w*|consenti|permission|demande|inscri\w*|souscrit|abonne\w*"
            r"|signed up|sign up|subscribed) (?:\w+ ){0,5}?(?:sms\w*|textos?|messages?|msgs?|this"
            r"|these|rien|liste|texts?)(?= )"
        ),
        r" (?:cease|desist)(?= )",
        (
            r" (?:suppression|retrait|desinscription|desabonnement|resiliation|arret|fin|retirer"
            r"|annulation) (?:immediate?|definiti\w*)? ?(?:de |du |des |d "
            r"|a )(?:\w+ ){0,2}?(?:numero|num|liste|sms|textos?|messages|envois?|abonnement"
            r"|inscription|notif\w*|campagne|fichier\w*|base|diffusion|listing)(?= )"
        ),
        r" (?:c est (?:donc )?ce que je (?:fais|demande|veux))(?= )",
        r" (?:gardez?) (?:vos|les|tes) (?:\w+ )?(?:sms|messages?|conseils|textos?|pour vous)(?= )",
        (
            r" (?:passez|tirez|mettez) (?:moi )?(?:mon )?(?:numero )?(?:en )?(?:liste noire"
            r"|blacklist|liste rouge)(?= )"
        ),
        (
            r" (?:inutile|pas la peine|pas besoin) (?:de |d )(?:\w+ ){0,3}?(?:envoyer|ecrire"
            r"|contacter|relancer|insister|recontacter)(?= )"
        ),
        r" (?:ne pas|pas|plus) insister(?= )",
    )
)


_OURS = (
    r"(?:(?:vos|tes|ces|votre|ton|cet|ce genre de|your|these|those|this|tous les"
    r"|tout(?:es)? (?:vos|ces"
    r"|ces)|all (?:these|your)) (?:\w+ )?(?:sms\w*|textos?|messages?|msgs?|mails?|texts?|pubs?"
    r"|notifs?"
    r"|notifications?|alertes?|alerts?|conseils?|trucs?|envois?|campagnes?|infos|informations"
    r"|lecons"
    r"|betises|conneries|rappels|reminders?|tips|stuff|crap|list|liste|relances?)|sms|textos"
    r"|spams?|notifs?|notifications)"
)
#: Enough, in all its ways.
_ENOUGH = (
    r"(?:marre|en peux plus|peux plus|ras (?:le|la) \w+|plein (?:le|la) \w+|par dessus la tete"
    r"|la barbe|basta"
    r"|assez de|assez"
    r"|ca suffit|suffit|trop c est trop|saoul\w*|soul\w*|gonfl\w*|gav\w*|emmerd\w*"
    r"|fait\w* (?:bien )?"
    r"(?:chier|suer|ch)|casse\w* les|prend\w* la tete|prise de tete|pomp\w* l air|les boules"
    r"|penibles?|lourds?|relous?|chiants?|usants?|agac\w*|enerv\w*|insupport\w*|envahi\w*"
    r"|intrusi\w*"
    r"|harcel\w*|spamm\w*|derang\w*|reveill\w*|stress\w*|angoiss\w*|pollu\w*|fatigu\w*|bombard\w*"
    r"|inond\w*|inutiles?|useless|annoy\w*|irritat\w*|sick of|fed up|tired of|had enough|enough"
    r"|over it|harass\w*|bother\w*|pester\w*|bugg\w*|spamming|bombard\w*|invasive|intrusive"
    r"|unwanted"
    r"|unsolicited|nuisance|servent a rien|sert a rien|driving me|wak\w+ me|too many|too much"
    r"|trop de|trop d|pain in)"
)
_BROAD = tuple(
    re.compile(pattern)
    for pattern in (
        rf" {_ENOUGH} (?:\w+ ){{0,6}}?{_OURS}(?= )",
        rf" {_OURS} (?:\w+ ){{0,6}}?{_ENOUGH}(?= )",
        (
            r" (?:plus|aucun|jamais|non|sans|fini|finis|terminer?|zero|halte|no|never|done with"
            rf" |through with|without) (?:\w+ ){{0,4}}?{_OURS}(?= )"
        ),
        (
            rf" {_OURS} (?:\w+ ){{0,3}}?(?:non merci|c est non|ca suffit|stop|no thanks"
            rf"|no thank you)(?= )"
        ),
        (
            r" (?:besoin|envie|interess\w*|rien a (?:faire|foutre|cirer|battre)|m en (?:fous"
            r"|fiche|fout"
            r"|tape|moque|balance)|passe(?:rai)?(?: bien)? de|don t (?:care|need|want)"
            r"|dont (?:care|need"
            rf"|want)) (?:\w+ ){{0,4}}?{_OURS}(?= )"
        ),
    )
)
#: The same without a word of what: a person looks.
_EXASPERATED = re.compile(
    r" (?:vous (?:me|nous) (?:prenez|pompez|courez|saoulez|soulez|gonflez|cassez"
    r"|faites (?:chier|suer|ch)"
    r"|emmerdez|fatiguez|derangez|gavez|harcelez)|tu me (?:prends|saoules|gonfles|casses"
    r"|fais chier)"
    r"|prise de tete|plein le (?:dos|cul)|ras la casquette|la barbe|trop c est trop|y en a marre"
    r"|calmez vous|foutez|lachez|lache|you are annoying|you re annoying|get lost|go away"
    r"|give it a rest"
    r"|knock it off|cut it out|not again|encore vous|(?:pas|plus|jamais|aucun) besoin (?:qu on"
    r"|que (?:vous|l on)|de (?:vous|conseils?|vos|lecons?|ca)"
    r"|d etre|d aide|d infos?)|garde[zr]? les|autre chose a faire|(?:seulement|uniquement|only"
    r"|just|que) (?:les |des |for |the |mes |my )?(?:rappels?|rdv|reminders?|appointments?)"
    r"|reported|lecons? de morale"
    r"|(?:sais|connais) deja tout"
    r"|(?:ecri\w*|envoy\w*|contact\w*|text\w*) (?:\w+ ){0,2}?(?:sans (?:arret|cesse|stop)|non stop)"
    r"|bloquee?s? $)(?= |$)"
)


def is_broad(sentence: str) -> bool:
    """A no and our messages, in whatever words; what else is said may explain it."""
    return any(pattern.search(sentence) for pattern in _BROAD)


def is_exasperated(sentence: str) -> bool:
    """Somebody has had enough, and doesn't say of what."""
    return _EXASPERATED.search(sentence) is not None


def is_refusal(sentence: str) -> bool:
    """As clear as a verb of leaving."""
    return any(pattern.search(sentence) for pattern in _SURE)
