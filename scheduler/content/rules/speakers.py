"""Who speaks: a text that opens, signs or says « nous » as the police, a bank or a public body.

Patterns over plain text (``rules_voice.plain``); ``@body`` stands for whoever may be played.
"""

import re
from collections.abc import Iterator
from itertools import islice

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding

_BODY = (
    r"(?:police|gendarmerie|anssi|cnil|ameli|assurance[ -]maladie|cpam|cnam|urssaf|caf|carsat|msa"
    r"|impots?(?:\.gouv(?:\.fr)?)?|fisc|dgfip|antai|tresor public|parquet|procureur|tribunal"
    r"|mutuelle|banque(?: postale| populaire| de france)?|la poste|colissimo|chronopost|edf|engie"
    r"|enedis|ministere|prefecture|interpol|europol|douanes?|france travail|pole emploi"
    r"|cybermalveillance(?:\.gouv\.fr)?|17cyber|securite sociale|microsoft|google|apple|doctolib"
    r"|netflix|paypal|amazon|finances publiques|cert sante|agence du numerique(?: en sante)?|arcom"
    r"|ordre des medecins|agence regionale de sante|ars|credit (?:agricole|mutuel)|bnp(?: paribas)?"
    r"|societe generale|caisse (?:d'epargne|primaire|d'allocations|nationale)|lcl|boursorama"
    r"|agence nationale d\w{1,2}|direction generale de[s ]|franceconnect"
    r"|service-public|brigade|commissariat|hotel de police|centre des (?:impots|finances)"
    r"|ministere de l'interieur|services? fiscaux|officiers? de police|huissiers?"
    r"|services? des (?:fraudes|impots)|cellule de recouvrement"
    r"|french tax office|tax office|orange|sfr|bouygues)"
)
_RANK = (
    r"(?:lieutenant|brigadier|commissaire|capitaine|adjudant|gendarmes?|inspecteur|procureure?"
    r"|huissier|enqueteurs?|policiere?s?|major|commandant|officier|juge|greffier|controleur"
    r"|conseill\w{2,4} (?:bancaire|clientele|ameli|financier"
    r"|de votre (?:banque|agence bancaire|caisse))"
    r"|brigadier-chef|adjudant-chef|marechal des logis|major|sergent|colonel)"
)
_THE = r"(?:le |la |l'|les |un |une |votre |notre |des |du |de la |de l'|d'|au nom de )"
_SAYS = (
    r"(?:ecri(?:t|vent)|inform(?:e|ent)|contact(?:e|ent)|remerci(?:e|ent)|enjoi(?:nt|gnent)"
    r"|convoqu(?:e|ent)|notifi(?:e|ent)|somm(?:e|ent)|pri(?:e|ent)|souhait(?:e|ent)"
    r"|prescri(?:t|vent)|ordonn(?:e|ent)|annonc(?:e|ent)|felicit(?:e|ent)|confirm(?:e|ent)"
    r"|avis(?:e|ent)|met(?:tent)? en demeure"
    r"|parle|repond (?:personnellement|suite)|fait savoir|adresse (?:ce|cette|ses|un|une))"
)
_SPEAKS = "le texte parle au nom d'un autre"
#: Said by the body itself.
_SAID = re.compile(
    rf"\b{_BODY}(?: [a-z]+){{0,3}}(?:,)? (?:s'adresse a vous|vous {_SAYS})\b"
    rf"|\b(?:de la part|au nom|mandate par|adresse par|emane|envoye par|redige par) "
    rf"(?:d[eu'] ?|des )?(?:la |l'|le |les )?(?:[a-z]+ )?{_BODY}\b"
    r"|\b(?:police|gendarmerie|impots|fisc|banque|la poste|ameli|assurance maladie|caf|cpam|urssaf"
    r"|antai|tresor public|microsoft|google|apple|mutuelle)(?: [a-z]+){0,2} (?:vous (?:propose"
    r"|rappelle"
    r"|offre|demande|invite|attend|previent|alerte)|a (?:detecte|bloque|constate|repere"
    r"|recu (?:votre|une plainte|un signalement)))\b"
    rf"|(?:\A|(?<=\n))[ *_>]*(?:objet|de|expediteur|from|subject|signe|signature|emetteur) ?: "
    rf"(?:[a-z']+ ){{0,6}}{_THE}?{_BODY}\b"
    rf"|\b(?:les |la |le |l'){_BODY}(?: [a-z]+){{0,2}} (?:retien|recherch|ouvr|constat|enquet"
    rf"|reclam|exig|bloqu"
    r"|saisi|control|examin|convoqu|soupconn)\w{0,6}(?: [a-z']+){0,3} (?:a votre nom|votre|vos)\b"
    rf"|(?<!comme )\b(?:nous|je),? {_THE}?(?:{_BODY}|{_RANK})\b(?: [a-z']+){{0,5}},"
    rf"|(?<![0-9] )\b(?:ici|c'est)(?:,| bien)? {_THE}?(?:[a-z]+ )?(?:{_BODY}|{_RANK})\b(?! qui)"
    rf"|\b(?:je suis|nous sommes) {_THE}?(?:[a-z]+ ){{0,3}}(?:de |du |de la |de l'|d')?"
    rf"(?:{_BODY}|{_RANK})\b"
    rf"|\b(?:en tant qu[e']|en qualite d[e']|agissant (?:pour|au nom)|pour le compte d[eu']"
    rf"|au nom d[eu'])(?: |)(?:la |l'|le |les |s )?{_BODY}(?: [a-z']+){{0,4}},? (?:nous|je|il)\b"
    rf"|\b(?:nos|notre) (?:[a-z]+ )?(?:{_BODY}|{_RANK}|agents? (?:assermentes?|du fisc|de police)"
    r"|services? (?:fiscaux|fiscal|d'enquete|des impots|contentieux|fraude)|agence bancaire)\b"
    r"|\bchere?s? (?:allocataires?|assuree?s?|contribuables?|cliente?s?|societaires?|abonnee?s?"
    r"|usagers? (?:de la poste|des impots)|titulaires?|adherente?s?|detenteurs?)\b"
    rf"|\b(?:l'equipe|le service [a-z]+|la direction|votre conseill\w+|votre gestionnaire|un agent"
    rf"|votre agent) (?:de |d'|du |de la |de l'|des )?{_THE}?{_BODY}\b(?: [a-z]+){{0,2}}"
    r" (?:vous|reste|est a|a constate|se tient)"
    r"|\bnous (?:vous )?(?:avons|versons|recalcul\w+|traitons|gerons|controlons|enquetons)"
    r"(?: [a-z']+){0,4} (?:vos? (?:impots?|droits|aides?|allocations?|remboursements?|declaration"
    r"|infraction|amende|carte vitale|pension|retraite|dossier fiscal|comptes? bancaires?)"
    r"|une infraction|une enquete|une plainte|une procedure|une amende)"
    # « Nous, agents des impôts », « en tant qu'enquêteurs », « as tax officers ».
    rf"|\b(?:nous|je),? (?:les |des )?(?:agents?|officiers?|enqueteurs?|inspecteurs?"
    rf"|fonctionnaires?"
    rf"|{_RANK})(?: [a-z']+){{0,4}},"
    rf"|\b(?:en tant qu[e']|en qualite d[e']|en ma qualite d[e']|es qualites d[e']) ?(?:les |l')?"
    rf"(?:{_RANK}|{_BODY}|agents? (?:de police|des impots|du fisc))\b"
    r"|\bas (?:a |an |your )?(?:tax|police|customs|bank|court) (?:officers?|inspectors?"
    r"|advisers?|officials?)\b"
    rf"|\b(?:la |le |l'|les ){_BODY}(?: [a-z]+){{0,2}} (?:(?:a|ont) (?!votre"
    rf"|notre)[a-z]{{3,12}}(?:e|u|is|it)|a besoin|vient d[e']|va|vont|procedera"
    r"|procederont|souhaite)(?: [a-z']+){0,5} (?:a votre (?:nom|encontre|egard)|votre (?:dossier"
    r"|compte|poste|declaration|adresse|situation|identite|carte|ordinateur|remboursement)"
    r"|de vous (?:rembours"
    r"|convoqu|verser))"
    r"|\b(?:suite a|apres|a la suite d[e']) ?(?:un|une|votre|notre|le) (?:controle (?:fiscal"
    r"|de police|douanier)"
    r"|enquete (?:de police|judiciaire)|infraction|proces-verbal|verification fiscale|perquisition)"
    r"|\b(?:enquete|procedure|plainte|information) (?:[a-z]+ ){0,4}vous (?:concerne|vise)"
    r"|\bnos services ont (?:constate|releve|detecte|recu|enregistre)"
    r"|\b(?:a|auront) l'appareil\b"
    rf"|\b{_BODY}(?: [a-z]+){{0,2}},? (?:signataire|auteure?|a l'origine) de (?:ce|cette) "
)
_PEOPLE = (
    r"(?:agents?|officiers?|enqueteurs?|inspecteurs?|conseill\w{2,4}|equipes?|services?|gendarmes?"
    r"|policiere?s?|experts?|techniciens?|fonctionnaires?|specialistes?|representants?|centres?"
    r"|delegues?|ingenieurs?|charges? de mission)"
)
_ENGLISH_NAMES = (
    r"(?:french )?(?:gendarmerie|national police|police|customs|tax (?:office|authority|department"
    r"|administration)|anssi|cnil|(?:national )?cyber ?security agency|health insurance(?: fund)?"
    r"|ministry(?: of [a-z]+)?|data protection authority|bank|social security|post office"
    r"|digital health agency|prosecutor'?s office)"
)
#: « Nous, conseillers de l'Assurance Maladie, vous… », « As officers of the police, we… »,
#: « La Police nationale vous écrit »: nobody else can be meant, whatever is said after.
_AVOWED = re.compile(
    rf"(?<!comme )\b(?:nous|je|notre equipe|moi), (?:[a-z']+ ){{0,4}}?{_THE}?{_BODY}\b"
    rf"(?: [a-z']+){{0,4}},"
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[\W_]{{0,4}}(?:as|we,|i,|at) (?:[a-z-]+ ){{0,4}}?(?:of|at"
    rf"|from|with"
    rf"|in|the|your) (?:the |your )?{_ENGLISH_NAMES}(?: [a-z]+){{0,2}}, (?:we|i)\b"
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[\W_]{{0,4}}this is (?:the |your )?{_ENGLISH_NAMES}"
    rf"(?: [a-z]+)?(?: speaking| writing| calling)\b"
    # Signed: « The complaints team, CNIL ».
    rf"|(?<=\n)[\W_]{{0,4}}(?:the |your )?(?:[a-z]+ ){{0,3}}(?:team|office|unit|desk|department"
    rf"|service), (?:the |your )?{_ENGLISH_NAMES}[\s*_.]{{0,9}}\Z"
    rf"|\b(?:message|e-?mail|letter|note|advice|text) (?:comes|is|was sent"
    rf"|is sent)(?: to you)? (?:from|by) "
    rf"(?:the |your )?{_ENGLISH_NAMES}\b"
    rf"|\bas (?:the |your |france.?s |the country.?s ){_ENGLISH_NAMES}(?: [a-z]+){{0,2}}, we\b"
    rf"|\bwe,? (?:at |from |of )?the {_ENGLISH_NAMES}(?: [a-z]+){{0,2}}, "
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[\W_]{{0,4}}(?:the "
    rf"|your )?{_ENGLISH_NAMES}(?: [a-z]+){{0,2}} (?:is|are)"
    r" (?:writing to|contacting|informing|reminding|inviting) you\b"
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[\W_]{{0,4}}(?:la |le |l'|les |votre "
    rf"|vos )?(?:{_PEOPLE} (?:de |d'|du |des "
    rf"|de la |de l')?{_THE}?)?{_BODY}(?: [a-z]+){{0,2}},? (?:vous (?:ecri(?:t|vent)|contact(?:e"
    rf"|ent)"
    r"|remerci(?:e|ent)|souhait(?:e|ent)|inform(?:e|ent)|adress(?:e|ent)|prie(?:nt)?|demand(?:e"
    r"|ent) de)"
    r"|s'adress(?:e|ent) a vous)\b"
    rf"|(?:\A|(?<=[.!?\n] )|(?<=\n))[\W_]{{0,4}}(?:l'|la |le |les |votre |vos )?{_PEOPLE} (?:de "
    rf"|d'|du |des "
    rf"|de la |de l')?{_THE}?{_BODY}(?: [a-z]+){{0,2}},? (?:vous (?!aide|guide|repond|ecoute"
    rf"|oriente"
    r"|accompagne|indique|explique)[a-z]+(?:nt|e)\b"
    r"|(?:reste|restent|se tient|se tiennent|demeure|demeurent|est|sont) (?:toujours "
    r"|bien sur )?(?:a"
    r" vo(?:tre|s)) (?:ecoute|disposition|service|cotes)(?![^.!?\n]{0,60}(?:[0-9]|\bsur\b)))"
)
_OPENS = re.compile(
    rf"\A[\W_]*(?:info |alerte |message d[eu] |avis )?{_THE}?{_BODY}(?: [a-z.]+){{0,2}}"
    r"(?: (?:de|contre|pour) (?:la |l'|le |les )?[a-z'-]+){0,3}[\])]?"
    r"(?:, (?:service|brigade|cellule|direction|centre|agence|pole|unite|section)(?: [a-z]+){0,2}"
    r" ?:"
    r"| ?(?::|-|!|\.|,(?= (?:message|avis|communique|consigne|information))))(?= )"
)
#: « Votre banque : », « Police nationale. Votre… »: it speaks of what is its reader's at once.
_AT_ONCE = re.compile(
    r" (?:votre|vos|your) [a-z]+ (?:[a-z]+ )?(?:est|sont|a|ont|sera|is|has|was)\b"
    r"| (?:nous avons|nous vous|vous (?:etes|avez|devez|serez)|we have|we are)\b"
)
#: A line that is a rank and a name, wherever it stands: « Adjudant Martin, Police nationale ».
_LINED = re.compile(
    rf"^[ *_>(]*(?P<who>(?:fait a [a-z-]{{2,20}}, )?(?:le |la |l'|monsieur le "
    rf"|madame la )?(?:{_RANK}"
    r"|brigade|commissariat|republique francaise|ministere|prefecture|police|gendarmerie"
    r"|tribunal|parquet|direction generale))\b[a-z' ,()*_-]{0,70}$",
    re.MULTILINE,
)
#: The same after a line of ours, or in the middle: « Conseil. Gendarmerie : rappelez-nous ».
_HEADING = re.compile(
    rf"(?:^|[.!?:] |du mois )(?P<who>{_THE}?{_BODY}(?: [a-z]+)?) ?: "
    r"(?=[^.!?\n]{0,80}\b(?:rappelez-nous|repondez-nous|contactez-nous|appelez-nous|controle"
    r"|presentez|convocation|votre (?:plainte|dossier|amende|contravention|colis|carte|compte"
    r"|declaration|impot|remboursement|paiement|convocation|situation)|trop-percu|amende"
    r"|contravention|une plainte|un avis|enquete|dernier|nous (?:avons|vous)|vous (?:etes|avez"
    r"|devez|serez))\b)",
    re.MULTILINE,
)
_ENGLISH_BODY = (
    r"(?:tax (?:office|authority|department|administration)|police(?: force| department| station)?"
    r"|(?:your |the )?bank|customs|court|ministry|social security|health insurance(?: fund)?|post"
    r" office"
    r"|prosecutor'?s? office|gendarmerie|revenue|delivery service|microsoft|google|apple|amazon"
    r"|paypal)"
)
#: Somebody says who is writing: « Ici la gendarmerie », « c'est Julie de la CAF ».
_PRESENTS = re.compile(
    rf"(?:\A|(?<=[.!?\n] )|(?<=\n)|(?<=bonjour, )|(?<=hello, ))[\W_]{{0,4}}(?P<who>(?:ici|c'est) "
    rf"(?:[a-z]{{2,15}} (?:de |du |des |a )?)?{_THE}?(?:[a-z]{{2,15}} )?{_BODY}\b(?!"
    rf" qui)(?=[^.!?\n]{{0,40}}[:,])"
    rf"|votre (?:[a-z]{{2,12}} )?{_BODY}(?: [a-z]+){{0,2}}, (?:toujours |reste |encore |est )?"
    r"(?:a vos cotes|a votre (?:service|ecoute|disposition)|avec vous|pres de vous"
    r"|vous (?:repond|ecoute))\b"
    rf"|(?:here )?at (?:the |your )?(?:[a-z]+ ){{0,2}}{_ENGLISH_BODY}, we\b"
    rf"|(?:service|centre|agence|direction|cellule) (?:[a-z]{{2,12}} ){{0,2}}{_THE}?{_BODY}(?:"
    rf" [a-z]+)? ?: "
    rf"|(?:we are|this is|i am|i'm) (?:[a-z]+ ){{0,5}}?{_ENGLISH_BODY}\b"
    rf"|(?:your |the )?(?:[a-z]+ )?{_ENGLISH_BODY} (?:is|are) (?:writing|contacting|calling"
    rf"|speaking)\b)"
)
#: After such an opening, it speaks of its business with the reader.
_OWN = re.compile(
    r"\b(?:nous|notre|nos|votre|vos|un paiement|une connexion|une operation|message|avis|alerte"
    r"|consigne|communique|information|attendue?)\b"
)
#: A help's name at the head of a line of numbers, or an advice.
_ADVICE = re.compile(r"\b(?:vous-memes?|tapez|composez|appelez|numero|au [0-9]|[0-9]{2,})\b")
_SIGNED = re.compile(
    rf"\A[\W_]{{0,20}}(?:[a-z'.-]{{1,30}}[ ,]{{1,3}}){{0,4}}?(?:{_THE})?(?:[a-z]{{1,30}} )?"
    rf"(?:{_BODY}|{_RANK})\b[a-z' ,()-]{{0,80}}[\s*_]{{0,20}}\Z"
)
_VERB = re.compile(
    r"\b(?:tient|tiennent|vient|viennent|fait|raconte|doit|va|vont|ont|demande|passe|conseille"
    r"|organise|appelle|rappelle|parle|invite|reste|peuvent|ne|n'[a-z]+|est|sont|a|ont|peut|aide"
    r"|repond|publie|explique|propose|voir|lire)\b"
)
_GREETED = re.compile(
    r"\b(?:cordialement|respectueusement|salutations|bien a vous|belle journee|bonne journee"
    r"|merci)\b"
)
_ELSE = re.compile(
    r"\b(?:faux|fausses?|escrocs?|arnaqu\w+|imit\w+|se fai[ts]|se font|pretend\w*|demarcheurs?"
    r"|copi\w+"
    r"|not|nor|neither|claims?|se presentent? comme"
    r"|n'est pas|ne sommes|ne suis|ni|pirates?|fraudeurs?|pieges?|peut-etre|inconnu|source"
    r"|le (?:conseille|recommande|rappelle|dit)|partenaires?|partenariat|d'apres|selon|credit"
    r"|peut (?:bloquer|verifier|aider|rembourser"
    r"|saisir"
    r"|ouvrir))\b"
)
#: A line that shows where to go, not who writes.
_SHOWS = re.compile(r"^\s*(?:[-*>#|]|\d+\.)|[:\d?\[]|https?|www")


def speakers(passage: Passage) -> Iterator[Finding]:
    """A body: at most one, the first."""
    own = rules_voice.plain(rules_voice.own_words(passage.text))
    avowed = _AVOWED.search(own)
    if avowed and not _told_before(own, avowed):
        at = avowed.end() - len(avowed[0].lstrip(" *_>#\n\"'(-"))
        yield passage.finding("impersonation", at, _SPEAKS)
        return
    for at in _found(own, passage.text):
        if rules_weighing.backed(passage, "impersonation", at, at + 1):
            yield passage.finding("impersonation", at, _SPEAKS)
            return


def _found(own: str, written: str) -> Iterator[int]:
    for start, sentence in rules_voice.sentences(own):
        found = _SAID.search(sentence)
        if (
            found
            and not rules_voice.asks(sentence)
            and not _ELSE.search(sentence)
            and not rules_voice.forbids(sentence, found.end())
            and not rules_voice.reports(sentence, found.start())
            and not rules_voice.told_after(sentence, found.end())
        ):
            yield start + found.start()
    presented = _PRESENTS.search(own)
    if presented and not _ELSE.search(_clause(own, presented)):
        yield presented.start("who")
    opened = _OPENS.match(own)
    if opened and _AT_ONCE.match(own, opened.end()):
        yield opened.start()
    said = " ".join(sentence for _, sentence in islice(rules_voice.sentences(own), 2))
    if opened and _OWN.search(own) and not (_ADVICE.search(own) or _ELSE.search(said)):
        yield opened.start()
    lined = _LINED.search(own)
    if lined and not (_VERB.search(lined[0]) or _ELSE.search(lined[0])):
        yield lined.start("who")
    heading = _HEADING.search(own)
    if heading and not (_ELSE.search(said) or _ELSE.search(heading[0])):
        yield heading.start("who")
    signed = _signature(own)
    if signed is not None and written[signed : signed + 1].strip():
        yield signed


def _told_before(own: str, avowed: re.Match[str]) -> bool:
    """« Le faux message commence par : la police vous écrit »: somebody else's, by what leads up
    to it on its own line."""
    line = own[own.rfind("\n", 0, avowed.end() - 1) + 1 : avowed.end()]
    return bool(_ELSE.search(line))


def _clause(own: str, found: re.Match[str]) -> str:
    """What it is said in, up to the colon or the end of its sentence."""
    return re.split(r"[:.!?\n]", own[found.start("who") : found.end("who") + 60])[0]


def _signature(own: str) -> int | None:
    """Where the last line stands, when it is a name that isn't ours."""
    lines = own.rstrip().split("\n")
    last = lines[-1]
    if len(lines) < 2 or len(last) > 90 or _SHOWS.search(last) or _VERB.search(last):
        return None
    if not _SIGNED.match(last) or _ELSE.search(last):
        return None
    before = lines[-2].strip()
    # « Adjudant Moreau, Gendarmerie nationale » signs wherever it ends.
    ranked = re.match(rf"\W{{0,4}}(?:{_RANK}|(?:la |le )?brigade|(?:la |le )?commissariat)\b", last)
    alone = not before or bool(_GREETED.search(before)) or (bool(ranked) and last[-1:] != ".")
    alone = alone or bool(re.match(rf"\W{{0,4}}(?:votre {_BODY}|dossier n)", last))
    return len(own.rstrip()) - len(last) if alone else None
