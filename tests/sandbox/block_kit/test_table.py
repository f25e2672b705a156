"""The table itself: each row says where Slack says so, nothing is left out of it, and the page in the docs is its own."""

from sandbox.block_kit import reference
from sandbox.block_kit.elements import MOMENTARY, STATEFUL
from sandbox.block_kit.limits import TABLES, rows, shapes_in
from sandbox.block_kit.limits.elements import ELEMENTS
from sandbox.block_kit.limits.wholes import WHOLE_MESSAGE
from tests.about_the_code.source import ROOT

DOCS = "https://docs.slack.dev/reference/"


def test_each_row_has_the_address_of_its_page_at_slack() -> None:
    assert [row.name for row in rows() if not row.docs.startswith(DOCS)] == []


def test_each_sum_has_the_address_of_its_page_at_slack() -> None:
    assert [rule for rule in WHOLE_MESSAGE if not rule.docs.startswith(DOCS)] == []


def test_whatever_a_row_speaks_of_is_in_the_table() -> None:
    listed = {shape for kinds in TABLES.values() for shape in kinds.values()}
    spoken_of = {shape for row in rows() for shape in shapes_in(row.part)}
    assert spoken_of <= listed


def test_every_element_that_acts_is_in_the_table() -> None:
    assert ELEMENTS.keys() - {"image", "url"} == STATEFUL.keys() | MOMENTARY


def test_the_page_is_what_the_table_says() -> None:
    written = (ROOT / "docs/reference/block-kit.md").read_text()
    assert written == reference.page(), (
        "python -m sandbox.block_kit.reference > docs/reference/block-kit.md"
    )
