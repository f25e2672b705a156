"""Who a line is about and by what name it is known; and that no order and no split into files changes a number."""

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.importing.mapping import Keys
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.facts import LONGEST_KEY, Fact
from tests.rules.metrics.lines import Rows, proposed, read, rows, taken

DAY = "2023-04-13"


def test_names_are_as_they_are_written_but_for_spaces() -> None:
    found = taken(f"Date | Agent | Queue | Channel | Topic | Shift | Answered \n {DAY} | Ann \u00a0 Lee | EU | n/a | Bills | | Y")  # fmt: skip
    fact = found.facts[0]
    assert (fact.person, fact.team, fact.channel, fact.topic) == ("Ann Lee", "EU", "", "Bills")
    assert fact.labels == {}


def test_a_line_is_known_by_its_column() -> None:
    long = "x" * 300
    found = taken(f"Ticket ID | Date | Answered \n A-1 | {DAY} | Y \n {long} | {DAY} | Y")
    assert found.facts[0].key == "A-1"
    assert len(found.facts[1].key) <= LONGEST_KEY


def test_totals_are_known_by_what_they_are_of_wherever_they_stand() -> None:
    text = f"Date | Agent | Calls \n {DAY} | Ann | 7 \n {DAY} | Bo | 8 \n {DAY} | Ann | 9"
    table = rows(text)
    mapping = proposed(table).mapping
    assert mapping.keys is Keys.DIMENSIONS
    first, second, third = (one.key for one in read(table, mapping).facts)
    assert len({first, second, third}) == 3
    turned = [table[0], table[2], table[1]]
    assert [one.key for one in read(turned, mapping, "another").facts] == [second, first]


def test_a_line_without_a_name_is_known_by_its_file_and_place() -> None:
    table = rows(f"Date | Answered \n {DAY} | Y \n {DAY} | Y")
    keys = [one.key for one in read(table, proposed(table).mapping, "ab12").facts]
    assert keys == ["ab12:2", "ab12:3"]


def test_what_was_updated_later_sorts_later() -> None:
    text = "Id | Created | Updated at \n 1 | {0} | 29/2/2016 01:16 \n 1 | {0} | 1/3/2016 09:00 \n 1 | {0} | 13/3/2016 08:00"  # fmt: skip
    updated = [one.updated for one in taken(text.format(DAY)).facts]
    assert updated == sorted(updated)
    counts = "Id | Created | Mod count \n 1 | {0} | 9 \n 1 | {0} | 10 \n 1 | {0} | 111"
    updated = [one.updated for one in taken(counts.format(DAY)).facts]
    assert updated == sorted(updated)
    assert taken(f"Id | Created | Answered \n 1 | {DAY} | Y").facts[0].updated == ""


AGENTS = ("Ann", "Bo", "Cleo")


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Lines of calls, some of them wrong."""
    line = st.tuples(
        st.integers(1, 28).map(lambda day: f"2023-04-{day:02}"),
        st.sampled_from(AGENTS),
        st.sampled_from(["Y", "N", ""]),
        st.integers(-5, 500).map(str),
        st.sampled_from(["1", "2", "4", "5", "", "7", "what"]),
    )
    lines = draw(st.lists(line, max_size=30))
    headers = ["Call id", "Date", "Agent", "Answered", "Talk time (s)", "CSAT"]
    return [headers, *([f"C{number}", *one] for number, one in enumerate(lines))]


@given(tables(), st.integers(0, 2**32), st.integers(1, 5))
def test_any_order_and_any_split_into_files_gives_the_same_numbers(
    table: Rows, seed: int, files: int
) -> None:
    mapping = proposed([table[0], ["C0", DAY, "Ann", "Y", "60", "5"]]).mapping
    whole = read(table, mapping)
    lines = sorted(table[1:], key=lambda line: crc32(f"{seed}{line[0]}".encode()))
    found = [read([table[0], *lines[start::files]], mapping) for start in range(files)]
    bundles = [bundle for one in found for bundle in by_agent(one.facts)]
    assert together(bundles) == whole.bundle
    assert sum(len(one.rejects) for one in found) == len(whole.rejects)
    assert {one.key for part in found for one in part.facts} == {one.key for one in whole.facts}


def by_agent(facts: list[Fact]) -> list[Bundle]:
    bundles = {name: Bundle() for name in AGENTS}
    for one in facts:
        bundles[one.person].add([one.parts])
    return list(bundles.values())
