"""No value of the rules holds an instant without its zone."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler import domain
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.changing import EventTerms
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.instants import Dated

NAIVE = datetime(2026, 10, 4, 10)  # noqa: DTZ001 - what must be refused

#: An event's hours are its place's, on the wall there, until its occurrences are made.
ON_THE_WALL = {(kind, name) for kind in (Campaign, EventTerms) for name in ("starts", "ends")}


def _instants_held() -> Iterator[tuple[type[Any], str]]:
    for found in pkgutil.walk_packages(domain.__path__, "scheduler.domain."):
        for kind in vars(importlib.import_module(found.name)).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == found.name:
                for one in fields(kind):
                    if one.type in (datetime, datetime | None):
                        yield kind, one.name


HELD = [one for one in _instants_held() if one not in ON_THE_WALL]


@pytest.mark.parametrize(("kind", "name"), HELD, ids=lambda one: getattr(one, "__name__", one))
def test_each_field_that_holds_an_instant_refuses_a_naive_one(kind: type[Any], name: str) -> None:
    made = object.__new__(kind)
    for one in fields(kind):
        object.__setattr__(made, one.name, NAIVE if one.name == name else None)

    assert isinstance(made, Dated)
    with pytest.raises(ValueError, match=rf"{name} has no zone"):
        made.__post_init__()


def test_they_are_found() -> None:
    assert (Outcome, "at") in HELD
    assert len(HELD) > 50


def test_it_is_refused_where_it_is_made_and_where_it_is_changed() -> None:
    at = NAIVE.replace(tzinfo=UTC)
    sent = Outcome(delivery_id=DeliveryId(1), state=DeliveryState.SENT, at=at)

    with pytest.raises(ValueError, match=r"Outcome.at has no zone: 2026-10-04T10:00:00"):
        replace(sent, at=NAIVE)
    with pytest.raises(ValueError, match="next_at"):
        replace(sent, next_at=NAIVE)
