"""Words of leaving that aren't said to us: of another thing, told on, standing elsewhere, or more.

``Désabonnez ma télé``, ``mon opérateur dit d'écrire STOP``, ``j'ai mis stop pub sur ma boîte``,
``j'aimerais plus de messages comme ça``: whoever writes one may be leaving all the same, so that
the weights decide; but no service message is withheld for it.
"""

import re

from scheduler.domain.hearing import care, context, doubting
from scheduler.domain.hearing.reading import Text

#: Put somewhere, or sent to somebody else.
_STANDS_ELSEWHERE = re.compile(
    r" (?:ai|a|avons|as|avait|viens de|on|i|ve|have|put) (?:\w+ ){0,2}?(?:mis|met|colle|pose|fait"
    r"|repondu|tape|ecrit|envoye|lu|vu|put|sent|texted|replied|stuck|saw)"
    r" (?:\w+ ){0,2}?stop\w*(?: pubs?)?"
    r" (?:sur|contre|devant|dans|aux?(?! \d)|a (?:un|une|mon|ma|l|la|cet|cette|des) |on (?:my|the)"
    r"|to (?:a|an|the|some|my))"
    r"|(?: panneau| autocollant| sticker| feu| bus| sign) (?:de |du )?stop(?= )"
)
#: A list, and of what.
_OTHER_LIST = re.compile(
    r" (?:listes?|lists?|groupes?|programmes?|abonnements?|inscriptions?|fichiers?|group)"
    r" (?:a|au|aux|de|d|du|des|pour|for|of) (?:l |la |le |les |the )?"
    r"(?!(?:sms|textos?|diffusions?|envois?|contacts?|messages?|votre|vos|vous|ces|ce|cette|cet|ton|tes|your|these|this|distribution|destinataires?"
    r"|l|hopital|chu|clinique|ch|chr|campagnes?|alertes?|alerts?|notif\w*|mailings?|cyber\w*|rappels"
    r"|texts?|pub\w*|conseils|spams?|newsletters?|suite|merci|plus|mon|mes|ma|patients?|numeros?"
    r"|telephon\w*|tous|toutes|tout|publipostage|prevention|sensibilisation|communication|info\w*"
    r"|reflexe\w*|securite|relance\w*)(?= ))\w"
)
#: What others send or print, and what is kept of somebody, which isn't a list of ours.
_PRINTED = re.compile(
    r" (?:journal|journaux|magazines?|revues?|gazettes?|bulletins?|quotidien|hebdo\w*|mensuel"
    r"|prospectus|papier|courriers?|catalogues?|podcasts?|chaines?|youtube|spotify|netflix|canal"
    r"|tele|syndicat\w*|mutuelle|salle de sport|gym|bibliotheque|mediatheque|cinema|licence|club"
    r"|association|paroisse|intranet|teams|slack|whatsapp|facebook|instagram|linkedin|tiktok"
    r"|newspapers?|papers?|leaflets?|letters?|library|union)(?= )"
)
_RECORD = re.compile(
    r" (?:dossiers?|records?|fiche|etat civil|personne de confiance|personne a prevenir|contact"
    r" d urgence|next of kin|emergency contact|ex (?:mari|femme|conjoint\w*|compagn\w*|epou\w*"
    r"|husband|wife)|planning|rota|tableau|agenda|ordonnances?|prescriptions?|allerg\w*"
    r"|carte vitale|mutuelle)(?= )"
)
#: A proverb, a song, a game, a slogan, somebody's word: said of it, and not by it.
_SAYING = re.compile(
    r" (?:stop (?:look|listen|and (?:think|look|smell)|think|ou encore|hammer|covid|motion"
    r"|go|start|tabac|drogue|harcelement|intox|virus|pirat\w*|hackers?|phishing|arnaques?)"
    r"|comme (?:disait|dit|disent|on dit|dirait)|(?:disait|dixit|chantait|chante|used to say"
    r"|as they say|as we say|like they say)|proverbe|dicton|adage|refrain|chanson|slogan|devise"
    r"|motto|mantra|song|mois sans|non stop|stop net|one stop|pit stop|bus stop|auto stop|arret"
    r" (?:de bus|cardiaque|maladie|de travail|sur image|de tram))(?= )"
)
#: Handed on to us, and not said.
_FORWARDED = re.compile(r"^\s*(?:fwd?|tr|trans) ?:", re.IGNORECASE)
#: Told on: the word is a third person's advice, of whatever messages.
_TOLD_ON = re.compile(
    r" (?:dit|disent|conseille\w*|explique\w*|indique\w*|recommande\w*|propose\w*|says?|said|told"
    r"|advises?) (?:\w+ )?(?:de |d |que |qu |to )(?:\w+ ){0,3}?(?:ecri\w*|repond\w*|tape\w*"
    r"|envo\w*|text\w*|reply\w*|send\w*|faire|mettre) (?:\w+ )?stop\w*(?= )"
)
#: ``Plus de messages comme ça`` wants more, or no more.
_MORE = re.compile(
    r" (?:(?:aimerai\w*|voudrai\w*|souhaiterai\w*|would like|d like|en veux|en voudrais)"
    r" (?:bien )?(?:encore )?plus(?: (?:de|d|souvent|longs?))?"
    r"|plus (?:de|d) \w+ (?:\w+ ){0,3}?(?:comme (?:ca|celui|celle|celles|ceux|cela)|de ce genre)"
    r"|(?:more|plus) (?:of these|of this|like this)"
    r"|(?:ne |n )?(?:vous |tu )?(?:ne |n )?(?:m |me |nous )?(?:embete|derange|saoule|soule|gene)\w*"
    r" (?:pas|nullement|en rien)(?: du tout)?)(?= )"
)
#: Something of one's own that isn't ours to send.
_OTHER_THING = re.compile(
    r" (?:desab\w*|desins\w*|resili\w*|annul\w*|retir\w*|enlev\w*|supprim\w*|effac\w*|unsub\w*"
    r"|remov\w*|delet\w*|cancel\w*|quitt?\w*|leave|stopp\w*|arret\w*|bloqu\w*|block)"
    r" (?:moi |me |nous |us )?(?:de |du |des |d |from )?(?:l |la |le |les |the |mon |ma |mes |my "
    r"|notre |our |un |une )"
    r"(?!(?:numero\w*|num|nom|telephone|portable|mobile|06|07|liste|lists?|listing|fichiers?|base"
    r"|adresse|coordonnees|inscription|abonnement|consentement|accord|donnees|profil|contact|ligne"
    r"|mailing|diffusion|campagne|programme|serie|groupe|boucle|repertoire|systeme?|sms|textos?"
    r"|texts?|messages?|msgs?|envois?|notif\w*|alertes?|pubs?|spams?|number|name|phone|cell"
    r"|database|details|data|cyber\w*|truc\w*|massacre|tout|vrac|moindre|meme|plus|subscription"
    r"|newsletter|harcelement|cirque|delire|robinet|envoi|conneries|betises|frais|compteur)(?= ))"
    r"(?=\w)"
)


def is_forwarded(said: Text) -> bool:
    """Somebody else's words, whatever they ask."""
    return _FORWARDED.search(said.own) is not None


def is_of_another(whole: str) -> bool:
    """Another list or thing, or a word that stands elsewhere, that others advise; or more of it."""
    return any(one.search(whole) for one in (_STANDS_ELSEWHERE, _TOLD_ON, _MORE, _OTHER_LIST))


def is_record(whole: str) -> bool:
    """What is printed, sent by others or kept in a file is named: that may be what is left."""
    return _PRINTED.search(whole) is not None or _RECORD.search(whole) is not None


def is_saying(whole: str) -> bool:
    """The word belongs to a saying, or to somebody who is quoted."""
    return _SAYING.search(whole) is not None


def is_aside(said: Text) -> bool:
    """So that no order in it is sure enough to withhold what belongs to care; of what is of another
    list its caller has asked before."""
    whole = said.whole
    if doubting.names_messages(whole) and not context.is_other_list(whole):
        return _is_own_question(said)
    return (
        context.is_other_list(whole)
        or _OTHER_THING.search(whole) is not None
        or _is_own_question(said)
        or (said.asked and care.is_care(whole))
    )


def _is_own_question(said: Text) -> bool:
    """What somebody should do themselves is asked, of whatever list."""
    return said.asked and context.is_own_act(said.whole)
