"""A no that goes no farther than an hour, a day, another channel or another thing than ours.

``Ne m'appelez pas avant 14h``, ``n'envoyez pas l'ambulance``, ``ne m'oubliez pas``: nobody leaves
by them. They are taken out of a sentence before it is weighed; what is said beside them counts.
"""

import re

from scheduler.domain.hearing import care, context
from scheduler.domain.hearing.objects import SURE
from scheduler.domain.hearing.reading import several

_NO = r"(?:plus|pas|jamais|surtout pas|pas encore)"
_WHOM = r"(?:m|me|nous|lui|leur|l|les|la|le)"
#: Writing, sending, calling: in an order, and after ``de ne pas``.
_DO = (
    r"(?:envo[iy]\w*|renvo[iy]\w*|ecri[vstr]\w*|contact\w*|recontact\w*|derang\w*|appel\w*"
    r"|rappel(?:ez|er|le|les|lez)|telephon(?:ez|er)|joi(?:gn\w*|ndre)|adress(?:ez|er|e|es)|sollicit\w*"
    r"|relanc(?:ez|er|e|es)|prev(?:enez|enir|iens)|reveill\w*)"
)
_HEAD = (
    rf" (?:(?:ne |n )?(?:{_WHOM} )?{_DO} (?:moi |nous )?{_NO}"
    rf"|(?:ne |n )?{_NO} (?:{_WHOM} )?(?:en )?{_DO}"
    rf"|(?:veu\w*|souhait\w*|desir\w*|voudrais) {_NO} (?:qu on |que vous )?(?:{_WHOM} )?"
    rf"(?:recevoir|avoir|etre {_DO}|{_DO}))"
)
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|week end|weekend|we)s?"
_TIME = (
    r"(?:avant(?! que)|apres(?! ca)|pendant|durant|entre \d|demain|apres demain|aujourd hui"
    r"|ce matin|ce soir|ce midi"
    r"|cet (?:aprem|apres)\w*|cette (?:semaine|nuit|apres)|maintenant (?:je|j)"
    rf"|(?:(?:pour )?(?:le |les |ce )?{_DAY})|(?:le|les) (?:matins?|midis?|soirs?|nuits?|apres"
    r"|jours? feri\w*)|la (?:nuit|journee)|(?:en |dans la )?(?:matinee|journee|soiree)"
    r"|a \d+ ?h?\w*|a midi|a minuit|\d+ ?h\w*|si (?:tot|tard)|trop (?:tot|tard)|aussi (?:tot|tard)"
    r"|au (?:reveil|milieu de la nuit)|tout de suite (?:je|j)|jusqu \w+|quand|en (?:vacances"
    r"|reunion|consultation))"
)
_PLACE = (
    r"(?:(?:sur|a|au) (?:le |la |mon |ma |notre )?(?:fixe|telephone fixe|ligne fixe|bureau|travail"
    r"|boulot|domicile|maison|poste|ancien(?:ne)? (?:numero|ligne|adresse|mail|portable)"
    r"|(?:numero|mail) (?:du |de la |de mon |fixe)(?:\w+)?|telephone (?:du|de la|de mon) \w+)"
    r"|(?:par|via|sur) (?:le |la |l |mon |ma |cette |cet )?(?:mails?|emails?|courriels?|courriers?"
    r"|la poste|postale?|telephone fixe|telephone(?! portable)|fax|adresse|boite|messagerie"
    r"|repondeur|whatsapp|messenger|internet|doctolib)|a (?:cette|cet|mon|l|ma|notre|son) "
    r"(?:ancienne )?(?:adresse|email|mail|boite)|chez (?:moi|mes|ma|mon|nous)"
    r"|en (?:anglais|francais|arabe|espagnol|rea\w*|chirurgie|radio\w*|salle|ambulance|taxi|ville))"
)
#: Of ours, and words that name nothing else: whoever refuses these refuses us.
_OURS = (
    rf"(?:{SURE}|sms|messages?|mails?|emails?|ca|sa|cela|rien|infos?|informations?|tout|trucs?"
    r"|betises|propagande|saletes?|choses?|communications?|salades|conneries|merdes?|ce genre"
    r"|numeros?|portables?|mobiles?|telephones?|ligne|contacts?"
    r"|campagne|autres?|nouveaux|tels?|quoi que|jamais|un seul|l[ae] moindre|moindre|seule?|conseil"
    r"|programme|aucun\w*|plus"
    r"|personne|06|07)"
)
#: A thing or a person with its article; not ``vos``, which are ours whatever they are called.
_THING = (
    rf"(?:(?:l|la|le|les|une?|d|de l|de la|de|des|du|mon|ma|mes|a mon|a ma|a l|a la|au|a)"
    rf" (?!(?:{_OURS}|vos|ces|tes|vous|toute?s?|ce|cette|cet|votre|moi|nous|plusieurs|force|suite"
    rf"|part|nouveau)(?= ))(?P<thing>\w+))"
)
_NARROW = re.compile(
    rf"{_HEAD} (?:(?:de |des |d |un |vos |le |les )?(?:{SURE}|message)(?= {_TIME} (?!ni ))"
    rf"|{_PLACE}|{_TIME}|{_THING})(?= (?!par (?:sms|textos?) ))"
)
#: ``Pas de sms la nuit``.
_NOT_THEN = re.compile(rf" pas (?:de |d )(?:{SURE}|messages?)(?= {_TIME} (?!ni ))")
#: Forgetting is never leaving, where it is refused or complained of.
_FORGOTTEN = re.compile(
    r" (?:(?:ne |n )?(?:m |nous |me |l |les |la |le )?oubli\w* (?:surtout )?(?:pas|plus|jamais)"
    r"|(?:ne )?(?:pas|plus|jamais|sans|surtout) (?:m |nous |me |l |les |la |le )?oubli\w*"
    r"|(?:vous|tu|on|il|elle|ils|elles|personne|medecin|infirmiere|secretaire|taxi|ambulance)"
    r" (?:ne )?(?:m |nous |me )(?:a |avez |as |ont |aurez |auriez )?oubli\w*)"
    r"(?: (?:de |d )(?:m |me |nous |lui |leur )?(?:envoyer|ecrire|contacter|rappeler|adresser"
    r"|prevenir|recontacter))?(?= )"
)
#: Objected to, and not ours.
_OBJECTED = re.compile(
    r" (?:m oppose|m opposer|m y oppose|oppos\w*|opposition) (?:a l |a la |au |aux |a ce |a cette"
    r" |a mon |a ma |a son |a sa |a un |a une |a )"
    rf"(?!(?:\w+ ){{0,3}}?(?:{SURE}|messages?|donnees|numero|coordonnees|prospect\w*|fichier\w*)"
    r"(?= ))(?:transf\w*|partage|communication|transmission|sortie|oper\w*|interven\w*|don|dons"
    r"|autops\w*|greffe|soins?|trait\w*|prelev\w*|exam\w*|vaccin\w*|hospit\w*|consult\w*"
    r"|ouverture|acces|deplacement|changement|placement|tutelle|curatelle|acharnement"
    r"|transfus\w*|anesth\w*|report|annulation|visites?|decision|facture\w*|presence|essai"
    r"|etude)(?= )"
)


def without_narrow(sentence: str) -> str:
    """A sentence without its narrow refusals."""
    for pattern in (_FORGOTTEN, _OBJECTED, _NARROW, _NOT_THEN):
        sentence = pattern.sub(" …", sentence)
    return sentence


def plain(sentence: str) -> str:
    """A sentence without whatever in it only sounds like leaving."""
    return context.without_going_on(care.without_sayings(without_narrow(sentence))[0])


def is_narrow(sentence: str) -> bool:
    """There is one in it, of something that is known not to be ours: else a person looks."""
    rest = sentence
    for pattern in (_FORGOTTEN, _OBJECTED, _NOT_THEN):
        rest = pattern.sub(" …", rest)
    things = [found["thing"] for found in _NARROW.finditer(rest)]
    known = all(one is None or one in _NOT_OURS or care.is_care(f" {one} ") for one in things)
    return known and (bool(things) or rest != sentence)


_NOT_OURS = several(
    "ambulance ambulances taxi taxis convocation convocations courrier courriers lettre lettres"
    " colis employeur kine"
    " infirmiere brancardier aumonier questionnaire questionnaires devis papier papiers formulaire"
    " repas plateau ambulancier pompiers police samu maison hopital interprete"
)
