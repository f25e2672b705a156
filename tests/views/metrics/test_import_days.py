"""What the preview of a file says of its days, of percentages that fit nothing, and of names that go on below."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.metrics.importing.files import Decided
from bot.rules.metrics.importing.imports import Import, ImportKind
from bot.services.metrics.importing import files
from bot.text import Text
from bot.views.metrics.importing import preview
from bot.views.metrics.importing.seen import Seen
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.importing.exports import as_file

ENGLISH = Text("en-US", "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Month,Calls\n2026-01,7\n2026-02,8\n", "", "Each line is about a month and counts on its first day"),
        ("Year,Week,Calls\n2026,1,7\n2026,2,8\n", "", "Each line is about a week and counts on its Monday"),
        ("Agent,Calls\nAnn,7\nBo,8\n", "2026-03-31", "Everything in this file counts on Mar 31, 2026."),
        ("Date,Calls,SLA %\n2026-03-01,217,76.28%\n2026-03-02,109,71.07%\n", "", "not of the counts beside them: SLA %"),
    ],
)  # fmt: skip
def test_what_is_to_be_known_of_the_days_and_of_percentages_is_said(
    text: str, name: str, expected: str
) -> None:
    with as_file(text) as path:
        [found] = files.look(str(path), "", "Europe/Berlin")
    day = date.fromisoformat(name) if name else None
    decided = Decided(replace(found.mapping, day=day), has_team=True)
    assert expected in "\n".join(preview.found_out(found.look, decided, ENGLISH))


def test_a_name_that_goes_on_below_is_shown_so() -> None:
    with as_file("Agent,Date,Calls\nAnn,2026-03-02,7\n,2026-03-03,8\nBo,2026-03-02,9\n") as path:
        [found] = files.look(str(path), "", "Europe/Berlin")
    import_ = Import(*(WORKSPACE, "i1", 1, ImportKind.FILE, "feed", BILLING, BOB.id, NOON))
    style = replace(found.mapping.columns[0].style, fills=True)
    decided = Decided(found.mapping.with_style(0, style), has_team=True)
    drawn = preview.blocks(Seen(import_, None), found.look, decided, ENGLISH)
    [table] = [one for one in drawn if one["type"] == "table"]
    assert [line[1]["text"] for line in table["rows"]] == ["Agent", "Ann", "Ann", "Bo"]
