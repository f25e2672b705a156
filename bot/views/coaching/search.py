"""Searching notes: one modal that shows what was found on top, and below it what can be looked for."""

from collections.abc import Iterator, Mapping, Sequence

from bot.rules.coaching import Kind, State
from bot.rules.coaching.search import WORDS_MAX, Found, SearchSeen, Sought
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, words
from bot.views.coaching.inbox import note_line
from bot.views.coaching.told import read_button
from bot.views.reports.form import NAMES, ONLY_THEN


def search(
    seen: SearchSeen, t: Text, *, period: str = "", first: str = "", last: str = ""
) -> Block:
    """`period`, `first` and `last` are what the fields of the days hold, as they were chosen."""
    return b.modal(
        ids.SEARCH_FORM,
        t("Search notes"),
        [
            *(_found(seen.found, t) if seen.found else ()),
            *_fields(seen.skills, seen.sought, t),
            *_days(period, first, last, t),
        ],
        submit=t("Search"),
        close=t("Close"),
    )


def _found(found: Found, t: Text) -> Iterator[Block]:
    if not found.notes:
        yield b.section(t("Nothing found. Leave out a condition below, and search again."))
    for note in found.notes:
        yield b.section(note_line(note, t), accessory=read_button(note.id, t))
    if found.of_words:
        yield b.context(
            t(
                "Words are looked for in the {count} newest of these notes, as they are kept encrypted. "
                "Choose a person or days to look in older ones.",
                count=t.number(found.of_words),
            )
        )
    turns = []
    if found.page:
        turns.append(_turn(t("Newer"), found.page - 1))
    if found.has_more:
        turns.append(_turn(t("Older"), found.page + 1))
    if turns:
        yield b.actions(*turns)
    yield b.divider()


def _turn(label: str, page: int) -> Block:
    return b.button(label, f"{ids.SEARCH_TURN}:{page}", str(page))


def _fields(skills: Sequence[str], sought: Sought, t: Text) -> Iterator[Block]:
    person: Block = {"type": "users_select"}
    if sought.person_id:
        person["initial_user"] = sought.person_id
    yield b.field("person", t("Person"), person, optional=True)
    kinds: Mapping[str, str] = {one: t(words.KINDS[one]) for one in Kind}
    yield _choice("kind", t("Kind"), kinds, sought.kind)
    if skills:
        known = dict.fromkeys([*skills, *filter(None, [sought.skill])])
        yield _choice("skill", t("Skill"), {one: one for one in known}, sought.skill)
    states: Mapping[str, str] = {one: t(words.STATES[one]) for one in State}
    yield _choice("state", t("State"), states, sought.state)
    typed = b.text_input(initial=sought.words, max_length=WORDS_MAX)
    yield b.field("words", t("Words in the note"), typed, optional=True)


def _days(period: str, first: str, last: str, t: Text) -> Iterator[Block]:
    named = {value: t(label) for value, label in NAMES.items()}
    yield _choice("period", t("When"), named, period)
    yield b.field("first", t("First day"), _day(first), hint=t(ONLY_THEN), optional=True)
    yield b.field("last", t("Last day"), _day(last), optional=True)


def _choice(name: str, label: str, options: Mapping[str, str], chosen: str | None) -> Block:
    """One of them, or none: then it does not matter."""
    made = [b.option(said, value) for value, said in options.items()]
    return b.field(name, label, b.select(made, initial=chosen or None), optional=True)


def _day(chosen: str) -> Block:
    return {"type": "datepicker"} | ({"initial_date": chosen} if chosen else {})
