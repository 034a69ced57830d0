"""Dates and prices typed the French way get an example to copy, and never a library's English."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from scheduler.cli.french import french
from scheduler.config.checks import HelpLine
from scheduler.config.loading import load
from scheduler.domain.errors import ConfigError
from tests.flow_world import EVENT, SERIES, edit, write_installation


@pytest.mark.parametrize("typed", ["13 octobre 2026", "13/10/2026 14h30", "le 13"])
def test_a_date(tmp_path: Path, typed: str) -> None:
    config = write_installation(tmp_path, EVENT.replace("2026-10-13T14:30", typed))

    with pytest.raises(ConfigError) as refused:
        load(config, {})

    fault = refused.value.faults[0]
    assert "2026-10-04T18:30" in fault.remedy
    assert "Input" not in str(fault)
    assert "4 octobre 2026" in french(fault.remedy)
    assert french(fault.what) != fault.what


def test_a_price(tmp_path: Path) -> None:
    config = write_installation(tmp_path, SERIES)
    edit(config, "sender: CHESSAI", "sender: CHESSAI, price_per_segment: '0,08 €'")

    with pytest.raises(ConfigError) as refused:
        load(config, {})

    fault = refused.value.faults[0]
    assert (fault.line, "0.08" in fault.remedy) == (15, True)
    assert "0,08" in french(fault.remedy)


def test_a_line_to_call_leaves_its_full_stop_to_the_texts() -> None:
    typed = TypeAdapter(HelpLine).validate_python("06 39 98 00 00, de 9 h à 17 h. ")

    assert typed == "06 39 98 00 00, de 9 h à 17 h"
