"""Our own pages by their name, and a click there and back."""

from datetime import datetime, timedelta

from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.seen import WebSeen

#: How long before a certificate ends it is said.
SOON = timedelta(days=14)
#: The answer to a doctor's token has this field: only the daemon with our keys can make it.
PROOF = "X-Reflexe-Doctor"
#: What nobody answered says nothing of the installation.
LATER = "ask again later"
#: RFC 8058's body.
CLICK = "List-Unsubscribe=One-Click"


def address(check: Check, url: str, seen: WebSeen, now: datetime) -> Line:
    """Of a page that is always there."""
    say = Speaker(check=check, subject=url)
    if seen.is_unasked:
        return say.unknown(seen.fault, LATER)
    if seen.is_nowhere:
        return say.wrong(
            "its name leads to no address",
            "publish the address of your HTTPS proxy",
            f"{_host(url)}. IN A (the proxy's address)",
        )
    if seen.is_untrusted:
        return say.wrong(
            f"its certificate is refused: {seen.fault}", "have the proxy renew its certificate"
        )
    if seen.fault:
        return say.wrong(f"no answer: {seen.fault}", "see the proxy and its firewall, from outside")
    if seen.status != 200:
        return say.wrong(
            f"it answers {seen.status}",
            "have the proxy pass every path to web.public_bind, and see that the daemon runs",
        )
    if seen.ends is not None and seen.ends - now < SOON:
        return say.wrong(
            f"its certificate ends on {seen.ends:%Y-%m-%d}", "have the proxy renew its certificate"
        )
    return say.fine("it answers by HTTPS, with a certificate that is trusted")


def one_click(url: str, seen: WebSeen, proof: str) -> Line:
    """``proof``: what our own daemon answers to the token that was sent."""
    say = Speaker(check=Check.ONE_CLICK, subject=url)
    if seen.is_unasked:
        return say.unknown(seen.fault, LATER)
    if seen.fault:
        return say.wrong(f"no answer: {seen.fault}", "see the proxy and its firewall, from outside")
    if 300 <= seen.status < 400:
        return say.wrong(
            f"a click is answered by a redirection ({seen.status}): mail programs count it as lost",
            "have the proxy pass POST /d/… on as it is",
        )
    if seen.status != 200:
        return say.wrong(f"a click is answered {seen.status}", "have the proxy pass POST /d/… on")
    told = {name.lower(): value for name, value in seen.headers.items()}
    if told.get(PROOF.lower()) != proof:
        return say.wrong(
            "something answers a click that isn't this installation's daemon",
            "have the proxy pass POST /d/… to web.public_bind, and see that the daemon runs on the "
            "same keys.file",
        )
    return say.fine("a click went there and back")


def _host(url: str) -> str:
    return url.removeprefix("https://").split("/")[0].split(":")[0]
