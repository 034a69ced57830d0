"""SPF (RFC 7208) of the return path: one record, sound, that names the relay and ends closed."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.zone import Kind, Zone, published

#: Section 4.6.4: what asks DNS, at most, and names that lead nowhere.
MOST_LOOKUPS = 10
MOST_VOID = 2
_QUALIFIERS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_MECHANISMS = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")
#: What stands in a record for an address that can't be seen from here.
UNTOLD = "ip4:ADDRESS"
#: Of names that no DNS outside knows (RFC 6761, RFC 6762, RFC 8375, ICANN 2024).
_INSIDE_NAMES = (".localhost", ".localdomain", ".local", ".internal", ".lan", ".home.arpa")
#: Networks that no receiver sees mail from.
_INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


class PermError(Exception):
    """The record can't be used: receivers act as if it were worse than none."""


@dataclass(kw_only=True)
class _Walk:
    """One evaluation: what it has asked so far."""

    zone: Zone
    lookups: int = 0
    void: int = 0
    #: Records met with a macro, or ``ptr``: what they match isn't known here.
    unsure: bool = False
    seen: set[str] = field(default_factory=set)

    def asked(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise PermError(f"it asks DNS more than {MOST_LOOKUPS} times")

    def found(self, values: Sequence[str]) -> Sequence[str]:
        self.void += not values
        if self.void > MOST_VOID:
            raise PermError(f"more than {MOST_VOID} of its names lead nowhere")
        return values


def spf(
    zone: Zone, domain: str, relay: str, senders: Sequence[str] = (), *, is_said: bool = False
) -> Line:
    """``senders`` are the addresses mail leaves from; ``is_said``: an operator says so, else they
    are the relay's own, which may send by others. Raises Wanted and Silent."""
    say = Speaker(check=Check.SPF, subject=domain)
    senders = [one for one in senders if not is_inside(one)]
    advice = published(domain, _advice(relay, senders))
    records = [one for one in zone.of(Kind.TXT, domain) if _is_spf(one)]
    if not records:
        names = "publish one that names the relay's addresses"
        return say.wrong("no SPF record", _PUBLISH_LEAVING if UNTOLD in advice else names, advice)
    if len(records) > 1:
        return say.wrong(
            f"{len(records)} SPF records: receivers take none of them",
            "keep one, with the mechanisms of all",
            published(domain, _joined(records)),
        )
    try:
        return _judged(say, zone, records[0], domain, senders, advice, is_said=is_said)
    except PermError as fault:
        return say.wrong(f"receivers can't use it: {fault}", "mend the record", advice)


#: The relay is this machine, or is known inside alone.
_LEAVING = (
    "name the public address that mail leaves by: reflexe doctor --sends-from ADDRESS writes the "
    "record"
)
_PUBLISH_LEAVING = (
    "publish one that names the public address that mail leaves by: reflexe doctor --sends-from "
    "ADDRESS writes the record"
)


def is_inside(address: str) -> bool:
    """Of a network that the outside doesn't see."""
    read = ipaddress.ip_address(address)
    return any(read.version == one.version and read in one for one in _INSIDE)


def _judged(
    say: Speaker,
    zone: Zone,
    record: str,
    domain: str,
    senders: Sequence[str],
    advice: str,
    *,
    is_said: bool,
) -> Line:
    terms = record.split()[1:]
    ending = _ending(zone, terms)
    if ending == "pass":
        return say.wrong(
            "it lets anybody send (+all)", "end it with -all", _closed(domain, record, advice)
        )
    if ending == "neutral":
        return say.wrong(
            "it says nothing of who is not named: it has no -all",
            "end it with -all",
            _closed(domain, record, advice),
        )
    if len(terms) == 1 and terms[0].lower() in ("-all", "~all"):
        remedy = _LEAVING if UNTOLD in advice else "name the relay's addresses"
        return say.wrong("it lets nobody send", remedy, advice)
    # Every branch is walked once, so that what is too much for receivers is told.
    walks = [_Walk(zone=zone) for _ in senders or [""]]
    results = [
        _evaluated(walk, domain, one)
        for walk, one in zip(walks, senders or ["192.0.2.1"], strict=True)
    ]
    left_out = [one for one, result in zip(senders, results, strict=False) if result != "pass"]
    if not senders:
        return say.unknown(
            "it is sound; whether it names the address that mail leaves by can't be seen here",
            "say the address: reflexe doctor --sends-from ADDRESS",
        )
    if not left_out:
        return say.fine("one sound record, closed, and it names where mail leaves from")
    named = ", ".join(left_out)
    if is_said and not any(walk.unsure for walk in walks):
        return say.wrong(f"it doesn't name {named}", "add it", _with(domain, record, left_out))
    return say.unknown(
        f"it doesn't name the relay's own address ({named}); the relay may send by another",
        "if it doesn't, add it; if it does: reflexe doctor --sends-from ADDRESS",
        _with(domain, record, left_out),
    )


def _ending(zone: Zone, terms: Sequence[str], depth: int = 0) -> str:
    """What becomes of senders that nothing named."""
    for term in terms:
        qualifier, name, _ = _parts(term)
        if name == "all":
            return _QUALIFIERS[qualifier]
    target = next(
        (one.split("=", 1)[1] for one in terms if one.lower().startswith("redirect=")), ""
    )
    if not target or depth > MOST_LOOKUPS or "%" in target:
        return "neutral"
    return _ending(zone, _record_of(zone, target).split()[1:], depth + 1)


def _evaluated(walk: _Walk, domain: str, sender: str) -> str:
    record = _record_of(walk.zone, domain)
    redirect = ""
    for term in record.split()[1:]:
        if _is_modifier(term):
            name, _, value = term.partition("=")
            redirect = value if name.lower() == "redirect" else redirect
            continue
        qualifier, name, value = _parts(term)
        if _matches(walk, domain, sender, name, value):
            return _QUALIFIERS[qualifier]
    if not redirect:
        return "neutral"
    walk.asked()
    return _evaluated(walk, redirect, sender)


def _matches(walk: _Walk, domain: str, sender: str, name: str, value: str) -> bool:
    if name == "all":
        return True
    if name in ("ip4", "ip6"):
        return _is_within(sender, value, name)
    walk.asked()
    target, length4, length6 = _target(value, domain)
    if name == "ptr" or "%" in target:
        walk.unsure = True
        return False
    if name == "include":
        return _evaluated(walk, target, sender) == "pass"
    if name == "exists":
        return bool(walk.found(walk.zone.of(Kind.A, target)))
    hosts = [target] if name == "a" else _exchangers(walk, target)
    addresses = [one for host in hosts for one in _addresses(walk, host, sender)]
    length = length4 if ":" not in sender else length6
    return any(
        _is_within(sender, f"{one}{length}", "ip4" if "." in one else "ip6") for one in addresses
    )


def _exchangers(walk: _Walk, domain: str) -> list[str]:
    found = walk.found(walk.zone.of(Kind.MX, domain))
    if len(found) > MOST_LOOKUPS:
        raise PermError(f"{domain} has more than {MOST_LOOKUPS} MX")
    return [one.split()[1] for one in found if one.split()[1:]]


def _addresses(walk: _Walk, host: str, sender: str) -> Sequence[str]:
    return walk.found(walk.zone.of(Kind.AAAA if ":" in sender else Kind.A, host))


def _record_of(zone: Zone, domain: str) -> str:
    found = [one for one in zone.of(Kind.TXT, domain) if _is_spf(one)]
    if len(found) != 1:
        raise PermError(f"{domain}, which it leads to, has {len(found)} SPF records")
    return found[0]


def _is_spf(text: str) -> bool:
    return text.split(" ", 1)[0].lower() == "v=spf1"


def _is_modifier(term: str) -> bool:
    name, sign, _ = term.partition("=")
    return bool(sign) and ":" not in name and "/" not in name


def _parts(term: str) -> tuple[str, str, str]:
    """Qualifier, name and what follows it. Raises PermError."""
    if _is_modifier(term):
        return "+", "", ""
    qualifier, rest = (term[0], term[1:]) if term[0] in _QUALIFIERS else ("+", term)
    cut = min((rest.find(sign) for sign in ":/" if sign in rest), default=len(rest))
    name, value = rest[:cut].lower(), rest[cut:]
    if name not in _MECHANISMS:
        raise PermError(f"{term!r} is no mechanism")
    value = value.removeprefix(":")
    if name in ("include", "exists", "ip4", "ip6") and not value:
        raise PermError(f"{term!r} names nothing")
    return qualifier, name, value


def _target(value: str, domain: str) -> tuple[str, str, str]:
    """A name and its lengths for IPv4 and IPv6: "a:host/24//64"."""
    name, _, lengths = value.partition("/")
    four, _, six = lengths.partition("//") if lengths else ("", "", "")
    if lengths.startswith("/"):
        four, six = "", lengths.removeprefix("/")
    return name or domain, f"/{four}" if four else "", f"/{six}" if six else ""


def _is_within(sender: str, network: str, name: str) -> bool:
    try:
        read = ipaddress.ip_network(network, strict=False)
    except ValueError:
        raise PermError(f"'{name}:{network}' is no network") from None
    address = ipaddress.ip_address(sender)
    return address.version == read.version and address in read


def _advice(relay: str, senders: Sequence[str]) -> str:
    named = " ".join(map(_by_address, senders)) or _by_name(relay) or UNTOLD
    return f"v=spf1 {named} -all"


def _by_address(address: str) -> str:
    return f"ip{6 if ':' in address else 4}:{address}"


def _by_name(relay: str) -> str:
    """Empty for one that nobody outside can ask DNS for: this machine, a name or an address of the
    inside. What mail leaves by is another address then."""
    host = relay.strip("[]").rstrip(".").lower()
    try:
        return "" if is_inside(host) else _by_address(host)
    except ValueError:
        near = "." not in host or host.endswith(_INSIDE_NAMES)
        return "" if near else f"a:{host}"


def _joined(records: Sequence[str]) -> str:
    terms = [_included(term) for one in records for term in one.split()[1:]]
    kept = [one for one in dict.fromkeys(terms) if not one.lower().endswith("all")]
    return " ".join(["v=spf1", *kept, "-all"])


def _included(term: str) -> str:
    """Beside an ``all`` a redirection is passed over."""
    name, _, target = term.partition("=")
    return f"include:{target}" if name.lower() == "redirect" else term


def _closed(domain: str, record: str, advice: str) -> str:
    """The same with -all; of one that named nobody, the advice."""
    mended = _joined([record])
    return advice if len(mended.split()) <= 2 else published(domain, mended)


def _with(domain: str, record: str, senders: Sequence[str]) -> str:
    added = [f"ip{6 if ':' in one else 4}:{one}" for one in senders]
    first, *rest = record.split()
    return published(domain, " ".join([first, *added, *rest]))
