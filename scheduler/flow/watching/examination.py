"""`reflexe doctor`, from the outside in: what is asked of each, and what the rules say of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scheduler.domain.doctor import addresses, letter, machine, relay
from scheduler.domain.doctor.dkim import selector_unknown
from scheduler.domain.doctor.dmarc import dmarc
from scheduler.domain.doctor.lines import Check, Examination, Line, Skipped, Speaker
from scheduler.domain.doctor.lookalikes import lookalikes, told
from scheduler.domain.doctor.mta_sts import mta_sts, policy_address
from scheduler.domain.doctor.return_path import return_path
from scheduler.domain.doctor.seen import MailboxSeen, RelaySeen, TwilioSeen
from scheduler.domain.doctor.spf import spf
from scheduler.domain.doctor.zone import Kind, Records
from scheduler.domain.showing.public_pages import HELP, OPT_OUT
from scheduler.flow.watching.examined import Asked, Machine, Outside
from scheduler.flow.watching.letter_back import sent_to_ourselves
from scheduler.flow.watching.questions import Questions

#: Names asked about side by side.
_AT_ONCE = 10
#: Seconds that a relay, a provider or a mailbox is waited for.
_PATIENCE = 15.0
_LATE = "no answer in time"


def _nobody(line: Line) -> None:
    del line


class Doctor:
    """One examination."""

    def __init__(self, asked: Asked, outside: Outside, here: Machine, now: datetime) -> None:
        self._asked, self._outside, self._here, self._now = asked, outside, here, now
        self._dns = Questions(outside.resolver)
        #: What the clocks of others said, brought back to ``now``: late answers take time.
        self._clocks: dict[str, datetime] = {}
        self._began = time.monotonic()
        self._relay_answers = True

    async def examine(self, told: Callable[[Line], None] = _nobody) -> Examination:
        """Every line is a verdict: whatever fails out there is one too. ``told`` hears each as it
        is known."""
        steps: Mapping[Check, Callable[[], Awaitable[Sequence[Line]]]] = {
            Check.SPF: self._spf,
            Check.DKIM: self._dkim,
            Check.DMARC: self._dmarc,
            Check.RETURN_PATH: self._return_path,
            Check.MTA_STS: self._mta_sts,
            Check.LOOKALIKES: self._lookalikes,
            Check.PUBLIC_ADDRESS: self._public_address,
            Check.SHORT_ADDRESS: self._short_address,
            Check.ONE_CLICK: self._one_click,
            Check.RELAY: self._relay,
            Check.TEST_MAIL: self._test_mail,
            Check.TWILIO: self._twilio,
            Check.MAILBOX: self._mailbox,
            Check.CLOCK: self._clock,
            Check.DISK: self._disk,
            Check.KEYS: self._keys,
            Check.TIME_ZONES: self._time_zones,
        }
        wanted = {check: step for check, step in steps.items() if check not in self._asked.skipped}
        lines = list[Line]()
        for step in wanted.values():
            for line in await step():
                lines.append(line)
                told(line)
        return Examination(
            lines=tuple(lines),
            skipped=tuple(Skipped(check=one, why=why) for one, why in self._asked.skipped.items()),
        )

    # What DNS says

    async def _spf(self) -> list[Line]:
        asked = self._asked
        senders = asked.sends_from or await self._dns.addresses(asked.relay)
        is_said = bool(asked.sends_from)
        return [
            await self._dns.ruled(
                Check.SPF,
                asked.envelope,
                lambda zone: spf(zone, asked.envelope, asked.relay, senders, is_said=is_said),
            )
        ]

    async def _dkim(self) -> list[Line]:
        asked = self._asked
        if asked.signs:
            return [
                await self._dns.key(asked.signing_domain, selector, record)
                for selector, record in asked.signs.items()
            ]
        if not asked.selector:
            # The test mail tells its own.
            return [] if self._outside.letter else [selector_unknown(asked.sender)]
        return [await self._dns.key(asked.sender, asked.selector)]

    async def _dmarc(self) -> list[Line]:
        asked = self._asked
        return [
            await self._dns.ruled(
                Check.DMARC,
                asked.sender,
                lambda zone: dmarc(zone, asked.sender, asked.envelope, asked.reports),
            )
        ]

    async def _return_path(self) -> list[Line]:
        asked = self._asked
        return [
            await self._dns.ruled(
                Check.RETURN_PATH,
                asked.envelope,
                lambda zone: return_path(zone, asked.envelope, asked.mailbox),
            )
        ]

    async def _mta_sts(self) -> list[Line]:
        domain = self._asked.envelope
        policy = await self._outside.web.get(policy_address(domain))
        if policy.says is not None:
            since = timedelta(seconds=time.monotonic() - self._began)
            self._clocks[f"mta-sts.{domain}"] = policy.says - since
        today = f"{self._now:%Y%m%d}"
        return [
            await self._dns.ruled(
                Check.MTA_STS, domain, lambda zone: mta_sts(zone, domain, policy, today)
            )
        ]

    async def _lookalikes(self) -> list[Line]:
        asked = self._asked
        mine = [asked.sender, _host(asked.public_url), _host(asked.short_url)]
        names = lookalikes([one for one in mine if one], asked.ours)
        turns = asyncio.Semaphore(_AT_ONCE)

        async def look(name: str) -> Records:
            async with turns:
                return await self._outside.resolver.look(Kind.NS, name)

        found = await asyncio.gather(*map(look, names))
        silent = sum(bool(one.silent) for one in found)
        existing = [
            name
            for name, one in zip(names, found, strict=True)
            if not one.silent and not one.no_such_name
        ]
        return [told(asked.sender, names, existing, silent)]

    # Our own addresses

    async def _public_address(self) -> list[Line]:
        return [await self._address(Check.PUBLIC_ADDRESS, self._asked.public_url)]

    async def _short_address(self) -> list[Line]:
        return [await self._address(Check.SHORT_ADDRESS, self._asked.short_url)]

    async def _address(self, check: Check, url: str) -> Line:
        seen = await self._outside.web.get(f"{url}{HELP}")
        return addresses.address(check, url, seen, self._now)

    async def _one_click(self) -> list[Line]:
        url = self._asked.public_url
        if self._outside.click is None:
            return [
                Speaker(check=Check.ONE_CLICK, subject=url).unknown(
                    "keys.file can't be read here: nothing proves whose daemon answers",
                    "run it as the daemon's user, where its keys are",
                )
            ]
        token, proof = self._outside.click
        seen = await self._outside.web.post(f"{url}{OPT_OUT}{token}", addresses.CLICK)
        return [addresses.one_click(url, seen, proof)]

    # Whom messages go through

    async def _relay(self) -> list[Line]:
        if self._outside.relay is None:
            return []
        asked = self._asked
        try:
            async with asyncio.timeout(_PATIENCE):
                seen = await self._outside.relay()
        except TimeoutError:
            seen = RelaySeen(fault=_LATE, may_pass=True)
        self._relay_answers = not (seen.fault and seen.may_pass)
        return [relay.relay(seen, asked.relay, self._now, is_here=asked.relay_is_here)]

    async def _test_mail(self) -> list[Line]:
        own = self._outside.letter
        if own is None:
            return []
        if not self._relay_answers:
            return [letter.not_tried(own.to)]
        return await sent_to_ourselves(own, self._asked, self._dns, self._now)

    async def _twilio(self) -> list[Line]:
        if self._outside.twilio is None:
            return []
        try:
            async with asyncio.timeout(_PATIENCE):
                seen = await self._outside.twilio()
        except TimeoutError:
            seen = TwilioSeen(fault=_LATE, may_pass=True)
        return relay.twilio(seen, self._asked.sms_sender)

    async def _mailbox(self) -> list[Line]:
        if self._outside.mailbox is None:
            return []
        asked = self._asked
        try:
            async with asyncio.timeout(_PATIENCE):
                seen = await self._outside.mailbox()
        except TimeoutError:
            seen = MailboxSeen(fault=_LATE)
        return [relay.mailbox(seen, asked.mailbox, asked.processed)]

    # This machine

    async def _clock(self) -> list[Line]:
        return [machine.clock(self._here.clock_is_kept, self._now, self._clocks)]

    async def _disk(self) -> list[Line]:
        least = self._asked.disk_least
        return [machine.disk(name, free, least) for name, free in self._here.free.items()]

    async def _keys(self) -> list[Line]:
        return [
            machine.keys(self._here.keys, self._asked.keys_file),
            *(machine.secret(path) for path in self._here.open_secrets),
        ]

    async def _time_zones(self) -> list[Line]:
        here = self._here
        return [machine.time_zones(here.differing, here.missing, here.zones)]


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
