"""What one sentence says with the one before it: « Assez ? Objet : RETRAIT. »

A way out is a wish to leave and somebody to tell it to, wherever each of them stands; a request for
a secret may name it first and ask for it next (« Votre mot de passe est-il sûr ? Donnez-le-nous.
        »).
Patterns over plain text (``rules_voice.plain``), one a half: whichever order they stand in.
"""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_OURS = r"(?:la |notre |cette |ces |nos |cet |ce |les |l'|vos |votre )"
_SENT = (
    r"(?:envois?|messages?|courriels?|rappels?|conseils?|lettres?|infolettres?|newsletters?|sms"
    r"|series?|abonnement|inscription|diffusion|campagne|mails?|e-mails?|textos?|astuces?"
    r"|communications?|bulletins?|listes?|informations|infos|nouvelles|abonnes|destinataires"
    r"|fichiers?|agenda|rubrique|chronique)"
)
_LEAVE = (
    re.compile(
        r"\bvous (?:souhaitez|voulez|preferez|desirez) (?:arreter|en rester la|sortir|partir"
        r"|quitter"
        r"|ne plus|vous en aller|cesser)\b|\benvie d'arreter\b|\btrop de (?:messages|courriels"
        r"|mails|lettres|conseils|sms) ?\?|\b(?:les notres|nos envois|nos messages) ?\?"
    ),
    re.compile(
        r"\bne (?:plus|pas|jamais) (?:rien |les |la |le |en |nous |vous |y |jamais )?(?:souhaiter "
        r"|vouloir )?(?:recevoir|lire|entendre|figurer|apparaitre|voir (?:arriver|passer)"
        r"|etre (?:contact|preven|derang|sollicit|destinataire|inscrit|abonn|importun|relanc"
        r"|inform)\w*)"
        r"|\bne (?:recevoir|recevrez|recevez) (?:plus|aucun)"
        r"|\bne (?:voul|veu|souhait|desir)\w+ (?:plus|pas)(?: [a-z']+){0,3} (?:recevoir|lire|nos"
        r"|ces"
        r"|cette|etre|figurer|message|messages)"
        r"|\bne plus (?:etre|figurer|faire partie)\b|\bno longer (?:want|wish)"
        r"|\bdon't want (?:these"
        r"|this|them|any|to)\b|\b(?:be|get) removed\b|\btake you off\b|\bleave the list\b"
        r"|\bprefer\w+ (?:le silence|ne plus|ne pas|en rester)"
        r"|\bn'en (?:voul|veul|veu|recev)\w+ (?:plus|pas)"
        r"|\b(?:en avez|avez-vous|vous etes|etes-vous) (?:assez|marre|lasse\w*"
        r"|fatigue\w*)(?! (?:de temps|d'espace))"
        r"|\b(?:cela|ca|ceci|que cela|que ca|qui cela) (?:n'interess|ne concern"
        r"|n'amus)\w+ (?:pas|plus"
        r"|guere)|\A\W*pour (?:arreter|en finir|cesser|stopper|en sortir|sortir|partir"
        r"|quitter)(?= ?[,:])"
        r"|\b(?:pour|voulez|souhaitez|preferez|desirez) (?:sortir|partir|quitter"
        r"|en sortir)(?=[.!]?\W*\Z)|\bnous quitter\b"
    ),
    re.compile(
        r"\b(?:(?:me|se|vous|te|nous|s') ?)?(?:desinscri|desabonn)\w*"
        rf"|\b(?:votre|un) (?:refus|retrait|desabonnement)\b"
        rf"|\b(?:depart|sortie|retrait|disparaitre) (?:de |d'){_OURS}?{_SENT}\b"
        rf"|\b(?:quitt\w+|sortir|sortez|retir\w+|ray\w+|radi\w+|enlev\w+|supprim\w+|ot(?:er|ez))"
        rf"(?: [a-z']+){{0,3}} (?:de |d')?{_OURS}?{_SENT}\b"
        rf"|\b(?:arret\w*|stopp\w*|cess\w*|interromp\w*|suspend\w*|fin a|terme a|refus\w*)"
        rf"(?: [a-z']+){{0,3}} {_OURS}{_SENT}\b"
        r"|\bcontinuer a (?:les |nous |en )?(?:recevoir|lire)|\b(?:etre|soyez|serez|seriez)"
        r" (?:retire|raye|radie|enleve|efface)\w{0,2}\b|\bles (?:arreter|stopper)\b"
        r"|\bto stop (?:these|the|our|receiving|this)\b|\bopt[- ]?out\b|\bunsubscribe\b"
        r"|\bstop receiving\b"
    ),
    re.compile(
        r"\b(?:plus|pas) (?:envie|besoin|le temps|interesse\w*) (?:de |d'|par )?(?:nous |les )?"
        r"(?:lire|recevoir|ces|nos|etre|cette)"
        r"|\b(?:pas|plus) interesse\w*|\A\W{0,4}(?:assez|stop|trop|trop souvent|marre|lasse\w*"
        r"|lassitude|merci mais non|non merci) ?\?"
        rf"|\b(?:trop|assez|marre|lasse\w*|ras-le-bol) (?:de |d'){_OURS}?{_SENT}\b"
        rf"|\b(?:{_SENT}|serie|nous)(?: [a-z]+){{0,3}} vous (?:lass|ennui|gene|agac|derang|fatigu"
        rf"|importun|encombr|pes)\w+"
        r"|\b(?:cela|ca|ceci|lettres?|envois?|messages?|conseils?|rappels?|rythme|serie|sms"
        r"|courriels?|sujets?|infos?)(?: [a-z]+){0,2} ne vous (?:convien|interess|plai|concern"
        r"|appor|parl|tent|dit)\w*"
        r"|\b(?:laisserons|laissera|laisser) tranquilles?\b|\bn'insister(?:ons|a) pas\b"
        r"|\b(?:nous|on) (?:cess|arret)er(?:ons|a)\b|\bplus de (?:nos|mes) nouvelles\b"
        r"|\bn'entendrez plus\b|\bpreferez (?:ne |vous |en rester|le silence)"
        r"|\b(?:vous|les) (?:effacer|supprimer|desinscrir|desabonner)(?:ai|ons|a|ont)\b"
        r"|\bl'(?:enlever|retirer|effacer|supprimer|oublier)(?:ai|ons|a|ont)\b"
        r"|\b(?:vous|l'|les) (?:enlever|retirer|rayer|oter|radier|oublier)(?:ai|ons|a|ont)\b"
    ),
)
_MEANS = re.compile(
    r"\b(?:repond(?:ez|re|ant|u)|ecri(?:vez|re|vant|t)|appel(?:ez|er|ant)|telephon(?:ez|er|ant)"
    r"|(?:r?envoy|adress|signal|contact|coch|demand|depos|sign|bloqu|class|inform|gliss|retourn"
    r"|laiss|declar|notifi|precis|indiqu|transfer|marqu|cre|jet|filtr|sonn|mentionn|sollicit|ray"
    r"|barr)(?:ez|er|ant)"
    r"|tell|phone|email|e-mail us|ring|le disent(?= a)|en retour|par retour|ignorez|telephonant"
    r"|le dit(?= a)|preven(?:ez|ir|ant)|rempli(?:ssez|r)|dites(?:-le)?|le dire|faites-le savoir"
    r"|faites(?:-nous)? signe"
    r"|mettez-nous|presentez-vous|passez (?:au|a|par|voir|nous)|venez|tap(?:ez|er)|en passant"
    r"|en allant|en venant"
    r"|rendez-vous (?:au|a la|a l')|(?:il )?suffit (?:de|d')|objet|reponse"
    r"|(?:un|une|par) (?:simple |petit |petite |bref |court |seul )?(?:mot|mail|courriel|e-mail"
    r"|message|coup de fil|appel|texto|sms|lettre|courrier|ecrit|telephone|retour|fax|visite"
    r"|non|stop)|courrier postal|aupres d[eu']|formulaire|coupon|bulletin(?! de)|secretariat"
    r"|standard|guichet|case|croix|voyez avec|voir avec|reply|write to|call us|contact us)\b"
)
#: The program's own way out is told of, or another's letters.
_ELSE = re.compile(
    r"\b(?:lien|bouton|au pied|en bas|bas de|pied de|tout en bas|preferences|un clic|d'un clic"
    r"|page d['e]|inconnue?s?|escrocs?|faux|fausses?|arnaqu\w+|demarchage|bloctel|publicit\w+|pubs?"
    r"|pieges?|recherche|operateurs?|enseignes?|boutiques?|marchands?|commerciale?s?|reseaux"
    r"|application|appli|reunion|atelier|rendez-vous|rdv|questionnaire|sondage|notifications"
    r"|applis|compte|session|banque|vaccin\w*|soins?|traitement)\b|\bwww\b"
)
_SECRET = re.compile(
    r"\b(?:nom de (?:jeune fille|naissance)|premier animal|ville (?:de naissance|ou vous)"
    r"|prenom de votre (?:mere|grand-mere)|(?:votre|vos|le|un|ce) (?:mots? de passe|codes?"
    r"|identifiants?|rib|iban|cryptogramme)"
    r"|question secrete|votre numero de (?:carte|securite sociale))\b"
)
_HANDED = re.compile(
    r"(?:\A|[:,;] )\W*(?:puis |alors |et |merci de |veuillez )?(?:donn|dict|communiqu|envoy|confi"
    r"|laiss|recopi|tap|saisiss|entr|inscriv|report|renseign"
    r"|not|partag|transfer|adress|precis|transmett|rappel|indiqu|lis|dit|ecriv|remett|fournis"
    r"s|repet)(?:ez|es)-(?:(?:le|la|les)(?:-(?:nous|moi|lui))?\b|(?:nous|moi) (?:le|la"
    r"|les) (?:votre"
    r"|vôtre|votres)\b)"
)
_YOURS = re.compile(r"\b(?:votre|vos) (?:mots? de passe|codes?|identifiants?|rib|iban)\b")
#: Where one's own stays with oneself.
_KEPT = re.compile(
    r"\b(?:carnet|coffre|chez vous|a la maison|papier|a l'abri|vous-memes?|site officiel|tiroir"
    r"|sur le site|gestionnaire|quelque part|en lieu sur|a personne|jamais|rangez|jauge)\b"
)


#: Asked for by its place alone: « Votre mot de passe est-il drôle ? Racontez-nous le vôtre. »
_LIKEWISE = re.compile(
    r"\b(?:racont|envoy|montr|confi|donn|partag|dict|livr)ez-(?:le-|la-|les-)?nous (?:le|la|les"
    r"|une? photo"
    r"|une copie|votre|vos)?\b|\b(?:le|la|une?) (?:copie|photo"
    r"|liste)[^.!?\n]{0,20} nous (?:ferait|aiderait"
    r"|interesse|serait)|\btell us what (?:it|yours) is\b|\b(?:send|show|share) (?:us|it with us)\b"
    r"|\brepondez-nous\b|\bayez-(?:le|la|les) sous la main\b"
)
_A_SECRET = re.compile(
    r"\b(?:mots? de passe|mot secret|phrase secrete|codes? (?:de secours|secrets?|pin|recu)"
    r"|code par sms"
    r"|(?:phone|door|secret) code|password|pin|premier (?:animal|chat|chien|amour)"
    r"|nom de jeune fille)\b"
)
#: What happened to it is told, not the secret.
_HAPPENED = re.compile(
    r"\b(?:vol\w+|perd\w+|oubli\w+|fuit\w+|cliqu\w+|avez donne\w*|saisi\w*|tape\w*|bloqu\w+"
    r"|expir\w+"
    r"|lost|stolen|forgot\w*|leaked)\b"
)


def said_together(passage: Passage) -> Iterator[Finding]:
    """A body: each sentence, and with the one before it."""
    words = rules_voice.ADDRESS.sub(rules_voice.blank, rules_voice.own_words(passage.text))
    own = rules_voice.plain(words)
    before, told = "", False
    for start, sentence in rules_voice.sentences(own):
        at = None if told else _way_out(before, sentence)
        if at is not None and rules_weighing.backed(
            passage, "way-out", start + at, start + len(sentence)
        ):
            told = True
            yield passage.finding("way-out", start + at, _WAY_OUT)
        found = _HANDED.search(sentence)
        likewise = _LIKEWISE.search(sentence)
        if likewise and _A_SECRET.search(before) and not _HAPPENED.search(before):
            found = likewise
        named = found and (
            (found is likewise)
            or _SECRET.search(before)
            or _YOURS.search(sentence[: found.start()])
        )
        excused = rules_voice.reports(before, len(before)) or _KEPT.search(sentence)
        if (
            named
            and not excused
            and rules_weighing.backed(passage, "secret-in-text", start, start + len(sentence))
        ):
            yield passage.finding("secret-in-text", start, "le texte demande ce secret")
        before = sentence if sentence.strip() else before


#: « Un simple FIN en retour », « un 0 en réponse », « reply “no thanks” »: the sentence alone.
_BACK = re.compile(
    r"\b(?:un|une|votre|simple) (?:simple |petit |seul )?(?:fin|non|stop|0|9|zero|croix"
    r"|pouce(?: [a-z]+){0,3}"
    r"|refus|retrait|sortie) (?:en|par) (?:retour|reponse)\b"
    r"|\b(?:tapez|envoyez|repondez|renvoyez) (?:[0-9]|non|fin|stop|retrait|sortie)\b[^.!?\n]{0,30}"
    r"\b(?:sortir|arreter|quitter|partir|retour|reponse|cesser|stopper)\b"
    r"|\breply\b[^.!?\n]{0,40}\b(?:take you off|remove you|off the list)\b"
    r"|\bvous (?:voulez|souhaitez|preferez) partir\b|\bcomprendrons que\b"
)
_WAY_OUT = "le texte donne une façon d'arrêter faite à la main"


def _way_out(before: str, sentence: str) -> int | None:
    """Where it stands in ``sentence``; None when it isn't one."""
    if _ELSE.search(sentence):
        return None
    if back := _BACK.search(sentence):
        return back.start()
    wish, means = _wish(sentence), _MEANS.search(sentence)
    if wish and means and not (wish.start() <= means.start() < wish.end()):
        return min(wish.start(), means.start())
    if not means or rules_voice.forbids(sentence, means.start()) or _NOT.search(sentence):
        return None
    if _wish(before) and not _ELSE.search(before):
        return means.start()
    return None


def _wish(sentence: str) -> re.Match[str] | None:
    return next((found for one in _LEAVE if (found := one.search(sentence))), None)


#: Forbidden, or said by somebody else.
_NOT = re.compile(r"\b(?:raccrochez|supprimez|effacez)\b")
