"""A real directory: whole by pages and by verified TLS, or nothing at all."""

import csv
import time
from dataclasses import replace

import pytest

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.sources.listed import ldap
from scheduler.sources.listed.ldap import Options, Source, query_of
from scheduler.sources.listed.seam import Known, Table
from tests.parts.certificates import Certificates
from tests.parts.directory import PASSWORD, PEOPLE, READER, STAFF, Directory, directory, person

ATTRIBUTES = {"key": "employeeNumber", "email": "mail", "prenom": "givenName", "nom": "sn"}


def options(server: Directory) -> Options:
    return Options(
        url=server.ldaps,
        base=PEOPLE,
        attributes=ATTRIBUTES,
        bind_dn=READER,
        password=PASSWORD,
        ca_file=server.certificates.authority,
    )


def fetched(asked: Options) -> Table:
    table = Source(asked).fetch(Known(), "")
    assert table is not None
    return table


def rows(table: Table) -> list[list[str]]:
    text = table.memory.path.read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def refused(asked: Options) -> SourceAway:
    with pytest.raises(SourceAway) as away:
        fetched(asked)
    return away.value


@pytest.mark.parametrize("scheme", ["ldaps", "ldap"])
def test_everybody_comes_page_by_page_with_their_accents(
    staff_directory: Directory, scheme: str
) -> None:
    url = staff_directory.ldaps if scheme == "ldaps" else staff_directory.ldap

    found = fetched(replace(options(staff_directory), url=url, page=500))

    people = rows(found)
    assert len({row[0] for row in people}) == len(STAFF) - 1
    assert ["M02990", "agent-02990@example.org", "Élise (Zoé*)", "D'Ûr\\çon"] in people
    assert ["M02991", "agent-02991@example.org", "Anne;Lise", 'Le "Goff"'] in people
    assert ["M02992", "agent-02992@example.org", "Œdipe", "N’Guyễn"] in people
    assert ["M02993", "premiere@example.org", "Firmin", "Crochet"] in people
    assert found.notes == (
        "1 attributes have several values: the first is taken",
        "1 entries have neither key nor address: left aside",
    )
    assert (found.header, found.chosen["email"]) == (tuple(ATTRIBUTES.values()), "2")
    assert PASSWORD not in found.name


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        ({"departmentNumber": ["Pôle (A*)"]}, {"M02990", "M02991"}),
        ({"departmentNumber": ["Pôle"], "sn": ["N’Guyễn"]}, {"M02992"}),
        ({"sn": ["D'Ûr\\çon", "N’Guyễn"]}, {"M02990", "M02992"}),
        ({"sn": ["*)(objectClass=*"]}, set()),
    ],
)
def test_a_value_of_where_is_a_value_whatever_signs_it_holds(
    staff_directory: Directory, where: dict[str, list[str]], keys: set[str]
) -> None:
    found = fetched(replace(options(staff_directory), where=where))

    assert {row[0] for row in rows(found)} == keys


def test_the_filter_may_stand_without_its_brackets() -> None:
    asked = Options(url="ldaps://a", base="dc=b", filter="objectClass=person", where={"c": ["d*"]})

    assert query_of(asked) == "(&(objectClass=person)(c=d\\2a))"


def test_what_is_asked_wrongly_is_told_apart_from_who_may_not_ask(
    staff_directory: Directory,
) -> None:
    good = options(staff_directory)

    assert refused(replace(good, password="wrong")).cause == Cause.DENIED
    assert refused(replace(good, base="ou=nowhere,dc=example,dc=org")).cause == Cause.BADLY_ASKED
    assert refused(replace(good, filter="(((")).cause == Cause.BADLY_ASKED
    assert refused(replace(good, url="ldaps://127.0.0.1:1")).cause == Cause.UNREACHABLE


@pytest.mark.parametrize("scheme", ["ldaps", "ldap"])
def test_a_certificate_of_another_authority_or_name_gets_no_password(
    staff_directory: Directory, certificates: Certificates, scheme: str
) -> None:
    url = staff_directory.ldaps if scheme == "ldaps" else staff_directory.ldap
    good = replace(options(staff_directory), url=url)

    assert refused(replace(good, ca_file=certificates.authority)).cause == Cause.NOT_TRUSTED
    assert refused(replace(good, ca_file=None)).cause == Cause.NOT_TRUSTED
    # The same server, by a name that its certificate doesn't have.
    other = replace(good, url=url.replace("127.0.0.1", "127.0.0.2"))
    assert refused(other).cause == Cause.NOT_TRUSTED


@pytest.mark.parametrize(
    ("limit", "total"), [("300", "500"), ("300", "hard"), ("unlimited", "500")]
)
def test_a_directory_that_gives_a_part_gives_nothing(
    staff_directory: Directory, limit: str, total: str
) -> None:
    people = [person(number) for number in range(1000)]

    with directory(people, limit=limit, total=total) as server:
        away = refused(replace(options(server), page=200))

    assert away.cause == Cause.CUT_SHORT
    assert "raise its limit" in str(away)


@pytest.mark.parametrize("ends", ["killed", "frozen"])
def test_a_directory_that_dies_between_two_pages_gives_nothing(
    staff_directory: Directory, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    monkeypatch.setattr(ldap, "ANSWER", 1)
    with directory([person(number) for number in range(1000)]) as server:
        source = Source(replace(options(server), page=100))
        began = time.monotonic()
        given = source._rows()
        for _ in range(150):
            next(given)
        server.kill() if ends == "killed" else server.freeze()

        with pytest.raises(SourceAway) as away:
            list(given)

    assert away.value.cause == Cause.UNREACHABLE
    assert time.monotonic() - began < 20


@pytest.mark.long
def test_twenty_thousand_people_come_whole(staff_directory: Directory) -> None:
    with directory([person(number) for number in range(20_000)]) as server:
        assert len(rows(fetched(options(server)))) == 20_000
