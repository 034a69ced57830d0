"""The list of what an installation holds is the lock's, package by package."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sbom import LOCK, main, text_of

PROJECT = {"name": "reflexe", "version": "9.9.9", "license": "Apache-2.0"}
TEXT = LOCK.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bom() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(TEXT, PROJECT))
    return found


def test_every_locked_package_is_in_it_with_its_version_and_digests(bom: dict[str, Any]) -> None:
    pinned = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", TEXT, re.M)

    assert [(one["name"], one["version"]) for one in bom["components"]] == sorted(pinned)
    digests = [each["content"] for one in bom["components"] for each in one["hashes"]]
    assert sorted(digests) == sorted(re.findall(r"sha256:([0-9a-f]{64})", TEXT))
    assert len(pinned) > 50


def test_it_says_what_it_is_of_and_what_hangs_on_it(bom: dict[str, Any]) -> None:
    of = bom["metadata"]["component"]
    hangs = next(one for one in bom["dependencies"] if one["ref"] == of["bom-ref"])

    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert (of["name"], of["version"], of["licenses"][0]["license"]["id"]) == (
        *("reflexe", "9.9.9", "Apache-2.0"),
    )
    assert sorted(hangs["dependsOn"]) == sorted(one["bom-ref"] for one in bom["components"])


def test_one_lock_gives_one_text_without_the_hour(bom: dict[str, Any]) -> None:
    assert text_of(TEXT, PROJECT) == text_of(TEXT, PROJECT)
    assert "timestamp" not in bom["metadata"]
    assert text_of(TEXT.replace("==", "==1!", 1), PROJECT) != text_of(TEXT, PROJECT)


def test_it_is_written_where_the_wheel_is(tmp_path: Path) -> None:
    main(str(tmp_path / "dist"))

    (file,) = (tmp_path / "dist").iterdir()
    assert file.name.startswith("reflexe-")
    assert json.loads(file.read_text(encoding="utf-8"))["components"]
