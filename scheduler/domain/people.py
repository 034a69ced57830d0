"""Addresses of people: which ones can be used, in which form, and how they look in a log.

A cell is judged as it was typed: nothing is cut off, guessed or repaired in an e-mail address, and
a telephone number only loses its spaces and dots. No network look-up is made, so a refused address
is one that no SMTP relay (RFC 5321 without SMTPUTF8) or SMS provider could carry. The raw value
never appears in a reason: reasons go to reports and logs.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NoReturn

import email_validator
import phonenumbers

from scheduler.domain.errors import AddressRefused

#: RFC 5321 section 4.5.3.1: what every server must take, in octets.
MAX_LOCAL = 64
MAX_ADDRESS = 254

#: Atext and dots (RFC 5322): linear, for the two classes share no character.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
#: A last label that no one can take for an IP address.
_TOP_LEVEL = re.compile(r"xn--[a-z0-9-]+|[a-z0-9-]*[a-z]")
#: Reserved by RFC 2606, refused by the library, and needed for samples and rehearsals.
_RESERVED = frozenset({"test", "invalid"})
#: Scripts whose letters can be drawn like Latin ones.
_LATIN_LOOK_ALIKES = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
#: Latin letters of European names that are no ASCII letter with a mark.
_PLAIN_LATIN = frozenset("æœøßđłþð")

#: An optional +, digits, and what people put between them.
_PHONE_CELL = re.compile(r"[ (]*\+?[0-9 .()/\-\u00a0\u202f\u2011]+")
_SEPARATORS = str.maketrans("", "", " .()/-\u00a0\u202f\u2011")
#: Direction marks that address books put, unseen, around copied numbers.
_INVISIBLE = str.maketrans("", "", "\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069\ufeff")
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_MAX_PHONE_CELL = 40
_MAX_DIGITS = 17
#: Arcep keeps these for fiction (decision 2018-0881): never given to anybody.
_FICTIONAL = re.compile(r"\+3363998[0-9]{4}")

#: Territory -> telephone region (ISO 3166), where it isn't that of France.
_REGIONS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "BL": "BL",
    "MF": "MF",
    "NC": "NC",
    "PF": "PF",
    "WF": "WF",
}


@dataclass(frozen=True, kw_only=True, slots=True)
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


def normalise_phone(raw: str, territory: str) -> str:
    """The E.164 form of a number that can get an SMS; raises AddressRefused with the reason.

    A number without + is read as it is dialled in ``territory`` (a department or territory:
    ``FR``, ``67``, ``974``, ``NC``…). The numbers kept for fiction, +33 6 39 98, are accepted.
    """
    # Most cells of a million, in a twentieth of the time the rest takes.
    if raw.startswith("+33") and _mobile_plan("FR")[2].fullmatch(raw, 3):
        return raw
    number = _without_separators(raw)
    region = _REGIONS.get(territory, "FR")
    return _known_mobile(number, region) or _by_library(number, region)


def is_fictional(number: str) -> bool:
    """Whether an E.164 number is one of those kept for fiction, which nobody answers."""
    return _FICTIONAL.fullmatch(number) is not None


def mask_email(address: str) -> str:
    """``p***@e***.org``: enough to tell two lines of a log apart, not to write to anybody."""
    local, at, domain = address.rpartition("@")
    name, dot, ending = domain.rpartition(".")
    if not (local and at and dot and ending):
        return "***"
    return f"{local[0]}***@{name[:1]}***.{ending}"


def mask_phone(number: str) -> str:
    """``+33***56``."""
    return f"{number[:3]}***{number[-2:]}" if len(number) >= 8 else "***"


@lru_cache(maxsize=16_384)
def _domain(domain: str) -> str:
    """The ASCII form of a domain, in lower case."""
    if not domain:
        raise AddressRefused("nothing after the @")
    # One character can stand for eighteen (U+FDFA): the library would take its time over them.
    if len(unicodedata.normalize("NFKC", domain)) > MAX_ADDRESS:
        raise AddressRefused(f"longer than {MAX_ADDRESS} characters")
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
    _refuse_blanks(raw)
    if set(local) & set('<>()[]",;:\\@'):
        raise AddressRefused("more than one address, or a name, quotes or brackets around it")
    if not local.isascii():
        raise AddressRefused("an accent or a special letter before the @: many servers refuse it")
    if len(local) > MAX_LOCAL:
        raise AddressRefused(f"more than {MAX_LOCAL} characters before the @")
    raise AddressRefused("a dot at the start, at the end, or two in a row before the @")


def _refuse_blanks(text: str) -> None:
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise AddressRefused("holds a line break or a control character")
    if any(character.isspace() for character in text):
        raise AddressRefused("holds a space")


def _without_separators(raw: str) -> str:
    cell = raw.translate(_INVISIBLE) if len(raw) <= _MAX_PHONE_CELL else ""
    if not _PHONE_CELL.fullmatch(cell):
        _refuse_phone(raw)
    number = cell.translate(_SEPARATORS)
    if len(number) > _MAX_DIGITS:
        raise AddressRefused("too many digits: one number in a cell")
    return number


def _refuse_phone(raw: str) -> NoReturn:
    """Say what is wrong with a cell that isn't made of one number."""
    if not raw.strip():
        raise AddressRefused("no number")
    if len(raw) > _MAX_PHONE_CELL:
        raise AddressRefused("too long: one number in a cell")
    if _ROUNDED.fullmatch(raw.strip()):
        raise AddressRefused("rounded by a spreadsheet: set the column to text and type it again")
    raise AddressRefused("holds something else than one telephone number")


@cache
def _mobile_plan(region: str) -> tuple[str, bool, re.Pattern[str]]:
    """A region's country code, whether its numbers are dialled with a 0, and its mobiles."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if plan is None or plan.mobile is None or plan.mobile.national_number_pattern is None:
        raise LookupError(region)
    fictional = "|63998[0-9]{4}" if region == "FR" else ""
    pattern = re.compile(f"{plan.mobile.national_number_pattern}{fictional}")
    return f"+{plan.country_code}", plan.national_prefix == "0", pattern


def _known_mobile(number: str, region: str) -> str | None:
    """The usual ways to write a French mobile, without the library's 24 microseconds."""
    if number.startswith("+33"):
        code, _, mobiles = _mobile_plan("FR")
        national = number[3:]
    else:
        code, dialled_with_0, mobiles = _mobile_plan(region)
        if not dialled_with_0 or not number.startswith("0"):
            return None
        national = number[1:]
    return f"{code}{national}" if mobiles.fullmatch(national) else None


def _by_library(number: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        raise AddressRefused("not a telephone number") from None
    found = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if is_fictional(found):
        return found
    kind = phonenumbers.number_type(parsed)
    if kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    ):
        return found
    if kind == phonenumbers.PhoneNumberType.FIXED_LINE:
        raise AddressRefused("a fixed line: it can't receive an SMS")
    if phonenumbers.is_valid_number(parsed):
        raise AddressRefused("not a mobile number")
    raise AddressRefused("in no known range: check the digits, the country code and the territory")
