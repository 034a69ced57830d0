"""A value is what dataclass makes of the same class, in all but the time that it takes."""

import copy
import pickle
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace
from functools import partial
from typing import Any, Generic, TypeVar

import pytest

from scheduler.domain.values import frozen

T = TypeVar("T")
std = dataclass(frozen=True, kw_only=True, slots=True)
Maker = Callable[[type[Any]], type[Any]]


def shapes(made: Maker) -> Mapping[str, type[Any]]:
    """The same classes by one decorator or the other."""

    @made
    class Nothing:
        pass

    @made
    class One:
        """Of a single field."""

        number: float

    @made
    class Full:
        """With all that a field may have."""

        name: str
        secret: str = field(default="", repr=False)
        names: list[str] = field(default_factory=list)
        seen: set[str] = field(default_factory=set, compare=False, repr=False)
        number: int = 3
        held: object = None

        @property
        def upper(self) -> str:
            return self.name.upper()

        @classmethod
        def kind(cls) -> str:
            return cls.__name__

    class Looking:
        __slots__ = ()

        def __post_init__(self) -> None:
            if getattr(self, "name", "") == "refused":
                raise ValueError("refused")

    @made
    class Looked(Looking):
        name: str

    @made
    class More(Looked):
        more: int = 1

    @made
    class Told:
        """That has words and sameness of its own."""

        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Told) and other.name.lower() == self.name.lower()

    @made
    class Of(Generic[T]):
        held: T

    return {one.__name__: one for one in (Nothing, One, Full, Looked, More, Told, Of)}


KINDS = {"value": shapes(frozen), "dataclass": shapes(std)}
GIVEN: list[tuple[str, dict[str, Any]]] = [
    ("Nothing", {}),
    ("One", {"number": 1.0}),
    ("Full", {"name": "a"}),
    ("Full", {"name": "a", "secret": "s", "names": ["b"], "seen": {"c"}, "number": 0, "held": 1.5}),
    ("Looked", {"name": "a"}),
    ("More", {"name": "a", "more": 2}),
    ("Told", {"name": "a"}),
    ("Of", {"held": (1, 2)}),
]
REFUSED: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Nothing", (1,), {}),
    ("One", (), {}),
    ("One", (1.0,), {}),
    ("One", (), {"number": 1.0, "other": 2}),
    ("Full", (), {"secret": "s"}),
    ("Looked", (), {"name": "refused"}),
    ("More", (), {"name": "refused"}),
]


def told(kind: type[Any], given: Mapping[str, Any]) -> Any:
    """All that can be asked of a value, of a copy and of a change of it."""
    one, same = kind(**given), kind(**given)
    answers = [repr(one), str(one), one == same, one != same, one == object(), kind.__match_args__]
    answers += [kind.__slots__, asdict(one), astuple(one), hasattr(one, "__dict__")]
    answers += [_or_error(lambda: hash(one) == hash(same)), replace(one) == one]
    answers += [copy.copy(one) == one, [(each.name, each.type) for each in fields(one)]]
    answers += [copy.deepcopy(one) == one, copy.copy(one) is one, one in [same]]
    for name in given:
        answers.append(_or_error(partial(setattr, one, name, 1)))
        answers.append(_or_error(partial(delattr, one, name)))
    return answers


def _make(kind: type[Any], places: tuple[Any, ...], given: Mapping[str, Any]) -> object:
    return kind(*places, **given)


def _or_error(act: Callable[[], object]) -> object:
    try:
        return act()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)


@pytest.mark.parametrize(("name", "given"), GIVEN)
def test_it_answers_as_dataclass_does(name: str, given: dict[str, Any]) -> None:
    assert told(KINDS["value"][name], given) == told(KINDS["dataclass"][name], given)


@pytest.mark.parametrize(("name", "places", "given"), REFUSED)
def test_it_refuses_in_the_same_words(
    name: str, places: tuple[Any, ...], given: dict[str, Any]
) -> None:
    mine, theirs = (
        _or_error(partial(_make, kinds[name], places, given)) for kinds in KINDS.values()
    )

    assert mine == theirs
    assert isinstance(mine, tuple)


def test_what_each_has_for_itself_is_made_for_each() -> None:
    full = KINDS["value"]["Full"]

    assert full(name="a").names is not full(name="a").names


def test_what_is_not_compared_neither_differs_nor_counts_for_where_it_is_found() -> None:
    full = KINDS["value"]["Full"]
    one, other = (full(name="a", names=(), seen=seen) for seen in ({1}, {2}))

    assert one == other
    assert {one: "found"}[other] == "found"
    assert one != full(name="b", names=(), seen={1})


def test_its_own_sameness_stands_and_it_is_found_by_what_it_holds() -> None:
    for kinds in KINDS.values():
        assert kinds["Told"](name="a") == kinds["Told"](name="A")
        assert kinds["Told"](name="a") in {kinds["Told"](name="a")}


@frozen
class Sent:
    """Which goes to another process."""

    name: str
    within: "Sent | None" = None


def test_it_goes_to_another_process_and_comes_back_the_same() -> None:
    sent = Sent(name="a", within=Sent(name="b"))

    back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - made here

    assert back == sent
    with pytest.raises(FrozenInstanceError):
        back.name = "c"


def test_nothing_is_added_to_it() -> None:
    with pytest.raises(FrozenInstanceError, match="nothing"):
        KINDS["value"]["One"](number=1.0).nothing = 2


def test_what_holds_itself_is_told_all_the_same() -> None:
    around: list[object] = []
    around.append(KINDS["value"]["Of"](held=around))

    assert "..." in repr(around[0])


def test_what_is_not_given_is_no_value() -> None:
    with pytest.raises(TypeError, match="later"):

        @frozen
        class Late:
            later: int = field(init=False)
