"""What smells of leaving and isn't sure: better held and read by a person than not heard."""

import re

#: What we send, and where its readers stand.
_MESSAGES = (
    r"(?:sms\w*|textos?|texts?|txts?|messages?|msgs?|mess?ages?|mms|envois?|notif\w*"
    r"|alert\w*|campa[gi]\w*"
    r"|pubs?|publicit\w*|spams?|listes?|lists?|listing|mailing|newsletters?|news letter"
    r"|diffusions?"
    r"|prospection|sollicit\w*|relances?|abonnements?|inscription|subscription|tips"
    r"|conseils|astuces"
    r"|infos|trucs?|betises|conneries|mails?|emails?|courriels?|communications?"
    r"|demarchage|contact"
    r"|stuff|crap|junk|rubbish|things?|program|programme|reminders?|updates?|broadcasts?"
    r"|cyber\w*"
    r"|rappels?|sensibilisation|marketing|promos?|merde)"
)
_NO = re.compile(r" (?:pas|plus|aucun\w*|jamais|rien|no|not|dont|don t|never|marre|stop\w*)(?= )")
#: Messages of ours, and nothing good about them.
_OURS = re.compile(
    r" (?:vos|tes|ces|your|these|those|votre) (?:sms\w*|textos?|messages?|msgs?|mails?"
    r"|texts?|txts?|pubs?|notifs?|notifications|alertes|alerts|conseils|trucs|envois?|campagnes?"
    r"|listes?|lists?|fichiers?|relances?|rappels?|reminders?|stuff|crap|campaigns?)(?= )"
)
_GOOD = re.compile(
    r" (?:affich\w*|aussi|coupes?|illisibles?|partager|trop tard|deux fois|merci|bravo|utiles?"
    r"|interessants?|super|bien|genial|top|aime|adore"
    r"|felicitations|thanks?|great|good|useful|helpful|nice"
    r"|love|like|lu|recu|pourquoi|comprends?|compris|faute|lien|link|moche|clair|clairs"
    r"|partage\w*|traduire|langue|english|vide|ouvrir|lire"
    r"|officiels?|vrais?|vraiment|qui|quoi|what|who)(?= )"
)
_WELL = re.compile(
    r" (?:(?:sont|est|are|is) (?:\w+ )?(?:utiles?|super|interessante?s?|clairs?|genial\w*"
    r"|useful|helpful"
    r"|great|good)|partager|aussi|s affich\w*|illisibles?|arrivent)(?= )"
)
#: A no that nothing explains; and what explains one.
_ANY_NO = re.compile(
    r" (?:pas|plus|jamais|rien|aucun\w*|non|not|no|dont|don t|never|n|ne|(?:mon|my|ce"
    r"|this) (?:numero|number|portable|phone|tel))(?= )"
)
_BENIGN = re.compile(
    r" (?:lien|link|march\w*|compri\w*|comprend\w*|venir|viens|viendr\w*|dispo\w*"
    r"|joign\w*|trouv\w*|retrouv\w*|mot de passe"
    r"|mdp|password|serai|recu|recois|recevons|peux|peut|pouvons|pourr\w*|sais|savoir"
    r"|ador\w*|aime|repond\w*|ouvr\w*|acced\w*"
    r"|acces|fonctionn\w*|entend\w*|lire|lis|bouge|parle|can t|cant|couldn t|make it"
    r"|feeling|sure|know|work|works|working|oubli\w*"
    r"|probleme|problem|souci|grave|vide|demain|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|monday|tuesday|wednesday|thursday"
    r"|friday|tomorrow|today|changez|francais|french|anglais|english|mange\w*|dor\w*"
    r"|urin\w*|march\w*|tient|tiens|arriv\w*"
    r"|internet|pour vous|present|absent\w*)(?= )"
)
#: The same, where little else is said.
_SHORT_SMELL = re.compile(
    r" (?:encore|trop|assez|nan|nope|nada|niet|off|fini|finish|finished|termine|terminer"
    r"|stop\w*|plus (?:au|a"
    r"|dans|chez|rien)|retraite\w*|quitte"
    r"|left|sortie|exit|dehors|ouste?|zou|raus|annul\w*"
    r"|non|no|nope|n a|pas besoin|retired|over|done|never|jamais|rien)(?= )"
)
#: Something of leaving that isn't sure.
_SMELL = re.compile(
    r" (?:stop\w*|st0p|step|ar+et+\w*|cess(?:ez|er|e)|desab\w*|desins\w*|resili\w*"
    r"|annulation|desactiv\w*|sup+rim\w*"
    r"|supression|suppression|retir\w*|retrait|enlev\w*|ef+ac\w*|rayez|radiez|remov\w*"
    r"|delet\w*|cancel\w*|unsub\w*"
    r"|opt|quit|quits|cease|discontinue|block|blocking|bloque[rz]|enough|marre|suffit"
    r"|ras le bol|basta|over it|no thanks|no thank|laissez tomber|fichez|foutez|lachez"
    r"|plus besoin|no longer needed|no longer need|concerne\w*|not applicable|plus au chu"
    r"|travaille plus|plus salarie|retired|demission\w*|no longer (?:work|staff|at)"
    r"|harcel\w*|harass\w*|spam\w*|cnil|rgpd|gdpr|plainte|opposition|oppose|consent\w*"
    r"|donnees|my data|my file|mon compte"
    r"|mon dossier|unwanted|indesirable\w*|importun\w*|derang\w*|agac\w*|annoy\w*"
    r"|penible\w*|relou|gonfl\w*|saoul\w*|soul\w*"
    r"|chiant\w*|casse\w*|degage\w*|merde|putain|ta gueule|shut up|fuck\w*|damn|go away"
    r"|let me be|lose my|m en fiche|m en fous"
    r"|m en fout|don t care|rien a (?:faire|foutre|cirer|battre)|inutile\w*|useless"
    r"|pas interess\w*|interesse (?:pas|plus)"
    r"|interessent pas|not interested|why (?:do|am|are)|sortir de|sortez moi|plus (?:vous"
    r"|vos)|plus de vos|plus rien|ne veux plus"
    r"|ne veux pas|veux pas|veux plus|veu plus|veu pas|veux pu|veu pu|veux rien|souhaite"
    r" (?:pas|plus)|don t want|dont want"
    r"|do not want|don t need|dont need|do not need|any ?more|pas d accord|desinteress\w*"
    r"|ignor\w*|refuse|refus|decline|rien demande|pas demande|souscrit|tranquille|la paix"
    r"|a rest|fichee?s?|rather not|chemin|unfollow|33700|no interest|wanted)(?= )"
)
_NAMED = re.compile(rf" {_MESSAGES}(?= )")


def speaks_well(whole: str) -> bool:
    """Of our messages, and nothing against them."""
    return _OURS.search(whole) is not None and _WELL.search(whole) is not None


def is_report(sentence: str) -> bool:
    """Something about a message that doesn't work, isn't understood, didn't come."""
    return _BENIGN.search(sentence) is not None


def names_messages(sentence: str) -> bool:
    """What we send is spoken of."""
    return _NAMED.search(sentence) is not None


def smells(sentence: str) -> bool:
    """Something of leaving that isn't sure."""
    return _SMELL.search(sentence) is not None


def smells_short(sentence: str) -> bool:
    """Too short to be sure of anything else."""
    return _SHORT_SMELL.search(sentence) is not None


def is_refusal(sentence: str) -> bool:
    """Messages, and a no."""
    return _NO.search(sentence) is not None and names_messages(sentence)


def is_unexplained_no(sentence: str) -> bool:
    """Somebody refuses something, and says no word that would tell what."""
    return _ANY_NO.search(sentence) is not None and _BENIGN.search(sentence) is None


def speaks_ill(sentence: str) -> bool:
    """Of our messages, with nothing good to say of them."""
    return _OURS.search(sentence) is not None and _GOOD.search(sentence) is None
