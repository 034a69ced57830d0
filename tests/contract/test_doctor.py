"""`reflexe doctor` before real parts: DNS, HTTPS, Postfix, Dovecot, each wrong in turn."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.doctor.lines import Examination
from scheduler.domain.provider import Provider
from scheduler.flow.watching.check_up import CheckUp
from scheduler.web.public import make_public
from tests.commands import Answer, reflexe
from tests.fakes import FakeTwilio
from tests.fakes.names import FakeNames
from tests.parts import mail_server as mail
from tests.parts.certificates import issue
from tests.parts.mail_server import BOUNCES_DOMAIN, MailServer
from tests.samples import signing
from tests.samples.doctor import KEY
from tests.serving import serving
from tests.worlds import make_world

PUBLISHED = {
    ("TXT", BOUNCES_DOMAIN): ["v=spf1 ip4:192.0.2.25 -all"],
    ("MX", BOUNCES_DOMAIN): ["10 mx.example.org."],
    ("A", "mx.example.org"): ["192.0.2.10"],
    ("TXT", "s1._domainkey.example.org"): [f"v=DKIM1; k=rsa; p={KEY}"],
    ("TXT", "_dmarc.example.org"): ["v=DMARC1; p=reject; rua=mailto:dmarc@example.org"],
    ("A", "cyber.example.org"): ["127.0.0.1"],
    ("A", "sms.example.org"): ["127.0.0.1"],
    ("A", "example.com"): ["192.0.2.66"],
}


@dataclass(kw_only=True)
class Site:
    """An installation before the outside of the tests."""

    app: App
    config: Path
    names: FakeNames
    twilio: FakeTwilio

    def app_providers(self) -> Mapping[str, Provider]:
        return bootstrap.make_providers(self.app.configuration.settings)

    async def doctor(self, *words: str) -> Answer:
        said = ("doctor", "--dns", f"127.0.0.1:{self.names.port}", "--sends-from", "192.0.2.25")
        return await asyncio.to_thread(reflexe, self.config, *said, "--wait", "20", *words)

    async def lines(self, *words: str) -> dict[str, Any]:
        """Check -> its last line."""
        answer = await self.doctor("--json", "--selector", "s1", *words)
        return {one["check"]: one for one in answer.json["lines"]}


@pytest.fixture
async def site(
    tmp_path: Path, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Site]:
    certificates = issue(tmp_path, "cyber.example.org", "sms.example.org")
    async with FakeTwilio() as twilio:
        with ExitStack() as parts:
            names = parts.enter_context(FakeNames(PUBLISHED).serving())
            opened: list[App] = []
            public = make_public(lambda: opened[0], dict, ready=lambda: True)
            port = parts.enter_context(serving(public, certificates)).rpartition(":")[2]
            keys = dict(_environment(mail_server, twilio, port, tmp_path))
            for name, value in keys.items():
                monkeypatch.setenv(name, value)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
            opened.append(await make_world(tmp_path, environment=keys))
            config = tmp_path / "config.yaml"
            yield Site(app=opened[0], config=config, names=names, twilio=twilio)
            await opened[0].close()


def _environment(
    server: MailServer, twilio: FakeTwilio, port: str, folder: Path
) -> Iterator[tuple[str, str]]:
    authority = str(server.certificates.authority)
    account = {"username": mail.USER, "password": mail.PASSWORD, "ca_file": authority}
    email = {
        "provider": "smtp",
        "return_path_domain": BOUNCES_DOMAIN,
        **_below("smtp", {"host": "127.0.0.1", "port": str(server.submission_port)} | account),
        **_below("mailbox", {"host": "127.0.0.1", "port": str(server.imaps_port)} | account),
        "mailbox__username": "bounces",
    }
    sms = {"provider": "twilio", "sender": twilio.short_code} | _below(
        "twilio",
        {
            "account_sid": twilio.account_sid,
            "auth_token": twilio.auth_token,
            "base_url": twilio.base_url,
        },
    )
    (folder / "apart").mkdir()
    every = {
        **_below("channels", _below("email", email) | _below("sms", sms)),
        "organisation__sms_name": "CH Essai",
        "keys__file": str(folder / "apart" / "keys.json"),
        "web__public_url": f"https://cyber.example.org:{port}",
        "web__short_url": f"https://sms.example.org:{port}",
    }
    for name, value in every.items():
        yield f"REFLEXE_{name.upper()}", value


def _below(section: str, keys: dict[str, str]) -> dict[str, str]:
    return {f"{section}__{name}": value for name, value in keys.items()}


async def test_a_site_in_order_but_for_what_its_relay_does_not_sign(site: Site) -> None:
    lines = await site.lines()

    fine = {name for name, one in lines.items() if one["verdict"] == "fine"}
    assert fine >= {
        *("spf", "dkim", "dmarc", "return-path", "public-address", "short-address", "one-click"),
        *("relay", "twilio", "mailbox", "disk", "keys", "time-zones"),
    }
    assert lines["test-mail"]["told"] == "it arrived without a DKIM signature"
    assert lines["mta-sts"]["record"].startswith(f"_mta-sts.{BOUNCES_DOMAIN}. IN TXT")
    assert (lines["look-alikes"]["verdict"], "example.com" in lines["look-alikes"]["told"]) == (
        "unknown",
        True,
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("/^DKIM-Signature:/ IGNORE", "it arrived without a DKIM signature"),
        ("/^List-Unsubscribe-Post:/ IGNORE", "it arrived without List-Unsubscribe-Post"),
        ("/^List-Unsubscribe: / REPLACE List-Unsubscribe: <https://example.org/>", "doesn't hold"),
    ],
)
async def test_a_mail_that_is_signed_here_is_fine_until_a_relay_changes_it(
    site: Site, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, rule: str, told: str
) -> None:
    own = signing.rsa()
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__DKIM__RSA__SELECTOR", own.selector)
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__DKIM__RSA__KEY", own.pem)
    for name, record in signing.records().items():
        site.names.published["TXT", name] = [record]

    whole = (await site.lines())["test-mail"]
    with mail_server.changing(rule):
        changed = (await site.lines())["test-mail"]
    again = (await site.lines())["test-mail"]

    assert (whole["verdict"], again["verdict"]) == ("fine", "fine"), whole
    assert (changed["verdict"], told in changed["told"]) == ("wrong", True), changed
    assert changed["remedy"]


async def test_nothing_is_kept_of_an_examination_while_the_daemon_reads_its_mailbox(
    site: Site,
) -> None:
    polls = [one for one in bootstrap.make_polls(site.app, site.app_providers()) if one.every]
    mailbox = next(one for one in polls if one.subject == "email")
    examining = asyncio.create_task(site.lines())
    while not examining.done():
        await mailbox.look(site.app.clock())
        await asyncio.sleep(0.2)

    assert (await examining)["test-mail"]["told"] == "it arrived without a DKIM signature"
    assert await site.app.people.opt_outs() == []
    listed = await asyncio.to_thread(reflexe, site.config, "bounce", "list", "--json")
    assert listed.json == []


@pytest.mark.parametrize(
    ("kind", "name", "values", "check"),
    [
        ("TXT", BOUNCES_DOMAIN, ["v=spf1 ip4:203.0.113.9 -all"], "spf"),
        ("TXT", BOUNCES_DOMAIN, [], "spf"),
        ("TXT", "s1._domainkey.example.org", ["v=DKIM1; p="], "dkim"),
        ("TXT", "_dmarc.example.org", [], "dmarc"),
        ("MX", BOUNCES_DOMAIN, [], "return-path"),
        ("A", "cyber.example.org", [], "public-address"),
        ("A", "sms.example.org", ["127.0.0.9"], "short-address"),
    ],
)
async def test_each_record_wrong_in_turn(
    site: Site, kind: str, name: str, values: Sequence[str], check: str
) -> None:
    site.names.published[kind, name] = values

    answer = await site.doctor("--selector", "s1", "--no-mail", "--without", "mta-sts")

    wrong = [line for line in answer.out.splitlines() if line.startswith("WRONG")]
    assert answer.code == 1
    assert check in {line.split()[1] for line in wrong}
    assert {line.split()[1] for line in wrong} <= {check, "one-click"}


async def test_all_in_order_ends_with_nought(site: Site) -> None:
    answer = await site.doctor("--selector", "s1", "--no-mail", "--without", "mta-sts")

    assert (answer.code, "WRONG" in answer.out) == (0, False)
    assert "does not apply test-mail: left out by --no-mail" in answer.out


async def test_a_dns_that_fails_is_nobodys_fault(site: Site) -> None:
    site.names.failing.add("_dmarc.example.org")

    assert (await site.lines("--no-mail"))["dmarc"]["verdict"] == "unknown"


async def test_another_installations_daemon_is_told(site: Site, tmp_path: Path) -> None:
    keys = tmp_path / "apart" / "keys.json"
    kept = keys.read_text()
    keys.unlink()
    (tmp_path / "other").mkdir()
    other = await make_world(tmp_path / "other")
    await other.close()
    keys.write_text((tmp_path / "other" / "var" / "keys.json").read_text())
    keys.chmod(0o600)

    line = (await site.lines("--no-mail"))["one-click"]

    keys.write_text(kept)
    assert (line["verdict"], "isn't this installation's" in line["told"]) == ("wrong", True)


async def test_an_account_that_is_suspended_and_a_code_of_somebody_elses(site: Site) -> None:
    site.twilio.status, site.twilio.short_code = "suspended", "38000"

    answer = await site.doctor("--json", "--no-mail")

    told = [one["told"] for one in answer.json["lines"] if one["check"] == "twilio"]
    assert told == ["the account is suspended", "the account has no such sender"]


async def test_the_same_in_french(site: Site) -> None:
    answer = await site.doctor("--lang", "fr", "--selector", "s1")

    assert "À CORRIGER     message-d-essai " in answer.out
    assert "il est arrivé sans signature DKIM" in answer.out


@pytest.mark.parametrize(
    "words",
    [
        ("--without", "nonsense"),
        ("--sends-from", "relais"),
        ("--dns", "ns.example:x"),
        ("--dns", "1.2.3.4:99999"),
        ("--dns", "1.2.3.4:0"),
    ],
)
async def test_what_is_no_address_or_check_is_refused(site: Site, words: Sequence[str]) -> None:
    assert (await asyncio.to_thread(reflexe, site.config, "doctor", *words)).code == 2


async def test_the_daemons_own_look_raises_an_alarm(site: Site) -> None:
    now = site.app.clock()
    site.names.published["TXT", BOUNCES_DOMAIN] = ["v=spf1 +all"]
    # The system's servers would be asked: the tests' own are.
    doctor = bootstrap.make_doctor(
        site.app.configuration,
        bootstrap.Examined(servers=["127.0.0.1"], port=site.names.port, mail=False),
        now,
    )

    async def examine(_now: datetime) -> Examination:
        return await doctor.examine()

    await CheckUp(ledger=site.app.gauges, examine=examine).look(now)

    alarms = [one for one in await site.app.gauges.open_alarms() if one.kind == "doctor-wrong"]
    assert ("spf", BOUNCES_DOMAIN) in {(one.subject, one.detail) for one in alarms}
