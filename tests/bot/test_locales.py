"""What each language says fits where Slack shows it, keeps its marks, and is counted as its speakers count."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from bot.text import LOCALES, Text, languages
from bot.views.blocks import BUTTON_LIMIT, TITLE_LIMIT
from tests.about_the_code.source import called, calls, files, tree
from tests.about_the_code.test_text import catalogue, messages

# Where a text is said: the call, and which of its arguments. `_turn` is a button that pages.
SLOTS: dict[tuple[str, int | str], int] = {
    ("modal", 1): TITLE_LIMIT,
    ("modal", "submit"): TITLE_LIMIT,
    ("modal", "close"): TITLE_LIMIT,
    ("button", 0): BUTTON_LIMIT,
    ("_turn", 0): BUTTON_LIMIT,
    ("confirm", 0): 100,
    ("confirm", 1): 300,
    ("confirm", 2): 30,
    ("confirm", 3): 30,
    ("option", 0): 75,
}
HEADERS = {"Project-Id-Version", "Language", "Plural-Forms", "MIME-Version", "Content-Type"}
TRANSLATED = languages()[1:]


def marked(node: ast.AST) -> Iterator[str]:
    """What is said between `t(…)` or `_(…)` below this node."""
    for name, call in calls(node):
        if name in {"t", "_"} and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


@cache
def tables() -> dict[str, set[str]]:
    """The texts of the tables that are kept under a name: `TITLES`, `REASONS`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in files("bot/views"):
        for one in tree(path).body:
            targets = one.targets if isinstance(one, ast.Assign) else []
            targets = [one.target] if isinstance(one, ast.AnnAssign) else targets
            for target in targets:
                if isinstance(target, ast.Name) and (value := getattr(one, "value", None)):
                    found[target.id] |= set(marked(value))
    return found


def said(node: ast.AST) -> set[str]:
    """Every message that an argument may be, also from a table: `t(TITLES[one])`."""
    found = set(marked(node))
    for one in ast.walk(node):
        if isinstance(one, ast.Subscript):
            name = str(getattr(one.value, "attr", None) or getattr(one.value, "id", ""))
            found |= tables().get(name, set())
    return found


def argument(call: ast.Call, place: int | str) -> ast.expr | None:
    if isinstance(place, int):
        return call.args[place] if place < len(call.args) else None
    return next((one.value for one in call.keywords if one.arg == place), None)


@cache
def shown(name: str, place: int | str) -> frozenset[str]:
    """The messages in one slot, in all views."""
    found: set[str] = set()
    for path in files("bot/views"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node) == name:
                given = argument(node, place)
                found |= said(given) if given else set()
    return frozenset(found)


class Samples(dict[str, str]):
    """A case's number has five digits; everything else is as long as a word or a length of time."""

    def __missing__(self, name: str) -> str:
        return "9" * 5 if name == "number" else "x" * 12


@pytest.mark.parametrize(
    ("name", "place", "message"),
    [
        ("modal", 1, "Escalate a case"),
        ("modal", 1, "Open escalations"),
        ("modal", "submit", "Save"),
        ("modal", "close", "Close"),
        ("button", 0, "Claim"),
        ("_turn", 0, "Earlier"),
        ("confirm", 3, "Keep it"),
        ("option", 0, "Refund"),
    ],
)
def test_the_search_finds_what_is_shown(name: str, place: int | str, message: str) -> None:
    assert message in shown(name, place)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("name", "place"), SLOTS, ids=str)
def test_every_language_fits_where_it_is_shown(name: str, place: int | str, language: str) -> None:
    t = Text(language)
    texts = [t(one).format_map(Samples()) for one in shown(name, place)]
    assert texts
    assert [one for one in texts if len(one) > SLOTS[name, place]] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_typed_and_what_is_bold_stays_so(language: str) -> None:
    translated = catalogue(language)
    changed = []
    for message in messages():
        one, many = (message, message) if isinstance(message, str) else (message[0], message[-1])
        found = translated.get(one)
        told = found.string if found else ""
        forms = [told] if isinstance(told, str) else list(told or ())
        changed += [(one, form) for form in forms if marks(form) != marks(many)]
    assert changed == []


def marks(text: str) -> tuple[list[str], int, bool]:
    """The words between backticks, the stars, and a blank at the beginning."""
    return sorted(re.findall(r"`[^`]*`", text)), text.count("*"), text.startswith(" ")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_nothing_that_changes_by_itself(language: str) -> None:
    path = LOCALES / language / "LC_MESSAGES" / "baton.po"
    written = path.read_text(encoding="utf-8")
    with path.open("rb") as file:
        kept = read_po(file, locale=language, abort_invalid=True)
    assert set(re.findall(r'^"([\w-]+): ', written, re.MULTILINE)) == HEADERS
    assert not re.search(r"^#: .*:\d", written, re.MULTILINE)
    assert not kept.obsolete
    assert not [one.id for one in kept if one.fuzzy]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 рядок тут уже є."),
        (2, "2 рядки тут уже є."),
        (5, "5 рядків тут уже є."),
        (11, "11 рядків тут уже є."),
        (21, "21 рядок тут уже є."),
        (1002, "1\xa0002 рядки тут уже є."),
    ],
)
def test_ukrainian_has_three_plural_forms(count: int, told: str) -> None:
    t = Text("uk-UA")
    assert t.n("{count} row was there already.", "{count} rows were there already.", count) == told


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 λεπτό"), (2, "2 λεπτά"), (21, "21 λεπτά"), (0, "0 λεπτά")]
)
def test_greek_has_two_plural_forms(count: int, told: str) -> None:
    assert Text("el-GR").n("{count} minute", "{count} minutes", count) == told
