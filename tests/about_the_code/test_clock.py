"""A real deployment goes by the machine's clock: nothing but the demo knows of one that can be moved."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.about_the_code.source import LAYERS, calls, files, in_each, name, tree


def is_the_demos(path: Path) -> bool:
    return name(path).startswith("bot/demo")


def imported(path: Path) -> Iterator[str]:
    for one in ast.walk(tree(path)):
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module:
            yield from (f"{one.module}.{alias.name}" for alias in one.names)


@in_each(files(*LAYERS))
def test_only_the_demo_knows_the_local_workspace_and_its_clock(path: Path) -> Iterator[object]:
    if not is_the_demos(path):
        yield from (one for one in imported(path) if one.startswith(("sandbox", "bot.travelling")))


@in_each(files(*LAYERS))
def test_every_bot_but_the_demos_is_built_with_the_real_clock(path: Path) -> Iterator[object]:
    if is_the_demos(path) or name(path) == "bot/serving.py":  # which passes on what it was given
        return
    built = [call for called, call in calls(tree(path)) if called in {"build", "running"}]
    if [ast.unparse(call.args[1]) for call in built if len(call.args) > 1] != [
        "RealClock()" for _ in built
    ]:
        yield from (ast.unparse(call) for call in built)
