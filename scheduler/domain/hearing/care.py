"""What is said of health, appointments and distress, in words that also look like leaving.

``annuler mon rdv``, ``en arrêt``, ``fin de traitement``, ``c'est dur``: nobody leaves by them.
"""

import re

from scheduler.domain.hearing.reading import several

#: Sayings that hold a word of leaving and mean something else: taken out before all else.
_SAYINGS = re.compile(
    r"(?: (?:sans (?:stop|arret|cesse)|non stop(?= \w)"
    r"|(?:en|mon|son|un|cet|ton|d|nouvel) arrets?|a l arret|mise en arret|suis arret"
    r"|(?:recois|recoit|recoi|recevons) (?:pas|plus|rien)|(?:ai|a|avons|avez) (?:pas"
    r"|jamais|rien) (?:recu|eu|pu)"
    r"|pas de (?:message|sms|texto) (?:de (?:rappel|confirmation)|pour (?:le|mon|demain"
    r"|confirmer|ma))"
    r"|arrets? (?:de travail|de bus|de tram|de metro|maladie|malad|cardiaque|respiratoire"
    r"|du coeur"
    r"|prolonge\w*|jusqu\w*|accident|accouchement|maternite)"
    r"|(?:bus|tram|train|metro|pit|first|last|next|one|auto|panneau|en|un) stop|stop"
    r" (?:by|in|over|off|covid|tabac)"
    r"|(?:bonne?|belle|excellente|agreable|joyeuse) fin|fin (?:de|d|du) \w+|en fin|la fin"
    r"|week end"
    r"|(?:n |ne )?(?:s |m |l |me |se |t )?arrete(?:s|nt|z)? (?:pas|jamais)(?! (?:vos|tes"
    r"|les|l envoi))"
    r"|(?:can t|cant|cannot|won t|wont|doesn t|doesnt|hasn t|not) stops?"
    r"|(?:has|have|had|s|suddenly|just) stopped|(?:s est|se sont|s etait|s) arrete\w*(?!"
    r" (?:vos|ces|tes|les (?:sms|messages)))"
    r"|c est (?:trop |tres |vraiment )?dure?)(?= )|(?<=\w) non stop(?= ))"
)
_CARE_WORDS = several(
    "rdv rdvs rv rendezvous bloc irm scanner radio radios echo ecg mal mals medoc medocs"
    " dr docteur"
    " medecin toubib kine sage dentiste orl pcr vsl taxi tete ventre jambe bras pied dos"
    " main"
    " sein coeur dent dents oeil yeux peau genou hanche plaie sang selles urine fievre"
    " toux diabete"
    " lit lits chambre tele tv badge conge conges garde planning poste medecins dossier"
    " certificat"
    " ordonnance labo laboratoire mutuelle cpam secu vitale parking repas atelier cours"
    " formation"
    " etude greffe dialyse chimio rayons cure pilule sterilet tabac fumer cigarette"
    " cigarettes"
    " alcool boire drogue gluten regime sucre sel jeun sonde drain platre attelle points"
    " point"
    " agrafes fils fil pansement perfusion cathe catheter picc port bandage bijoux"
    " vernis lentilles"
    " piercing appareil appareils dentier pile pacemaker holter implant vesicule"
    " amygdales"
    " appt appts appointment appointments appointement visit doctor nurse surgery"
    " operation scan mri"
    " xray pill pills meds tablets dose drug drugs pain bleeding blood cough coughing"
    " breathing"
    " smoking drinking stitches cast ward bed room heart chest leg arm head sick leave"
    " shift"
    " prescription results clinic treatment therapy steroids thinners insulin"
    " antibiotics baby"
    " creneau creneaux heure slot session booking lasix kardegic lovenox metformine"
    " cortisone"
    " eliquis xarelto previscan doliprane insuline levothyrox statine aspirine morphine"
    " methadone"
    " subutex ventoline tahor plavix seresta lexomil xanax prozac deroxat lithium"
    " depakine tegretol"
    " corticoide corticoides antibio antibios anticoagulant biberon allaiter allaitement"
    " bebe fausse fiche sortie divorce mutation"
    " virement banque colis box ordinateur ordi pc logiciel session wifi internet"
)
_CARE_STARTS = (
    "rendez",
    "consult",
    "medica",
    "medecin",
    "traitement",
    "therap",
    "antibio",
    "anticoag",
    "antidep",
    "cortico",
    "chimio",
    "radioth",
    "oper",
    "chirur",
    "hospital",
    "infirm",
    "pharma",
    "douleur",
    "saign",
    "vomi",
    "respir",
    "coloscop",
    "endoscop",
    "biops",
    "vaccin",
    "grossesse",
    "accouch",
    "reeduc",
    "examen",
    "analyse",
    "resultat",
    "prelevement",
    "piqure",
    "injection",
    "perfus",
    "transfus",
    "anesth",
    "ambulan",
    "urgence",
    "attestation",
    "remboursement",
    "facture",
    "seance",
    "visite",
    "soins",
    "soign",
    "tumeur",
    "cancer",
    "virus",
    "malad",
    "maladie",
    "gyneco",
    "cardio",
    "dermato",
    "psy",
    "mammo",
    "echograph",
    "prescri",
    "surg",
    "medicin",
    "appoint",
    "treat",
    "specialis",
)
#: An appointment is meant without being named.
_APPOINTMENT = re.compile(
    r" (?:annul\w*|cancel\w*|report\w*|decal\w*|deplac\w*|resched\w*|postpon\w*|desist\w*)(?= )"
)
_DISTRESS = re.compile(
    r" (?:suicid\w*|mourir|crever|me tuer|tuer|tue|en finir|mes jours|plus envie de"
    r" (?:vivre|rien)"
    r"|envie de vivre|plus vivre|de vivre|idees noires|a bout|plus la force|kill\w*"
    r"|end it(?: all)?|end my life|want to die|dying"
    r"|die|hurt\w*|pain|suffer\w*|hopeless|desesper\w*|souffr\w*|j ai mal|tres mal"
    r"|trop mal"
    r"|douleur\w*|pleure\w*|me frappe\w*|frapper|frappe|viol\w*|battue?|agress\w*|cachets"
    r"|overdose"
    r"|malaise|saigne\w*|bleed\w*|respir\w*|etouff\w*|poitrine|chest|heart attack|avc"
    r"|infarctus"
    r"|m aide|help me|aidez moi|aide moi|au secours|sos|samu|smur|tombee? par terre"
    r"|suis tombee?|je craque"
    r"|peur|scared|afraid|alone in|me sens seule?|desespoir|deprim\w*|depress\w*"
    r"|angoiss\w*"
    r"|(?:ca|cela) s arrete|faire du mal|make it stop|j en peux plus|n en peux plus)(?= )"
)
_DEADLY = re.compile(
    r" (?:suicid\w*|mourir|me tuer|en finir|mes jours|envie de (?:vivre|mourir)"
    r"|arreter de vivre|kill (?:me|myself)"
    r"|end it all|end my life|want to die|me frappe\w*|cachets|heart attack|au secours"
    r"|viole\w*"
    r"|etouffe\w*|poitrine)(?= )"
)


#: The end of our messages isn't one of them.
_END_OF_OURS = re.compile(
    r" (?:arrets?|fin) (?:de |des |du |d |immediat |immediate |definitif "
    r"|definitive )?(?:l |la |les |ces |vos |tous |mes |mon )*"
    r"(?:sms|textos?|messages|envois?|abonnement|inscription|notif\w*|alertes|campagne"
    r"|pub|diffusion|liste)(?= )"
)


def is_end_of_ours(sentence: str) -> bool:
    """``demande d'arrêt des SMS``."""
    return _END_OF_OURS.search(sentence) is not None


def without_sayings(sentence: str) -> tuple[str, bool]:
    """A sentence without what only sounds like leaving; whether there was any."""
    rest = _SAYINGS.sub(" …", sentence)
    return rest, rest != sentence


def is_care(sentence: str) -> bool:
    """Health, an appointment, the hospital's own business."""
    return any(word in _CARE_WORDS or word.startswith(_CARE_STARTS) for word in sentence.split())


def is_appointment(sentence: str) -> bool:
    """A verb that appointments have: ``je dois annuler`` names nothing and means one."""
    return _APPOINTMENT.search(sentence) is not None


def is_distress(sentence: str) -> bool:
    """Pain, fear, an emergency: never an order, never met with silence."""
    return _DISTRESS.search(sentence) is not None


def is_deadly(sentence: str) -> bool:
    """So grave that even a clear order beside it is for a person."""
    return _DEADLY.search(sentence) is not None
