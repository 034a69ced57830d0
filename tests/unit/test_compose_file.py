"""compose.yaml: one daemon, and the first impression beside it."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_the_samples_are_a_profile_of_the_same_daemon_on_a_volume_of_their_own() -> None:
    daemon, samples = FILE["services"]["reflexe"], FILE["services"]["samples"]

    assert samples["command"] == ["run", "--samples"]
    assert samples["profiles"] == ["samples"]
    assert "profiles" not in daemon
    same = {"build", "image", "environment", "ports", "read_only", "cap_drop", "security_opt"}
    assert {key: samples[key] for key in same} == {key: daemon[key] for key in same}
    of_daemon, of_samples = daemon["volumes"][-1], samples["volumes"][-1]
    assert (of_daemon, of_samples) == ("var:/app/var", "samples:/app/var")
    assert {"var", "samples"} == set(FILE["volumes"])
