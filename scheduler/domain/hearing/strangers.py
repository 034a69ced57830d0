"""A number that isn't the person's, or whose holder has died."""

import re

from scheduler.domain.hearing.names import NAMES

_WHO = (
    r"(?:numero\w*|num|nums|tel|telephone|personne|destinataire|interlocut\w*|correspondant\w*"
    r"|contact|number|person|guy|lady|recipient|phone)"
)
#: A house of business answers.
_HOUSE = (
    r"(?:garage|restaurant|pizzeria|boulangerie|mairie|ecole|societe|cabinet|entreprise|magasin"
    r"|pharmacie|coiffeur|salon|hotel|boutique|menuiserie|plomberie|agence|bar|cafe|college|lycee"
    r"|creche|fleuriste|boucherie|librairie|association|atelier|shop|office|school|bakery|store"
    r"|police|gendarmerie|caserne|company|business|pizza\w*|kebab|taxi\w*)"
)
#: The line has another holder now.
_NEW_HOLDER = re.compile(
    r" (?:(?:numero|ligne|number|line|telephone|portable|phone"
    r"|sim) (?:\w+ ){0,3}?(?:re)?(?:attribu\w*"
    r"|affect\w*|assigned|reassigned|allocated|recycled|recycl\w*)"
    r"|(?:changed|has new|new|another|different) (?:the )?(?:owner|hands|holder|user|proprietaire)"
    r"|change de (?:proprietaire|titulaire|main|mains|proprio)"
    r"|nouveau (?:titulaire|detenteur|proprio)|nouvelle (?:titulaire|proprietaire)"
    r"|(?:ancien|ancienne|old|former|previous|ex) (?:numero|ligne|number|telephone|portable"
    r"|phone|sim)"
    r" (?:de|d|du|of|a)|(?:his|her|their|s) (?:old|former|previous|ex) (?:number|phone|line|cell)"
    r"|(?:son|leur|sa) ancien(?:ne)? (?:numero|ligne|telephone|portable)"
    r"|previous owner|ancien (?:proprietaire|titulaire|abonne)"
    r"|n est plus (?:joignable|a|sur|au) (?:\w+ )?(?:ce|cette) (?:numero|telephone|portable|ligne)"
    r"|(?:not|no longer) (?:reachable|available|here) (?:on|at) this|plus (?:le|son"
    r"|sa) (?:numero|ligne"
    r"|telephone|portable) (?:de|a)|(?:a|ont|ai) (?:recupere|herite|repris|rachete) (?:\w+ )?(?:ce"
    r"|cette|son|sa|le|la) (?:numero|ligne|puce|sim|telephone|portable)"
    r"|(?:got|have|inherited|bought) (?:this|his|her|a) (?:new )?(?:number|phone|sim"
    r"|line)(?= (?:last"
    r"|recently|new|from|a |two|yesterday|this|only|just)))(?= )"
)
#: It is somebody else who reads.
_ANOTHER = re.compile(
    rf" (?:ici (?:\w+ ){{0,4}}?{_HOUSE}"
    rf"|(?:c est|this is|vous etes|vous appelez|vous ecrivez|you have reached|you ve reached"
    rf"|on est|nous sommes)"
    rf" (?:a |chez |au |chez )?(?:un |une |le |la |l |the |a |an )?{_HOUSE}(?! (?:du|de l"
    rf"|de la|from)"
    r" (?:chu|hopital|clinique))"
    r"|(?:numero|telephone|portable|number|phone) (?:de |of )?(?:\w+ ){0,7}?(?:pas|not) (?:de "
    r"|celui de |a |le |that of )?(?:m|mr|mme|monsieur|madame|mlle|mrs)(?= )|(?:sais"
    r"|sait) pas qui (?:c est|est) (?:cette|ce|la) (?:personne|dame|monsieur|femme|patient\w*)"
    r"|(?:ne|n|il|elle) (?:vit|habite|travaille|est) plus (?:ici|chez nous|a cette)"
    r"|belongs? to (?:someone|somebody|another|a different|me now)|(?:doesn t|does not|don t"
    r"|no longer) (?:have|has|use|uses|own|owns) this (?:number|phone|line|sim)|(?:devez|dois"
    r"|must|pensez|allez) (?:me |nous |surement )?(?:confondre|be confusing"
    r"|be mistaken"
    r"|vous tromper|faire erreur)|(?:me|nous) (?:confondez|confonds|prenez pour"
    r" (?:quelqu|un autre|une autre|mon|ma|m|mr|mme|madame|monsieur|le|la|l))"
    r"|not my name|(?:had|have) this number (?:for|since)|want (?:someone|somebody) else|(?:on"
    r"|nous) (?:ne )?(?:se|nous) connait pas|(?:mon nom|my name) (?:c est|est"
    r"|is) \w+ (?:et )?(?:pas|not)|pas de patient(?= $)|(?:numero|ligne|line"
    r"|number) (?:\w+ )?(?:d|de|of) (?:une? )?(?:entreprise|societe|ascenseur|commerce|magasin"
    r"|business|company)|(?:numero|portable|telephone|ligne|mobile) (?:est"
    r"|appartient) (?:\w+ )?a (?:ma|mon|notre|sa|son) (?:fils|fille|mari|femme|frere|soeur"
    r"|mere|pere|ex|neveu|niece|petit|petite|voisin\w*|cousin\w*|collegue)|(?:habite"
    r"|vit) plus (?:la|ici)|new (?:phone|number) who|(?:doesn t|does not|no longer) (?:live"
    r"|lives) here"
    r"|appartient (?:\w+ )?(?:a une?|a quelqu|plus|pas)|jamais ete (?:\w+ )?(?:patient\w*"
    r"|hospitalis\w*|soign\w*|client\w*|suivi\w*|chez vous"
    r"|opere\w*"
    r"|dans votre|salarie\w*|employe\w*)|(?:jamais|pas) (?:\w+ )?(?:mis les pieds|venu\w*|alle\w*)"
    r" (?:chez|dans|a|au|ici)(?: (?:vous|votre|cet|ce|l hopital|chu))"
    r"|never been (?:\w+ )?(?:to your|your|a patient|there|a client)|never (?:was|worked|went)"
    r"|(?:personne|nobody|no one) (?:\w+ ){0,2}?(?:s appelle|called (?!me|us|back|him|her"
    r"|my)\w+|named|by that name|de ce nom"
    r"|du nom)|(?:pas|aucun|aucune|no) (?:de |d )?\w+ (?:ici|a ce numero|at this number|here"
    r"|chez nous)"
    r"|qui est \w+ pas moi|who is \w+ not me"
    r"|(?:you re|you are|vous) (?:texting|writing|ecrivez|contactez) (?:\w+ )?(?:a )?(?:the wrong"
    r"|quelqu un d autre|someone else|somebody else|une inconnue|un inconnu|la mauvaise))(?= )"
)
#: In few words, by somebody whom we took for another.
_ONLY_NOT_ME = re.compile(
    r" (?:(?:c est|ce n est|etait|c etait|this is|that s|it s|it is|n est) (?:pas|not) (?:moi"
    r"|me|nous"
    r"|us|lui|elle|him|her)|(?:pas|not) (?:moi|me|elle|lui|him|her))(?= $)"
)
_OTHERS_DEED = re.compile(
    r" (?:(?:c est|it s|it was|that s|etait) (?:vous|toi|you|lui|elle|eux|him|her|them)"
    r"|qui (?:\w+ )?(?:avez|as|a|est|etes|ont|s|se)|(?:vous|toi|you|lui|elle|eux) (?:\w+ )?oui"
    r"|(?:mais|but|et|alors) (?:pas|not))(?= )"
    r"|^ (?:\w+ ){5,}?(?:pas|not) (?:moi|me|elle|lui|him|her) $"
)
_NOT_NAME = re.compile(
    r" (?:suis|m appelle|am|i m|im|est|is|\w+) (?:pas|not) (?:un |une |ce |cette |le |la )?(\w+)"
)
_WRONG = re.compile(
    r" (?:(?:the wrong|wrong|mauvais|mauvaise) (?:guy|john|monsieur|dame|man|woman|lady"
    r"|patient|patiente)"
    r"|got the wrong (?!date|time|day|dose|med|letter|appointment|room|clinic)\w+"
    r"|wrong(?= $)"
    r"|m appelle pas|name is(?: not|n t)|(?:celle|celui) que vous (?:croyez|cherchez"
    r"|pensez)|(?:confondez|confonds) (?:avec|moi)"
    r"|n (?:habite|vit|est) plus (?:ici|a cette adresse)|n a plus ce (?:numero|telephone"
    r"|portable)|jamais vu votre|pas ce (?:monsieur|patient)|pas cette (?:dame|personne"
    r"|patiente)"
    r"|d une (?:entreprise|societe|boulangerie|autre personne)|(?:numero|tel|telephone)"
    r" (?:de la|du|d un|d une) (?:boulangerie|garage|restaurant|entreprise|societe"
    r"|magasin|ecole|mairie)"
    r"|(?:meant|intended) for (?:someone|somebody|another)|for (?:someone"
    r"|somebody) else(?= $)"
    r"|not your patient"
    rf"|(?:mauvaise?|wrong|faux|incorrect|incorrecte?) {_WHO}"
    rf"|pas (?:(?:au|a|le|la|du) )?(?:bon|bonne|right|l bon) {_WHO}|not the right {_WHO}"
    rf"|(?:tromp\w*|erreur|error|mistake\w*|confond\w*) (?:\w+ ){{0,3}}{_WHO}"
    rf"|{_WHO} (?:est )?(?:errone\w*|incorrecte?|inexact\w*|faux)"
    r"|(?:vous|vs|t|tu|vou) (?:avez du |devez )?(?:vous |etes |te |es )?(?:vous "
    r"|etes )?(?:tromp\w*|gour\w*|plant(?:e|es|ez))"
    r"(?! (?:dans|sur|en|de|d|au)(?= )(?! (?:mon |ce |le |la )?(?:numeros?|num|no|nums?"
    r"|telephones?|tel|portable|06|07|personnes?|destin\w*|contact|correspond\w*|gars|monsieur|dame|madame|client\w*"
    r"|patiente?s?|interlocut\w*|mec|fille|homme|femme|nom|nana|type|abonne\w*|ligne|adress\w*)))"
    r"|(?:vous|tu) (?:faites?|fais|devez faire) erreur|il y a erreur|c est une erreur je"
    r"|erreur de (?:destin\w*|numero|personne|contact|correspondant)"
    r"|(?:message|sms|texto|text) (?:\w+ ){0,2}(?:n est|m est|etait|est|isn t|is|wasn t"
    r"|was)"
    r" (?:\w+ )?(?:pas|not|point)? ?(?:pour moi|destine|adresse|meant for me|for me"
    r"|intended)"
    r"|(?:n etait|n est|etait|est) pas (?:pour (?:moi|nous|lui|elle|mon)|destine\w*)"
    r"|(?:not|isn t|isnt|wasn t|wasnt) (?:meant |intended )?for me"
    r"|m (?:etait|est|etaient|sont) pas (?:destine\w*|adresse\w*)"
    r"|surement pas pour moi|pas pour moi (?:ce|le|cela)|pas moi (?:le (?:patient"
    r"|destinataire)|la (?:patiente|personne)|c est)"
    r"|(?:la|le|les|l) (?:connais|conait|connait|conais) (?:pas|plus)|(?:connais|conais)"
    r" (?:pas|personne)(?= $)"
    r"|(?:connais|conais) personne"
    r"|(?:connais|connait) (?:pas|personne|aucune?)(?: (?:cette (?:personne|dame|femme)"
    r"|ce (?:monsieur|nom|prenom|m|type)|de|d|qui|m|mme|mr|monsieur|madame))"
    r"|(?:don t|dont|do not) know (?:\w+ )?(?:him|her|them|this (?:person|lady|man|guy"
    r"|name)|anyone|any|who)"
    r"|(?:jamais|never) (?:entendu parler|heard)"
    r"|(?:personne|nobody|no one|noone) (?:ici |here )?(?:de|by|of|with|a|qui|called"
    r"|named) ?"
    r"(?:ce|that|this|s appelle|porte)? ?(?:nom|name)"
    r"|(?:no|pas de|aucun|aucune) \w+ (?:here|at this number|a ce numero|ici)|(?:on a"
    r"|at) this number"
    rf"|(?:n est|est|c est|ce n est) (?:plus|pas) (?:son|le|mon|sa|ma|leur"
    rf"|a) ?(?:bon )?{_WHO}"
    rf"|(?:ce|cet?te|son) (?:numero|ligne|tel|telephone|portable) (?:n |ne )?(?:est plus"
    rf"|a change"
    r"|appartient (?:plus|pas)|correspond (?:plus|pas)|n appartient"
    r"|(?:a ete )?(?:re)?attribue\w*)"
    r"|est (?:plus|pas) (?:celui|le numero|la ligne|le tel|le telephone|le portable)"
    r" (?:de|du|d)"
    r"|(?:no longer|isn t|isnt|not|is not) (?:\w+ )?(?:her|his|their|my|\w+ s) (?:number"
    r"|phone|mobile|cell|appointment\w*)"
    r"|(?:number|phone) (?:no longer|doesn t|does not) belong\w*|new owner"
    r"|nouveau proprietaire"
    r"|(?:viens d avoir|viens de recuperer"
    r"|ai recupere|just got|have just got"
    r"|recently got|repris|ai (?:ce|eu) (?:ce )?)"
    r" ?(?:ce |cette |this )?(?:numero|number|ligne)"
    r"|(?:someone|somebody) else s?(?! (?:sees|see|to|could|can|please))|(?:messages?|sms"
    r"|textos?|rdv|rendez vous|numero|appartient|destine\w*) (?:de|d|a|pour)"
    r" (?:quelqu un d autre|une autre personne)"
    r"|(?:je (?:ne )?suis|i m|i am|im|c est|this is) (?:pas|not) (?:la personne|votre"
    r"|le patient|la patiente"
    r"|your patient|the (?:person|patient)|(?:m|mr|mme|mrs|ms|dr|madame|monsieur|mlle)"
    r"|un (?:de vos )?patient|une patiente|a patient|patient)"
    r"|pas (?:un |une |de )?(?:vos |votre )?patiente? (?:chez|de|du|dans)"
    r"|(?:jamais|pas) mis (?:les|un) pieds?|inconnue? (?:a|sur|au)|n y a (?:pas|aucune?"
    r"|personne) (?:de |d )?(?:m|mme|mr|madame|monsieur|mlle)"
    r"|(?:vous avez|tu as|vous avez du) (?:fait|faire) (?:une )?erreur(?! (?:dans|sur"
    r"|de date|de jour|sur|avec))|ici (?:le|la|l) (?:garage|restaurant|pizzeria"
    r"|boulangerie|mairie|ecole|societe|cabinet)"
    r"|(?:les?|des|d) (?:rdv|rendez vous|messages|sms) d (?:un|une) (?:monsieur|dame"
    r"|autre|inconnue?)"
    r"|(?:c est|qui est) qui (?:m|mme|mr|monsieur|madame)"
    r"|(?:she|he) (?:moved|changed)|(?:elle|il) a change de numero"
    r"|(?:aucun|pas de|jamais (?:eu|pris) de|pas pris de) (?:rdv|rendez vous) (?:chez"
    r"|avec|dans|a)"
    r"|no appointment with you|never been (?:to|a patient))(?= )"
)
#: With a name, as the capital shows.
_NAMED = re.compile(
    r"(?:suis pas|n.est pas|['’ ]m not|am not|[Tt]his is not"
    r"|isn.t) [A-ZÉ][a-zéèêëïîôç]+(?:[-. ]|$)"
)
#: Perhaps.
_NOT_ME = re.compile(
    r" (?:(?:n est|est) pas moi|not me|(?:who is|who s) (?!this|it|the|in|that|you|there)\w+"
    r"|(?:qui est|c est qui) (?!ce|cette|vous|la|le|l|ca|qui|tu|en|de|il|elle|a|au|dans)\w+)(?= $)"
)
#: What is wrong may be a card, a prescription, somebody else's number.
_OF_SOMETHING = re.compile(
    r" (?:numero|number|num|tel|telephone) (?:de|d|du|for|of|sur|dans|on|in) (?:secu\w*"
    r"|dossier|chambre"
    r"|carte|mutuelle|ordonn\w*|la|l|mon|mes|ma|my|the|parking|poste|facture)"
    r"|changement de num\w*|nouveau num\w*|new number|(?:c est|mais) pour (?:ma|mon|mes)"
)

#: No patient, but one of the house.
_OF_STAFF = re.compile(
    r" (?:je|j|moi|i) (?:suis|m|am) (?:une? |a )?(?:soignante?|infirmi\w*|medecin|agent|interne"
    r"|secretaire|aide|nurse|doctor|staff|salariee?|employee?)(?= )"
)


def is_wrong_number(sentence: str) -> bool:
    """Somebody says that the number isn't that of whom we write to."""
    patterns = (_WRONG, _NEW_HOLDER, _ANOTHER)
    if any(pattern.search(sentence) for pattern in patterns):
        return True
    if _ONLY_NOT_ME.search(sentence) and not _is_not_only_me(sentence):
        return True
    return any(found.group(1) in NAMES for found in _NOT_NAME.finditer(sentence))


def _is_not_only_me(sentence: str) -> bool:
    """Said of something else, of which another is guilty: ``c'est vous, pas moi``."""
    return _OTHERS_DEED.search(sentence) is not None


def is_not_named(original: str) -> bool:
    """``Je ne suis pas Sylvie``."""
    return original != original.upper() and _NAMED.search(original) is not None


def is_not_me(sentence: str) -> bool:
    """It may be so."""
    return _NOT_ME.search(sentence) is not None


def is_unsure_number(sentence: str) -> bool:
    """It may be another number that is meant."""
    if _NEW_HOLDER.search(sentence):
        return " dossier " in sentence or " chambre " in sentence
    return any(one.search(sentence) for one in (_OF_SOMETHING, _OF_STAFF))
