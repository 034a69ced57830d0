"""The doctor's own mail: sent, read back, and what its signatures say."""

from datetime import datetime

from scheduler.domain.doctor import letter
from scheduler.domain.doctor.dmarc import is_aligned
from scheduler.domain.doctor.lines import Check, Line, Speaker, Verdict
from scheduler.domain.doctor.zone import Silent
from scheduler.domain.errors import HandOverError, InboxAway
from scheduler.flow.watching.examined import Asked
from scheduler.flow.watching.own_letter import OwnLetter
from scheduler.flow.watching.questions import Questions


async def sent_to_ourselves(
    own: OwnLetter, asked: Asked, dns: Questions, now: datetime
) -> list[Line]:
    """Whatever fails is a line too."""
    try:
        raw = await own.sent_and_back(now)
    except HandOverError as fault:
        return [letter.not_sent(own.to, fault.detail or fault.code)]
    except InboxAway as fault:
        return [
            Speaker(check=Check.TEST_MAIL, subject=own.to).unknown(
                f"it left, and the mailbox can't be read: {fault}",
                "see the line on the mailbox",
            )
        ]
    finally:
        await own.leave()
    if raw is None:
        return [letter.not_back(own.to, own.seconds)]
    return await _read_back(own, asked, dns, raw)


async def _read_back(own: OwnLetter, asked: Asked, dns: Questions, raw: bytes) -> list[Line]:
    """Of its signature, and of the key that it names."""
    sender = asked.sender
    line = await dns.ruled(
        Check.TEST_MAIL, own.to, lambda zone: letter.letter(zone, raw, sender, own.to)
    )
    signed = [
        one for one in letter.signatures(raw) if await _is_ours(dns, one.get("d", ""), sender)
    ]
    keys = [await dns.key(one["d"], one.get("s", "")) for one in signed]
    if line.verdict is Verdict.FINE and await _all_broken(dns, own, raw, signed):
        line = letter.broken(own.to)
    return [line, *(keys if not (asked.selector or asked.signs) else [])]


async def _is_ours(dns: Questions, domain: str, sender: str) -> bool:
    try:
        return await dns.asking(lambda zone: is_aligned(zone, domain, sender))
    except Silent:
        return False


async def _all_broken(
    dns: Questions, own: OwnLetter, raw: bytes, signed: list[dict[str, str]]
) -> bool:
    held = []
    for tags in signed:
        key = await dns.published(f"{tags.get('s', '')}._domainkey.{tags.get('d', '')}")
        held += [own.holds(raw, tags, one) for one in key[:1]]
    return bool(held) and all(one is False for one in held)
