"""Telephone numbers that can get an SMS, as their owners write them in any French territory.

A number is read first as it is dialled where its owner lives. What that plan doesn't have is read
by the one plan that France and its five overseas departments share: 0692… is a mobile of Réunion
from Lille too, and 06 12… one of the mainland from Saint-Denis. The raw value never appears in a
reason.
"""

import re
from functools import cache
from typing import NoReturn

from scheduler.domain.errors import AddressRefused

#: An optional +, digits, and what people put between them.
_PHONE_CELL = re.compile(r"[ (]*\+?[0-9 .()/\-\u00a0\u202f\u2007\u2009\u2010-\u2013]+")
_SEPARATORS = str.maketrans("", "", " .()/-\u00a0\u202f\u2007\u2009\u2010\u2011\u2012\u2013")
#: Direction marks that address books put, unseen, around copied numbers.
_INVISIBLE = str.maketrans("", "", "\u200b\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069\ufeff")
_ROUNDED = re.compile(r"\A[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
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
#: Regions whose national numbers, 0 and nine digits, make one plan: no number is in two of them.
_SHARED_PLAN = ("FR", "GP", "MQ", "GF", "RE", "YT")
#: Country codes of that plan.
_SHARED_CODES = ("+33", "+590", "+596", "+594", "+262")


def normalise_phone(raw: str, territory: str) -> str:
    """The E.164 form of a number that can get an SMS; raises AddressRefused with the reason.

    A number without + is read as it is dialled in ``territory`` (a department or territory:
    ``FR``, ``67``, ``974``, ``NC``…), then by the shared plan. The numbers kept for fiction,
    +33 6 39 98, are accepted.
    """
    # Most cells of a million, in a twentieth of the time the rest takes.
    if raw.startswith("+33") and _mobile_plan("FR")[2].fullmatch(raw, 3):
        return raw
    number = _without_separators(raw)
    region = _REGIONS.get(territory, "FR")
    known = _known_mobile(number, region)
    if known is None:
        try:
            known = _by_library(number, region)
        except AddressRefused:
            known = _by_shared_plan(number) or _by_own_code(number, region)
            if known is None:
                raise
    return known


def was_completed(raw: str, number: str) -> bool:
    """Whether reading ``raw`` as ``number`` added a 0 or a +, or mended a country code.

    A number as its owner dials it (06…, 0692…, 87… in Tahiti) isn't.
    """
    if raw == number or raw.startswith("0"):
        return False
    digits = _without_separators(raw)
    if not number.startswith(_SHARED_CODES):
        return not digits.startswith("+") and digits.startswith(number[1:4])
    return not digits.startswith(("0", "+")) or (
        digits.startswith("+33") and not number.startswith("+33")
    )


def is_number(raw: str, territory: str) -> bool:
    """Whether a cell holds a telephone number of any kind, fixed lines included."""
    try:
        normalise_phone(raw, territory)
    except AddressRefused as refused:
        return str(refused) in (_FIXED_LINE, _NO_MOBILE)
    return True


def is_fictional(number: str) -> bool:
    """Whether an E.164 number is one of those kept for fiction, which nobody answers."""
    return _FICTIONAL.fullmatch(number) is not None


def mask_phone(number: str) -> str:
    """``+33***56``."""
    return f"{number[:3]}***{number[-2:]}" if len(number) >= 8 else "***"


_FIXED_LINE = "a fixed line: it can't receive an SMS"
_NO_MOBILE = "not a mobile number"


def _without_separators(raw: str) -> str:
    cell = raw if len(raw) <= _MAX_PHONE_CELL else ""
    if not cell.isascii():
        cell = cell.translate(_INVISIBLE)
    if not _PHONE_CELL.fullmatch(cell):
        _refuse_phone(raw)
    number = cell.translate(_SEPARATORS)
    if len(number) > _MAX_DIGITS:
        raise AddressRefused("too many digits: one number in a cell")
    return number


#: So many digits, with whatever people put between them, are a number.
_NUMBERS = re.compile(r"(?:[0-9][ .()\u00a0\u202f-]{0,2}){9,15}")


def _refuse_phone(raw: str) -> NoReturn:
    """Say what is wrong with a cell that isn't made of one number."""
    if not raw.strip():
        raise AddressRefused("no number")
    if len(raw) > _MAX_PHONE_CELL:
        raise AddressRefused("too long: one number in a cell")
    if _ROUNDED.fullmatch(raw.strip()):
        raise AddressRefused("rounded by a spreadsheet: set the column to text and type it again")
    if len(_NUMBERS.findall(raw)) > 1:
        raise AddressRefused("more than one number: one number in a cell")
    raise AddressRefused("holds something else than one telephone number")


@cache
def _mobile_plan(region: str) -> tuple[str, bool, re.Pattern[str]]:
    """A region's country code, whether its numbers are dialled with a 0, and its mobiles."""
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(region)
    if plan is None or plan.mobile is None or plan.mobile.national_number_pattern is None:
        raise LookupError(region)  # untaken: the library knows each region that we ask for
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
        # Spreadsheets take the first 0 away.
        if not dialled_with_0 or not (number.startswith("0") or len(number) == 9):
            return None
        national = number.removeprefix("0")
    return f"{code}{national}" if mobiles.fullmatch(national) else None


def _by_shared_plan(number: str) -> str | None:
    """A mobile of the mainland or of an overseas department, wherever it was typed."""
    national = _nine_digits(number)
    if not national:
        return None
    for region in _SHARED_PLAN:
        code, _, mobiles = _mobile_plan(region)
        if mobiles.fullmatch(national):
            return f"{code}{national}"
    return None


def _by_own_code(number: str, region: str) -> str | None:
    """A mobile with its country's code behind a single 0: « 0508 55 12 34 »."""
    code, _, mobiles = _mobile_plan(region)
    if not number.startswith(f"0{code[1:]}"):
        return None
    national = number[len(code) :].removeprefix("0")
    return f"{code}{national}" if mobiles.fullmatch(national) else None


def _nine_digits(number: str) -> str:
    """What follows the 0, or the code of one of the shared plan's countries; empty if neither."""
    digits = f"+{number[2:]}" if number.startswith("00") else number
    for code in _SHARED_CODES:
        for written in (code, code[1:]):
            if digits.startswith(written) and len(digits) > len(written):
                rest = digits[len(written) :].removeprefix("0")
                if len(rest) == 9:
                    return rest
    rest = digits.removeprefix("0")
    return rest if len(rest) == 9 else ""


def _by_library(number: str, region: str) -> str:
    # Loaded where it is needed: many a command reads no number.
    import phonenumbers

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
        raise AddressRefused(_FIXED_LINE)
    if phonenumbers.is_valid_number(parsed):
        raise AddressRefused(_NO_MOBILE)
    raise AddressRefused("in no known range: check the digits, the country code and the territory")
