"""The number to call, in every shipped help box: staff's to staff, patients' to patients."""

import re

import pytest

from scheduler.bootstrap import organisation_of
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.drawings import WITHIN_THE_HOUR
from tests.samples.content import part, read
from tests.shipped import Shipped, configuration, reader, texts

OURS = organisation_of(configuration().settings)
STAFFS = OURS.support.default
_BOXES = ('snippet("aide")', 'snippet("signaler-')

boxed = pytest.mark.parametrize(
    "text",
    [one for one in texts("email") if any(box in one.source.body for box in _BOXES)],
    ids=lambda text: text.name,
)


@boxed
def test_a_help_box_tells_its_readers_number_and_no_other(text: Shipped) -> None:
    message = read(text.email(text.examples()).fill(reader({})))
    said = re.sub("[ \n]+", " ", part(message, "plain"))

    staff = text.audience.people is People.STAFF
    staffs = OURS.support_for(People.STAFF, text.source.variant).default
    patients = OURS.help_for(text.source.variant)
    theirs = any(box in text.source.body for box in ('snippet("aide")', '"signaler-patients"'))
    assert (staffs in said, patients in said) == (staff, theirs and not staff)
    # The line ends its sentence.
    assert (said.count(staffs), said.count(patients)) == (
        said.count(f"{staffs}."),
        said.count(f"{patients}."),
    )
    if text.source.variant == "en":
        assert not any(french in said for french in (STAFFS, OURS.help))


@pytest.mark.parametrize(
    ("variant", "lead"),
    [
        ("fr", "Un appel, pas un courriel\N{NO-BREAK SPACE}: "),
        ("fr-falc", "Appelez\N{NO-BREAK SPACE}: "),
        ("en", "A phone call, not an e-mail: "),
    ],
)
def test_within_the_hour_says_whom_to_call_in_its_second_point(variant: str, lead: str) -> None:
    (text,) = [
        one
        for one in texts("email")
        if one.folder.path == WITHIN_THE_HOUR
        and one.source.path.endswith(f"email.staff.{variant}.md")
    ]

    said = part(read(text.email({}).fill(reader({}))), "plain").replace("\n   ", " ")

    assert f"{lead}{OURS.support_for(People.STAFF, variant).default}." in said
