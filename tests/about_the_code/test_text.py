"""Every text that a person sees goes through gettext, and every catalogue says all of it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot import text
from tests.about_the_code.source import called, calls, files, in_each, name, tree

# What only operators and those who make programs read: the transports and what is sent over them, the manifest check, and
# delivery's names of Slack's errors.
FOR_OPERATORS_ONLY = (
    *("handlers/listening", "bot/rules/metrics/program/received/"),
    *("handlers/manifest", "bot/rules/delivery"),
)
# How other programs call their columns and write their cells.
AS_OTHERS_WRITE = ("bot/rules/metrics/importing/cells/", "bot/rules/metrics/importing/words/")
SPOKEN = [
    path
    for path in files("bot/views", "bot/services", "bot/rules", "handlers", "schedules")
    if not name(path).startswith(FOR_OPERATORS_ONLY + AS_OTHERS_WRITE)
]
MARKS = {"t", "n", "_"}
FOR_OPERATORS = {
    "debug", "info", "warning", "error", "exception", "bind",
    "ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError", "LookupError",
    "CannotStart", "Counter", "Gauge", "Histogram",
}  # fmt: skip
BLOCKS = {
    "plain",
    "mrkdwn",
    "section",
    "header",
    "context",
    "button",
    "confirm",
    "option",
    "field",
    "modal",
}
SENTENCE = re.compile(r"[A-Za-z]{2,}[,.;:!?]?\s+\S*[A-Za-z]")


def bare_texts(node: ast.AST, *, inside_mark: bool = False) -> Iterator[ast.Constant]:
    """String constants that read like words for people and pass no mark on the way."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call):
        inside_mark = inside_mark or called(node) in MARKS | FOR_OPERATORS
        # `field("summary", …)` and `modal(ID, …)` begin with an id, which is not shown
        first = node.args[0] if node.args and called(node) in BLOCKS - {"field", "modal"} else None
        if isinstance(first, ast.Constant) and re.search("[A-Za-z]", str(first.value)):
            yield first
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if not inside_mark and SENTENCE.search(node.value):
            yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from bare_texts(child, inside_mark=inside_mark)


@in_each(SPOKEN)
def test_no_view_service_or_handler_holds_bare_text(path: Path) -> Iterator[object]:
    yield from (f"{one.lineno}: {one.value!r}" for one in bare_texts(tree(path)))


@pytest.mark.parametrize(
    ("code", "is_bare"),
    [
        ('section("Hello there")', True),
        ('section(t("Hello there"))', False),
        ('button("Claim", CLAIM)', True),
        ('button(t("Claim"), CLAIM)', False),
        ('raise Refused("Not for you.")', True),
        ('raise Refused(_("Not for you."))', False),
        ('x = f"{who} has it now"', True),
        ('log.info("A line for operators")', False),
        ('ID = "escalation_form"', False),
    ],
)
def test_the_search_for_bare_text_finds_it(code: str, *, is_bare: bool) -> None:
    assert bool(list(bare_texts(ast.parse(code)))) is is_bare


@cache
def messages() -> tuple[str | tuple[str, ...], ...]:
    """Every message in the source; a pair where it has a plural."""
    keywords = {"t": None, "_": None, "n": (1, 2)}
    root = Path(text.__file__).parents[1]
    found: list[str | tuple[str, ...]] = []
    for folder in ("bot", "handlers", "schedules", "storage"):
        extracted = extract_from_dir(root / folder, [("**.py", "python")], keywords=keywords)
        found += [
            message if isinstance(message, str) else tuple(message)
            for _, _, message, _, _ in extracted
        ]
    return tuple(dict.fromkeys(found))


def placeholders(message: str) -> set[str]:
    return {found for _, found, _, _ in string.Formatter().parse(message) if found}


def catalogue(language: str) -> Catalog:
    with (text.LOCALES / language / "LC_MESSAGES" / "baton.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", text.languages()[1:])
def test_every_catalogue_says_everything_with_the_same_values(language: str) -> None:
    translated = catalogue(language)
    problems = []
    for message in messages():
        found = translated.get(message[0] if isinstance(message, tuple) else message)
        if (
            found is None
            or not found.string
            or not all(found.string if found.pluralizable else [1])
        ):
            problems.append(f"not translated: {message!r}")
            continue
        wanted = placeholders(message[-1] if isinstance(message, tuple) else message)
        forms = found.string if isinstance(found.string, tuple | list) else [found.string]
        problems += [
            f"other values: {form!r}"
            for form in forms
            if placeholders(form) - {"count"} != wanted - {"count"}
        ]
    assert problems == []


@pytest.mark.parametrize("language", text.languages()[1:])
def test_no_catalogue_keeps_what_is_no_longer_said(language: str) -> None:
    said = {message[0] if isinstance(message, tuple) else message for message in messages()}
    kept = {
        m.id[0] if isinstance(m.id, tuple | list) else m.id for m in catalogue(language) if m.id
    }
    assert kept - said == set()


def test_no_message_hides_from_the_extraction() -> None:
    """Babel does not look inside the arguments of a call that it extracts: `t("…", x=t("…"))` loses the inner one."""
    found = {
        one
        for message in messages()
        for one in ([message] if isinstance(message, str) else message)
    }
    hidden = [
        f"{name(path)}:{call.lineno}"
        for path in SPOKEN
        for mark, call in calls(tree(path))
        if mark in MARKS
        for given in call.args[:2]
        if isinstance(given, ast.Constant) and given.value and given.value not in found
    ]
    assert hidden == []


def test_the_messages_are_found_at_all() -> None:
    assert len(messages()) > 5
