"""The number to call, in every shipped help box: staff's to staff, patients' to patients."""

import re

import pytest

from scheduler.domain.calendar.campaigns import People
from scheduler.domain.drawings import WITHIN_THE_HOUR
from tests.samples.content import part, read
from tests.shipped import Shipped, configuration, reader, texts

STAFFS = configuration().settings.organisation.support.default
PATIENTS = configuration().settings.organisation.help
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
    theirs = any(box in text.source.body for box in ('snippet("aide")', '"signaler-patients"'))
    assert (STAFFS in said, PATIENTS in said) == (staff, theirs and not staff)
    # The line ends its sentence.
    assert (said.count(STAFFS), said.count(PATIENTS)) == (
        said.count(f"{STAFFS}."),
        said.count(f"{PATIENTS}."),
    )


def test_within_the_hour_says_whom_to_call_in_its_second_point() -> None:
    (text,) = [
        one
        for one in texts("email")
        if one.folder.path == WITHIN_THE_HOUR and one.source.path.endswith("email.staff.fr.md")
    ]

    said = part(read(text.email({}).fill(reader({}))), "plain").replace("\n   ", " ")

    assert f"Un appel, pas un courriel\N{NO-BREAK SPACE}: {STAFFS}." in said
