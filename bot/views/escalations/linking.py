"""The forms that link cases: ask another department, move to another team, merge with another case."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.escalations import Draft, Escalation
from bot.rules.escalations.outcomes import WHY_MAX
from bot.rules.teams import Team
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words
from bot.views.escalations.form import Carried, fields


def ask_form(escalation: Escalation, draft: Draft, until: datetime, t: Text) -> Block:
    """`draft` is what the other department would read, to be looked over; `until` is offered as when to come back."""
    told = t(
        "*{summary}* waits meanwhile, and stays yours. The other team sees what you send here, and nothing else of it.",
        summary=words.summary(escalation),
    )
    picker = {"type": "datetimepicker", "initial_date_time": int(until.timestamp())}
    return b.modal(
        ids.ASK_FORM,
        t("Ask from #{number}", number=escalation.id),
        [
            b.section(told),
            _team(t("Which department?"), t),
            b.field(
                "question",
                t("What do you need from them?"),
                b.text_input(multiline=True, max_length=WHY_MAX),
                hint=t("One question, or what they should do, so that they can start at once."),
            ),
            b.field(
                "until",
                t("When do you come back to it without an answer?"),
                picker,
                hint=t("Until then nobody asks you for news. You hear as soon as they answer."),
            ),
            *fields(None, draft, t),
        ],
        submit=t("Ask them"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def move_form(escalation: Escalation, t: Text) -> Block:
    told = t(
        "*{summary}* goes to the other team with its whole timeline. Its clocks and its policy begin anew there.",
        summary=words.summary(escalation),
    )
    return b.modal(
        ids.MOVE_FORM,
        t("Move #{number}", number=escalation.id),
        [
            b.section(told),
            _team(t("To which team?"), t),
            b.field(
                "why",
                t("Why is it theirs?"),
                b.text_input(multiline=True, max_length=WHY_MAX),
                hint=t("The other team and the reporter read this word for word."),
            ),
        ],
        submit=t("Move it"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def merge_form(escalation: Escalation, t: Text) -> Block:
    told = t(
        "*{summary}* is closed and goes on as the other case. Whoever waits for it hears of that one from now on. "
        "Reopening it undoes this.",
        summary=words.summary(escalation),
    )
    chosen = {
        "type": "external_select",
        "action_id": ids.PICK_CASE,
        "min_query_length": 0,
        "placeholder": b.plain(t("A number, or a word of it"), 150),
    }
    return b.modal(
        ids.MERGE_FORM,
        t("Merge #{number}", number=escalation.id),
        [
            b.section(told),
            b.field(
                "into",
                t("As which case does it go on?"),
                chosen,
                hint=t("Those about the same ticket come first."),
            ),
        ],
        submit=t("Merge them"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def team_options(found: Sequence[Team]) -> list[Block]:
    return [b.option(one.name, one.id) for one in found[:100]]


def case_options(found: Sequence[Escalation]) -> list[Block]:
    """Plain text, as options are: the number, what it is about, and its ticket."""
    return [
        b.option(f"#{one.id} {one.draft.summary}", str(one.id), one.draft.ticket)
        for one in found[:100]
    ]


def _team(label: str, t: Text) -> Block:
    chosen = {
        "type": "external_select",
        "action_id": ids.PICK_TEAM,
        "min_query_length": 0,
        "placeholder": b.plain(t("Type a part of its name"), 150),
    }
    return b.field("team", label, chosen)


def _carried(escalation: Escalation) -> str:
    return Carried(escalation.team_id, escalation_id=escalation.id).packed()
