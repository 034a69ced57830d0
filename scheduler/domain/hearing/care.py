"""What is said of health, appointments and distress, in words that also look like leaving.

``annuler mon rdv``, ``en arrêt``, ``fin de traitement``, ``c'est dur``: nobody leaves by them.
"""

import re

from scheduler.domain.hearing.reading import several

#: Sayings that hold a word of leaving and mean something else: taken out before all else.
_SAYINGS = re.compile(
    r"(?: (?:(?:comprend\w*|compris|saisi\w*|pige) (?:pas|plus|rien|not)|(?:don t|dont|didn t"
    r"|do not|did not|can t|cannot) (?:understand|open|read)|mort\w* de (?!ma|mon|la|notre|sa"
    r"|son|vieill)\w+|pas (?:grave|urgent)|(?:don t|dont|do not|no longer) (?:need"
    r"|want) (?:the|my|this|an|that|a) (?:appointment|appt|lift|taxi|slot|operation|scan|visit"
    r"|treatment|surgery)|pas (?:de"
    r"|d) (?:soucis?"
    r"|problemes?|quoi|fievre|douleurs?|allergies?|stress|inquietude)|sans (?:stop|arret"
    r"|cesse)|non stop(?= \w)"
    r"|(?:en|mon|son|un|cet|ton|d|nouvel) arrets?|a l arret|(?:quel|prochain|dernier|premier|l"
    r"|bon|cet) arrets?(?= (?!des|de vos|de ces|d env|de tout))|(?:bus|tram|metro|train"
    r"|serveur|machine|ordinateur)s? (?:\w+ ){0,2}?(?:s )?arrete\w*|mise en arret|suis arret"
    r"|(?:recois|recoit|recoi|recevons) (?:pas|plus|rien)|(?:ai|a|avons|avez) (?:pas"
    r"|jamais|rien) (?:recu|eu|pu)"
    r"|pas de (?:message|sms|texto) (?:de (?:rappel|confirmation)|pour (?:le|mon|demain"
    r"|confirmer|ma))"
    r"|arrets? (?:de travail|de bus|de tram|de metro|maladie|malad|cardiaque|respiratoire"
    r"|du coeur"
    r"|prolonge\w*|jusqu\w*|accident|accouchement|maternite)"
    r"|(?:bus|tram|train|metro|pit|un|fait|faire|fais|faisons|first|last|next|one|auto|panneau"
    r"|en|un) stop(?! (?:et|mais|a vos|aux sms))|stop"
    r" (?:by|in|over|off|covid|tabac)"
    r"|(?:bonne?|belle|excellente|agreable|joyeuse) fin|fin (?:de|d|du) \w+|en fin|la fin"
    r"|week end"
    r"|(?:n |ne )?(?:s |m |l |me |se |t )?arrete(?:s|nt|z)? (?:pas|jamais)(?! (?:de m"
    r"|de me|de nous|vos|tes|les|l envoi))"
    r"|(?:can t|cant|cannot|won t|wont|doesn t|doesnt|hasn t|not) stops?"
    r"|(?:has|have|had|s|suddenly|just|computer|phone|pc|machine|it|bus|doesn t) stop(?:ped"
    r"|s)?(?= (?:working|there|here|breathing|at|responding|loading))|(?:has|have|had|s"
    r"|suddenly|just) stopped|(?:s est|se sont|s etait|s) arrete\w*(?!"
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
    " lever marcher bouger chemo aspirin aspirine allergie allergies eating manger boire"
    " smoking drinking stitches cast ward bed room heart chest leg arm"
    " head sick leave"
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
#: ``lanticoagulant``.
_ARTICLE = re.compile(r"^[ld](?=[aeiouh])")
#: An appointment is meant without being named.
_APPOINTMENT = re.compile(
    r" (?:annul\w*|cancel\w*|report\w*|decal\w*|deplac\w*|resched\w*|postpon\w*|desist\w*)(?= )"
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
    return any(
        _is_of_care(word) or _is_of_care(_ARTICLE.sub("", word)) for word in sentence.split()
    )


def _is_of_care(word: str) -> bool:
    return word in _CARE_WORDS or word.startswith(_CARE_STARTS)


def is_appointment(sentence: str) -> bool:
    """A verb that appointments have: ``je dois annuler`` names nothing and means one."""
    return _APPOINTMENT.search(sentence) is not None
