"""MTA-STS (RFC 8461) of where mail comes back: the record, the policy's file, and the MX in it."""

import re
from collections.abc import Sequence

from scheduler.domain.doctor.addresses import LATER
from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.return_path import exchangers
from scheduler.domain.doctor.seen import WebSeen
from scheduler.domain.doctor.tags import NotTags, read_tags
from scheduler.domain.doctor.zone import Kind, Zone, published

POLICY = "/.well-known/mta-sts.txt"
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_LONGEST_AGE = 31_557_600


def policy_address(domain: str) -> str:
    return f"https://mta-sts.{domain}{POLICY}"


def mta_sts(zone: Zone, domain: str, policy: WebSeen, today: str) -> Line:
    """``policy``: what was found at its address. Raises Wanted and Silent."""
    say = Speaker(check=Check.MTA_STS, subject=domain)
    name = f"_mta-sts.{domain}"
    hosts = exchangers(zone.of(Kind.MX, domain))
    advice = published(name, f"v=STSv1; id={today}01")
    found = [one for one in zone.of(Kind.TXT, name) if one.replace(" ", "").startswith("v=STSv1")]
    if len(found) != 1:
        told = "no record: its mail may be read on its way" if not found else "several records"
        return say.wrong(
            told, f"publish it, and at {policy_address(domain)}: {_text(hosts)}", advice
        )
    try:
        if not _ID.fullmatch(read_tags(found[0]).get("id", "")):
            return say.wrong("id= isn't 1 to 32 letters and figures", "publish another", advice)
    except NotTags as fault:
        return say.wrong(f"the record can't be read: {fault}", "publish it anew", advice)
    if policy.is_unasked:
        return say.unknown(policy.fault, LATER)
    if policy.fault:
        return say.wrong(f"no policy at {policy_address(domain)}: {policy.fault}", _lay(hosts))
    if policy.status != 200:
        return say.wrong(
            f"no policy at {policy_address(domain)}: status {policy.status}", _lay(hosts)
        )
    told = _fault(policy.text, hosts)
    if told:
        return say.wrong(told, _lay(hosts))
    return say.fine("record and policy agree with the MX")


def _fault(text: str, hosts: Sequence[str]) -> str:
    pairs = [line.partition(":") for line in text.splitlines() if ":" in line]
    keys = {name.strip(): value.strip() for name, _, value in reversed(pairs)}
    named = [value.strip().lower() for name, _, value in pairs if name.strip() == "mx"]
    if keys.get("version") != "STSv1":
        return "the policy's version isn't STSv1"
    if keys.get("mode") not in ("enforce", "testing"):
        return f"the policy's mode is {keys.get('mode', '')!r}: nothing is protected"
    age = keys.get("max_age", "")
    if not age.isdecimal() or int(age) > _LONGEST_AGE:
        return f"the policy's max_age isn't a number of seconds up to {_LONGEST_AGE}"
    missing = [host for host in hosts if not any(_names(one, host) for one in named)]
    return f"the policy doesn't name the MX {missing[0]}: its mail is refused" if missing else ""


def _names(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.partition(".")[2] == pattern.removeprefix("*.")
    return pattern == host


def _lay(hosts: Sequence[str]) -> str:
    return f"lay there: {_text(hosts)}"


def _text(hosts: Sequence[str]) -> str:
    return " | ".join(
        ["version: STSv1", "mode: testing", *(f"mx: {one}" for one in hosts), "max_age: 604800"]
    )
