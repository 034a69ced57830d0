"""Which branches of the rules and the steps their own tests take.

Each arm of an ``if``, a loop, an ``except`` or a ``case`` in ``domain/`` and ``flow/`` gets one
byte, set where it begins: the modules are compiled so when they are imported, by ``pytest
--branches``. (A tracer asks at each line of the whole program: on Python 3.11 the tests take half
as long again with it.) Only tests of those two rooms count, and what a module does as it is
imported.

An arm that none of them takes has its reason beside it: ``# untaken: …`` on the line where it
begins, or on the line of its condition where it has none of its own; or alone on the line above.
One that has neither fails the run.
"""

import ast
import importlib.abc
import importlib.machinery
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import TypeVar

ROOMS = ("scheduler.domain", "scheduler.flow")
#: Whose tests count.
TESTS = ("tests/unit/domain/", "tests/unit/flow/")
PROJECT = Path(__file__).parents[2]
REMEDY = (
    "of domain/ and flow/ no test of theirs takes these. Give each a test in tests/unit/domain or "
    "tests/unit/flow that fails without it; take it out if nothing can reach it; or say beside it "
    "why none of them can, for a maintainer to read: # untaken: …"
)
_UNTAKEN = re.compile(r"# untaken: \S")
#: The bytes, in a module's own names.
_BYTES = "_branches_taken_"

Block = TypeVar("Block", bound=ast.stmt)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """One way on from a condition."""

    file: str
    line: int
    what: str
    has_reason: bool


class _Marked(ast.NodeTransformer):
    """Puts a mark at the beginning of each arm."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self._file, self._lines = file, lines
        self.arms: list[Arm] = []

    def visit_If(self, node: ast.If) -> ast.If:
        if _is_for_types(node.test):
            return node
        self.generic_visit(node)
        node.body = self._begun(node.body, node, "true")
        node.orelse = self._begun(node.orelse, node, "false")
        return node

    def visit_While(self, node: ast.While) -> ast.While:
        self.generic_visit(node)
        node.body = self._begun(node.body, node, "again")
        if not isinstance(node.test, ast.Constant):
            node.orelse = self._begun(node.orelse, node, "ended")
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        node.body = self._begun(node.body, node, "again")
        node.orelse = self._begun(node.orelse, node, "ended")
        return node

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AsyncFor:
        self.generic_visit(node)
        node.body = self._begun(node.body, node, "again")
        node.orelse = self._begun(node.orelse, node, "ended")
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        self.generic_visit(node)
        node.body = self._begun(node.body, node, "raised")
        return node

    def visit_Match(self, node: ast.Match) -> ast.Match:
        self.generic_visit(node)
        for case in node.cases:
            case.body = self._begun(case.body, case.pattern, "matched")
        return node

    def _begun(self, body: list[ast.stmt], at: ast.AST, what: str) -> list[ast.stmt]:
        where = ast.Constant(len(self.arms))
        mark = ast.Assign(
            [ast.Subscript(ast.Name(_BYTES, ast.Load()), where, ast.Store())], ast.Constant(1)
        )
        place = body[0] if body else at
        ast.fix_missing_locations(ast.copy_location(mark, place))
        line = int(getattr(at, "lineno", 0))
        own = {line, int(getattr(place, "lineno", line))}
        reason = any(self._has_reason(one) for one in own)
        self.arms.append(Arm(file=self._file, line=line, what=what, has_reason=reason))
        return [mark, *body]

    def _has_reason(self, line: int) -> bool:
        above = self._lines[line - 2].lstrip() if line > 1 else ""
        own = self._lines[line - 1]
        return bool(_UNTAKEN.search(own) or (above.startswith("#") and _UNTAKEN.search(above)))


def _is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


class Branches(importlib.abc.MetaPathFinder):
    """Finds the modules of ``ROOMS``, and keeps what is taken of each."""

    def __init__(self) -> None:
        self._arms: dict[str, list[Arm]] = {}
        self._taken: dict[str, bytearray] = {}
        self._kept: dict[str, bytes] | None = None

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not name.startswith(tuple(f"{room}." for room in ROOMS)):
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path, target)
        if found is not None and isinstance(found.loader, importlib.machinery.SourceFileLoader):
            found.loader = _Loader(found.loader.name, str(found.loader.path), self)
        return found

    def compile(self, name: str, source: str, path: str) -> CodeType:
        """The module's code with its marks; none of them is set yet."""
        file = str(Path(path).relative_to(PROJECT))
        marked = _Marked(file, source.splitlines())
        tree = marked.visit(ast.parse(source, path))
        self._arms[name] = marked.arms
        # One that is imported again goes on where it was.
        self._taken.setdefault(name, bytearray(len(marked.arms)))
        return compile(tree, path, "exec", dont_inherit=True)

    def bytes_of(self, name: str) -> bytearray:
        return self._taken[name]

    def counts(self, *, does: bool) -> None:
        """What is taken from now on counts, or doesn't."""
        if does and self._kept is not None:
            self._forget()
            for name, taken in self._taken.items():
                taken[:] = self._kept.get(name, bytes(len(taken)))
            self._kept = None
        elif not does and self._kept is None:
            self._kept = {name: bytes(taken) for name, taken in self._taken.items()}

    def _forget(self) -> None:
        """What the tests of other rooms were first to ask is asked again: its arms are counted
        whichever test came before, on the same worker."""
        for name in self._taken:
            for value in vars(sys.modules[name]).values() if name in sys.modules else ():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()

    def taken(self) -> dict[str, list[int]]:
        self.counts(does=True)
        return {
            name: [which for which, is_taken in enumerate(taken) if is_taken]
            for name, taken in self._taken.items()
        }


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, branches: Branches) -> None:
        super().__init__(name, path)
        self._branches = branches

    def get_code(self, fullname: str) -> CodeType | None:
        # Never that of __pycache__, which has no marks.
        source = decode_source(self.get_data(self.get_filename(fullname)))
        return self._branches.compile(fullname, source, self.get_filename(fullname))

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        assert code is not None
        module.__dict__[_BYTES] = self._branches.bytes_of(module.__name__)
        exec(code, module.__dict__)  # noqa: S102 - as the import system does


def all_arms() -> dict[str, list[Arm]]:
    """Those of every module of ``ROOMS``, imported or not."""
    found: dict[str, list[Arm]] = {}
    for room in ROOMS:
        for path in sorted((PROJECT / room.replace(".", "/")).rglob("*.py")):
            file = path.relative_to(PROJECT)
            source = path.read_text(encoding="utf-8")
            marked = _Marked(str(file), source.splitlines())
            marked.visit(ast.parse(source))
            name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
            found[name] = marked.arms
    return found


def judge(
    arms: Mapping[str, Sequence[Arm]], parts: Iterable[Mapping[str, Sequence[int]]]
) -> Iterator[str]:
    """What is to be told of these runs together; the last line says how much is taken. Raises
    AssertionError, which says how to mend it, when an arm has neither a test nor a reason."""
    taken = {(name, which) for part in parts for name, all_of in part.items() for which in all_of}
    asked = {
        (name, which): arm
        for name, of in arms.items()
        for which, arm in enumerate(of)
        if not arm.has_reason or (name, which) in taken
    }
    missing = sorted(
        (arm.file, arm.line, arm.what) for key, arm in asked.items() if key not in taken
    )
    yield from (f"{file}:{line}: never {what}" for file, line, what in missing)
    share = 100 * (len(asked) - len(missing)) / max(len(asked), 1)
    reasons = sum(map(len, arms.values())) - len(asked)
    yield (
        f"{share:.2f} % of {len(asked)} branches of domain/ and flow/ taken; "
        f"beside {reasons} others a reason stands"
    )
    assert not missing, REMEDY


def install() -> Branches:
    """From now on. Modules of ``ROOMS`` that are imported already are left as they are."""
    branches = Branches()
    sys.meta_path.insert(0, branches)
    return branches


def write(branches: Branches, folder: Path, worker: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{worker}.json").write_text(json.dumps(branches.taken()))
