"""Reading our own source: the trees that the tests about the code walk through."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("bot", "handlers", "storage", "schedules")


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """Every Python file below these folders, except migrations, which are history."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(path for path in found if "versions" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of what is called: `a.b.c()` is `c`."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield called(one), one


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", ""))


def in_each(
    paths: Iterable[Path],
) -> Callable[[Callable[[Path], Iterable[object]]], Callable[[], None]]:
    """A test of all these files at once: the function says what is wrong in one, and nothing may be in any.

    A test for each would take longer to be counted than to be run.
    """

    def to_test(look: Callable[[Path], Iterable[object]]) -> Callable[[], None]:
        def test() -> None:
            wrong = {name(path): found for path in paths if (found := list(look(path)))}
            assert not wrong, wrong

        test.__name__, test.__doc__ = look.__name__, look.__doc__
        test.__module__ = look.__module__
        return test

    return to_test
