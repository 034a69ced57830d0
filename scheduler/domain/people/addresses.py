"""Addresses of people: which ones can be used, in which form, and how they look in a log.

A cell is judged as it was typed: nothing is cut off, guessed or repaired in an e-mail address (what
``phones`` does to a number is said there). No network look-up is made, so a refused address
is one that no SMTP relay (RFC 5321 without SMTPUTF8) or SMS provider could carry. The raw value
never appears in a reason: reasons go to reports and logs.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NoReturn

from scheduler.domain.errors import AddressRefused
from scheduler.domain.people.phones import is_fictional as is_fictional
from scheduler.domain.people.phones import mask_phone as mask_phone
from scheduler.domain.people.phones import normalise_phone as normalise_phone
from scheduler.domain.values import frozen

#: RFC 5321 section 4.5.3.1: what every server must take, in octets.
MAX_LOCAL = 64
MAX_ADDRESS = 254

#: Atext and dots (RFC 5322): linear, for the two classes share no character.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
#: A last label that no one can take for an IP address.
_TOP_LEVEL = re.compile(r"\A(?:xn--[a-z0-9-]+|[a-z0-9-]*[a-z])")
#: Names that are seen every day, under endings that hold no reserved name.
_EVERYDAY = re.compile(
    r"(?=.{1,60}\Z)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.)+"
    r"(?:com|org|net|fr|eu|re|nc|pf|gp|mq|gf|yt|pm|wf)",
    re.IGNORECASE | re.ASCII,
)
#: Reserved by RFC 2606, refused by the library, and needed for samples and rehearsals.
_RESERVED = frozenset({"test", "invalid"})
#: Scripts whose letters can be drawn like Latin ones.
_LATIN_LOOK_ALIKES = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
#: Latin letters of European names that are no ASCII letter with a mark.
_PLAIN_LATIN = frozenset("æœøßđłþð")


@frozen
class Email:
    """An address in its two forms."""

    #: What goes on the wire: the local part as typed, the domain in lower case and in ASCII.
    send_to: str
    #: The whole address in lower case, for digests and for telling duplicates.
    identity: str


def normalise_email(raw: str) -> Email:
    """The two forms of an address; raises AddressRefused with the reason in words.

    Accepts what crosses any SMTP relay: an ASCII local part without quotes (no SMTPUTF8 is asked
    for), and a full domain name, whose accents become punycode (IDNA 2008).
    """
    if len(raw) > MAX_ADDRESS:
        raise AddressRefused(f"longer than {MAX_ADDRESS} characters")
    local, at, domain = raw.rpartition("@")
    if not at or len(local) > MAX_LOCAL or not _LOCAL.fullmatch(local):
        _refuse_email(raw)
    ascii_domain = _domain(domain)
    send_to = f"{local}@{ascii_domain}"
    if len(send_to) > MAX_ADDRESS:
        raise AddressRefused(f"longer than {MAX_ADDRESS} characters")
    return Email(send_to=send_to, identity=send_to.lower())


def mask_email(address: str) -> str:
    """``p***@e***.org``: enough to tell two lines of a log apart, not to write to anybody."""
    local, at, domain = address.rpartition("@")
    name, dot, ending = domain.rpartition(".")
    if not (local and at and dot and ending):
        return "***"
    return f"{local[0]}***@{name[:1]}***.{ending}"


def _is_everyday(domain: str) -> bool:
    """A name that nobody can mistake, under an ending of everyday: the library, which takes long
    to load, would say the same."""
    return bool(_EVERYDAY.fullmatch(domain)) and "--" not in domain


@lru_cache(maxsize=16_384)
def _domain(domain: str) -> str:
    """The ASCII form of a domain, in lower case."""
    if not domain:
        raise AddressRefused("nothing after the @")
    # One character can stand for eighteen (U+FDFA): the library would take its time over them.
    if len(unicodedata.normalize("NFKC", domain)) > MAX_ADDRESS:
        raise AddressRefused(f"longer than {MAX_ADDRESS} characters")
    if _is_everyday(domain):
        return domain.lower()
    import email_validator

    name, _, ending = domain.rpartition(".")
    reserved = ending.lower() if ending.lower() in _RESERVED else ""
    try:
        valid = email_validator.validate_email(
            f"x@{name}.org" if reserved else f"x@{domain}",
            check_deliverability=False,
            globally_deliverable=False,
            allow_smtputf8=False,
        )
    except email_validator.EmailNotValidError:
        # The library's words quote the address: they can't be shown.
        _refuse_blanks(domain)
        raise AddressRefused("what follows the @ is not a domain name") from None
    _refuse_look_alike(valid.domain)
    ascii_domain = valid.ascii_domain.lower()
    if reserved:
        ascii_domain = f"{ascii_domain.removesuffix('.org')}.{reserved}"
    if "." not in ascii_domain or not _TOP_LEVEL.fullmatch(ascii_domain.rpartition(".")[2]):
        raise AddressRefused("what follows the @ is not a full domain name, such as example.org")
    return ascii_domain


def _refuse_look_alike(domain: str) -> None:
    """Refuse a domain drawn like another one: ``exаmple.org`` with a Cyrillic ``а``."""
    if domain.isascii():
        return
    letters = [letter for letter in domain if letter.isalpha()]
    scripts = {_script(letter) for letter in letters}
    if scripts & _LATIN_LOOK_ALIKES and len(scripts) > 1:
        raise AddressRefused("the domain mixes alphabets and looks like another one")
    if any(_script(letter) == "LATIN" and not _is_plain(letter) for letter in letters):
        raise AddressRefused("the domain has a letter made to look like another one")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _is_plain(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].isascii() or letter in _PLAIN_LATIN


def _refuse_email(raw: str) -> NoReturn:
    """Say what is wrong with an address whose local part is refused."""
    local, at, _ = raw.rpartition("@")
    if not at:
        raise AddressRefused("no @ in the address")
    if not local:
        raise AddressRefused("nothing before the @")
    _refuse_control(raw)
    # Before its blanks: two addresses, or a name beside one, have some.
    several = "@" in local and any(sign.isspace() for sign in raw)
    if several or set(local) & set('<>()[]",;:\\'):
        raise AddressRefused("more than one address, or a name, quotes or brackets around it")
    _refuse_blanks(raw)
    if "@" in local:
        raise AddressRefused("more than one @ in the address")
    if not local.isascii():
        raise AddressRefused("an accent or a special letter before the @: many servers refuse it")
    if len(local) > MAX_LOCAL:
        raise AddressRefused(f"more than {MAX_LOCAL} characters before the @")
    raise AddressRefused("a dot at the start, at the end, or two in a row before the @")


def _refuse_control(text: str) -> None:
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise AddressRefused("holds a line break or a control character")


def _refuse_blanks(text: str) -> None:
    _refuse_control(text)
    if any(character.isspace() for character in text):
        raise AddressRefused("holds a space")
