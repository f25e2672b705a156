"""Every id that a view draws is handled, and every id that is handled is drawn: no dead buttons, no dead handlers."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from bot.app import new_router
from bot.clock import RealClock
from handlers.router import Router
from storage.database import Database
from tests.about_the_code.source import calls, files, name, tree
from tests.patience import PATIENT

PLAIN = "value"  # the action id of an input that nobody listens to


def _value(node: ast.expr, path: Path) -> str:
    """What an id evaluates to in its module; a suffix after a colon only keeps ids of one message apart."""
    module = import_module(
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
    found = eval(ast.unparse(node), vars(module))  # noqa: S307 - our own source
    return str(found).partition(":")[0]


def _module(path: Path) -> ModuleType:
    dotted = name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return import_module(dotted)


def _actions(path: Path) -> Iterator[ast.expr]:
    for called, call in calls(tree(path)):
        if called in {"button", "choice"} and len(call.args) > 1:
            yield call.args[1]
        yield from (word.value for word in call.keywords if word.arg == "action_id")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (
                v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "action_id"
            )


def _forms(path: Path) -> Iterator[ast.expr]:
    for called, call in calls(tree(path)):
        if called == "modal" and any(word.arg == "submit" for word in call.keywords):
            yield call.args[0]


def _drawn(kind: object) -> set[str]:
    found = set()
    for path in files("bot/views"):
        if path.name != "blocks.py":
            nodes = map(_stem, _actions(path) if kind == "actions" else _forms(path))
            found |= {_value(node, path) for node in nodes if not _is_passed_on(node, path)}
    return found - {PLAIN}


def _stem(node: ast.expr) -> ast.expr:
    """`f"{CLAIM}:{number}"` is `CLAIM`."""
    if isinstance(node, ast.JoinedStr):
        return next(part.value for part in node.values if isinstance(part, ast.FormattedValue))
    return node


def _is_passed_on(node: ast.expr, path: Path) -> bool:
    """An id that is an argument or a loop's variable was named elsewhere in the views, and is looked at there."""
    return isinstance(node, ast.Name) and node.id not in vars(_module(path))


@pytest.fixture
async def router(sqlite_url: str) -> Router:
    database = Database(sqlite_url, PATIENT)
    await database.close()
    return new_router(database, RealClock())


async def test_every_button_is_handled_and_every_handler_has_a_button(router: Router) -> None:
    handled = set(router.clicks) | set(router.options)
    assert _drawn("actions") == handled


async def test_every_form_is_handled_and_every_handler_has_a_form(router: Router) -> None:
    handled = set(router.submissions)
    assert _drawn("forms") == handled
