"""Somebody with an account on the desk of a daemon that runs."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

from tests.parts.daemon import Daemon
from tests.parts.installation import Installation

PASSWORD = "quatre mots sans lien"
EVERY_ROLE = "read,write,approve,operate,privacy"


def sign_in(home: Installation, running: Daemon, name: str = "Camille") -> str:
    """Make an account, choose its password, and give the session as a Cookie header has it."""
    said = home.say("accounts", "add", name, "--roles", EVERY_ROLE)
    link = re.search(r"/welcome/\S+", said.stdout)
    assert link is not None, said
    connection = http.client.HTTPConnection(urlsplit(running.desk).netloc, timeout=60)
    try:
        body = urlencode({"password": PASSWORD, "again": PASSWORD})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", link[0], body, form)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        return answer.headers["Set-Cookie"].partition(";")[0]
    finally:
        connection.close()
