"""Rules on easy-to-read texts (FALC): one short sentence a line, plain words, plain numbers."""

import re
from collections.abc import Iterator

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

#: Words of a sentence, at most.
MOST = 15

_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"^\s*(?:[-*]|\d+\.|#{1,6}|:::.*?$|>)\s*")
_BOUNDARY = re.compile(
    r"(?<!\bDr)(?<!\bMme)(?<!\betc)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)"
    r"(?<!\bMlle)(?<!\b[A-ZÀ-Þ])(?<!tape \d)(?<!onseil \d)(?<!ègle \d)(?<!este \d)"
    r"[.!?…][*_»]{0,3}[ \u00a0]{1,3}[*_]{0,2}(?=[A-ZÀ-ÖØ-Þ])"
)
#: The same where the first is quoted: « Il dit : « Payez. » Ne payez pas. »
_QUOTED_BOUNDARY = re.compile(r"[.!?…][ \u00a0\u202f]?[»”][ \u00a0]{1,3}[*_]{0,2}(?=[A-ZÀ-ÖØ-Þ])")
_WORDS = re.compile(r"[\w’'-]+")
_ACRONYM = re.compile(
    r"(?<![\w-])(?<!Monsieur )(?<!Madame )(?<!M\. )(?<!Mme )(?<!touche )(?<!touches )"
    r"(?P<sign>[A-Z]{2,6}|[0-9][A-Z]{2,4}|[A-Z]{2,4}[0-9])(?![\w-])"
)
#: Everybody says these.
_COMMON = frozenset(("SMS", "CV", "TV", "OK", "USB", "II", "III", "IV", "VI"))
#: A word that everybody knows, in capitals to be seen; a family's name after a first name.
_EMPHASIS = frozenset(
    """stop aide calme non oui pas jamais faux vrai pause code lien doute payez lisez vite merci
    danger attention bleu rouge vert jaune noir blanc lune chat
    rien tout vous moi nous ici ne et ou le la les un une des du de en au toujours secret
    seul seule gratuit bravo bien mal avant apres plus moins fin debut jour nuit mot mots gare top
    no yes not never only do you me we is a the and or wait call help safe fake real""".split()  # noqa: SIM905 (read better in a row)
)
_NAME_BEFORE = re.compile(r"(?:Monsieur|Madame|M\.|Mme|Mlle|Dr|Docteur) [A-ZÀ-Þ][a-zà-ÿ]{2,15} \Z")
_PASSIVE = re.compile(
    r"\b(?:est|sont|sera|seront|(?:a|ont) ete|etait|etaient"
    r"|(?:peut|peuvent|doit|doivent|va|vont|faut|pas|jamais) etre)"
    r" (?:[a-z]+ment |toujours |jamais )?[a-z]{2,20}(?:e|ee|es|ees|i|ie|is|ies|it|ite|its|ites|u"
    r"|ue|us|ues|ert|erts)"
    r" par (?:le|la|les|l'|un|une|des|nos|vos|son|notre|votre|vous|eux|elle|lui|nous|quelqu)"
)
_NO = re.compile(r"\b(?:ne|n')(?=[ a-z])")
_TURNED = re.compile(
    r"\bn'est pas (?:impossible|rare|inutile|interdit|impensable|exclu|improbable|faux|incorrect)"
    r"|\bne (?:pas|jamais) (?:oublier|negliger)|\bsans que\b[^.!?\n]{0,40}\bne\b"
)
_FIGURE = re.compile(
    r"\b(?:hamecon\w*|mord(?:ez|re)|baiss\w+ la garde|(?:tomb\w+|donn\w+) dans (?:le panneau"
    r"|le piege)"
    r"|puce a l'oreille|jet\w+ un (?:oeil|œil)|(?:gard\w+|ouvr\w+) l'(?:oeil|œil)|yeux fermes"
    r"|bout des doigts|main dans le sac|faux pas|montr\w+ patte blanche|loup|poudre aux yeux"
    r"|coup de main"
    r"|noy\w+ le poisson|dos au mur|jeu d'enfant|mettr?\w* la main a la pate|tour de passe-passe"
    r"|flair\w*"
    r"|sur ses gardes|vos gardes|mine d'or|au pied de la lettre|lacher prise|sous le coude"
    r"|prend\w* la mouche"
    r"|est (?:le gardien|la clef?|un tresor|un coffre|une porte|un bouclier|une armure"
    r"|un rempart|une forteresse|le verrou|un cadenas|une arme|le sesame|un pont|une passoire)"
    r"|(?:forteresse|rempart|bouclier|chateau|epee|talon d'achille|epine|jungle|toile|oreilles?"
    r" ouvertes?|bete noire|tour de cle|petits poissons|voie d'eau|poupees? russes?|main sur"
    r" le coeur|nuage|sirenes?|au galop|pot aux roses|roue|brebis|renard|araignee"
    r"|gare aux|fil a la patte|eau dans le gaz|poudre d'escampette)"
    r"|se faire avoir|gros poisson|appats?|miroir aux alouettes|l'arbre|tirer les vers"
    r"|cheval de troie)\b"
)
_HARD = re.compile(
    r"\b(?:phishing|smishing|vishing|hameconnage|rancongiciels?|ransomwares?|malwares?|firewall"
    r"|spams?|backup|patch|hackers?|token|upload|trojan"
    r"|logiciels? malveillants?"
    r"|cyberattaques?|cybersecurite|authentification|authentifier|multifacteurs?|logiciels?"
    r"|chiffrer|cryptage|serveurs?"
    r"|prerequis|centralis\w+|permettant|effectu\w+|relatif|relative|preconis\w+|optimis\w+"
    r"|dans le cadre d[e']|en vue de|au sein d[eu']|a l'issue|le cas echeant|sous reserve"
    r"|anticip\w+|dissimul\w+|illicites?|integrite|interfaces?|configur\w+|synchronis\w+"
    r"|chiffrement|chiffrees?"
    r"|usurpation|usurper"
    r"|habilit\w*|obsoletes?|protocoles?|falsifi\w+|intrusions?|recurren\w+|inherent\w*"
    r"|credentials?|privilegi\w+|hypertextes?|intempesti\w+|sophistiqu\w+|precipitation"
    r"|authenticit\w+|legitima\w+|procedes?|apprehend\w+|diligen\w+|prohibiti\w+|inciter"
    r"|incit\w+|usuel\w*|deceler|detecter|suspect\w*|dubitati\w+|douteu\w+|crapuleu\w+"
    r"|persuasi\w+|manipul\w+|eminent\w*|imminent\w*|recourir|recours|octroy\w+"
    r"|requerir|requiert|intrinseque\w*|transactions?|operateurs?|hameçonnage|cookies?|cloud"
    r"|bluetooth|streaming|login|pop-up|newsletter|scammers?|sender|verify|suspicious|attachment"
    r"|settings|device|update|deceptive|genuine"
    r"|malicious|compromised|breach\w*|encrypt\w+|fraudulent\w*|impersonat\w+|authentication"
    r"|vulnerabilit\w+|subsequent\w*|pursuant|comply|regarding|disclos\w+|legitimate\w*"
    r"|imperatif\w*|prerogatives?|mandat\w*|delegation|souscri\w+|resili\w+|clause|stipul\w+"
    r"|exhausti\w+|prealable\w*|concomitant\w*|caduc|perenn\w+|obtempere\w*|revoqu\w+"
    r"|inopine\w*|ostensible\w*|fallacieu\w+|suspects? d|delictu\w+|illegitime\w*|abusi\w+"
    r"|occasionn\w+|engendr\w+|proscri\w+|prohib\w+|consentir|attest\w+|assermente\w*"
    r"|derogation|dispositions|habituellement|systematique\w*|simultane\w*|progressi\w+"
    r"|terminal|terminaux|peripherique\w*|reseau informatique|donnees a caractere|metadonnees"
    r"|sollicite\w*|interception|subterfuge|stratageme|manipulation psychologique|exfiltr\w+"
    r"|vulnerabilites?|dispositifs?|prealable\w*|nonobstant|dematerialis\w+"
    r"|identifiants?"
    r"|confidentialite|violation|destinataires?|expediteurs?|procedures?|conformement"
    r"|susceptibles?|notamment"
    r"|neanmoins|toutefois|cependant|afin|eventuel\w*|ulterieur\w*|modalites?|beneficiaires?"
    r"|pseudonymis\w+"
    r"|consentement|(?<!votre )(?<!mon )(?<!son )traitement|finalites?"
    r"|frauduleu\w+|malveillan\w+|suspicieu\w+|vigilance"
    r"|vigilante?s?"
    r"|navigateur|url|antivirus|pare-feu|geolocalisation|biometri\w+|algorithme\w*|interlocuteur\w*"
    r"|prestataire\w*|hebergeur\w*|sous-traitant\w*|ingenierie|extorsion|reinitialis\w+|parametr\w+"
    r"|piratage|compromis\w*|divulgu\w+|solliciter|sollicitation\w*|effectuer|requis\w*|proceder"
    r"|veuillez|corrobor\w+|reiter\w+|procurations?|usufruit|notifi(?:er|ee?s?)|enjoin\w+"
    r"|imput\w+|alleg\w+"
    r"|arguer|circonspect\w*|circonvenir|duper\w*|extorqu\w+|subtilis\w+|usurpe\w*|perpetr\w+"
    r"|discern\w+"
    r"|elucid\w+|ecueil\w*|entrav\w+|exacerb\w+|fortuit\w*|inadvertance|incomb\w+|indu\w{0,2}"
    r"|inoffensi\w+"
    r"|insidieu\w+|judicieu\w+|litig\w+|mitig\w+|obvi\w+|occult\w+|pallier|parcimoni\w+"
    r"|pernicieu\w+"
    r"|perspicac\w+|prejudic\w+|proroge\w*|promulgu\w+|recus\w+|remedi\w+|resorb\w+|scrupuleu\w+"
    r"|subordonn\w+|substitu\w+|suppl[eé]\w+|tacite\w*|temporis\w+|tierce|tiers|ultimatum"
    r"|verac\w+|vetuste"
    r"|visant|vocation|adequat\w*|aleatoire\w*|ambigu\w*|assujetti\w*|attenu\w+|averee?s?"
    r"|avis[eé]\w*|benefici\w+"
    r"|clandestin\w*|coercit\w+|collusion|complicite|contraign\w+|credibilite"
    r"|defaillan\w+"
    r"|deontolog\w+|derob\w+|detourne\w*|diffam\w+|dispens(?:er|ee?s?)|eligib\w+|emanan\w+"
    r"|encour\w+"
    r"|enfrein\w+"
    r"|escompt\w+|evinc\w+|facult\w+|habilet\w*|illusoires?|incrimin\w+|induire|infraction\w*"
    r"|inhabituel\w*"
    r"|intenter|interpell\w+|irrevocab\w+|juridi\w+|lacunaire|licite\w*|manifeste\w*|negoci\w+"
    r"|onereu\w+"
    r"|optionnel\w*|peremptoire|pertinen\w+|presum\w+|probant\w*|recel\w*|reciproque\w*"
    r"|restitu\w+|revendiqu\w+"
    r"|sanction\w*|signifi(?:er|cati\w+)|soustrai\w+|spolie\w*|tromperies?|validite)\b"
)
#: So many letters are a hard word, but for those that a hospital says every day.
_LONG = re.compile(
    r"\b(?:[a-z]{14,40}|[a-z]{9,20}(?:ites?|ismes?|ibilites?|logiques?|istiques?)|[a-z]{10,20}"
    r"(?:isation|ification)s?)\b"
)
_EVERYDAY = re.compile(
    r"(?:renseignement|professionnel|administratif|administration|hospitalisation|accompagnement"
    r"|consultation|rendez|informations|immediatement|tranquillement|gratuitement|etablissement"
    r"|anniversaire|automatiquement|malheureusement|correspondance|representant|appartiennent"
    r"|cybermalveillance|monespacesante|developpement|soigneusement|cordialement|stationnement"
    r"|bibliothecaire|bibliotheque|pharmacien|infirmier|kinesitherapeute|ambulancier"
    r"|anniversaires?|hospitalier|heureusement|particulier|gouvernement|international|telecommande"
    r"|photographi|electricien|commercant|proprietaire|documentaliste|ergotherapeute"
    r"|orthophoniste|francais|departement|restaurant|supermarche|comprendre|appartement"
    r"|tranquillite|publicite|electricite|possibilite|universite|personnalite|specialite"
    r"|nationalite"
    r"|hebergement|rendez-vous|ordinateur|evenement|remerci)\w*"
)
#: A telephone number is dialled, not understood.
_CALLED = re.compile(
    r"(?:\+\d{2} ?|\b0[ .]?)\d(?:[ .\u00a0\u202f]?\d){5}|\b11\d[ .\u00a0]?\d{3}\b|\b3\d{4}\b"
)
_SHORTENED = re.compile(r"\b(?:cf|p\. ?ex|n\. ?b|i\. ?e)\b\.?|(?<=[ \n])&(?= )")
_BOUND = re.compile(
    r"\b(?:lequel|laquelle|lesquel(?:le)?s|auquel|auxquel(?:le)?s|duquel|desquel(?:le)?s|bien que"
    r"|quoique|a moins que|pourvu que|quand bien meme|en sorte que|a condition que"
    r"|dans la mesure ou"
    r"|des lors que|etant donne|compte tenu|par consequent|en effet|neanmoins|or,)(?!\w)"
)
_GREAT = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f.]\d{3}){1,3}(?![\d])|(?<![\d.])\d{6,}(?!\d)"
    r"|(?<!\d)\d{1,9}(?:,\d{1,9}|[ \u00a0\u202f]?%)"
    r"|\b(?:deux tiers|trois quarts|un tiers|un quart|pour cent|pourcentage|millions?|milliards?)\b"
)

#: « X veut dire… », « cela s'appelle X », « est le X », « (X) ».
_MEANT = (
    re.compile(
        r"(?<![\w-])([a-z0-9-]{2,30}),? (?:veut dire|signifie|c'est|est (?:une? |le |la |l')"
        r"|means?\b"
        r"|is (?:an? |the )|stands for"
        r"|sont (?:des|les) |\(|cela veut dire|ca veut dire|cela signifie|ce sont|:)"
    ),
    re.compile(
        r"\b(?:s'appelle(?:nt)?|on dit(?: aussi)?|on appelle(?: cela)?|se nomme) ?:? ?"
        r"(?:une? |le |la |l'|des |les |du |de l')([a-z0-9-]{2,30})"
    ),
    re.compile(r"\b(?:est|sont) (?:le |la |l'|les )([a-z0-9-]{2,30})"),
    # « un code PIN », « un QR code est… »
    re.compile(r"\b(?:s'appelle|on dit(?: aussi)?) (?:[a-z]{2,12} ){1,2}([a-z0-9-]{2,30})"),
    re.compile(
        r"(?<![\w-])([a-z0-9-]{2,30}) (?:code|numero|mot|cle|carte)s?,? "
        r"(?:veut dire|c'est|est (?:une? |le |la ))"
    ),
    re.compile(r"\b(?:s'appelle(?:nt)?|on dit(?: aussi)?|se nomme) ?:? ?([a-z0-9-]{2,30})"),
    re.compile(r"\(([a-z0-9-]{2,30})\)"),
    # « … un antivirus. C'est un programme qui… », « Frauduleux », cela veut dire…
    re.compile(
        r"(?<![\w-])([a-z0-9-]{2,30})[.!]\s{1,3}(?:c'est (?:une? |le |la |l'|quand |comme )"
        r"|ce sont "
        r"|cela veut dire|ca veut dire)"
    ),
    re.compile(r"[«\"“] ?([a-z0-9-]{2,30}) ?[»\"”],? (?:cela |ca )?(?:veut dire|signifie|c'est)"),
)


#: Such a line gives a hard word its meaning.
_DEFINES = re.compile(r"\b(?:veu(?:t|lent) dire|signifie\w*|on dit aussi|stands for)\b")


def easy(passage: Passage, *, lines: bool = True) -> Iterator[Finding]:
    """A body; a table of what is wrong is in docs/checks.md. An SMS has one line alone."""
    words = rules_voice.ADDRESS.sub(rules_voice.blank, rules_voice.own_words(passage.text))
    known = _explained(words) | _explained(passage.text)
    for line in _LINE.finditer(words):
        mark = _MARKER.match(line[0])
        start = line.start() + (mark.end() if mark else 0)
        text = words[start : line.end()]
        yield from _sentences(passage, start, text, lines=lines)
        yield from _words(passage, start, text, known)


def _sentences(passage: Passage, start: int, text: str, *, lines: bool) -> Iterator[Finding]:
    written = passage.text[start : start + len(text)]
    if lines and (_BOUNDARY.search(text) or _QUOTED_BOUNDARY.search(written)):
        message = "deux phrases sont sur la même ligne"
        yield passage.finding(
            "easy-sentence", start, message, "passez à la ligne après chaque phrase"
        )
    plain = rules_voice.plain(text)
    for at, sentence in rules_voice.sentences(plain):
        if (length := len(_WORDS.findall(sentence))) > MOST:
            message = f"la phrase fait {length} mots"
            yield passage.finding("easy-sentence", start + at, message, f"{MOST} mots au plus")
        if len(_NO.findall(sentence)) > 1 or _TURNED.search(sentence):
            message = "la phrase nie deux fois"
            yield passage.finding("easy-sentence", start + at, message, "dites-le sans négation")
        if found := _BOUND.search(sentence):
            message = f"« {found[0]} » lie deux idées"
            yield passage.finding("easy-sentence", start + at, message, "faites deux phrases")
        if found := _PASSIVE.search(sentence):
            message = f"« {found[0]} » est au passif"
            yield passage.finding("easy-sentence", start + at, message, "dites qui fait quoi")


def _words(passage: Passage, start: int, text: str, known: frozenset[str]) -> Iterator[Finding]:
    for found in _ACRONYM.finditer(text):
        emphasis = rules_voice.plain(found[0]) in _EMPHASIS
        name = _NAME_BEFORE.search(text[max(found.start() - 30, 0) : found.start()])
        if emphasis or name or text.startswith("QR code", found.start()):
            continue
        if found[0] not in _COMMON and found[0].lower() not in known:
            message = f"« {found[0]} » est un sigle sans explication"
            yield passage.finding("easy-word", start + found.start(), message)
    plain = rules_voice.plain(text)
    if _DEFINES.search(plain):
        return
    for pattern, what in ((_FIGURE, "est une image"), (_HARD, "est un mot difficile")):
        for found in pattern.finditer(plain):
            shown = text[found.start() : found.end()]
            if found[0] not in known:
                yield passage.finding("easy-word", start + found.start(), f"« {shown} » {what}")
    for found in _SHORTENED.finditer(text):
        message = f"« {found[0]} » est une abréviation"
        yield passage.finding("easy-word", start + found.start(), message)
    for found in _LONG.finditer(plain):
        rare = not _HARD.match(found[0]) and not _EVERYDAY.fullmatch(found[0])
        if rare and found[0] not in known:
            shown = text[found.start() : found.end()]
            yield passage.finding(
                "easy-word", start + found.start(), f"« {shown} » est un long mot"
            )
    for found in _GREAT.finditer(text):
        shown = found[0].strip()
        if _CALLED.search(text, max(found.start() - 4, 0), found.end() + 6):
            continue
        message = f"« {shown} » est un nombre difficile"
        yield passage.finding("easy-word", start + found.start(), message, "dites « beaucoup »")


def _explained(whole: str) -> frozenset[str]:
    """Whatever the text says the meaning of, in plain letters, word by word."""
    plain = rules_voice.plain(whole)
    return frozenset(found[1] for pattern in _MEANT for found in pattern.finditer(plain))
