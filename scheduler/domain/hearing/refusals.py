"""Refusals without a verb of leaving: not interested, leave me alone, the law's own words."""

import re

_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        # Not wanted, with or without manners.
        (
            r" (?:pas|plus|point|nullement|aucunement) (?:du tout |vraiment )?(?:interess\w*"
            r"|interess?e\w*)(?= (?!par (?:le|la|l|un|une) ))"
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
            r" (?:m oppose|m opposer|je m y oppose|droit d opposition|faire opposition)"
            r" (?!(?:a l |a la )(?:op|inter|sortie|transf))"
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


def is_refusal(sentence: str) -> bool:
    """As clear as a verb of leaving."""
    return any(pattern.search(sentence) for pattern in _SURE)
