"""What a text is plainly about that has nothing of leaving.

Whatever nothing here knows may be a way of leaving that nobody thought of: the series is held for
it, service messages go on, and a person reads.
"""

import re

from scheduler.domain.hearing import (
    care,
    context,
    distress,
    doubting,
    keywords,
    mentions,
    mistakes,
    narrow,
)
from scheduler.domain.hearing.reading import Text, several

#: Machines, accounts and frauds: what our messages are about.
_MACHINES = several(
    "lien liens link links mdp password passwords passwd code codes mail mails email emails"
    " phishing hameconnage virus pirate pirates pirate hack hacked hacker wifi usb pc"
    " ordinateur ordi"
    " computer laptop session serveur server logiciel compte account authentification antivirus"
    " ransomware bitcoin bitcoins badge imprimante vpn outlook jointe attachment clique cliquer"
    " cliquez cliqué click clicked site banque bank arnaque arnaques scam fraud fraude faux fausse"
    " fake suspect suspecte suspicious frauduleux escroc prince smartphone vole stolen app"
    " appli application dpi"
    " navigateur mise jour update windows securite cyber cybersecurite module formation"
)
#: The hospital and the way to it.
_PLACES = several(
    "attente attends attendu attendre waited waiting wait urgences nourriture repas food nurse"
    " nurses"
    " infirmier infirmiere infirmieres soignant soignants equipe chambre visites visitors visiting"
    " guichet accueil secretariat standard reception brancard couloir corridor door porte parking"
    " entree arrive arrives arrivons retard late bouchon bouchons traffic tram bus metro train"
    " voiture car garage taxi ambulance ambulances convocation dossier chirurgien interne hopital"
    " hospital clinique service accouchement maternite lunettes cafeteria fauteuil"
    " papiers papers carte vitale assurance insurance adresse tutrice tuteur horaires greve"
    " pharmacie garde remplacer monday tuesday wednesday thursday friday saturday sunday tomorrow"
    " demain lundi mardi mercredi jeudi vendredi samedi dimanche operation operee dying mediateur"
    " noon interpreter interprete traducteur grossir regles alcool porter venir viens vient"
    " viendrai"
    " cheques enfants etage travail travaux fatigue fatiguee epuise epuisee fever toilettes reseau"
    " intranet acces connecter log login website down verrouille locked monter"
    " charged charge facture billing medicale rappelle rappeler joindre joignable"
)
_PRAISE = re.compile(
    r" (?:merci|bravo|super|genial\w*|excellente?s?|great|thanks?|thank you|love|adore|aime bien"
    r"|utiles?|helpful|useful|interessante?s?|perle|gentil\w*|bonne idee|bon courage|felicitations"
    r"|chapeau|good|nice|anges?|angels?|bise|bisous|belle|joyeux|joyeuse|happy|bonne|have a)(?= )"
)
_LANGUAGE = re.compile(
    r" (?:francais|franzosisch|french|english|anglais|deutsch|espanol|entiendo|verstehe|capisco"
    r"|entendo|comprendo|arabe|arabic|turkce|understand|comprends?|compris)(?= )"
)
_AGREED = re.compile(
    r" (?:ok|okay|oui|yes|compris|note|noted|recu|recue|received|vu|lu|fait|faite|done it|je viens"
    r"|je serai|sera la|sera present\w*|viendr\w*|serons|i ll be|we ll be|will be there"
    r"|confirme\w*|d accord|entendu|promis|promise"
    r"|5 5|see you|a demain|a lundi)(?= )"
)
#: Somebody wants more of them.
_AGAIN = re.compile(
    r" (?:unstop|subscribe|s abonner|abonner|inscription|inscrire|reprise|resume|reprendre"
    r"|recommencer"
    r"|menu|(?<!pourquoi )(?<!vous )continuez|continuer)(?= )"
)
_NEGATED = re.compile(
    r" (?:pas|plus|non|rien|jamais|aucun\w*|sans|n|no|not|don t|dont|never|but|mais|however"
    r"|cependant"
    r"|stop\w*|assez|trop|enough|fini\w*|termine\w*|laiss\w*|epargn\w*|lach\w*|oubli\w*|arret\w*"
    r"|cess\w*|inutile\w*|useless|vos|tes|your|numero|number|liste|list|sms|texts?|textos?"
    r"|messages?)(?= )"
)
#: Asked in so many words; a question mark alone may be anger.
_QUESTION = re.compile(
    r" (?:quel\w*|ou (?:est|se|puis|dois|sont|trouver|je|envoyer)|quand|combien|comment|qui"
    r"|est ce|quoi"
    r"|que faire|que dois|qu est ce|puis je|peut on|dois je|faut il|y a t il|avez vous|savez vous"
    r"|pouvez vous|pourriez|peux tu|where|when|how|what|who|which|can i|could i|should|do i"
    r"|does|is"
    r"|are|may i|whose|do you|can you|could you|est il|est elle|a t on|a quelle|je peux|jpeux"
    r"|possible"
    r"|ca existe|phishing)(?= )"
)
#: Asked of those who write: ``vous allez me lâcher ?``, ``c'est fini oui ?``.
_ANGRY_QUESTION = re.compile(
    r" (?:m ecri\w*|m envoy\w*|me contact\w*|continue\w*|allez vous|vous allez|vous pouvez pas"
    r"|vous voulez|tu vas|lach\w*|laiss\w*|fini\w*"
    r"|bientot"
    r"|encore|toujours|oubli\w*|tranquille|paix|alone|lost|off|still|keep|rid|calm\w*|serieux|mon"
    r" (?:numero|nom|portable|telephone)|my (?:number|name|phone))(?= )"
)
#: Their writer has left the hospital, or never was there: perhaps they leave us too.
_GONE = re.compile(
    r" (?:(?:travaille\w*|bosse\w*|exerce\w*|fais|fait|suis|est|vis|habite|vient|viens"
    r"|vais) (?:plus|pu)"
    r"(?! (?:bien|mal|en etat|capable|tard|tot))|plus (?:salarie\w*|patient\w*|employe\w*"
    r"|personnel)"
    r"|no longer (?:work\w*|a patient|staff|employed|at|live\w*|there|with|here)"
    r"|not (?:work\w*|a patient"
    r"|staff|there|here) any ?more|don t (?:work|live) (?:\w+ ){0,3}any ?more|retraite\w*|retired"
    r"|demission\w*|resigned|quitte (?:le|la|l|votre|cet|mon)|j ai quitte|demenag\w*"
    r"|moved (?:away|to"
    r"|out|house|abroad)|i left|left the|changed? (?:hospital|clinic|job|jobs)|change (?:de"
    r" (?:region|ville|pays|hopital|etablissement|poste|travail|medecin|job))|gueri\w*|cured"
    r"|concerne\w*|mute|mutation|fin de contrat)(?= )"
)
#: Words of an answer to something else; a longer text says more.
MOST_FINE = 8
_FINE = re.compile(
    r" (?:rien a signaler|tout va bien|ca va (?:mieux|bien)|ne savais pas|pas pense a"
    r"|pas disponible|pas urgent|pas grave|pas le taxi|prends (?:ma|le|la|mon)|viendrai pas"
    r"|pas venir"
    r"|not coming|won t come|can t come|no problem|no worries|no fever|no pain|no allergies)(?= )"
)
#: A message that came empty, cut, twice.
_CONTENT = re.compile(
    r" (?:message|sms|texto|text) (?:\w+ )?(?:vide|coupe|incomplet|illisible|blank|empty|cut"
    r"|en double)(?= )"
)
#: ``Vos leçons``, ``tes trucs``: what we send, whatever it is called.
_YOUR = re.compile(r" (?:vos|tes|your) (\w+)")
_NEW_ADDRESS = re.compile(
    r" (?:nouveau numero|voici (?:le|mon) nouv\w*|new number is|nouvelle adresse)(?= )"
)
_WORKS_STILL = re.compile(
    r" (?:ne )?(?:marche|fonctionne|capte|s ouvre|ouvre|charge)\w* (?:pas|plus)(?= )"
)


def is_gone(said: Text) -> bool:
    """Somebody says that they have nothing to do with us any more."""
    return _GONE.search(said.whole) is not None and not said.asked


def is_fine(said: Text) -> bool:
    """A no that is an answer to something else: ``no fever``, ``rien à signaler``."""
    return _FINE.search(said.whole) is not None and len(said.whole.split()) <= MOST_FINE


def is_explained(said: Text) -> bool:
    """It is care, an appointment, a question, a report, praise: whatever people answer and"
    " stay."""
    whole = said.whole
    if whole.strip().isdigit() or context.without_going_on(whole) != whole:
        return True
    if any(care.without_sayings(one)[1] for one in said.sentences):
        return True
    if any(narrow.is_narrow(one) or mistakes.is_own_mistake(one) for one in said.sentences):
        return True
    if care.is_care(whole) or care.is_appointment(whole) or distress.is_distress(whole):
        return True
    if context.is_wanted(whole) or _AGAIN.search(whole) or mentions.asks_about_us(whole):
        return True
    if _FINE.search(whole) or doubting.speaks_well(whole) or _CONTENT.search(whole):
        return True
    if _is_question(said) or _speaks_of(whole):
        return True
    return is_welcome(whole)


def is_welcome(whole: str) -> bool:
    """Praise, thanks, an agreement, and no word against."""
    negated = _NEGATED.search(whole) is not None
    return not negated and any(one.search(whole) for one in (_PRAISE, _LANGUAGE, _AGREED))


def _is_question(said: Text) -> bool:
    whole = said.whole
    plain = said.asked or context.asks(whole)
    if not plain or _QUESTION.search(whole) is None or _ANGRY_QUESTION.search(whole):
        return False
    return not doubting.names_messages(whole) and not any(map(keywords.is_leaving, whole.split()))


def _speaks_of(whole: str) -> bool:
    if any(_is_ours(found.group(1)) for found in _YOUR.finditer(whole)):
        return False
    words = frozenset(whole.split())
    known = words & _MACHINES or words & _PLACES or _NEW_ADDRESS.search(whole) is not None
    return (
        bool(known)
        or _WORKS_STILL.search(whole) is not None
        or " mot de passe " in whole
        or _LANGUAGE.search(whole) is not None
    )


def _is_ours(noun: str) -> bool:
    return not (noun in _MACHINES or noun in _PLACES or care.is_care(f" {noun} "))
