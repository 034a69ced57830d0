"""Rules on addresses: only known sites, shown as they are, never shortened; no picture, no HTML."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote, urlsplit

from scheduler.content.rules import public_bodies
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.voice import QUOTED, blank, plain
from scheduler.domain.checking.findings import Finding
from scheduler.domain.organisation import Links, Organisation
from scheduler.domain.values import frozen

#: Public sites of help that any message may name.
HELP_SITES = (
    "ameli.fr",
    "monespacesante.fr",
    "cybermalveillance.gouv.fr",
    "17cyber.gouv.fr",
    "33700.fr",
    "signal-spam.fr",
    "cnil.fr",
)
#: Services that hide where an address leads.
SHORTENERS = (
    *(
        "s.id",
        "u.to",
        "x.gd",
        "shorte.st",
        "adf.ly",
        "trib.al",
        "soo.gd",
        "clck.ru",
        "t.me",
        "wa.me",
    ),
    *("lc.cx", "petitlien.fr", "miniurl.be", "urlr.me", "l.ead.me", "linktr.ee", "smarturl.it"),
    *("bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly"),
    *("rebrand.ly", "cutt.ly", "lnkd.in", "fb.me", "rb.gy", "t.ly", "shorturl.at", "urlz.fr"),
    *("swll.to", "tiny.cc", "short.io", "dub.sh", "bl.ink", "qrco.de", "youtu.be", "amzn.to"),
)

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]*)\]\(\s*(?P<target>[^\s()]+)[^()]*\)")
_BUTTON = re.compile(r"\[\[\s*(?P<text>[^\[\]|]+?)\s*\|\s*(?P<target>\S+?)\s*\]\]")
_ANGLE = re.compile(r"<(?P<target>(?:https?|mailto|tel):[^\s<>]+)>")
#: An address that a mail program makes a link of by itself.
_BARE = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]«»\"|*]+", re.IGNORECASE)
_ENDINGS = (
    "fr|com|org|net|eu|info|biz|io|be|ch|de|uk|co|ly|me|to|gl|gd|cc|at|in|app|dev|site|online|xyz"
    "|link|click|shop|store|top|ru|cn|re|gp|mq|gf|nc|pf|pm|wf|yt|paris|bzh|alsace|corsica|sante"
    "|health|example|test|invalid|sh|ink|gy|de|cx"
)
#: A host's name in a sentence: a word that ends like one.
HOST = re.compile(
    rf"(?<![\w@.-])(?:https?://)?(?P<host>(?:[\w-]+\.)+(?:{_ENDINGS}))(?![\w-]|\.\w)", re.IGNORECASE
)
#: A name alone, without a page behind it.
_LONE_HOST = re.compile(r"(?<![\w/.-])[\w-]{1,63}\.\w{2,4}(?:/[\w…-]{0,20})?(?![\w/])")
MAILBOX = re.compile(r"(?<![^\s@<>])[^\s@<>]+@(?P<host>[\w.-]+\w)")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\](?:\([^)\n]*\))?")
_TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)(?:[\s/][^<>]*)?>|<!--(?P<note>)", re.IGNORECASE)


#: « Notre page sur les faux messages de… » says whose page it is.
_ABOUT = re.compile(
    r"\b(?:(?:notre|nos|la|une) (?:page|fiche|article|conseil|guide|quiz|atelier|rencontre|reunion"
    r"|dossier|film|video|affiche|lettre|agenda|actualite|conference|formation|histoire)s? "
    r"|avec (?:la |le |les |l')?|faux|fausses?)\b"
)


_PAGE_OF = re.compile(
    r"\b(?:la|le|les|une?) (?:pages?|fiches?|guides?|conseils?|articles?|dossiers?|videos?|sites?)"
    r" (?:officiel(?:le)?s? )?(?:du |de |d'|de la |de l'|des )\Z"
)
#: Somebody who has a site of their own, and which one we can't know: not ours, nor a body's.
_SOMEBODYS = re.compile(
    r"(?:\A\W{0,3}|\b(?:site|page|conseils?|guide|fiche|portail|aide|espace|compte|formulaire"
    r"|dossier"
    r"|website|advice|page of|guide of) (?:officiel(?:le)? )?(?:de |du |d'|des |from |of |by )?)"
    r"(?:votre |la |le |l'|les |your |the )?"
    r"(?P<who>banques?|mairies?|universites?(?: d[e'] ?[a-z]+)?|police|prefecture|mutuelles?|caf"
    r"|caisse d'allocations|urssaf|academie|departement|region|ordre des [a-z]+|croix[- ]rouge"
    r"|poste|laposte|conseil departemental|ministere|france travail|nhs|bank|tax office"
    r"|university|town hall|city council|gouvernement|government|impots|assurance retraite|msa)"
    r"(?![\w-])"
)
_OURS = re.compile(
    r"\b(?:contre|sur|faux|fausse|imit|reconnaitre|appels?|comment|pourquoi|fake|our)"
)


@frozen
class Allowed:
    """The sites that this organisation's messages may lead to."""

    #: Each with all that is below it.
    domains: Collection[str]
    #: Exact names: the program's own pages.
    hosts: Collection[str]

    @classmethod
    def of(cls, organisation: Organisation, links: Links) -> "Allowed":
        addresses = (organisation.contact, organisation.dpo)
        pages = (organisation.site, organisation.privacy_url, links.public_url, links.short_url)
        return cls(
            domains={
                *(*HELP_SITES, *public_bodies.SITES, *public_bodies.ZONES),
                *(name.lower() for name in organisation.link_domains),
            },
            hosts={host_of(page) for page in pages}
            | {found["host"].lower() for each in addresses if (found := MAILBOX.search(each))},
        )

    def takes(self, host: str) -> bool:
        return host in self.hosts or is_below(host, self.domains)


@frozen
class Link:
    offset: int
    text: str
    target: str


def host_of(target: str) -> str:
    """The host that a target leads to, in lower case; for a mailbox, its domain."""
    if target.lower().startswith("mailto:"):
        return unquote(target).rpartition("@")[2].partition("?")[0].lower()
    address = target if "://" in target else f"https://{target}"
    return (urlsplit(address).hostname or "").lower()


def is_below(host: str, domains: Collection[str]) -> bool:
    """The host is one of these domains, or belongs to one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def links_in(text: str) -> Iterator[Link]:
    """Every link of a Markdown text, and every bare address that a program will make one of."""
    taken: list[tuple[int, int]] = []
    for pattern in (_BUTTON, _LINK, _ANGLE):
        for found in pattern.finditer(text):
            taken.append(found.span())
            words = found.groupdict().get("text") or ""
            yield Link(offset=found.start(), text=words, target=found["target"])
    for found in _BARE.finditer(text):
        if not any(start <= found.start() < end for start, end in taken):
            yield Link(offset=found.start(), text="", target=found[0].rstrip(".,;:!?…'’"))


def links(passage: Passage, allowed: Allowed) -> Iterator[Finding]:
    """E-mail bodies: where links lead, and whether they say so."""
    for link in links_in(passage.text):
        host = host_of(link.target)
        if not host or link.target.startswith("tel:"):
            continue
        if not is_below(host, SHORTENERS) and not allowed.takes(host):
            message = f"le lien mène à « {host} », qui n'est pas un site permis"
            yield passage.finding("link-domain", link.offset, message)
        shown_instead = [one for one in _hosts_shown(link.text) if _bare(one) != _bare(host)]
        for shown in shown_instead:
            message = f"le texte du lien montre « {shown} » mais mène à « {host} »"
            yield passage.finding("link-text", link.offset, message)
        body = "" if shown_instead else _named_instead(link.text, host)
        if body:
            message = f"le texte du lien nomme « {body} » mais mène à « {host} »"
            yield passage.finding("link-name", link.offset, message)


#: A path, or the end of a link's target: it leads somewhere.
_GOES_ON = re.compile(r"/\w|\)")
#: What a shortening service is, or does.
_TOLD_OF = re.compile(
    r"\b(?:raccourci\w*|liens? courts?|short\w* (?:links?|addresses|urls?)|cach(?:e|ent|ait|er)"
    r"|hides?"
    r"|de type|du genre|comme|tels? que|such as|like|un lien|une adresse"
    r"|adresses? en|un (?=bit|tiny|ow)|wary|ou elles? mene(?:nt)?|ne s'ouvre pas|faux"
    r"|mefi\w+|inconnu\w*)\b"
)


_NEVER = re.compile(
    r"\b(?:jamais|pas|ni|never|not|nor)(?: (?:par|en|sur|de|with|in|on|un|a))?\W{1,3}\Z"
)


def _sentence_around(text: str, at: int) -> str:
    start = max((text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n")), default=-1)
    return text[start + 1 : at + 200].partition("\n")[0]


def shorteners(passage: Passage) -> Iterator[Finding]:
    """Any text: no address of a shortening service, even without a link. Its name alone may be
    quoted, or told of (« un lien bit.ly », « de type bit.ly ou tinyurl »)."""
    named = QUOTED.sub(lambda found: _LONE_HOST.sub(blank, found[0]), passage.text)
    for found in HOST.finditer(named):
        alone = not _GOES_ON.match(named, found.end()) and named[: found.start()][-3:] != "://"
        if alone and _TOLD_OF.search(plain(_sentence_around(named, found.start()))):
            continue
        # « Toujours example.org, jamais bit.ly. »
        if alone and _NEVER.search(plain(named[max(found.start() - 24, 0) : found.start()])):
            continue
        if is_below(found["host"].lower(), SHORTENERS):
            message = f"« {found['host']} » est un raccourcisseur d'adresses"
            yield passage.finding("shortener", found.start(), message)


def sms_links(passage: Passage, own: str = "") -> Iterator[Finding]:
    """An SMS names no site but those of public help and ``own``, the organisation's; what is below
    it by its bare name alone: « patients.example.org », no address to follow."""
    for found in HOST.finditer(passage.text):
        host = found["host"].lower()
        begins = found.start("host")
        schemed = passage.text[max(begins - 3, 0) : begins] == "://"
        followed = schemed or _GOES_ON.match(passage.text, found.end())
        if own and not followed and is_below(host, (_bare(own),)):
            continue
        if _bare(host) != _bare(own) and not is_below(
            host, (*HELP_SITES, *SHORTENERS, *public_bodies.ZONES)
        ):
            yield passage.finding("sms-link", found.start(), f"le SMS cite « {host} »")


def pictures(passage: Passage) -> Iterator[Finding]:
    """Pictures and HTML in a Markdown text."""
    for found in _IMAGE.finditer(passage.text):
        lacking = "" if found["alt"].strip() else " sans texte de remplacement"
        yield passage.finding("image", found.start(), f"une image{lacking} est demandée")
    for found in _TAG.finditer(passage.text):
        name = (found["name"] or "").lower()
        if name == "img":
            lacking = "" if re.search(r"\balt\s*=", found[0]) else " sans texte de remplacement"
            yield passage.finding("image", found.start(), f"une image{lacking} est demandée")
        else:
            yield passage.finding("html", found.start(), f"« {found[0]} » est du HTML")


def without_pictures(text: str) -> str:
    """``text`` with each picture's words in its place: they are told of by ``pictures``."""
    return _IMAGE.sub(lambda found: found["alt"] or "image", text)


def _hosts_shown(text: str) -> Iterator[str]:
    for found in (*HOST.finditer(text), *MAILBOX.finditer(text)):
        yield found["host"].lower()


def _named_instead(text: str, host: str) -> str:
    """The public body that a link names without leading to it; empty when there is none."""
    words = plain(text)
    named = [body for body in public_bodies.BODIES if body.named.search(words)]
    if any(is_below(host, body.domains) for body in named):
        return ""
    theirs = _SOMEBODYS.search(words)
    if theirs and not _OURS.search(words):
        return theirs["who"]
    if whose := next((body for body in named if _is_theirs(body, words)), None):
        return whose.name
    if _ABOUT.search(words):
        return ""
    return named[0].name if named else ""


def _is_theirs(body: public_bodies.PublicBody, words: str) -> bool:
    """« La page du 33700 » is its own; « la page sur le 33700 » is about it."""
    found = body.named.search(words)
    return bool(found and _PAGE_OF.search(words, 0, found.start()))


def _bare(host: str) -> str:
    return host.removeprefix("www.")
