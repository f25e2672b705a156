"""Formulas over parts, such as `ratings_good / ratings`: checked when they are written, and computed without doing anything else.

Only numbers, names of parts, `+ - * /` and brackets mean something in them.
"""

import ast
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from math import isfinite
from threading import get_ident

from simpleeval import InvalidExpression, SimpleEval

from bot.errors import Refused
from bot.rules.metrics.store.parts import BY_KEY, Way, is_own
from bot.text import _

LONGEST = 300
MOST_THREADS = 64
NEAREST = 3
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
ALLOWED = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Load, *OPERATORS)

TOO_LONG = _("A formula has at most {limit} characters.")
NOT_A_FORMULA = _("“{typed}” is not a formula. Use numbers, names of parts, + - * / and brackets.")
NO_SUCH_PART = _("There is no part called “{name}”. Choose from: {names}.")
NOT_A_SUM = _("“{name}” is kept value by value, for medians. It cannot be added up in a formula.")


@dataclass(frozen=True, slots=True)
class Formula:
    """`names` are the parts in it."""

    text: str
    names: frozenset[str]

    @property
    def adds_up(self) -> bool:
        """Whether two days together come to the sum of both: nothing is divided by a part, or multiplied with another."""
        return _adds_up(self.text)

    @property
    def terms(self) -> tuple[str, ...]:
        """The parts, where it is nothing but their sum; empty where it is anything else."""
        return _terms(self.text)

    def compute(self, sums: Mapping[str, float]) -> float | None:
        """What it comes to. A part of which there is nothing counts as zero; None if something is divided by zero, or too large."""
        evaluator = _evaluator(get_ident())
        evaluator.names = {name: sums.get(name, 0) for name in self.names}
        try:
            found = float(evaluator.eval(self.text, previously_parsed=_tree(self.text)))
        except (ZeroDivisionError, OverflowError):
            return None
        return found if isfinite(found) else None


@cache
def saved(text: str) -> Formula:
    """A formula that was parsed before it was saved."""
    nodes = ast.walk(ast.parse(text, mode="eval"))
    return Formula(text, frozenset(node.id for node in nodes if isinstance(node, ast.Name)))


def parse(typed: str, *, own: frozenset[str] = frozenset()) -> Formula:
    """A formula of the shipped parts and one's own. Raises Refused with what is wrong, and what is possible."""
    text = " ".join(typed.split())
    if len(text) > LONGEST:
        raise Refused(TOO_LONG, limit=LONGEST)
    try:
        nodes = list(ast.walk(ast.parse(text, mode="eval")))
        _tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError, InvalidExpression):
        raise Refused(NOT_A_FORMULA, typed=text) from None
    if not text or any(not _is_allowed(node) for node in nodes):
        raise Refused(NOT_A_FORMULA, typed=text)
    names = frozenset(node.id for node in nodes if isinstance(node, ast.Name))
    for name in sorted(one for one in names - own if not is_own(one)):
        part = BY_KEY.get(name)
        if part is None:
            raise Refused(NO_SUCH_PART, name=name, names=", ".join(_nearest(name, own)))
        if part.way is not Way.SUM:
            raise Refused(NOT_A_SUM, name=name)
    return Formula(text, names)


def _nearest(name: str, own: frozenset[str]) -> list[str]:
    """The parts that are called nearly that; all where none is."""
    sums = sorted({*own, *(one.key for one in BY_KEY.values() if one.way is Way.SUM)})
    return get_close_matches(name, sums, NEAREST) or sums


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return isinstance(node, ALLOWED)


@cache
def _adds_up(text: str) -> bool:
    return not any(map(_bends, ast.walk(ast.parse(text, mode="eval"))))


@cache
def _terms(text: str) -> tuple[str, ...]:
    nodes = list(ast.walk(ast.parse(text, mode="eval")))
    of_a_sum = (ast.Expression, ast.BinOp, ast.Add, ast.Name, ast.Load)
    if not all(isinstance(one, of_a_sum) for one in nodes):
        return ()
    return tuple(one.id for one in nodes if isinstance(one, ast.Name))


@cache
def _tree(text: str) -> ast.AST:
    tree: ast.AST = SimpleEval.parse(text)
    return tree


@lru_cache(maxsize=MOST_THREADS)
def _evaluator(_thread: int) -> SimpleEval:
    """One for each thread, as its names are set before it is used: making one costs more than a formula does."""
    return SimpleEval(operators=OPERATORS, functions={})


def _bends(node: ast.AST) -> bool:
    """Whether what is right of a division, or both sides of a product, have a name in them."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div | ast.Mult):
        return False
    sides = (node.right,) if isinstance(node.op, ast.Div) else (node.left, node.right)
    return all(any(isinstance(one, ast.Name) for one in ast.walk(side)) for side in sides)
