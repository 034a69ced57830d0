"""DKIM signatures of somebody else's making: the sample of RFC 8463, appendix A."""

import pytest

from scheduler.domain.doctor.letter import signatures
from scheduler.probes.signatures import holds

MAIL = """\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""
ED25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RSA = (
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
    "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
    "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
    "Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)


@pytest.mark.parametrize(("number", "key"), [(0, ED25519), (1, RSA)], ids=["ed25519", "rsa"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_rfcs_own_mail_holds(number: int, key: str, ends: str) -> None:
    raw = MAIL.replace("\n", ends).encode()

    assert holds(raw, signatures(raw)[number], key) is True


@pytest.mark.parametrize(
    ("old", "new"),
    [("hungry", "thirsty"), ("Is dinner", "Is lunch"), ("From: Joe", "From: Eve"), ("Joe.", "")],
)
def test_a_mail_that_was_changed_does_not(old: str, new: str) -> None:
    raw = MAIL.replace(old, new).encode()

    assert holds(raw, signatures(raw)[0], ED25519) is False


def test_spaces_that_relays_add_change_nothing() -> None:
    raw = MAIL.replace("Is dinner ready?", "Is  dinner\n ready?").replace("Hi.", "Hi. ") + "\n\n"

    assert holds(raw.encode(), signatures(raw.encode())[0], ED25519) is True


def test_what_cannot_be_tried_is_not_called_broken() -> None:
    raw = MAIL.encode()
    tags = signatures(raw)[0]

    assert holds(raw, tags, "v=DKIM1; k=ed25519; p=") is None
    assert holds(raw, {**tags, "b": "elsewhere"}, ED25519) is None
