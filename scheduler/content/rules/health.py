"""What an SMS to patients must not say: on a locked screen, a word of care tells their health."""

import re
from collections.abc import Iterator

from scheduler.content.rules.passage import Passage
from scheduler.content.rules.voice import plain
from scheduler.domain.checking.findings import Finding
from scheduler.domain.law import quiet_words

#: Said to somebody about themselves, beside the words of care that no name may hold either.
_THEIRS = re.compile(
    r"\b(?:(?:votre|vos|ton|tes) (?:[a-z]+ )?(?:ordonnances?|traitements?|maladies?|pathologies?"
    r"|grossesse"
    r"|operations?|interventions?|hospitalisations?|chirurgies?|analyses?|bilans? (?:sanguin"
    r"|biologique)s?"
    r"|radios?|radiographies?|scanners?|irm|biopsies?|perfusions?|vaccins?|vaccinations?"
    r"|transfusions?|insuline|tension|cure"
    r"|prises? de sang|glycemie|resultats? (?:d'analyses?|de (?:prise|biopsie|sang|test"
    r"|laboratoire|depistage|scanner|l'irm))"
    r"|diagnostics?|seances? (?:de|d')|regime|douleurs?|symptomes?|allergies?|pacemaker|prothese"
    r"|accouchement)"
    r"|(?:maman|papa|mere|pere|parent)s? (?:d'une?|de|des) (?:[a-z]+ )?(?:bebe|nouveau-ne|jumeaux"
    r"|prematuree?)s?|bebes? nee?s?|nouveau-nee?s?|accouch\w+|ne(?:e|es|s)? chez nous"
    r"|prises? de sang|insuline|enceintes?(?! (?:connecte|bluetooth|vocale|sans fil|de l|de votre"
    r"|du|portable))|mammographie|coloscopie|endoscopie|echographie"
    r"|fibroscopie|doppler"
    r"|(?:consultation|service|unite|rendez-vous|rdv|atelier|groupe|centre|clinique|pole) (?:de "
    r"|d'|du )?"
    r"(?:douleur|sommeil|tabac\w*|nutrition|pediatrie|neonat\w*|reanimation|chirurgie"
    r"|ophtalmo\w*|orl|stomato\w*|imagerie|allergo\w*"
    r"|immuno\w*|genetique|medecine (?:interne|nucleaire|legale)|soins (?:intensifs|palliatifs)"
    r"|urgences psychiatriques)"
    r"|(?:souffr\w+|atteinte?s?|diagnostiqu\w+|porteuse?s?|porteurs?) (?:d'une?|de|du"
    r"|d')(?! (?:pan|re))"
    r"|(?:votre|vos|ton) (?:cardiologue|oncologue|psychiatre|psychologue|gynecologue|dermatologue"
    r"|neurologue|urologue|rhumatologue|pneumologue|nephrologue|diabetologue|addictologue"
    r"|endocrinologue|hematologue|gastro\w*|allergologue|geriatre|chirurgien\w*|sage-femme)"
    r"|maladies? (?:rares?|orphelines?|auto-?immun\w*|cardia\w+|du |de la |des )"
    r"|maladies? (?:chroniques?|graves?|incurables?|de longue duree)|longue maladie|affections?"
    r"|patient\w{0,2} (?:de|du|en) (?!l'hopital|l'etablissement|ch\b|chu\b|centre hospitalier)"
    r"[a-z]{4,20}ie|a jeun|ambulatoire|anesthesi\w+|pre-?operatoire|post-?operatoire"
    r"|(?:votre|vos|son|sa|ses) (?:perte|probleme|trouble|manque|exces|mal|maux|douleur|baisse"
    r"|souci)s? "
    r"(?:d'|de |du |a la |au |aux )(?!connexion|reseau|date|compte|telephone|mot|code|acces"
    r"|place)[a-z]+"
    r"|hypertension|hypotension|asthm\w+|arthrose|arthrite|cholesterol|thyroid\w*|insomni\w+"
    r"|migraines?|surdite"
    r"|audition|cataracte|glaucome|dmla|avc|infarctus|eczema|psoriasis|incontinence|prostat\w+"
    r"|osteoporose"
    r"|anemie|hernie|ulcere|apnee|bpco|embolie|phlebite|arythmie|pacemaker|insuffisance|cirrhose"
    r"|endometriose"
    r"|fibromyalgie|lombalgie|sciatique|lupus|crohn|colostomie|sonde|catheter|oxygene a domicile"
    r"|fauteuil"
    r"|fausse couche|lithium|morphine|cortisone|antidepresseurs?|anxiolytiques?|anticoagulants?"
    r"|levothyrox"
    r"|doliprane|ventoline|prothese|appareil auditif|(?:votre|vos) (?:medicaments?|comprimes?"
    r"|doses?|injections?"
    r"|seances?|rayons|cure|suture|platre|cicatrice|ponction|piqure|examen|echographie"
    r"|consultation de)"
    r"|your (?:[a-z]+ ){0,2}tests? (?:is|are|was|will|on|at|has)"
    r"|your (?:[a-z]+ )?(?:scan|mri|x-ray|blood test|test results?|results?|surgery|operation"
    r"|treatment|medication"
    r"|medicines?|diagnosis|pregnancy|condition|prescription|chemo\w*|therapy|tumou?r|cancer"
    r"|insulin|dialysis)"
    r"|anormaux|seropositi\w+|test (?:positif|negatif|vih|covid)"
    r"|interruption (?:volontaire )?de grossesse"
    r"|sevrage|overdose|methadone|contraception|pilule|sterilet|menopause|avortement|metastases?"
    r"|dialyses?"
    r"|depression|bipolaire|schizo\w+|troubles? (?:alimentaires?|du comportement|psych\w+)"
    r"|demence|suivi (?:de|en|pour) (?:grossesse|[a-z]{4,20}(?:ie|ose|ite|isme|logie))"
    r"|allergies?(?= (?:notee?|a|au))"
    r"|penicilline|imc|dieteticien\w*|nutritionniste|kinesitherapeute|orthophoniste|nodules?"
    r"|tumeurs?|kystes?"
    r"|polypes?|lesions?|fractures?|mammographies?|scintigraphie|coloscopies?|glycemie"
    r"|scanner (?:du|de|des)"
    r"|irm (?:du|de|des)|radio (?:du|de|des) [a-z]+|consultation (?:memoire|douleur|tabac"
    r"|obesite|diabete)"
    r"|(?:dossier|carte|statut|reconnaissance) (?:de |d')?(?:handicap|invalidite)|votre handicap"
    r"|tension arterielle"
    r"|insulin|(?:kidney|heart|cancer|diabetes|eye|pain|sleep|memory|fertility|skin|lung|liver|breast"
    r"|stroke|maternity|dialysis|surgery) (?:clinic|ward|unit|centre|center|department|appointment)"
    r"|chimio\w*|radiotherapie|curietherapie|greffes?|transplantation|hepatite|tuberculose|vih"
    r"|sida|mst|ist\b"
    r"|alcool\w*|toxicoman\w*|addictions?|obesite|anorexie|boulimie|parkinson|alzheimer"
    r"|epilep\w+|sclerose)\b"
)
_WORD = re.compile(r"[\w’'-]{3,}")
#: « mémoire » is a stick's too; a person with a handicap may be written to about access.
_ELSE = frozenset(("memoire", "handicap", "transplant"))


#: « Un faux message circule. Il parle de votre médicament. »: what a fraud says is nobody's health.
_TELLS = re.compile(
    r"\b(?:il|elle|ils|elles|messages?|sms|appels?|sites?|mails?|courriels?|voix|texts?)"
    r"(?: [a-z']+){0,3} (?:parl|propos|vend|dit|disent|demand|pretend|annonc|reclam|promet"
    r"|evoqu)[^.!?\n]{0,40}\Z"
    # « Our texts never mention your care or your results. »
    r"|\b(?:texts?|messages?|sms) never (?:mention|speak|talk|tell|say|contain)[^.!?\n]{0,40}\Z"
)


def _told(read: str, at: int) -> bool:
    return bool(_TELLS.search(read[max(at - 80, 0) : at]))


def health_words(passage: Passage) -> Iterator[Finding]:
    """At most one: the first."""
    read = plain(passage.text)
    found = next((one for one in _THEIRS.finditer(read) if not _told(read, one.start())), None)
    words = [
        word
        for word in _WORD.finditer(passage.text)
        if quiet_words.health_word(word[0]) and plain(word[0]).strip("s") not in _ELSE
    ]
    places = [(one.start(), one.end()) for one in (*words, *((found,) if found else ()))]
    if places:
        start, end = min(places)
        message = f"« {passage.text[start:end]} » parle de la santé de qui le reçoit"
        yield passage.finding("health-word", start, message)
