"""Remembers what was made for each combination of answers that a template really asked for.

A template asks its questions in an order that depends only on the answers so far, so what was
made for one recipient serves everyone who would answer the same: a tree of questions, with the
results for leaves. Finding one costs as many comparisons as the template makes.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from scheduler.content.composing.render import Question

T = TypeVar("T")


class _Fork(Generic[T]):
    __slots__ = ("branches", "question")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.branches: dict[bool, _Fork[T] | T] = {}


class Decisions(Generic[T]):
    """At most ``limit`` results; beyond, all are forgotten and made again when needed."""

    def __init__(self, limit: int = 256) -> None:
        self._limit = limit
        self._count = 0
        self._root: _Fork[T] | T | None = None

    def find(self, fields: Mapping[str, str]) -> T | None:
        """What was made for a recipient who answers like this one, if anything was."""
        node = self._root
        while isinstance(node, _Fork):
            node = node.branches.get(node.question.of(fields))
        return node

    def add(self, answers: Sequence[tuple[Question, bool]], result: T) -> None:
        """Remember ``result`` for these answers, given in the order they were asked for."""
        if self._count >= self._limit:
            self._root, self._count = None, 0
        self._count += 1
        if not answers:
            self._root = result
            return
        fork = self._root if isinstance(self._root, _Fork) else _Fork[T](answers[0][0])
        self._root = fork
        for (_, answer), (question, _) in pairwise(answers):
            below = fork.branches.get(answer)
            if not isinstance(below, _Fork):
                below = fork.branches[answer] = _Fork[T](question)
            fork = below
        fork.branches[answers[-1][1]] = result
