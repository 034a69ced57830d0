"""Names that could be taken for ours: made from it, and asked of DNS by the caller."""

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from scheduler.domain.doctor.lines import Check, Line, Speaker

#: Names that are asked about, at most.
MOST = 80
_ENDINGS = ("fr", "com", "org", "net", "eu", "info", "site", "online")
_TAKEN_FOR = {"o": "0", "0": "o", "l": "1", "1": "l", "i": "1", "m": "rn", "w": "vv", "s": "5"}
#: Beside a name, what makes it look like a service of it.
_ADDED = ("secure", "mail", "portail", "sante", "info")


def registered(domain: str) -> str:
    """Ours, as it is bought. Public suffixes of two parts that France has are known."""
    labels = domain.lower().rstrip(".").split(".")
    two = {"asso", "com", "gouv", "nom", "prd", "tm", "aphp", "chu", "cci"}
    parts = 3 if len(labels) > 2 and labels[-1] == "fr" and labels[-2] in two else 2
    return ".".join(labels[-parts:])


def lookalikes(domains: Collection[str], ours: Collection[str]) -> list[str]:
    """Shared out between our names, likeliest first; those in ``ours`` are not asked about."""
    bought = list(dict.fromkeys(map(registered, domains)))
    kept = {registered(one) for one in ours} | set(bought)
    each = [[one for one in dict.fromkeys(_variants(name)) if one not in kept] for name in bought]
    mixed = [one for round_ in zip_longest(*each) for one in round_ if one is not None]
    return list(dict.fromkeys(mixed))[:MOST]


def told(domain: str, asked: Sequence[str], existing: Sequence[str], unanswered: int) -> Line:
    say = Speaker(check=Check.LOOKALIKES, subject=domain)
    if existing:
        named = ", ".join(existing)
        return say.unknown(
            f"these exist, of {len(asked)} that look like it: {named}",
            "find out whose they are; name yours in organisation.link_domains, report the others",
        )
    if unanswered:
        return say.unknown(f"{unanswered} of {len(asked)} names had no answer", "ask again later")
    return say.fine(f"none of {len(asked)} names that look like it exists")


def _variants(domain: str) -> Iterator[str]:
    name, _, ending = domain.partition(".")
    for other in _ENDINGS:
        if other != ending:
            yield f"{name}.{other}"
    for each in _spelt(name):
        # No other can be bought.
        if not each.startswith("-") and not each.endswith("-"):
            yield f"{each}.{ending}"


def _spelt(name: str) -> Iterator[str]:
    yield name.replace("-", "") if "-" in name else f"{name}s"
    for word in _ADDED:
        yield f"{name}-{word}"
    for place, sign in enumerate(name):
        if sign in _TAKEN_FOR:
            yield f"{name[:place]}{_TAKEN_FOR[sign]}{name[place + 1 :]}"
    for place in range(len(name) - 1):
        yield f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}"
    for place in range(len(name)):
        shorter = name[:place] + name[place + 1 :]
        if len(shorter) > 2:
            yield shorter
    for place in range(len(name)):
        yield name[: place + 1] + name[place:]
