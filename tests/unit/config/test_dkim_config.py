"""What channels.email.dkim takes for a key that signs."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from scheduler.bootstrap.providers import options_of
from scheduler.config.loading import load
from scheduler.domain.errors import ConfigError, Fault
from tests.flow_world import write_installation
from tests.samples import signing

KEYS = "REFLEXE_CHANNELS__EMAIL__DKIM"
#: The From is cyber@example.org.
SMTP = "    provider: smtp\n    smtp: {host: relais.example.org, security: none}\n"


def loaded(folder: Path, dkim: str, **keys: str) -> object:
    """``keys``: PEM by kind, as files."""
    path = write_installation(folder)
    text = path.read_text(encoding="utf-8")
    start = text.index("  email:\n") + len("  email:\n")
    path.write_text(f"{text[:start]}{SMTP}    dkim: {dkim}\n{text[start:]}", encoding="utf-8")
    environment = {}
    for kind, pem in keys.items():
        file = folder / f"{kind}.pem"
        file.write_text(pem, encoding="utf-8")
        file.chmod(0o600)
        environment[f"{KEYS}__{kind.upper()}__KEY_FILE"] = str(file)
    return options_of(load(path, environment).settings, "email").signing_keys


def refused(folder: Path, dkim: str, **keys: str) -> Fault:
    with pytest.raises(ConfigError) as told:
        loaded(folder, dkim, **keys)
    (fault,) = told.value.faults
    return fault


def test_keys_in_files_sign_for_the_senders_domain(tmp_path: Path) -> None:
    rsa, ed25519 = signing.rsa(), signing.ed25519()

    keys = loaded(
        tmp_path,
        "{ed25519: {selector: e2026}, rsa: {selector: r2026}}",
        rsa=rsa.pem,
        ed25519=ed25519.pem.strip(),
    )

    assert [(one.kind, one.selector, one.domain) for one in keys] == [  # type: ignore[attr-defined]
        ("rsa", "r2026", "example.org"),
        ("ed25519", "e2026", "example.org"),
    ]


@pytest.mark.parametrize(
    ("pem", "told"),
    [
        ("pas une clé", "isn't a private key as PEM"),
        (signing.ed25519().pem, "isn't an RSA key"),
        (signing.rsa(1024).pem, "1024 bits, of 2048 at least"),
        (
            load_pem_private_key(signing.rsa().pem.encode(), None)
            .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
            .decode(),
            "asks for a passphrase",
        ),
    ],
    ids=["text", "ed25519", "short", "passphrase"],
)
def test_what_cannot_sign_is_refused_with_its_remedy(tmp_path: Path, pem: str, told: str) -> None:
    fault = refused(tmp_path, "{rsa: {selector: r2026}}", rsa=pem)

    assert (fault.where, fault.key) == ("environment", f"{KEYS}__RSA__KEY")
    assert told in fault.what
    assert f"{KEYS}__RSA__KEY_FILE" in fault.remedy
    assert pem.splitlines()[-2:][0][:20] not in f"{fault.what}{fault.remedy}"


def test_no_key_at_all_is_told(tmp_path: Path) -> None:
    assert "nothing would sign" in refused(tmp_path, "{domain: example.org}").what
    assert "rsa has no key" in refused(tmp_path / "b", "{rsa: {selector: r1}}").what


def test_the_key_that_is_at_fault_is_the_one_that_is_named(tmp_path: Path) -> None:
    two = "{rsa: {selector: r2026}, ed25519: {selector: e2026}}"
    ed25519 = signing.ed25519().pem

    fault = refused(tmp_path, two, rsa=ed25519, ed25519=ed25519)

    assert (fault.key, fault.what) == (f"{KEYS}__RSA__KEY", "rsa: the key isn't an RSA key")


def test_a_domain_that_is_not_the_senders_is_refused(tmp_path: Path) -> None:
    for number, domain in enumerate(("autre.example", "cyber.example.org", "ample.org")):
        dkim = f"{{domain: {domain}, rsa: {{selector: r2026}}}}"
        fault = refused(tmp_path / str(number), dkim, rsa=signing.rsa().pem)
        assert f"dkim.domain {domain} isn't that of from" in fault.what


def test_a_key_in_config_yaml_is_a_secret_in_the_wrong_place(tmp_path: Path) -> None:
    pem = signing.ed25519().pem.replace("\n", "\\n")

    path = write_installation(tmp_path)
    text = path.read_text(encoding="utf-8").replace(
        "  email:\n", f'  email:\n    dkim: {{ed25519: {{selector: e, key: "{pem}"}}}}\n', 1
    )
    path.write_text(text, encoding="utf-8")

    configuration = load(path, {})

    assert any("dkim.ed25519.key" in warning for warning in configuration.warnings)
    assert signing.ed25519().pem[40:60] not in repr(configuration)
