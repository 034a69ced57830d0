"""Whose words and figures a text uses: their owner is named in it, or in its message's credit."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

from scheduler.content.rules import voice as rules_voice
from scheduler.content.rules import weighing as rules_weighing
from scheduler.content.rules.passage import Passage
from scheduler.domain.checking.findings import Finding
from scheduler.domain.values import frozen


@frozen
class _Work:
    owner: str
    words: re.Pattern[str]
    names: re.Pattern[str]


def _read() -> tuple[_Work, ...]:
    text = resources.files(__package__).joinpath("credited.toml").read_text(encoding="utf-8")
    return tuple(
        _Work(
            owner=row["owner"],
            words=re.compile(rf"(?<!\w)(?:{row['words']})"),
            names=re.compile(row["names"]),
        )
        for row in tomllib.loads(text)["work"]
    )


_WORKS = _read()
#: A sentence of somebody's in quotation marks, brought in as a saying, a title or a motto.
_BROUGHT = re.compile(
    r"\b(?:conseil|principe|slogan|devise|mot d'ordre|formule|adage|guide|fiche|brochure|titre"
    r"|livret|affiche|panorama|rapport|article|campagne|livre|dit l'autre|comme le dit|l'ecrit)\b"
    r"[^.!?\n«]{0,40}«(?P<said>[^«»]{12,200})»"
)
#: Somebody's words, method or song, and nobody's name.
_SOMEBODY = re.compile(
    r"\b(?:une?|des|certaine?s|les|quelque|ce|cette|plusieurs|de) (?:[a-z]+ )?(?:experte?s?|etudes?"
    r"|enquetes?|sondages?|barometres?|rapports?|recherches?|travaux|statistiques?|articles?"
    r"|podcasts?"
    r"|documentaires?|livres?|guides?|presse|media|medias|reportages?|medecins?"
    r"|neurologues?|journalistes?|blogueu\w{1,3}|youtubeu\w{1,3}|hackers?|philosophes?"
    r"|chercheu\w{1,4}|psychologues?"
    r"|auteure?s?|specialistes?|sociologues?|ecrivaine?s?|poetes?|ingenieure?s?|sages?|penseurs?"
    r"|economistes?|scientifiques?|professeure?s?|magazine|journal|quotidien|site|universite"
    r"|institut|cabinet|organisme|association|editeur|entreprise)(?: [a-z]+){0,4},? (?:a |l'a "
    r"|ont |l'ont |l'|le |nous |vous |en )?"
    r"(?:dit|disait|ecri\w+|expliqu\w+|montr\w+|demontr\w+|affirm\w+|prouv\w+|recommand\w+"
    r"|conseill\w+"
    r"|revel\w+|indiqu\w+|constat\w+|etabli(?:t|ssent)\b|conclu\w*|racont\w+|calcul\w+|compt\w+"
    r"|evalu\w+|chiffr\w+|estim\w+|resum\w+|rappel\w+)\b"
    r"|\bcomme (?:le |l'|on )?(?:disai[ts]|dit|ecrivai[ts]|ecrit|chantai[ts]|a dit) (?:une?|le|la"
    r"|si bien) (?:[a-z]+ )?"
    r"(?:philosophe|poete|sage|chanson|auteur|ecrivain|savant|proverbe|dicton|expert|general|roi"
    r"|maxime)|\b(?:fameu(?:x|se)|celebre|excellent|bon vieux) (?:guide|livre|film|article|refrain"
    r"|slogan|manuel|ouvrage|dessin|texte|discours|personnage|chanson|poeme|conte|fable)\b"
    r"|\b(?:refrain|chanson|fable|poeme|conte|film|serie|roman)s?(?: [a-z]+){0,3} (?:dit|disait"
    r"|chante|raconte|commence|rappelle|conseille)\b"
    r"|\b(?:lire|lit|lu|entendu|entendre|vu) (?:dans|sur|a) (?:la|le|les|un|une) (?:presse|journ\w+"
    r"|radio|television|tele|podcast|magazine|internet|reseaux|livre|web)\b|\bdans la presse\b"
    r"|\b(?:repris\w{0,2}|vient(?= d'une? autre)|viennent(?= d'une? autre)|tiree?s?|empruntee?s?"
    r"|copiee?s?|adaptee?s?|inspiree?s?|traduite?s?"
    r"|extraite?s?)(?: [a-z]+)? (?:d'|de l'|a )(?:une?|autres?) (?!peu|messages?|appel|sms"
    r"|inconnu|lien|adresse"
    r"|numero|escroc|pays|compte|faux|vrai)[a-z]"
    r"|\bau journal\b(?! d)|\bun (?:grand )?quotidien\b"
    r"|\bchant(?:e|ait|ent)-on\b|\b(?:dit|selon) (?:la|le|l'|une?) (?:celebre |vieux "
    r"|vieille )?"
    r"(?:chanson|proverbe|dicton|adage|film|refrain|citation|maxime|poeme|livre|roman)\b"
    r"|\b(?:methode|test|regle|modele|technique|concept|jeu|exercice|schema"
    r"|theorie)\b[^.!?\n]{0,40}"
    r"\b(?:mise? au point|inventee?|imaginee?|proposee?|creee?|concue?|elaboree?|developpee?"
    r"|emprunte\w*"
    r"|tiree?) (?:par|a|d[e'u]) ?(?:une?|des|l'|la|le)\b"
    r"|\b(?:methode|technique|regle|approche|recette|principe)s? (?:bien "
    r"|tres )?(?:reconnu|connu|celebre"
    r"|eprouve|enseigne|recommande|venu)e?s? (?:a l'etranger|dans le monde|aux etats-unis"
    r"|outre-[a-z]+|en angleterre|d'ailleurs|par (?:les|des) (?:specialistes|experts))\b"
    r"|(?<!une )(?<!un )(?<!la )(?<!le )(?<!cette )(?<!des )(?<!les )\b(?:graphique|infographie"
    r"|courbe"
    r"|photo|photographie|image|illustration|schema|dessin|capture)s? ?:(?= ?(?:(?:une?|des|les?"
    r"|la|deux|trois) |l'))(?! ?l'equipe (?:de |du )?"
    r"(?:communication|numerique|cyber|informatique|reflexe))(?![^\n]{0,120}(?:©|credit|archives))"
    r"|(?<!une )(?<!un )(?<!la )(?<!le )(?<!cette )(?<!des )(?<!les )\b(?:graphique|infographie"
    r"|courbe"
    r"|photo|photographie|image|illustration|schema|dessin"
    r"|capture)s? ?:(?! ?(?:[a-z' -]{3,30}[a-z]\.|[a-z]+ [a-z]+ ?[.,\n]|[a-z]+, (?:du|de|d'|des"
    r"|from|chez) ?|(?:notre|nos|l'equipe"
    r"|service)))"
)
#: After a quotation, who is said to say it: « … », rappelle l'affiche.
_SAID_BY = re.compile(
    r"[»”\"][ \u00a0,.:]{0,3}(?:comme )?(?:l'a |le |nous )?(?:rappel|repet|indiqu|not|dit|disait"
    r"|ecri|resum|conclu|clam|pron"
    r"|recommand|martel|insist|conseill|ajout|expliqu|affirm|avert)\w{0,5} (?:la |le |l'|les "
    r"|une? |cette |ce )"
    r"(?:[a-z]+ )?(?:affiches?|campagnes?|slogan|brochure|guide|experts?|autorites?|agence"
    r"|organisme|adage"
    r"|chanson|livre|auteure?|panneau|spot|clip|dicton|proverbe|sagesse|rapport|specialistes?"
    r"|journal|presse"
    r"|film|philosophe|poete|ecrivain|depliant|video)\b"
    r"|[»”\"][^.!?\n«“]{0,12}\b(?:l'autorite|l'agence|l'organisme|the guideline|the report"
    r"|the agency)\b"
    r"|[»”\"],? comme on (?:l'a|le) (?:si bien )?(?:dit|ecrit)\b"
    r"|[”\"] is the [a-z]+ the (?:guideline|report|agency)"
)
#: A work, a picture or a figure that comes from nowhere named.
_FROM_SOMEWHERE = re.compile(
    r"\b(?:images?|dessins?|photos?|textes?|conseils?|schemas?|illustrations?|citations?"
    r"|phrases?|extraits?"
    r"|paragraphes?|listes?|fiches?|chiffres?|textes?)\b[^.!?\n]{0,20}\b(?:vien(?:t|nent)"
    r"|provien(?:t|nent)"
    r"|tiree?s?|trouvee?s?|prise?s?|empruntee?s?|reprise?s?|copiee?s?|sont|est) (?:d'|de |du "
    r"|sur |a )"
    r"(?:internet|un (?:journal|site|livre|magazine|guide|moteur|blog|confrere|rapport)"
    r"|une (?:brochure|revue|banque"
    r" d'images|etude|affiche|campagne)|la toile|web\b|le web|google|reseaux)"
    r"|\b(?:guide|livre|rapport|brochure|etude|article|livret|memento"
    r"|referentiel)\b[^.!?\n]{0,40}\b(?:publie|paru"
    r"|sorti|diffuse|edite)e?s? (?:il y a|recemment|cette annee|l'an|l'annee|le mois|ce mois"
    r"|dernierement)"
    r"|\b(?:prejudice|cout|montant|pertes?|butin"
    r"|facture)\b[^.!?\n]{0,40}\b[0-9]+(?:,[0-9]+)? (?:millions?|milliards?)"
    r"|\b(?:a|one|some|recent|well-known) (?:[a-z-]+ )?(?:guideline|report|study|guide|survey"
    r"|poster|campaign|agency)s?"
    r" (?:recommends?|puts?|says?|states?|estimates?|advises?|claims?|counts?)\b"
)
#: What somebody counted, and doesn't say who.
_COUNTED = re.compile(
    r"\b(?:on estime|est estimee?|en moyenne(?:,|(?= [^.!?\n]{0,60}[0-9]))|(?:la )?duree moyenne"
    r"|cout moyen|le plus (?:utilise"
    r"|repandu|courant"
    r"|frequent|vole|copie)s? (?:en|au|du|de) (?:france|monde|europe)|selon (?:les|des"
    r"|de recentes) (?:estimations"
    r"|chiffres|statistiques|etudes)|les (?:chiffres|statistiques|etudes) (?:montrent|disent|sont"
    r"|le disent)"
    r"|les statistiques)\b"
    r"|\b[0-9]{1,3}(?:[ ,.][0-9]{1,3})?(?: millions?| milliards?| %| 000)[^.!?\n]{0,40}"
    r"\b(?:l'an dernier|l'annee derniere|cette annee|chaque annee|par an|par jour|chaque jour"
    r"|en france"
    r"|en europe|dans le monde|en 20[0-9]{2}|d'euros|de (?:francais|personnes|victimes|dollars)"
    r"|des (?:francais|personnes|victimes|attaques|gens|internautes|fraudes|courriels|messages"
    r"|mots de passe|pannes|incidents|hopitaux|piratages|vols|familles|adultes|utilisateurs"
    r"|escroqueries"
    r"|arnaques|sms|appels|cas))\b"
    r"|\b(?:attaques?|cyberattaques?|fraudes?|arnaques?|escroqueries|piratages?|signalements"
    r"|incidents"
    r"|vols|plaintes|victimes|faux [a-z]+)(?: [a-z']+){0,6} (?:a|ont|est|sont) (?:presque "
    r"|plus que )?"
    r"(?:augmente|progresse|bondi|double|triple|quadruple|explose|baisse|recule|en hausse"
    r"|en baisse)\b"
    r"|\b(?:deux|trois|quatre|cinq|dix|vingt|cent|[0-9]+) fois (?:plus|moins) (?!longs?|longue"
    r"|grande?s?|vite|facile|simple|utile|court|sure?|efficace|de temps|loin|dangereu\w+|de [a-z]+)"
    r"|\b(?:est|sont) (?:lue?s?|volee?s?|pirate\w*|devine\w*|casse\w*|trouve\w*"
    r"|craque\w*) en (?:moins de )?"
    r"(?:[0-9]+|une|deux|trois|quelques|dix) (?:secondes?|minutes?|heures?)\b"
    r"|\b(?:[0-9]+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf) (?!fois|jours?|semaines?|mois"
    r"|lundis?"
    r"|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|nuits?|annees?|lignes?"
    r"|pages?)[a-z]{4,14} sur (?:[0-9]+|deux"
    r"|trois|quatre|cinq"
    r"|six|sept|huit|neuf|dix|cent|mille)\b(?! (?:postes|notre)|, cela"
    r"|,? c'est)(?<!jours sur sept)(?<!jours sur 7)"
    r"|\bla moitie des (?:[a-z]+)|\bles (?:deux|trois) (?:tiers|quarts) des\b"
    r"|\b[0-9]{1,3} (?:percent|per cent|%) of\b|\bone in (?:two|three|four|five|ten|[0-9]+)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|[0-9]+)(?: out)?(?: of"
    r"| in) (?:every )?(?:ten"
    r"|five|four|three|hundred|[0-9]+)\b(?! (?:steps|minutes|languages|words))"
    r"|\bthe average (?:person"
    r"|user|adult|patient|nurse|employee|attack|breach|family)\b|\bon average\b"
    r"|\b(?:most|many|recent) (?:studies|surveys|experts|researchers)\b|\b(?:a|one"
    r"|an?) (?:[a-z]+ )?"
    r"(?:study|survey|report|researcher|newspaper|article|poll) (?:[a-z]+ )?(?:shows?|says?"
    r"|found|finds"
    r"|suggests?|reveals?)\b|\bstudies show\b"
    r"|\bexperts? (?:agree|recommend|warn|advise|say|suggest)s?\b"
    r"|\b(?:les|des|plusieurs|la plupart des|tous les) (?:[a-z]+ )?(?:specialistes|experts"
    r"|chercheurs|savants"
    r"|scientifiques|medecins|psychologues)(?: [a-z']+){0,3} (?:recommandent|conseillent|disent"
    r"|s'accordent"
    r"|sont d'accord|estiment|pensent|alertent|affirment)\b"
    r"|\b(?:coute\w*|rapporte\w*|represente\w*|perd\w*) (?:[a-z]+ ){0,3}(?:que toute?s? l"
    r"|des milliards|des millions"
    r"|[0-9]+ (?:millions?|milliards?))"
    r"|\b(?:a famous|an expert|a philosopher|research shows|experts say|as the saying goes)\b"
)
_NAME = re.compile(r"(?: [a-zéèêëïôç’-]{2,20}){0,3} [A-ZÉÈ][\w’-]+ [A-ZÉÈ][\w’-]+")
_UNNAMED = (_SOMEBODY, _COUNTED, _SAID_BY, _FROM_SOMEWHERE)
_OURS = re.compile(
    r"\b(?:notre|nos|nous avons|chez nous|l'hopital|au support|vous avez|exercice|questionnaire"
    r"|quiz|guichet|atelier|questions recues|stand|evitez|plus que l'an|fois plus d'"
    r"|agents?|our own|our|dans cette salle|parmi nous)\b"
)
_NAMED = re.compile(
    r"\b(?:sources?|cnil|anssi|agence|ministere|cybermalveillance|cert sante|insee|france assos"
    r"|assurance"
    r"|banque de france|observatoire|arcep|enisa|credits?|d'apres [a-z]+ [a-z]+|has"
    r"|union europeenne|onu|oms"
    r"|defenseur|federation|domaine public|ci-contre|victor|signal spam|nos voisins)\b"
    r"|\([a-z][^)\n]{4,60}\)|(?:mene|realise|conduit|publie|commande|signe)\w{0,2} (?:par|pour"
    r"|aupres)"
)
#: A saying alone on its line: what something is, isn't or is like, said of nobody in particular.
_SAYING = re.compile(
    r"^[ >*_]*«(?P<said>[^«»\n]{20,200})»[ *_.]*$(?![^\n]*\n[ >*_]*(?:[-—–(]|source|d'apres))",
    re.MULTILINE,
)
_IS = re.compile(r"\b(?:est|sont|vaut|valent|n'est|c'est|fait|ne [a-z]+ pas|comme|mieux|is|are)\b")
#: A fraud speaks to somebody.
_TO_SOMEBODY = re.compile(
    r"\b(?:votre|vos|vous|je|j'\w+|nous|notre|nos|mon|ma|mes|cliquez|bonjour|maman|papa|ton|ta|tu"
    r"|colis|compte|[a-z]{3,20}ez|your|you|i)\b"
)
#: Our own, or a fraud's.
_ITS = re.compile(
    r"\b(?:notre|nos|nous|faux|fausses?|escrocs?|messages?|sms|courriels?|mails?|appels?|inconnu\w*"
    r"|voix|objet|exemple|agence|ministere|cnil|anssi|association|france|cert|assurance|hopital"
    r"|service|selon|source|auteure?|victor|haute autorite|organisation|gouvernement|nations)\b"
)


def credits_due(passage: Passage, beside: str) -> Iterator[Finding]:
    """``beside`` is what else the reader sees: the subject, the preheader, the message's credit."""
    written = rules_voice.plain(passage.text)
    seen = written + "\n" + rules_voice.plain(beside)
    for work in _WORKS:
        found = work.words.search(written)
        if found and not work.names.search(seen) and _backed(passage, found):
            words = passage.text[found.start() : found.end()]
            message = f"« {words} » ne dit pas de qui cela vient"
            remedy = f"nommez {work.owner}, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", found.start(), message, remedy)
            return
    for start, sentence in rules_voice.sentences(written):
        found = next((one for pattern in _UNNAMED if (one := pattern.search(sentence))), None)
        missing = found and not _NAMED.search(seen) and not _OURS.search(sentence)
        if (
            found
            and missing
            and not _is_named_after(passage, start + found.end())
            and _backed(passage, found, start)
        ):
            words = passage.text[start + found.start() : start + found.end()]
            message = f"« {words} » ne dit pas de qui cela vient"
            remedy = "nommez son auteur, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", start + found.start(), message, remedy)
            return
        if found:
            continue
        brought = _BROUGHT.search(sentence)
        if brought and not _ITS.search(seen) and len(brought["said"].split()) > 3:
            message = "cette citation ne dit pas de qui elle vient"
            remedy = "nommez son auteur, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", start + brought.start("said"), message, remedy)
            return
    for said in _SAYING.finditer(written):
        if _IS.search(said["said"]) and not (
            _TO_SOMEBODY.search(said["said"]) or _ITS.search(said["said"])
        ):
            message = "cette citation ne dit pas de qui elle vient"
            remedy = "nommez son auteur, dans le texte ou dans credit: de message.yaml"
            yield passage.finding("credit", said.start("said"), message, remedy)
            return


def _is_named_after(passage: Passage, end: int) -> bool:
    """« … », écrit le spécialiste américain Bruce Schneier."""
    return bool(_NAME.match(passage.text, end))


def _backed(passage: Passage, found: re.Match[str], start: int = 0) -> bool:
    """Its sentence agrees that it is somebody else's."""
    return rules_weighing.backed(passage, "credit", start + found.start(), start + found.end())
