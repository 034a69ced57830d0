"""Subjects that are named beyond mistake: appointments, illness, machines, coming, distress."""

import re

from scheduler.domain.hearing import care, context, distress
from scheduler.domain.hearing.reading import Text, several

#: Machines, accounts and frauds, by words that nothing else has.
_MACHINES = several(
    "mdp password passwords phishing hameconnage virus wifi usb ordinateur ordi computer laptop"
    " logiciel antivirus ransomware bitcoin bitcoins imprimante vpn outlook windows"
    " authentification cyberattaque navigateur webcam smartphone intranet azerty pirat pirate"
    " pirater hacked hacker pc ordis session verrouille"
)
_CYBER = re.compile(
    r" (?:mots? de passe|(?:sur|ouvr\w*|le|un|ce|du|click\w*|the|votre|your) (?:lien|link|piece"
    r" jointe)|(?:mails?|sms|messages?|site|conseiller|numero|email|text) (?:suspects?|bizarres?"
    r"|faux|frauduleux|louche)|fa(?:ux|ke) (?:mails?|sms|site|conseiller|policier|email|text)"
    r"|double (?:facteur|authent\w*)|deux facteurs|carte (?:bleue|vitale|bancaire)"
    r"|(?:fait|etre|suis|me) pirat\w*|mises? a jour)(?= )"
)
#: Words of care that are much else besides: they don't say by themselves what a text is about.
_LOOSE = several(
    "mal heure cours poste main point points sortie fiche dossier parking session box fil pied dos"
    " tete coeur sucre sel head leave shift cast bed room heart pile cure conge conges planning"
    " garde mutation divorce fausse peau dur lit lits tele tv badge formation etude repas atelier"
    " colis banque virement ordi pc internet wifi logiciel ordinateur sage secu labo malade malades"
    " maladie visit visite visites drug drugs dose slot sick"
)
#: On the way, late, kept away.
_COMING = re.compile(
    r" (?:(?:en|du|de|min\w*|heures?|h|aurai|un peu de) retard|running late|be late|am late"
    r"|retarde\w*|bouchons?|embouteillages?|stuck in traffic|(?:j|on|il|elle) arrive"
    r"|serai (?:la|en|absent\w*)|(?:pourrai|peux|pourrons|pourra) pas (?:venir|etre|me deplacer"
    r"|y aller|assister)|(?:ok|oui|d accord|entendu|note) (?:\w+ ){0,4}?(?:\d+ ?h\d*|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|demain)|ne viendrai|viendrai|pas venir"
    r"|can t (?:come|make it)|confirme\w*)(?= )"
)
#: Stops and ends that are known to be others.
_SAYING = re.compile(
    r" (?:(?:en|mon|un|d|cet|l) arrets?|arrets? (?:de travail|maladie|de bus|de tram|cardiaque"
    r"|respiratoire)|(?:bus|tram) stops?|stop tabac|non stop (?:depuis|since)|week end"
    r"|arrets? (?:prolonge\w*|jusqu)|(?:tousse|vomi\w*|pleure|saigne|tremble) \w+ arret"
    r"|(?:bonne?|belle|agreable|excellente) fin (?:de|d)|(?:travaille|bosse|travail) non stop"
    r"|mort\w* de (?:rire|fatigue|faim|peur|honte|trouille))(?= )"
)
_NOT_UNDERSTOOD = re.compile(
    r" (?:(?:pas|rien) (?:\w+ )?compris|(?:comprends?|comprend|compren) (?:pas|rien)"
    r"|(?:don t|dont|didn t|do not|can t|not) (?:\w+ )?understand)(?= )"
)
_PLANNED = (
    r"(?:rdvs?|rendez vous|consult\w*|irm|scanner|scan|mri|appointments?|appt|operation|seances?"
    r"|visites?|examens?|taxi|ambulance|vsl|traitement|medic\w*|antibio\w*|platre|agrafes"
    r"|pansement|perfusion|ordonnance|planning|metformine|kardegic|chemo|chimio|piercings?"
    r"|alcool|fumer|tabac|tele|points|fils|sonde|drain|catheter)"
)
#: What ends is an appointment, a treatment, a habit.
_END_OF_CARE = re.compile(
    r" (?:(?:d|de|pas|plus|pas besoin|plus besoin) )?(?:annul\w*|cancel\w*|report\w*|deplac\w*"
    r"|decal\w*|ar+et\w*|stop\w*|cess\w*|retir\w*|enlev\w*|supprim\w*|besoin|need)"
    r" (?!(?:\w+ ){0,3}(?:rappel\w*|sms|textos?|messag\w*|mails?|reminders?|texts?)(?= ))"
    rf"(?:\w+ ){{0,2}}?{_PLANNED}(?= (?!de (?:mes|ces|vos) donnees))"
)
#: ``Je dois annuler``: what one must call off is an appointment.
_MUST = re.compile(
    r" (?:dois|devons|oblige\w* d|contrainte? d|faut que j|need to|have to|must) (?:\w+ )?"
    r"(?:annul\w*|cancel|report\w*|decal\w*|deplac\w*|reschedule|postpone)"
    r"(?= (?:$|svp|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|aujourd|ce matin|cet apres"
    r"|pour (?:demain|lundi|mardi|mercredi|jeudi|vendredi)|le \d|my|mon|notre))"
)


def without_ends_of_care(whole: str) -> str:
    """A text, ``annuler mon rdv`` and its like taken for the appointment alone."""
    return _MUST.sub(" rdv", _END_OF_CARE.sub(" rdv", whole))


def is_wanted(whole: str) -> bool:
    """More of our messages, or an order to go on."""
    return context.is_wanted(whole) or context.without_going_on(whole) != whole


def is_plain(said: Text) -> bool:
    """Its subject is named beyond mistake."""
    whole = said.whole
    if distress.is_distress(whole) or is_wanted(whole):
        return True
    if without_ends_of_care(whole) != whole:
        return True
    if any(one.search(whole) for one in (_COMING, _CYBER, _SAYING, _NOT_UNDERSTOOD)):
        return True
    words = whole.split()
    if not _MACHINES.isdisjoint(words):
        return True
    return care.is_care(f" {' '.join(one for one in words if one not in _LOOSE)} ")
