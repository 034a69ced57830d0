"""Where what comes back arrives: the return path's MX (RFC 5321, RFC 7505)."""

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.zone import Kind, Zone, published


def return_path(zone: Zone, domain: str, mailbox: str) -> Line:
    """``mailbox``: the IMAP server's host, as a hint; empty: none. Raises Wanted and Silent."""
    say = Speaker(check=Check.RETURN_PATH, subject=domain)
    server = mailbox or "(the server that receives the organisation's mail)"
    advice = published(domain, f"10 {server}." if mailbox else f"10 {server}", "MX")
    found = zone.of(Kind.MX, domain)
    hosts = exchangers(found)
    if not found:
        return say.wrong("no MX: reports and opt-outs by mail don't arrive", "publish one", advice)
    if not hosts:
        return say.wrong("its MX says that it takes no mail", "publish another", advice)
    for host in hosts:
        if zone.of(Kind.CNAME, host):
            return say.wrong(
                f"its MX {host} is an alias, which some servers refuse",
                "name the host itself",
                published(domain, f"10 {zone.of(Kind.CNAME, host)[0]}.", "MX"),
            )
        if not zone.addresses(host):
            return say.wrong(f"its MX {host} has no address", "name a host that is there", advice)
    return say.fine(f"mail to it goes to {', '.join(hosts)}")


def exchangers(found: tuple[str, ...]) -> list[str]:
    """The hosts, best first; "." is none (RFC 7505)."""
    pairs = sorted((int(one.split()[0]), one.split()[1]) for one in found if one.split()[1:])
    return [host for _, host in pairs if host.strip(".")]
