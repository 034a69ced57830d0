"""A method of a ledger that is one transaction and nothing more, said in one line.

``open_slots = reading(claiming.open_slots)`` is the method that runs ``claiming.open_slots`` in a
reading transaction of the ledger's database, and takes what that function takes after the
connection. What it promises is written above it, or in the function's docstring. One that needs its
ledger's keys is written in the ledger itself, under ``@reads`` or ``@writes``.
"""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from types import MethodType
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

from sqlalchemy import Connection

from scheduler.store.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class OnDatabase(Protocol):
    """A ledger, or a part of one."""

    @property
    def database(self) -> Database: ...


S = TypeVar("S", bound=OnDatabase)


class Method(Generic[P, T]):
    """As a function in a class would be one: bound to a ledger, else taking it first."""

    def __init__(
        self, function: Callable[Concatenate[OnDatabase, P], Coroutine[Any, Any, T]]
    ) -> None:
        self._function = function

    def __set_name__(self, owner: type, name: str) -> None:
        self._function.__name__ = name
        self._function.__qualname__ = f"{owner.__qualname__}.{name}"

    @overload
    def __get__(
        self, ledger: None, owner: type
    ) -> Callable[Concatenate[OnDatabase, P], Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, ledger: OnDatabase, owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, ledger: OnDatabase | None, owner: type) -> Callable[..., Any]:
        return self._function if ledger is None else partial(self._function, ledger)


def reading(work: Callable[Concatenate[Connection, P], T]) -> Method[P, T]:
    """A method that finds something, in one consistent view."""

    async def method(ledger: OnDatabase, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await ledger.database.read(work, *args, **kwargs)

    return Method(method)


def reading_kept(work: Callable[Concatenate[Connection, P], T]) -> Method[P, T]:
    """The same of what is looked at again and again: while nothing was committed to the ledger, the
    answer before (``Database.read_kept``). Its arguments go by their places, and are hashable."""

    async def method(ledger: OnDatabase, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await ledger.database.read_kept(work, *args)

    return Method(method)


def writing(work: Callable[Concatenate[Connection, P], T]) -> Method[P, T]:
    """A method that writes in one transaction, durable when it returns."""

    async def method(ledger: OnDatabase, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await ledger.database.write(work, *args, **kwargs)

    return Method(method)


def reads(
    work: Callable[Concatenate[S, Connection, P], T],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """A ledger's own method that finds something, in one consistent view. It is called without the
    connection."""

    @wraps(work)
    async def method(ledger: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        found: T = await ledger.database.read(MethodType(work, ledger), *args, **kwargs)
        return found

    return method


def writes(
    work: Callable[Concatenate[S, Connection, P], T],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """The same of one that writes in one transaction, durable when it returns."""

    @wraps(work)
    async def method(ledger: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        done: T = await ledger.database.write(MethodType(work, ledger), *args, **kwargs)
        return done

    return method
