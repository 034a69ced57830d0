"""The part of Jinja that writers may use, checked on the syntax tree before anything runs.

Fields, ``if``, comparisons, ``and``/``or``/``not``, constants and a few filters: nothing that
loops, calls, computes, opens a file or reaches into an object. What isn't in ``_ALLOWED`` is
refused, so ``'a' * 10**9``, ``range``, ``include`` and ``x.__class__`` never get to run.
"""

from collections.abc import Collection
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from scheduler.content import wrong_braces
from scheduler.content.wording import did_you_mean
from scheduler.domain.errors import ContentError
from scheduler.domain.values import frozen

FILTERS = frozenset({"default", "lower", "upper", "capitalize", "trim"})
#: Characters; ten times what a long message has.
MAX_SOURCE = 50_000
_MAX_DEPTH = 30
_OPERATORS = frozenset({"eq", "ne", "in", "notin"})
#: How writers know what is refused; anything else has no name for them.
_IN_FRENCH = {
    "For": "une boucle",
    "Call": "un appel",
    "Include": "l'inclusion d'un autre fichier",
    "Extends": "l'inclusion d'un autre fichier",
    "Import": "l'inclusion d'un autre fichier",
    "FromImport": "l'inclusion d'un autre fichier",
    "Getitem": "la lecture d'un élément",
    "Test": "un test « is »",
    "Assign": "une affectation",
    "Macro": "une macro",
    "Calc": "un calcul",
}
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Tuple,
    nodes.List,
    nodes.Filter,
)


@frozen
class Scope:
    """Which names a template may use, and where it comes from (for its faults)."""

    where: str
    #: Names whose value is known when composing.
    fields: Collection[str]
    #: Contact fields: known for each recipient only.
    slots: Collection[str] = ()
    #: Attributes that may be read, by name (the layout's ``organisation.name``).
    attributes: Collection[tuple[str, str]] = ()
    #: Line of the file at which the template starts.
    first_line: int = 1
    #: Contact fields that exist but are not for this place, for a better remedy.
    elsewhere: Collection[str] = ()

    def fault(self, what: str, remedy: str, line: int | None = None) -> ContentError:
        at = None if line is None else line + self.first_line - 1
        return ContentError(where=self.where, what=what, remedy=remedy, line=at)


def parse(environment: Environment, source: str, scope: Scope) -> nodes.Template:
    """The syntax tree of ``source``.

    Raises ContentError for a syntax error, an unknown field, or anything outside the grammar.
    """
    if len(source) > MAX_SOURCE:
        raise scope.fault("le texte est trop long", f"restez sous {MAX_SOURCE} caractères")
    try:
        tree = _tree(environment, source)
    except TemplateSyntaxError as error:
        what, remedy = wrong_braces.told(error.message or "")
        raise scope.fault(what, remedy, error.lineno) from None
    except RecursionError:
        raise _too_deep(scope) from None
    _check(tree, scope, depth=0)
    return tree


@lru_cache(maxsize=512)  # a layout, a footer and a snippet serve many texts
def _tree(environment: Environment, source: str) -> nodes.Template:
    """To be read only: what compiles a tree may fold it."""
    return environment.parse(source)


def _check(node: nodes.Node, scope: Scope, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise _too_deep(scope)
    if isinstance(node, nodes.Getattr):
        _check_attribute(node, scope)
        return
    if not isinstance(node, _ALLOWED):
        raise _refused(node, scope)
    if isinstance(node, nodes.Name):
        _check_name(node, scope)
    elif isinstance(node, nodes.Compare):
        _check_comparison(node, scope)
    elif isinstance(node, nodes.Filter):
        _check_filter(node, scope)
    for child in node.iter_child_nodes():
        _check(child, scope, depth + 1)


def _check_name(node: nodes.Name, scope: Scope) -> None:
    if node.name in scope.elsewhere:
        raise scope.fault(
            f"« {node.name} » est un champ de contact, il n'a pas sa place ici",
            "gardez les champs de contact pour le corps du courriel",
            node.lineno,
        )
    known = {*scope.fields, *scope.slots}
    if node.name not in known:
        raise scope.fault(
            f"« {node.name} » n'est pas un champ de ce message",
            did_you_mean(node.name, known),
            node.lineno,
        )


def _check_attribute(node: nodes.Getattr, scope: Scope) -> None:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    if (name, node.attr) not in scope.attributes:
        raise scope.fault(
            f"« .{node.attr} » ne peut pas être lu",
            "employez les champs documentés, sans point",
            node.lineno,
        )


def _check_comparison(node: nodes.Compare, scope: Scope) -> None:
    for operand in node.ops:
        member = operand.op in ("in", "notin")
        listed = isinstance(operand.expr, nodes.Tuple | nodes.List)
        if operand.op not in _OPERATORS or member != listed:
            raise scope.fault(
                "cette comparaison n'est pas permise",
                'comparez par == ou !=, ou par in ("a", "b")',
                node.lineno,
            )
    if len(_slots_in(node, scope)) > 1:
        raise scope.fault(
            "deux champs de contact sont comparés entre eux",
            "comparez un champ à un texte entre guillemets",
            node.lineno,
        )


def _check_filter(node: nodes.Filter, scope: Scope) -> None:
    if node.name not in FILTERS:
        raise scope.fault(
            f"le filtre « {node.name} » n'existe pas ici",
            did_you_mean(node.name, FILTERS),
            node.lineno,
        )
    most = 2 if node.name == "default" else 0
    if len(node.args) > most or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise scope.fault(
            f"le filtre « {node.name} » reçoit trop de choses",
            'écrivez {{ champ|default("…") }}, et les autres filtres sans parenthèses',
            node.lineno,
        )
    if node.name != "default" and _slots_in(node, scope):
        raise scope.fault(
            f"le filtre « {node.name} » ne s'applique pas à un champ de contact",
            'écrivez le champ seul, ou avec default("…")',
            node.lineno,
        )


def _slots_in(node: nodes.Node, scope: Scope) -> list[str]:
    return [name.name for name in node.find_all(nodes.Name) if name.name in scope.slots]


def _refused(node: nodes.Node, scope: Scope) -> ContentError:
    kind = type(node).__name__
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
        kind = "Calc"
    return scope.fault(
        f"{_IN_FRENCH.get(kind, 'ce signe')} n'a pas sa place dans un message",
        'gardez les champs {{ … }}, les {% if … %} et {{ snippet("nom") }}',
        node.lineno,
    )


def _too_deep(scope: Scope) -> ContentError:
    return scope.fault("trop de conditions imbriquées", "simplifiez le texte")
