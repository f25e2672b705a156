"""The house rules that no linter knows: who may look across workspaces, how long files are, what services take."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.about_the_code.source import LAYERS, ROOT, calls, files, in_each, name, tree

EVERYTHING = files(*LAYERS, "sandbox", "tests", "bench")
MAX_LINES = 300

# Who may ask every workspace at once: only whether there is work, never what it is.
LOOKS_ACROSS = {
    "storage/migrate.py",
    "storage/database.py",
    "storage/outbox/claiming.py",
    "bot/services/delivery/asking.py",
    "bot/services/metrics/importing/looking.py",
    "bot/services/metrics/store/rolling.py",
    "bot/services/reports/exporting.py",
    "bot/services/standups/quieting.py",
    "bot/services/ticking.py",
    "bot/services/auditing.py",
    "bot/services/upkeep.py",
    "bot/checking.py",
}
# The wall itself, the driver, and what changes the schema.
BELOW_THE_WALL = {
    "storage/migrate.py",
    "storage/walls.py",
    "storage/database.py",
    "storage/engines.py",
    "storage/sqlite_one_hop.py",
}


@in_each(EVERYTHING)
def test_files_stay_short(path: Path) -> Iterator[object]:
    """Past 300 lines a file becomes a package of the same name."""
    if (lines := len(path.read_text().splitlines())) > MAX_LINES:
        yield lines


@in_each(files(*LAYERS))
def test_only_the_loops_look_across_workspaces(path: Path) -> Iterator[object]:
    for called, call in calls(tree(path)):
        if called in {"across", "maintaining"} and name(path) not in LOOKS_ACROSS:
            yield call.lineno


@in_each(files("storage", "bot/services"))
def test_nothing_slips_past_the_workspace_wall(path: Path) -> Iterator[object]:
    """`__table__`, `text()` and bare connections are not confined to a workspace."""
    if name(path) in BELOW_THE_WALL:
        return
    source = path.read_text()
    yield from re.findall(r"\.__table__|exec_driver_sql|\.run_sync\(|\.sync_session\b", source)
    in_index = {
        id(one) for called, call in calls(tree(path)) if called == "Index" for one in ast.walk(call)
    }
    for called, call in calls(tree(path)):
        if called == "text" and id(call) not in in_index:
            yield call.lineno


@in_each(files("storage"))
def test_storage_never_commits(path: Path) -> Iterator[object]:
    for called, call in calls(tree(path)):
        if called in {"commit", "rollback"} and name(path) not in BELOW_THE_WALL:
            yield call.lineno


# The loops and Slack's own news change things on nobody's behalf.
ON_NOBODYS_BEHALF = {"delivery", "ticking", "auditing", "upkeep", "transaction"}


@in_each(files("bot/services"))
def test_every_service_that_changes_something_takes_a_person(path: Path) -> Iterator[object]:
    if ON_NOBODYS_BEHALF & set(path.with_suffix("").parts):
        return
    yield from (
        function.name
        for function in ast.walk(tree(path))
        if isinstance(function, ast.AsyncFunctionDef)
        and {"write", "heard_once"} & {called for called, _ in calls(function)}
        and not any(
            "Person" in ast.unparse(arg.annotation)
            for arg in _arguments(function)
            if arg.annotation
        )
    )


def _arguments(function: ast.AsyncFunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


CHANGES_SHIFTS = {
    *("add_pattern", "change_pattern", "remove_pattern", "put_day_change", "remove_day_change"),
    *("add_overrides", "remove_override"),
}


@in_each(files("bot/services"))
def test_whoever_changes_shifts_has_their_ends_planned_anew(path: Path) -> Iterator[object]:
    """Or somebody's shift would end unnoticed, and what they hold be dropped."""
    yield from (
        function.name
        for function in ast.walk(tree(path))
        if isinstance(function, ast.AsyncFunctionDef)
        and CHANGES_SHIFTS & (made := {called for called, _ in calls(function)})
        and "replan" not in made
    )


@in_each(files("bot/rules", "bot/views"))
def test_rules_and_views_are_pure_and_sync(path: Path) -> Iterator[object]:
    for one in ast.walk(tree(path)):
        if isinstance(one, ast.AsyncFunctionDef):
            yield one.name


def test_every_folder_of_features_uses_the_same_names() -> None:
    """`ls */escalations* bot/*/escalations*` shows a whole feature."""
    for feature in (
        "escalations",
        "teams",
        "shifts",
        "absences",
        "covers",
        "policies",
        "handovers",
    ):
        for layer in ("bot/rules", "bot/views", "bot/services", "storage", "handlers"):
            here = ROOT / layer / feature
            assert here.with_suffix(".py").exists() or here.is_dir(), f"{layer}/{feature}"


def test_what_is_large_and_seldom_needed_is_not_loaded_at_the_start() -> None:
    """Holidays are for teams that have a country, and the library has a file for each."""
    started = "import sys, bot.app, bot.cli; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", started], check=False).returncode == 0


def test_nothing_here_names_a_machine() -> None:
    """What is written here must make sense to somebody who has never been here."""
    said = [path for path in EVERYTHING if re.search(r"/(root|home|work)/", path.read_text())]
    assert [name(path) for path in said if path.name != "test_structure.py"] == []
