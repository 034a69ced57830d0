"""A real LDAP directory: OpenLDAP's slapd, on free ports of 127.0.0.1, in a folder of its own.

An instance of its own: the machine's is untouched. It speaks LDAP with StartTLS, and LDAPS. Whoever
reads it signs in as ``READER``, under a limit that a test sets; the people are loaded before it
starts.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .certificates import Certificates, issue
from .presence import PROGRAM_PATH, need_programs
from .processes import free_port, listens, stop, wait_until

BASE = "dc=example,dc=org"
PEOPLE = f"ou=Hôpital d'Été,{BASE}"
READER = f"cn=lecteur,{BASE}"
PASSWORD = "correct-horse"
_SCHEMAS = ("core", "cosine", "inetorgperson")
_CONFIGURATION = """
{includes}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCACertificateFile {authority}
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
sizelimit size.soft=unlimited size.hard=unlimited
database mdb
suffix "{base}"
rootdn "cn=root,{base}"
directory {folder}/data
maxsize 268435456
access to attrs=userPassword by anonymous auth
access to * by dn.exact="{reader}" read by anonymous auth
limits dn.exact="{reader}" size={limit} size.prtotal={total} size.pr=1000
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Directory:
    """A running one."""

    process: subprocess.Popen[bytes]
    port: int
    tls_port: int
    certificates: Certificates

    @property
    def ldaps(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def ldap(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)


@contextmanager
def directory(
    people: Sequence[Mapping[str, str]], *, limit: str = "unlimited", total: str = "unlimited"
) -> Iterator[Directory]:
    """Entries by their attributes; ``limit`` is how many a search gives its reader, ``total`` how
    many all pages of one."""
    need_programs(slapd="slapd", slapadd="slapd")
    folder = Path(tempfile.mkdtemp(prefix="ldap-"))
    try:
        certificates = issue(folder)
        configuration = _configured(folder, certificates, limit, total)
        _load(folder, configuration, people)
        with _running(configuration, certificates) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def person(number: int, **attributes: str) -> dict[str, str]:
    """Somebody of staff, told by ``employeeNumber``."""
    return {
        "cn": f"agent-{number:05}",
        "sn": "Crochet",
        "givenName": "Firmin",
        "mail": f"agent-{number:05}@example.org",
        "employeeNumber": f"M{number:05}",
        **attributes,
    }


#: Names as they come, and as they hurt.
STAFF = [
    *(person(number) for number in range(2990)),
    person(2990, givenName="Élise (Zoé*)", sn="D'Ûr\\çon", departmentNumber="Pôle (A*)"),
    person(2991, givenName="Anne;Lise", sn='Le "Goff"', departmentNumber="Pôle (A*)"),
    person(2992, givenName="Œdipe", sn="N’Guyễn", departmentNumber="Pôle"),
    person(2993, mail="premiere@example.org\nseconde@example.org"),
    person(2994, givenName="=1+1", sn="'Quote"),
    # A service account: nobody to write to.
    {"cn": "imprimante", "sn": "imprimante"},
]


def _configured(folder: Path, certificates: Certificates, limit: str, total: str) -> Path:
    (folder / "data").mkdir()
    path = folder / "slapd.conf"
    path.write_text(
        _CONFIGURATION.format(
            includes="\n".join(f"include /etc/ldap/schema/{one}.schema" for one in _SCHEMAS),
            folder=folder,
            authority=certificates.authority,
            certificate=certificates.certificate,
            key=certificates.key,
            base=BASE,
            reader=READER,
            limit=limit,
            total=total,
        )
    )
    return path


def _load(folder: Path, configuration: Path, people: Sequence[Mapping[str, str]]) -> None:
    head = [
        {"dn": BASE, "objectClass": "dcObject\norganization", "o": "Exemple", "dc": "example"},
        {
            "dn": READER,
            "objectClass": "organizationalRole\nsimpleSecurityObject",
            "cn": "lecteur",
            "userPassword": PASSWORD,
        },
        {"dn": PEOPLE, "objectClass": "organizationalUnit", "ou": "Hôpital d'Été"},
    ]
    entries = [
        {"dn": f"cn={one['cn']},{PEOPLE}", "objectClass": "inetOrgPerson", **one} for one in people
    ]
    file = folder / "people.ldif"
    file.write_text("\n".join(map(_ldif, [*head, *entries])), encoding="utf-8")
    subprocess.run(
        ["slapadd", "-q", "-f", configuration, "-l", file],
        check=True,
        capture_output=True,
        env=_environment(),
    )


def _ldif(entry: Mapping[str, str]) -> str:
    lines = [
        f"{name}:: {b64encode(value.encode()).decode()}"
        for name, values in entry.items()
        for value in values.split("\n")
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def _running(configuration: Path, certificates: Certificates) -> Iterator[Directory]:
    server = _started(configuration, certificates)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.send_signal(signal.SIGCONT)
        stop(server.process)


def _started(configuration: Path, certificates: Certificates, tries: int = 5) -> Directory:
    """A port that was free may be somebody's by the time slapd asks for it: it ends, and is given
    others."""
    port, tls_port = free_port(), free_port()
    # The second host is one that the certificate doesn't name.
    hosts = ("127.0.0.1", "127.0.0.2")
    addresses = " ".join(f"ldap://{one}:{port}/ ldaps://{one}:{tls_port}/" for one in hosts)
    process = subprocess.Popen(
        ["slapd", "-d", "0", "-f", configuration, "-h", addresses],
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )

    def ready() -> bool:
        return process.poll() is None and listens(port) and listens(tls_port)

    wait_until(lambda: ready() or process.poll() is not None, "slapd answers")
    if process.poll() is None:
        return Directory(process=process, port=port, tls_port=tls_port, certificates=certificates)
    if tries == 1:
        raise RuntimeError(f"slapd ended with {process.returncode}")
    return _started(configuration, certificates, tries - 1)


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": PROGRAM_PATH}
