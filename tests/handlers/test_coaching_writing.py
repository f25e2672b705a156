"""The form of a coaching note between Slack and the services: what it draws is what it reads, whatever is chosen meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import Person
from bot.rules.coaching import Part, State
from bot.rules.coaching.drafts import NoteDraft, refitted
from bot.services.coaching import opening, writing
from bot.text import Text
from bot.views.coaching import draft as draft_views
from bot.views.coaching import form as views
from bot.views.coaching.form import Carried
from handlers.coaching.drafts import Drafts
from handlers.coaching.seeds import Seeds
from handlers.coaching.writing import Writing, note_draft
from handlers.request import Json, Request
from sandbox.block_kit import elements
from storage.database import Database
from tests import notes
from tests.cast import ALICE, BEN, BILLING, BOB, DAN, MARA, NOON
from tests.services.coaching.drafting import DRAFT, SOON, save, solved, sown
from tests.services.floor import furnish
from tests.views.test_coaching_form import FULL, SEEN

T = Text("en-US", "Europe/Berlin")


class Slack(AsyncWebClient):
    """Remembers what it was to show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Json] = []

    async def views_open(self, *, view: Json, **_rest: Any) -> None:  # type: ignore[override]
        self.shown.append(view)

    views_push = views_update = views_open  # type: ignore[assignment]


@pytest.fixture
async def db(sqlite: Database) -> Database:
    await furnish(sqlite)
    return sqlite


async def whisper(text: str, blocks: list[Json] | None = None) -> None:
    raise AssertionError(text)


def typed_in(
    view: Json, person: Person = BOB, slack: Slack | None = None, **values: Mapping[str, Any]
) -> Request:
    """As Slack sends an open form back: what it was drawn with, and what was chosen since, by block."""
    state = elements.view_values(view["blocks"], {})
    for block, given in values.items():
        [(action, element)] = state[block].items()
        state[block] = {action: element | given}
    held = {"id": "V1", "hash": "h", "type": "modal", "state": {"values": state}}
    body = {"trigger_id": "t", "view": view | held, "actions": [{"value": ""}]}
    return Request(body, person, "key", NOON, slack or Slack(), whisper, T)


def chose(value: str) -> Mapping[str, Any]:
    return {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value}}


@pytest.mark.parametrize("kind", ["praise", "improve", "one_to_one", "review"])
def test_what_is_drawn_is_read_back_whole(kind: str) -> None:
    draft = refitted(replace(FULL, kind=kind))
    read = note_draft(typed_in(views.form(SEEN, draft, T)))
    assert (
        replace(read, parts={part: words for part, words in read.parts.items() if words}) == draft
    )


def test_an_empty_form_is_an_empty_draft() -> None:
    read = note_draft(
        typed_in(views.form(replace(SEEN, teams=(), team=None, agent_id=""), NoteDraft(), T))
    )
    assert read.cleaned().written == {}
    assert (read.agent_id, read.team_id, read.kind, read.visibility) == ("", "", "", "")
    assert read.carried == {}


async def test_another_kind_keeps_every_word(db: Database) -> None:
    slack = Slack()
    opened = await opening.open_form(db, BOB, ALICE.id)
    form = views.form(opened, DRAFT, T)
    await Writing(db).redraw(typed_in(form, slack=slack, kind=chose("one_to_one")))
    draft = note_draft(typed_in(slack.shown[-1]))
    assert draft.parts[Part.REALITY] == DRAFT.parts[Part.SITUATION]
    assert draft.left_over == (Part.BEHAVIOUR, Part.IMPACT)
    assert (draft.theirs, draft.mine, draft.follow_up_on) == (DRAFT.theirs, DRAFT.mine, SOON)


async def test_another_person_keeps_every_word_and_has_their_own_commitments(db: Database) -> None:
    earlier = await notes.keep(db, State.SHARED, author_id=MARA.id)
    old = await notes.promise(db, earlier)
    slack = Slack()
    form = views.form(
        await opening.open_form(db, MARA, ALICE.id), replace(DRAFT, carried={old.id: SOON}), T
    )
    assert note_draft(typed_in(form, MARA)).carried == {old.id: SOON}
    await Writing(db).redraw(typed_in(form, MARA, slack, agent={"selected_user": BEN.id}))
    draft = note_draft(typed_in(slack.shown[-1], MARA))
    assert (draft.agent_id, draft.parts[Part.IMPACT]) == (BEN.id, DRAFT.parts[Part.IMPACT])
    assert draft.carried == {}
    assert draft.skill == "Listening"


async def test_somebody_whom_one_does_not_lead_is_said_in_the_form(db: Database) -> None:
    slack = Slack()
    form = views.form(await opening.open_form(db, BOB, ALICE.id), DRAFT, T)
    await Writing(db).redraw(typed_in(form, slack=slack, agent={"selected_user": DAN.id}))
    shown = slack.shown[-1]
    assert "is not among them" in str(shown["blocks"])
    assert note_draft(typed_in(shown)).parts[Part.IMPACT] == DRAFT.parts[Part.IMPACT]


async def test_who_is_faster_than_the_form_gets_it_anew(db: Database) -> None:
    """The kind was changed and the form sent before it could be drawn with the other fields."""
    form = views.form(await opening.open_form(db, BOB, ALICE.id), DRAFT, T)
    reply = await Writing(db).save(typed_in(form, kind=chose("one_to_one")))
    assert reply.response_action == "update"
    assert reply.view
    read = note_draft(typed_in(reply.view))
    assert sorted(words for words in read.parts.values() if words) == sorted(DRAFT.parts.values())
    assert await writing.list_drafts(db, BOB) == []


async def test_nothing_that_was_typed_is_carried_unseen(db: Database) -> None:
    form = views.form(await opening.open_form(db, BOB, ALICE.id), DRAFT, T)
    reply = await Writing(db).save(typed_in(form))
    assert reply.view
    for view in (form, reply.view):
        hidden = view.get("private_metadata", "")
        assert not any(words in hidden for words in DRAFT.parts.values())


async def test_a_seed_becomes_a_form_and_its_draft_ends_it(db: Database) -> None:
    for number in (1, 2, 3):
        await solved(db, number)
    [seed] = [one.person for one in await sown(db) if one.person]
    slack = Slack()
    click = typed_in(views.form(SEEN, FULL, T), slack=slack)
    value = f"{BILLING}:{ALICE.id}:billing:{seed.up_to.timestamp()}"
    await Seeds(db).write(replace(click.about(value), now=NOON.replace(hour=20)))
    form = slack.shown[-1]
    carried = views.unpack(form["private_metadata"])
    assert carried == Carried(ALICE.id, BILLING, "", 0, "billing", seed.up_to.timestamp())
    sent = typed_in(form, part_situation={"value": "Three refunds"}, visibility=chose("agent"))
    reply = await Writing(db).save(sent)
    assert reply.view
    assert "Case #3" in str(reply.view)
    assert [one.person for one in await sown(db)] == [None]


@pytest.mark.parametrize(
    ("below", "left"), [("coaching_inbox|0:0", "Nothing waits"), ("coaching_drafts|", "no drafts")]
)
async def test_the_list_below_a_shared_draft_shows_it_no_more(
    db: Database, below: str, left: str
) -> None:
    saved = await save(db)
    slack = Slack()
    view = draft_views.draft(saved, T, below) | {"previous_view_id": "V0"}
    click = typed_in(view, slack=slack).about(draft_views.value_of(saved.note))
    await Drafts(db).share(click)
    done, redrawn = slack.shown
    assert "Shared with" in str(done)
    assert left in str(redrawn)


async def test_only_a_list_is_drawn_anew(db: Database) -> None:
    saved = await save(db)
    slack = Slack()
    view = draft_views.draft(saved, T) | {"previous_view_id": "V0"}
    await Drafts(db).discard(typed_in(view, slack=slack).about(draft_views.value_of(saved.note)))
    assert ["The draft is gone" in str(one) for one in slack.shown] == [True]
