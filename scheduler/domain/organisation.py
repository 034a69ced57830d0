"""Who writes: the organisation, its sender names and its own addresses on the web."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.showing.public_pages import HELP, OPT_OUT, QUIZ, VERIFY, WEB_VERSION
from scheduler.domain.showing.published import WEB_ID_LENGTH
from scheduler.domain.values import frozen


@frozen
class File:
    """What a message carries beside its text."""

    content_type: str
    #: ASCII, as the reader's machine would save it.
    name: str
    body: bytes
    #: The page shows it by this name (``cid:``, RFC 2392); empty: it is attached.
    content_id: str = ""


#: What the layout calls the organisation's logo.
LOGO_ID = "logo"


@frozen
class Support:
    """Whom the staff may call: a line of words, by place of work where that matters."""

    default: str = ""
    #: (establishment, line).
    by_establishment: Sequence[tuple[str, str]] = ()

    def line(self, establishment: str = "") -> str:
        """What a reader who works there is told; empty: nobody set it. Case and spaces of the
        contact file don't count."""
        here = _folded(establishment)
        lines = (line for name, line in self.by_establishment if here and _folded(name) == here)
        return next(lines, self.default)

    def told(self, language: str, typed: "Support") -> "Support":
        """For readers of another language: what was typed for them, else what is dialled."""
        ours = {name: in_language(line, language) for name, line in self.by_establishment}
        theirs = dict(typed.by_establishment)
        same = {_folded(name) for name in theirs}
        kept = {name: line for name, line in ours.items() if _folded(name) not in same}
        return Support(
            default=typed.default or in_language(self.default, language),
            by_establishment=(*theirs.items(), *kept.items()),
        )

    @property
    def longest(self) -> str:
        return max((self.default, *(line for _, line in self.by_establishment)), key=len)

    @property
    def numbers(self) -> Sequence[str]:
        """What of those lines is dialled: digits alone, three at least."""
        lines = " ".join((self.default, *(line for _, line in self.by_establishment)))
        found = (re.sub(r"\D", "", one) for one in _DIALLED.findall(lines))
        return [one for one in found if len(one) > 2]


_DIALLED = re.compile(r"\d[\d .\u00a0\u202f-]*\d")


def in_language(line: str, language: str) -> str:
    """A line that was typed in French, for readers of another language: what is dialled, alone;
    with two numbers or none its words count, and it is quoted."""
    if language == "fr" or not line:
        return line
    # « 9 » and « 17 » of the hours aren't dialled.
    found = [one.strip() for one in _DIALLED.findall(line) if sum(map(str.isdigit, one)) > 2]
    return found[0] if len(found) == 1 else f"«\u00a0{line}\u00a0»"


#: For readers who aren't staff, and for pages that anybody may open.
NO_SUPPORT = Support()


def _language(variant: str) -> str:
    """Of a text: an easy one's is that of the others."""
    return variant.partition("-")[0]


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).replace("’", "'").casefold().split())


@frozen
class Organisation:
    name: str
    #: Postal address, one line.
    address: str
    #: How a reader reaches a person: an e-mail address or a telephone number.
    contact: str
    #: The data-protection officer's e-mail address.
    dpo: str
    #: The organisation's own web site (https).
    site: str
    privacy_url: str
    #: The first message says all of the notice, and not its essentials alone.
    full_notice: bool = False
    #: Domains that messages may link to, beside the public help sites.
    link_domains: Sequence[str] = ()
    #: Years after a person's last own act for which their address is kept.
    keeps_years: int = 3
    #: Whether the SMS provider is outside the European Union.
    sms_abroad: bool = False
    #: Shown in the e-mails' header; None: the name alone.
    logo: File | None = None
    #: Whether messages show their drawings.
    images: bool = True
    #: Told to staff alone.
    support: Support = NO_SUPPORT
    #: Whom patients, and anybody, may call: a line of words; empty: nobody set it.
    help: str = ""
    #: Both as somebody typed them for readers of English.
    support_en: Support = NO_SUPPORT
    help_en: str = ""

    def support_for(self, people: People, variant: str = "fr") -> Support:
        """Staff's lines are for staff: nobody else is told them. ``variant``: of the text."""
        if people is not People.STAFF:
            return NO_SUPPORT
        language = _language(variant)
        if language == "fr":
            return self.support
        return self.support.told(language, self.support_en if language == "en" else NO_SUPPORT)

    @property
    def staff_numbers(self) -> Sequence[str]:
        """Of staff's lines in any language: what the public never reads."""
        return (*self.support.numbers, *self.support_en.numbers)

    def help_for(self, variant: str) -> str:
        """What readers of this text are told of whom to call."""
        language = _language(variant)
        return (self.help_en if language == "en" else "") or in_language(self.help, language)


@frozen
class Links:
    """The program's own public addresses; https always, no slash at the end."""

    public_url: str
    short_url: str
    #: Whether the public site has a page where people subscribe.
    joining: bool = False

    @property
    def help_page(self) -> str:
        return f"{self.public_url}{HELP}"

    @property
    def verify_page(self) -> str:
        """« Ce message vient-il de nous ? »"""
        return f"{self.public_url}{VERIFY}"

    @property
    def quiz_page(self) -> str:
        """What stands before a quiz's own word; with a slash at its end."""
        return f"{self.public_url}{QUIZ}"

    def web_version(self, fingerprint: str) -> str:
        """A sent message as anybody may read it; the same address for all its readers."""
        return f"{self.public_url}{WEB_VERSION}{fingerprint[:WEB_ID_LENGTH]}"

    def twin(self, word: str) -> str:
        """The web version of a message by the word on its poster, before and after it is sent."""
        return f"{self.public_url}{WEB_VERSION}{word}"

    def optout(self, token: str) -> str:
        """The page behind an e-mail's opt-out link, and its one-click address (RFC 8058)."""
        return f"{self.public_url}{OPT_OUT}{token}"

    def confirmation(self, token: str) -> str:
        """The page that confirms a subscription."""
        return f"{self.public_url}/abonnement/{token}"

    def short(self, token: str) -> str:
        """The page behind an SMS's short link (8 characters)."""
        return f"{self.short_url}/{token}"


@frozen
class EmailSender:
    """The one stable From of every e-mail, and where its answers go."""

    #: ``Name <address>`` or a bare address.
    sender: str
    reply_to: str
    #: Bounces and mailto opt-outs come to this domain.
    return_path_domain: str
    #: ``List-Id`` label; carries no audience word.
    list_name: str = "Réflexes cyber"
