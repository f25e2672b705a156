"""The set-up of a team's stand-ups: the list, the templates, and one stand-up with its questions in order."""

import json
from collections.abc import Iterator, Sequence

from bot.rules.standups import Question, StandUp
from bot.rules.standups.outlook import Listed, TeamStandUps
from bot.rules.standups.questions import QUESTIONS_AT_MOST
from bot.rules.standups.standups import STANDUPS_AT_MOST
from bot.rules.standups.templates import TEMPLATES, Template
from bot.rules.teams import Team
from bot.text import Text, escape, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.shifts import ids as shift_ids
from bot.views.standups import ids
from bot.views.standups import setup_words as words
from bot.views.standups.settings import open_round


def team_standups(seen: TeamStandUps, t: Text) -> Block:
    """The modal with the list."""
    blocks = [
        b.section(f"*{escape(seen.team.name)}*", accessory=_other_teams(seen, t)),
        *_empty(seen, t),
        *(block for one in seen.standups for block in _listed(one, t)),
        b.divider(),
        b.actions(*_list_buttons(seen, t)),
    ]
    return _modal(t("Stand-ups"), blocks, seen.team, t)


def templates(team: Team, t: Text) -> Block:
    """What a new stand-up can begin with."""
    blocks = [b.context(t("Everything can be changed, before it is saved and after."))]
    for one in Template:
        offered = TEMPLATES[one]
        use = b.button(
            t("Use this"),
            f"{ids.TEMPLATE}:{one}",
            f"{team.id}:{one}",
            accessibility_label=b.shorten(
                t("Use the template {name}", name=t(offered.title)), b.BUTTON_LIMIT
            ),
        )
        blocks.append(b.section(f"*{t(offered.title)}*\n{t(offered.about)}", accessory=use))
    return _modal(t("New stand-up"), blocks, team, t, close=t("Back"))


def standup_page(listed: Listed, team: Team, t: Text) -> Block:
    """One stand-up: what it says, in words, and its questions."""
    standup = listed.standup
    facts = [words.asked(standup, t), words.summary(standup, team.team_channel, t)]
    if heeded := words.heeded(standup, t):
        facts.append(heeded)
    blocks = [
        b.section(_title(listed, t)),
        b.context("\n".join(facts)),
        *open_round(listed.open_until, t),
        b.actions(*_page_buttons(listed, t)),
        b.header(t("What it asks")),
        *(
            block
            for number, one in enumerate(standup.questions, 1)
            for block in _question(standup, one, number, t)
        ),
        b.actions(*_last_buttons(standup, t)),
    ]
    return _modal(t("Stand-up"), blocks, team, t, standup.id)


def carried(metadata: str) -> tuple[str, str]:
    """The team of the modal, and the stand-up if it shows one."""
    found = json.loads(metadata)
    return str(found["team"]), str(found.get("standup", ""))


def named(standup: StandUp, *more: object) -> str:
    """What a button carries: the stand-up as it is now, and whatever else it needs."""
    return ":".join(map(str, (standup.team_id, standup.id, standup.version, *more)))


def _modal(
    title: str, blocks: Sequence[Block], team: Team, t: Text, standup_id: str = "", close: str = ""
) -> Block:
    carried = json.dumps({"team": team.id} | ({"standup": standup_id} if standup_id else {}))
    return b.modal(ids.LIST, title, blocks, close=close or t("Close"), private_metadata=carried)


def _other_teams(seen: TeamStandUps, t: Text) -> Block | None:
    if not seen.others:
        return None
    options = [b.option(one.name, one.id) for one in (seen.team, *seen.others)]
    return b.select(
        options,
        initial=seen.team.id,
        placeholder=t("Choose a team"),
        action_id=f"{ids.SET_UP}:team",
    )


def _empty(seen: TeamStandUps, t: Text) -> Iterator[Block]:
    if not seen.standups:
        yield b.section(
            t(
                "No stand-up yet. *Add* one: choose a template, look at who would be asked when, "
                "and save it. It takes a minute."
            )
        )


def _listed(one: Listed, t: Text) -> Iterator[Block]:
    standup = one.standup
    opener = b.button(
        t("Open"),
        f"{ids.SHOW}:{standup.id}",
        named(standup),
        accessibility_label=b.shorten(t("Open {name}", name=standup.name), b.BUTTON_LIMIT),
    )
    yield b.section(_title(one, t), accessory=opener)
    yield b.actions(_calendar(standup, t), _switch(standup, t))


def _title(one: Listed, t: Text) -> str:
    """Its name and whether it is on; when it asks, in words; when next."""
    standup = one.standup
    state = t("on") if standup.is_active else t("off")
    schedule = standup.schedule
    asks = f"{words.times(schedule, t)} · {words.to_answer(schedule, t)}"
    return f"*{escape(standup.name)}* · {state}\n{asks}\n{_next(one, t)}"


def _next(one: Listed, t: Text) -> str:
    if not one.standup.is_active:
        return t("Nobody is asked while it is off.")
    if one.next_at is None:
        return t("⚠️ Nobody is asked in the next two weeks. The calendar says why.")
    return t("Next: {when}", when=when(one.next_at, t))


def _list_buttons(seen: TeamStandUps, t: Text) -> Iterator[Block]:
    if len(seen.standups) < STANDUPS_AT_MOST:
        yield b.button(t("Add"), ids.NEW, seen.team.id, style="primary")
    yield b.button(t("All teams"), shift_ids.ALL_TEAMS)


def _page_buttons(one: Listed, t: Text) -> Iterator[Block]:
    standup = one.standup
    yield b.button(t("Change settings"), ids.EDIT, named(standup))
    yield _calendar(standup, t)
    yield _switch(standup, t)


def _calendar(standup: StandUp, t: Text) -> Block:
    label = b.shorten(t("The calendar of {name}", name=standup.name), b.BUTTON_LIMIT)
    return b.button(
        t("Look at the calendar"),
        f"{ids.CALENDAR}:{standup.id}",
        named(standup),
        accessibility_label=label,
    )


def _switch(standup: StandUp, t: Text) -> Block:
    text, to = (t("Switch off"), "off") if standup.is_active else (t("Switch on"), "on")
    label = b.shorten(f"{text}: {standup.name}", b.BUTTON_LIMIT)
    return b.button(
        text, f"{ids.SWITCH}:{standup.id}", named(standup, to), accessibility_label=label
    )


def _question(standup: StandUp, one: Question, number: int, t: Text) -> Iterator[Block]:
    yield b.section(f"{number}. *{escape(one.words)}*\n{words.question(one, t)}")
    yield b.actions(*_question_buttons(standup, one, number, t))


def _question_buttons(standup: StandUp, one: Question, number: int, t: Text) -> Iterator[Block]:
    value = named(standup, one.id)
    label = b.shorten(t("Edit question {number}", number=number), b.BUTTON_LIMIT)
    yield b.button(t("Edit"), f"{ids.QUESTION_EDIT}:{one.id}", value, accessibility_label=label)
    if number > 1:
        label = b.shorten(t("Move question {number} up", number=number), b.BUTTON_LIMIT)
        yield b.button(t("Up"), f"{ids.QUESTION_UP}:{one.id}", value, accessibility_label=label)
    if len(standup.questions) > 1:
        sure = b.confirm(
            t("Take this question out?"),
            t("It is asked no more from the next round on. What was answered stays."),
            t("Take out"),
            t("Keep it"),
        )
        label = b.shorten(t("Take out question {number}", number=number), b.BUTTON_LIMIT)
        yield b.button(
            t("Take out"),
            f"{ids.QUESTION_REMOVE}:{one.id}",
            value,
            confirm=sure,
            accessibility_label=label,
        )


def _last_buttons(standup: StandUp, t: Text) -> Iterator[Block]:
    if len(standup.questions) < QUESTIONS_AT_MOST:
        yield b.button(t("Add a question"), ids.QUESTION_ADD, named(standup))
    yield b.button(t("All stand-ups"), f"{ids.SET_UP}:back", standup.team_id)
