"""`/coach` alone: what waits for the reader, and below it everything that is about themselves."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.rules.coaching import Commitment, Note, Visibility
from bot.rules.coaching.inbox import PROMISES_A_PAGE, About, InboxSeen, Item, Quiet, Waiting, Waits
from bot.text import Text, _, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import exports, ids, promises, seeds, words
from bot.views.coaching.told import read_button

SEEDS_SHOWN = 4
WORDS: Mapping[Waits, str] = {
    Waits.TO_READ: _("Shared with you, to be acknowledged"),
    Waits.DECIDE: _("For you to decide"),
    Waits.AMEND: _("To be added by you"),
    Waits.FOLLOW_UP: _("To follow up"),
    Waits.MINE_OVERDUE: _("You promised, and it is overdue"),
    Waits.THEIRS_OVERDUE: _("Promised to you, and overdue"),
    Waits.UNREAD: _("Shared two days ago or more, and not acknowledged yet"),
    Waits.DRAFT: _("Your drafts and private notes"),
    Waits.QUIET: _("Not coached for long"),
}
Draw = Callable[[Item, date, Text], Iterator[Block]]


def inbox(seen: InboxSeen, t: Text) -> Block:
    page = seen.waiting.page if seen.waiting else 0
    blocks = [b.actions(*_ways_on(seen, t))]
    if seen.waiting is not None:
        blocks += _waiting(seen, seen.waiting, t)
        blocks.append(b.divider())
    blocks += _about(seen.about, page, seen.today, t)
    return b.modal(
        ids.INBOX,
        t("Coaching"),
        blocks,
        close=t("Close"),
        private_metadata=carried(page, seen.about.page),
    )


def _ways_on(seen: InboxSeen, t: Text) -> Iterator[Block]:
    if seen.may_write:
        yield b.button(t("Write a note"), ids.WRITE_TO, style="primary")
    yield b.button(t("Search"), ids.SEARCH)
    yield exports.button(t)
    yield b.button(t("My data"), ids.MY_DATA)


def carried(page: int, about_page: int) -> str:
    """What the modal and its turning buttons carry; `pages_of` reads it."""
    return f"{page}:{about_page}"


def pages_of(value: str) -> tuple[int, int]:
    page, _colon, about_page = value.partition(":")
    return int(page or 0), int(about_page or 0)


def note_line(note: Note, t: Text) -> str:
    """A note in a list: what it is, of whom and about whom, when, and how it stands."""
    told = t(
        "{author} → {agent} · {when} · {state}",
        author=mention(note.author_id),
        agent=mention(note.agent_id),
        when=when(note.shared_at or note.written_at, t),
        state=words.state(note, t),
    )
    return f"*{escape(words.head(note, t))}*\n{told}"


def _waiting(seen: InboxSeen, waiting: Waiting, t: Text) -> Iterator[Block]:
    yield b.header(t("What waits for you"))
    if not waiting.items and not seen.seeds:
        yield b.context(t("Nothing waits. `/coach @anna` begins a new note about Anna."))
    last = None
    for item in waiting.items:
        if item.waits is not last:
            last = item.waits
            count = waiting.counts[last]
            title = t(WORDS[last])
            yield b.section(t("*{title}* · {count}", title=title, count=t.number(count)))
        yield from DRAWN[item.waits](item, seen.today, t)
    yield from _turns(waiting.page, waiting.pages, seen.about.page, t)
    if waiting.page + 1 >= waiting.pages and (shown := _few(seen, t)):
        yield b.section(t("*Seeds from escalations*"))
        yield from shown


def _few(seen: InboxSeen, t: Text) -> list[Block]:
    """Those of topics, and the first of people: the next come when these are dealt with."""
    topics = [one for one in seen.seeds if one.person is None]
    people = [one for one in seen.seeds if one.person is not None]
    return seeds.blocks([*topics, *people[:SEEDS_SHOWN]], t)


def _note(item: Item, _today: date, t: Text) -> Iterator[Block]:
    assert item.note
    yield b.section(note_line(item.note, t), accessory=read_button(item.note.id, t))


def _draft(item: Item, _today: date, t: Text) -> Iterator[Block]:
    assert item.note
    note = item.note
    kind = t("Private note") if note.visibility is Visibility.PRIVATE else t("Draft")
    about = t("about {agent} · {when}", agent=mention(note.agent_id), when=when(note.written_at, t))
    told = f"{kind}: *{escape(words.head(note, t))}*\n{about}"
    opener = b.button(t("Open"), f"{ids.DRAFT}:{note.id}", note.id)
    yield b.section(told, accessory=opener)


def _follow_up(item: Item, _today: date, t: Text) -> Iterator[Block]:
    assert item.note
    note = item.note
    day = t.day(note.follow_up_on) if note.follow_up_on else ""
    told = t(
        "*{head}* with {agent}, for {day}",
        head=escape(words.head(note, t)),
        agent=mention(note.agent_id),
        day=day,
    )
    yield b.section(told)
    yield b.actions(*promises.follow_up_buttons(note.id, t), read_button(note.id, t))


def _promise(item: Item, today: date, t: Text) -> Iterator[Block]:
    assert item.commitment
    yield from _commitment(item.commitment, today, t, may_settle=True)


def _commitment(one: Commitment, today: date, t: Text, *, may_settle: bool) -> Iterator[Block]:
    yield b.section(f"{mention(one.promised_by)}: {promises.line(one, today, t)}")
    buttons = promises.buttons(one, t) if may_settle else []
    yield b.actions(*buttons, b.button(t("Read the note"), f"{ids.OPEN}:{one.id}", one.note_id))


def _quiet(item: Item, _today: date, t: Text) -> Iterator[Block]:
    assert item.quiet
    told = _since(item.quiet, t)
    value = f"{item.quiet.person_id}:{item.quiet.team_id}"
    yield b.section(told, accessory=b.button(t("Write a note"), f"{ids.WRITE_TO}:{value}", value))


def _since(quiet: Quiet, t: Text) -> str:
    who = mention(quiet.person_id)
    if quiet.last is None:
        return t("{who}: no note so far", who=who)
    return t("{who}: the last note was shared {when}", who=who, when=when(quiet.last, t))


DRAWN: Mapping[Waits, Draw] = {
    Waits.TO_READ: _note,
    Waits.DECIDE: _note,
    Waits.AMEND: _note,
    Waits.FOLLOW_UP: _follow_up,
    Waits.MINE_OVERDUE: _promise,
    Waits.THEIRS_OVERDUE: _promise,
    Waits.UNREAD: _note,
    Waits.DRAFT: _draft,
    Waits.QUIET: _quiet,
}


def _about(about: About, page: int, today: date, t: Text) -> Iterator[Block]:
    yield b.header(t("About me"))
    start = about.page * PROMISES_A_PAGE
    shown = about.commitments[start : start + PROMISES_A_PAGE]
    if shown:
        yield b.section(t("*What you promised*"))
    for one in shown:
        yield from _commitment(one, today, t, may_settle=one.id in about.settleable)
    if not (about.notes or about.page):
        yield b.context(
            t(
                "No coaching note is shared with you. When one is, you hear of it, and it stays here."
            )
        )
    for note in about.notes:
        yield b.section(note_line(note, t), accessory=read_button(note.id, t))
    turns = []
    if about.page:
        turns.append(_turn(t("Back"), page, about.page - 1, "newer"))
    if about.has_more:
        turns.append(_turn(t("More"), page, about.page + 1, "older"))
    if turns:
        yield b.actions(*turns)


def _turns(page: int, pages: int, about_page: int, t: Text) -> Iterator[Block]:
    turns = []
    if page:
        turns.append(_turn(t("Back"), page - 1, about_page, "back"))
    if page + 1 < pages:
        turns.append(_turn(t("More"), page + 1, about_page, "more"))
    if turns:
        yield b.actions(*turns)


def _turn(label: str, page: int, about_page: int, which: str) -> Block:
    return b.button(label, f"{ids.INBOX_TURN}:{which}", carried(page, about_page))
