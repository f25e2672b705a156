"""Reading our own source: the trees that the tests about the code walk through."""

import ast
from collections.abc import Iterator
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
