"""What the image and a locked installation hold (CycloneDX 1.6), from requirements.lock.

`make sbom` writes it into dist/, the same octets for the same lock: nothing is asked of the
network, and nothing of this machine is in it.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> Iterator[Component]:
    """One a pinned package, with the digests of its files and where it is for some systems only."""
    found = [*_PINNED.finditer(lock)]
    ends = [*(one.start() for one in found[1:]), len(lock)]
    for one, end in zip(found, ends, strict=True):
        name, version = one.groups()
        purl = PackageURL("pypi", None, re.sub(r"[-_.]+", "-", name).lower(), version)
        hashes = _HASH.findall(lock[one.start() : end])
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=purl,
            bom_ref=str(purl),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in hashes],
        )


def bom_of(lock: str, project: dict[str, str]) -> Bom:
    bom = Bom(components=components(lock))
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        bom_ref="reflexe",
        licenses=[DisjunctiveLicense(id=project["license"])],
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    bom.serial_number = uuid5(NAMESPACE_URL, lock)
    return bom


def text_of(lock: str, project: dict[str, str]) -> str:
    told = json.loads(JsonV1Dot6(bom_of(lock, project)).output_as_string())
    # When it was made says nothing of what is in it.
    del told["metadata"]["timestamp"]
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def main(out: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    file = Path(out) / f"reflexe-{project['version']}.cdx.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text_of(LOCK.read_text(encoding="utf-8"), project), encoding="utf-8")
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "dist")
