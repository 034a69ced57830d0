"""DMARC (RFC 9989): the policy of our own name, found as receivers find it, and who is aligned."""

import re
from collections.abc import Iterator, Mapping

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.tags import NotTags, read_tags
from scheduler.domain.doctor.zone import Kind, Zone, published

#: Section 4.10: the names that are asked, at most.
_DEEPEST = 8
_POLICIES = ("none", "quarantine", "reject")
_REPORT = re.compile(r"mailto:[^@\s,;]+@[^@\s,;]+", re.IGNORECASE)


def dmarc(zone: Zone, domain: str, envelope: str, reports: str) -> Line:
    """``envelope``: the return path's domain; ``reports``: who would read them. Raises Wanted and
    Silent."""
    say = Speaker(check=Check.DMARC, subject=f"_dmarc.{domain}")
    advice = published(f"_dmarc.{domain}", f"v=DMARC1; p=quarantine; rua=mailto:{reports}")
    for name in walked(domain):
        found = [one for one in zone.of(Kind.TXT, f"_dmarc.{name}") if _is_dmarc(one)]
        if len(found) > 1:
            return say.wrong(
                f"{len(found)} records at _dmarc.{name}: receivers take none", "keep one", advice
            )
        if found:
            return _judged(say, zone, found[0], name, domain, envelope, advice)
    return say.wrong("no DMARC record", "publish one: large providers ask for it", advice)


def is_aligned(zone: Zone, one: str, other: str, *, strict: bool = False) -> bool:
    """Whether two domains are one organisation's. Raises Wanted and Silent."""
    one, other = one.lower().rstrip("."), other.lower().rstrip(".")
    if strict or one == other:
        return one == other
    return organisational(zone, one) == organisational(zone, other)


def organisational(zone: Zone, domain: str) -> str:
    """Section 4.10.2. Raises Wanted and Silent."""
    found = domain
    for name in walked(domain):
        try:
            tags = _one_record(zone, name)
        except NotTags:
            continue
        if tags.get("psd") == "n":
            return name
        if tags.get("psd") == "y" and name != domain:
            return domain.split(".", domain.count(".") - name.count(".") - 1)[-1]
        if tags:
            found = name
    return found


def walked(domain: str) -> Iterator[str]:
    """The names where a record is looked for, ours first."""
    labels = domain.lower().rstrip(".").split(".")
    yield ".".join(labels)
    rest = labels[1:] if len(labels) <= _DEEPEST else labels[-(_DEEPEST - 1) :]
    while rest:
        yield ".".join(rest)
        rest = rest[1:]


def _one_record(zone: Zone, name: str) -> Mapping[str, str]:
    found = [one for one in zone.of(Kind.TXT, f"_dmarc.{name}") if _is_dmarc(one)]
    return read_tags(found[0]) if len(found) == 1 else {}


def _judged(
    say: Speaker, zone: Zone, record: str, at: str, domain: str, envelope: str, advice: str
) -> Line:
    try:
        tags = read_tags(record)
    except NotTags as fault:
        return say.wrong(f"the record can't be read: {fault}", "publish it anew", advice)
    inherited = at != domain
    policy = tags.get("sp", tags.get("p", "none")) if inherited else tags.get("p", "")
    if told := _fault(tags, policy.lower()):
        return say.wrong(told, "mend the record", _mended(at, tags))
    if tags.get("aspf") == "s" and not is_aligned(zone, envelope, domain, strict=True):
        return say.wrong(
            f"aspf=s asks that {envelope} be {domain} itself",
            "take aspf=s out",
            _mended(at, {**tags, "aspf": ""}),
        )
    if not is_aligned(zone, envelope, domain):
        return say.wrong(
            f"{envelope}, the return path, isn't of the same organisation as {domain}",
            "take a return path below the sender's own domain: channels.email.return_path_domain",
        )
    if "rua" not in tags:
        return say.fine(f"the policy is {policy.lower()}; nobody is sent its reports (rua)")
    return say.fine(f"the policy is {policy.lower()}")


def _fault(tags: Mapping[str, str], policy: str) -> str:
    """Empty: none."""
    if policy not in _POLICIES:
        return f"p= must be none, quarantine or reject, not {policy!r}"
    if tags.get("t", "n").lower() == "y":
        return "t=y asks receivers not to apply it"
    if tags.get("pct", "100") != "100":
        return "pct= is gone (RFC 9989): receivers apply the whole policy, or none of it"
    for name in ("adkim", "aspf"):
        if tags.get(name, "r") not in ("r", "s"):
            return f"{name}= must be r or s"
    unreadable = [one for one in tags.get("rua", "mailto:a@b").split(",") if not _is_report(one)]
    return (
        f"rua= has no address that reports can go to: {unreadable[0].strip()}" if unreadable else ""
    )


def _is_report(uri: str) -> bool:
    return bool(_REPORT.fullmatch(uri.strip().partition("!")[0]))


def _mended(at: str, tags: Mapping[str, str]) -> str:
    """The same without what no longer exists or can't be read."""
    kept = {
        name: value
        for name, value in tags.items()
        if name in ("v", "sp", "np", "psd") or (name in ("adkim", "aspf") and value in ("r", "s"))
    }
    policy = tags.get("p", "").lower()
    reports = ",".join(one.strip() for one in tags.get("rua", "").split(",") if _is_report(one))
    ordered = {"v": "DMARC1", "p": policy if policy in _POLICIES else "quarantine", **kept}
    if reports:
        ordered["rua"] = reports
    return published(
        f"_dmarc.{at}", "; ".join(f"{name}={value}" for name, value in ordered.items())
    )


def _is_dmarc(text: str) -> bool:
    """Its first tag is the version, written so (section 4.7)."""
    name, _, value = text.split(";", 1)[0].partition("=")
    return name.strip().lower() == "v" and value.strip() == "DMARC1"
