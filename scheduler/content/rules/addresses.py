"""Rules on the addresses themselves: plain, secure, our own pages real, nobody followed."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

from scheduler.content.rules import public_bodies
from scheduler.content.rules.imitations import imitated, misspelled
from scheduler.content.rules.links import (
    HELP_SITES,
    HOST,
    MAILBOX,
    Allowed,
    host_of,
    is_below,
    links_in,
)
from scheduler.content.rules.passage import Passage
from scheduler.content.rules.voice import CODE, QUOTED, blank, plain
from scheduler.domain.checking.findings import Finding
from scheduler.domain.organisation import Links
from scheduler.domain.showing import public_pages
from scheduler.domain.values import frozen

#: Often imitated, beside the help sites and the organisation's own.
_IMITATED = (
    *("impots.gouv.fr", "ants.gouv.fr", "service-public.fr", "amendes.gouv.fr", "laposte.fr"),
    *("chronopost.fr", "francetravail.fr", "netflix.com", "paypal.com", "microsoft.com"),
    *("franceconnect.gouv.fr", "moncompteformation.gouv.fr", "mondocteur.fr", "doctolib.fr"),
)
_BODIES = (*HELP_SITES, *public_bodies.SITES, *_IMITATED)
_TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|gclid|fbclid|msclkid|dclid|yclid|mkt_tok|_hs\w+|vero_\w+|oly_\w+_id"
    r"|(?:pk|mtm|matomo|piwik)_\w+|at_\w+|xtor|s_cid|cmpid|wt\.?mc\w*|ref_src|igshid|trk\w*"
    r"|campaign|ref",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:e-?mail|mail|courriel|uid|u|user\w*|usr|id\w{0,3}|contact\w*|recipient\w*|rid|sid|cid|pid"
    r"|token|jeton|hash|key|matricule|patient\w*|ipp|nir|phone|tel|nom|prenom|name)",
    re.IGNORECASE,
)
#: « /patients/droits » is a section; one of them, or a number, is somebody.
_SOMEBODY = re.compile(
    r"/(?:u|user|patient|contact|profil)/[^/]+"
    r"|/(?:users|patients|contacts|profils)/[^/]*[0-9.@_][^/]*",
    re.IGNORECASE,
)
_REDIRECT = re.compile(r"(?:https?:|//|%2f%2f|www\.)", re.IGNORECASE)
_LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|se-connecter|connexion|auth\w*|sso|(?:mot-de-passe|password)[\w-]*"
    r"|re-?initialis\w*|reset\w*|verif(?:y|ication)\w*|confirm\w*-(?:compte|identite)|account"
    r"|webmail|owa)(?=[/.?#]|$)",
    re.IGNORECASE,
)
_LOGIN_WORDS = re.compile(
    r"\b(?:connectez-vous|se connecter|me connecter|identifiez-vous|authentifiez-vous"
    r"|(?:confirmer|verifier|debloquer|reactiver|deverrouiller|valider|mettre a jour)"
    r" (?:mon|votre|mes|vos) (?:compte|identite|acces|informations|coordonnees|mot de passe)"
    r"|reinitialiser"
    r"|acceder a (?:mon|votre) compte"
    r"|log ?in|sign in|verify (?:your|my) (?:account|identity))\b"
)
_FILE = re.compile(
    r"\.(?:exe|scr|msi|bat|cmd|js|vbs|jar|apk|iso|img|dmg|zip|rar|7z|gz|docm|xlsm|pptm|lnk|hta"
    r"|ps1)$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:cliqu(?:ez|er)(?: (?:ici|la|sur ce lien))?|ici|la|par ici|c'est (?:par )?ici"
    r"|(?:ce |le )?lien|cette page|(?:en )?savoir plus|plus(?: d'(?:infos?|informations))?"
    r"|(?:lire )?la suite|suite|voir(?: plus)?|details|telecharger|acceder|suivre|continuer"
    r"|ok|go|url|site|page"
    r"|click(?: here)?|here|this link|link|read more|more|learn more|this page)"
    r"[ .!:…>»→]*"
)


@frozen
class AddressRules:
    allowed: Allowed
    links: Links

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Every link of a Markdown text, and every address that a program will make one of."""
        for link in links_in(passage.text):
            for code, message in self._of(link.target):
                yield passage.finding(code, link.offset, message)
            words = plain(link.text).strip(" *_«»")
            if link.text.strip() and _VAGUE.fullmatch(words):
                message = f"« {link.text.strip()} » ne dit pas où mène le lien"
                yield passage.finding("link-wording", link.offset, message)
            elif _LOGIN_WORDS.search(words):
                message = f"« {link.text.strip()} » mène à une connexion"
                yield passage.finding("login-link", link.offset, message)
        yield from self._named(passage)

    def _named(self, passage: Passage) -> Iterator[Finding]:
        """A site that is only named: it isn't followed, unless it is taken for another."""
        taken = [(link.offset, link.offset + len(link.text)) for link in links_in(passage.text)]
        shown = CODE.sub(blank, QUOTED.sub(blank, passage.text))
        for found in HOST.finditer(shown):
            inside = any(start <= found.start() <= end + 200 for start, end in taken)
            if not inside and (other := self._imitated(found["host"].lower())):
                message = f"« {found['host']} » imite « {other} »"
                yield passage.finding("disguised-link", found.start(), message)

        for found in MAILBOX.finditer(shown):
            host = found["host"].lower()
            if not self.allowed.takes(host) and (other := imitated(host, _BODIES)):
                message = f"« {found['host']} » imite « {other} »"
                yield passage.finding("disguised-link", found.start(), message)

    def _of(self, target: str) -> Iterator[tuple[str, str]]:
        scheme = target.partition(":")[0].lower()
        if scheme == "mailto":
            if re.search(r"[?&](?:body|cc|bcc|subject)=", target, re.IGNORECASE):
                yield "mailto", "le lien remplit un message"
            return
        if scheme == "tel":
            return
        if scheme == "http":
            yield "insecure-link", f"« {target} » n'est pas en https:"
        try:
            parts = urlsplit(target if "://" in target else f"https://{target}")
            port = parts.port
        except ValueError:
            yield "disguised-link", f"« {target} » n'est pas une adresse ordinaire"
            return
        if disguise := self._disguise(target, parts.netloc, port):
            yield "disguised-link", disguise
        yield from _parameters(f"{parts.query}&{parts.fragment}")
        path = unquote(parts.path)
        if _LOGIN.search(path):
            yield "login-link", f"« {target} » mène à une connexion"
        if _SOMEBODY.search(path):
            yield "tracking", f"« {target} » désigne une personne"
        if _FILE.search(path):
            yield "download", f"« {target} » télécharge un fichier"
        if own := self._own_page(parts.netloc.lower(), path):
            yield "own-page", own

    def _disguise(self, target: str, netloc: str, port: int | None) -> str:
        host = host_of(target)
        if "@" in netloc or "%40" in netloc:
            return f"l'adresse cache son site derrière « @ » : elle mène à « {host} »"
        if _is_number(host):
            return f"« {host} » est une adresse IP, non le nom d'un site"
        if host.startswith("xn--") or ".xn--" in host or not host.isascii():
            return f"« {host} » s'écrit avec des lettres d'un autre alphabet"
        if port not in (None, 443):
            return f"l'adresse a un numéro de port, {port}"
        if "%" in netloc:
            return f"« {netloc} » cache ses lettres derrière des %"
        other = self._imitated(host)
        return f"« {host} » imite « {other} »" if other else ""

    def _imitated(self, host: str) -> str:
        """The known site that ``host`` may be taken for; empty when none, or it itself."""
        known = [*HELP_SITES, *self.allowed.domains, *public_bodies.SITES, *_IMITATED]
        if is_below(host, public_bodies.ZONES) and not is_below(host, public_bodies.SITES):
            return misspelled(host, [*HELP_SITES, *public_bodies.SITES])
        if self.allowed.takes(host) or is_below(host, known):
            return ""
        return imitated(host, known)

    def _own_page(self, netloc: str, path: str) -> str:
        public, short = urlsplit(self.links.public_url), urlsplit(self.links.short_url)
        if netloc == public.netloc.lower() and path.startswith(public.path):
            within = path[len(public.path) :].rstrip("/")
            if within and not public_pages.exists(within, joining=self.links.joining):
                return f"notre site public n'a pas de page « {within} »"
        elif netloc == short.netloc.lower():
            return "les adresses courtes sont à chaque lecteur : le programme les ajoute"
        return ""


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    for name, value in parse_qsl(query, keep_blank_values=True):
        if _TRACKING.fullmatch(name):
            yield "tracking", f"« {name} » suit le lecteur"
        elif _PERSONAL.fullmatch(name) and value:
            yield "tracking", f"« {name} » désigne une personne"
        elif _REDIRECT.match(value):
            yield "disguised-link", f"« {name} » mène ailleurs que l'adresse ne le montre"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host))
    return True
