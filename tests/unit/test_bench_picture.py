"""The drawing of a bench's ratios."""

import xml.etree.ElementTree as ET

from bench.picture import Ratio, drawn

FOUND = [
    Ratio(name="/ smtp-source -d", found=0.5, goal=1),
    Ratio(name="far & <near>", found=70, goal=3.5),
]
SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_is_a_ratio_in_parts_of_its_goal_and_no_longer_than_its_room() -> None:
    bars = ET.fromstring(drawn(FOUND, "Some title")).findall(f"{SVG}rect")[1:]  # noqa: S314 - ours
    assert [(one.get("class"), one.get("width")) for one in bars] == [
        ("below", "100"),
        ("met", "300"),
    ]


def test_whoever_cannot_see_it_is_told_each_figure() -> None:
    picture = drawn(FOUND, "Some title")
    root = ET.fromstring(picture)  # noqa: S314 - ours
    assert root.findtext(f"{SVG}title") == "Some title"
    said = root.findtext(f"{SVG}desc") or ""
    assert "/ smtp-source -d: 0.50, goal 1" in said
    assert "far & <near>: 70.00, goal 3.5" in said
    assert "prefers-color-scheme: dark" in picture
