"""Told off: nothing more on this line, no need to send, the police, and what is said in anger."""

import re

from scheduler.domain.hearing.objects import LISTS, SURE, TO_WRITE

_LINE = (
    r"(?:(?:sur|a|vers|to|on|at) (?:ce|mon|cette|ma|notre|this|my) (?:numero|telephone|portable"
    r"|ligne|mobile|number|phone|cell|line))"
)
_OFTEN = (
    r"(?:svp|stp|merci|please|pls|plz|la|maintenant|vraiment|mdr|lol|ptdr|moi|nous|s il|vite|de"
    r" suite|tout de suite|bordel|putain|un peu|avec|wesh|frere|gros|bro|now|ca|sa|tout|ok"
    r"|enfin|ou"
    r"|sinon|immediatement|already|bitte|donc)"
)
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        # Nothing more on this telephone; no need to send.
        (
            rf" (?:plus rien|rien|plus jamais|jamais plus|nothing|nothing more|no more"
            rf"|plus) (?:\w+ ){{0,3}}?{_LINE}(?= )"
        ),
        (
            r" (?:plus|pas|inutile|aucun|aucune|no|sans) (?:la |du tout la )?(?:peine|besoin"
            r"|utilite"
            rf"|necessaire|need|point|use|interet)(?: (?:de|d|a|to|of|in|for|que vous"
            rf"|you))? (?:\w+ ){{0,3}}?(?:{TO_WRITE}"
            r"|envoyiez|send|sending|text|texting|message|messaging|contact|contacting|write)(?= )"
        ),
        (
            rf" (?:plus|pas) (?:la )?(?:peine|besoin|envie|utilite) (?:de |d |a )?(?:vos|tes"
            rf"|ces) (?:\w+ )?{SURE}(?= )"
        ),
        rf" plus jamais (?:ca|cela|de ca|ces|vos|un)(?= (?:\w+ ){{0,2}}?(?:merci|svp|ni|{SURE}))",
        r" ni (?:sms|message|messages|texto|textos|mail|appel)(?= )(?=.{0,30} ni )",
        r" degage[zr]?(?= (?:$|de mon|de ma|d ici|de la|avec))",
        (
            r" (?:veux|veut|voulons|veulent) (?:pas|plus) (?:de |d )?(?:ca|sa|cela"
            r"|tout ca)(?= (?:$|svp|merci|la))"
        ),
        r" en (?:veux|veut|voulons) (?:plus|pas)(?= (?:$|svp|merci|du tout|de ca|de vos))",
        (
            r" (?:jamais|pas|never|not|didn t) (?:donne|communique|fourni|autorise|gave|give"
            r"|given|shared?)"
            r" (?:\w+ )?(?:mon|my|ce) (?:numero|number|portable|06)(?! (?:de|d|a) (?:carte"
            r"|compte|secu))(?= )"
        ),
        (
            r" vous (?:me|nous) (?:harcelez|spammez|saoulez|soulez|gonflez|emmerdez|gavez"
            r"|bombardez)(?= )"
        ),
        r" vous (?:me|nous) (?:faites|cassez|prenez) (?:chier|suer|les|la tete)(?= )",
        (
            r" vous pouvez (?:m |me |nous |tout )?(?:arreter|stopper|cesser|retirer|rayer|enlever"
            r"|supprimer|oublier|desabonner|desinscrire|laisser tomber)(?= (?:$|maintenant"
            r"|merci|svp|avec"
            r"|les|vos|ces|l envoi|la|de m))"
        ),
        (
            r" (?:combien de fois|how many times) (?:\w+ ){0,5}?(?:dire|repondre|ecrire"
            r"|demander|envoyer"
            r"|mettre|taper|say|text|tell|ask|reply|type) (?:\w+ ){0,3}?(?:stop|arret\w*"
            r"|cesser)(?= )"
        ),
        (
            r" (?:arretez|arrete|stoppez|stop|cessez) (?:vos|tes) (?!(?:med|trait|exam|soin|anti"
            r"|seance|visit))\w+(?= )"
        ),
        (
            r" (?:a|to be) (?:supprimer|retirer|enlever|rayer|effacer|desinscrire|desabonner"
            r"|removed"
            rf"|deleted) (?:de|du|des|d|from) (?:\w+ ){{0,2}}?{LISTS}(?= )"
        ),
        (
            r" (?:numero|contact|number|telephone) (?:est )?a (?:retirer|supprimer|enlever|effacer"
            r"|rayer)(?= )"
        ),
        r" (?:rien|plus|pas) recevoir(?= (?:$|de vous|de votre|par|sur|svp|merci|du tout))",
        (
            r" (?:pas|plus|rien|jamais|not|never) (?:par|by|via|en) (?:sms|textos?|text|texts"
            r"|message)"
            r"(?= )(?! (?:mais|que))"
        ),
        r" sor\w+ moi (?:de|d) (?:ca|votre|vos|tout ca)(?= )",
        r" (?:f|fk|fck|fuk|eff) off(?= )",
        (
            r" (?:merci|priere|svp|veuillez|faut|faudrait|pouvez vous|pourriez vous"
            r"|demande) (?:de |d )?"
            r"(?:bien vouloir )?(?:d |de )?(?:arreter|stopper|cesser)(?= (?:$|svp|merci|vite"
            r"|immediatement"
            r"|de suite|tout de suite|maintenant))"
        ),
        (
            rf" (?:retir\w*|enlev\w*|suppr\w*|effac\w*|remov\w*|delet\w*) (?:le |ce "
            rf"|the )?(?:\d+ ){{1,6}}(?:\w+ ){{0,3}}?{LISTS}(?= )"
        ),
        (
            r" (?:numero|ligne|telephone|portable|mobile) (?:\w+ ){0,6}?(?:le|la|l|les) (?:retirer"
            r"|supprimer|enlever|effacer|rayer|desinscrire)(?= )"
        ),
        r" (?:foutez|fous|fiche[zr]?) le camp(?= )",
        (
            r" (?:cassez vous|casse toi|allez vous faire|va te faire|vtff|vtf|shut up|go away"
            r"|ta gueule|vos gueules)(?= )"
        ),
        (
            r" (?:veux|veut|souhaite|voudrais|voulons|desire) (?:plus |pas )?rien(?= (?:$|svp"
            r"|merci|de vous|du tout|recevoir))"
        ),
        r"(?:^| veux| voulons| envoyez| envoie| envoies) plus rien(?= (?:(?:svp|stp|merci) )?$)",
        r" leave (?:me|us|my \w+) alone(?= )",
        r" (?:do not|don t|dont) (?:send|text|contact|message)(?= (?:(?:please|pls|thanks) )?$)",
        (
            r" (?:no longer|not|don t|do not) (?:wish|want) to (?:receive|get)(?= (?:$|any|these"
            r"|this|your|it|them|sms|text))"
        ),
        r" i object(?= (?:$|to))",
        r" no need (?:for|of) (?:these|this|your|any|more|them|it|further)(?= )",
        r" spare (?:me|us)(?= )",
        r" (?:saisir|saisis|signale\w*|plainte) (?:\w+ ){0,2}?(?:la )?cnil(?= )",
        r" reported (?:as spam|you|this|it as)(?= )",
        (
            r" (?:plus|pas) besoin de (?:vos|ces|tes) (?:infos?|informations?|messages?"
            r"|conseils)(?= )"
        ),
        (
            r" (?:trop|too many|beaucoup trop) (?:de |d )?(?:sms|textos|messages|texts|notifs"
            r"|notifications|envois|alertes)(?= (?:$|svp|merci|de votre part|stop|please))"
        ),
        (
            r" vous etes (?:des |un |vraiment |trop )?(?:spammeurs?|spammers?|harceleurs?|lourds?"
            r"|penibles?|relous?|chiants?)(?= )"
        ),
        (
            r" (?:pas|aucun) (?:le )?droit (?:d |de )(?:\w+ )?(?:utilis\w*|m ecrire|m envoyer|me"
            r" contacter|me deranger)(?= )"
        ),
        r" garde[zr]? les(?= (?:$|pour vous|pour toi))",
        (
            r" (?:sans facon|tres peu pour moi|pas preneu\w*|bloctel|liste rouge|knock it off"
            r"|quit it)(?= )"
        ),
        r" (?:give it a rest|couldn t care less|no use to me|right to object|not disturb)(?= )",
        r" (?:pas l|aucune|no) (?:utilite|interest)(?= (?:$|pour|in|svp|merci|thanks|a))",
        (
            r" (?:jamais|never|pas|didn t|not) (?:\w+ )?(?:demande|inscrite?|abonnee?|souscrit"
            r"|subscribed"
            r"|signed|sign|subscribe|agreed|asked|ask|consented)(?= (?:$|up|ca|a ca|for"
            r"|to this|to these"
            r"|in|rien|ces|vos|a vos|a ces))"
        ),
        (
            r" (?:mets|met|mettre|classe) (?:\w+ ){0,2}?(?:en |dans les |in )?(?:indesirables?"
            r"|spams?|liste"
            r" noire)(?= )"
        ),
        r" vous (?:etes|serez|allez etre) bloque\w*(?= )",
        r" votre numero (?:\w+ ){0,2}?bloque\w*(?= )",
        (
            r" vous (?:saturez|remplissez|encombrez|bombardez|inondez|polluez) (?:mon|ma|le|la"
            r"|ma)(?= )"
        ),
        r" (?:complain|complaining|complaint) (?:\w+ ){0,4}?(?:cnil|ico)(?= )",
        r" (?:rgpd|gdpr|article 21|donnees) (?:\w+ ){0,6}?(?:oppose|opposition|object)(?= )",
        # The law and the police.
        (
            rf" (?:opposition|oppose|refus|objection|object"
            rf"|droit d opposition) (?:\w+ ){{0,3}}?(?:a|aux|au|de|des|to|against)"
            rf" (?:\w+ ){{0,4}}?{SURE}(?= )"
        ),
        (
            r" (?:plainte|cnil|avocat|police|gendarmerie|signal\w*|lawyer|complaint|report|sue"
            r"|ico)"
            r" (?:\w+ ){0,4}?(?:si|if|sinon) (?:\w+ ){0,4}?(?:recois|continu\w*|encore|envoy\w*"
            r"|receive|get|another|keep|again|text\w*|ecriv\w*|contact\w*)(?= )"
        ),
        (
            r" (?:si|if) (?:\w+ ){0,4}?(?:recois|continuez|continue|envoyez|ecrivez|receive|get"
            r"|another|keep) (?:\w+ ){0,6}?(?:plainte|cnil|avocat|police|signale\w*|lawyer"
            r"|complaint|report|bloque|block|sue|ico)(?= )"
        ),
        (
            r" (?:harcelement|harassment|harassing|spamming|spam) (?:\w+ ){0,8}?(?:plainte|cnil"
            r"|vos|ces|sms|messages|textos|your|texts|stop\w*|arret\w*|cess\w*)(?= )"
        ),
        # Told to a person's face.
        rf" (?:arrete[szr]?|ar+et+e[szr]?|cesse[zsr]?|stoppe[zsr]?) (?:{_OFTEN} ){{1,4}}$",
        (
            r" (?:arrete[szr]?|cesse[zsr]?|stoppe[zsr]?) (?:svp|stp|s il (?:vous|te) plait"
            r"|please|merci)"
            r" (?:\w+ )?(?:tu|vous|je|on|c|ca|j)(?= (?!pren|suis))"
        ),
        (
            r" (?:allez|pouvez|voulez|pourriez|va|vas|veux|peux)(?: vous| tu)? (?:bien )?(?:me"
            r"|nous) (?:l[aâ]cher|laisser|foutre|ficher)"
            r"(?= (?:$|oui|un peu|la paix|la|tranquille|enfin|les|avec|maintenant|svp|bordel))"
        ),
        r" (?:lach\w*) (?:l affaire|moi la|moi les|nous la|nous les|moi un)(?= )",
        r" (?:passe[zr]?|change[zr]?) (?:moi )?(?:votre|ton|de) (?:chemin|cible|numero de)(?= )",
        (
            r" (?:epargne[zr]?|dispense[zr]?) (?:moi|nous)(?= (?:de |d )?(?:vos|ces|tes|les|ca"
            r"|cela"
            r"|ce genre))"
        ),
        (
            r" (?:peux|veux|voudrais|aimerais|pouvoir|souhaite\w*|puis je|comment|possible de"
            r"|faire pour)"
            r" (?:\w+ ){0,4}?(?:me debarrasser|echapper|m en debarrasser|etre tranquille"
            r"|sortir de la"
            r"|me sortir|quitter ce|quitter cette|quitter le groupe|quitter la)(?= )"
        ),
        (
            r" (?:efface[zr]?|supprime[zr]?|retire[zr]?|enleve[zr]?|raye[zr]?"
            r"|ote[zr]?) (?:\w+ ){0,2}?"
            r"(?:06|07|0[67]\d*|telephone|numero|mobile|portable|coordonnees|nom)"
            r" (?:\w+ ){0,2}?(?:de|du|des|dans|sur) (?:vos|votre|la|le|l|ce|cette|ces|tes)(?= )"
        ),
        (
            r" (?:unwilling|not willing|prefer not|rather not|would rather not|wish not|refuse"
            r"|decline)"
            rf" (?:\w+ ){{0,3}}?(?:receive|get|be contacted|hear from|be on|be texted|{SURE})(?= )"
        ),
        r" (?:hear|hearing|heard) from you (?:again|any ?more|ever)(?= )",
        r" (?:don t|dont|do not|never|not) (?:\w+ ){0,2}?(?:hear|hearing) from you(?= )",
    )
)


def is_told_off(sentence: str) -> bool:
    """``Plus rien sur ce téléphone``, ``vous allez me lâcher``, ``je saisis la CNIL``."""
    return any(pattern.search(sentence) for pattern in _SURE)
