"""The form of a digest: whose numbers, which, when and where; and its preview."""

import json
from collections.abc import Iterator, Mapping

from bot.rules import zones
from bot.rules.calendars import WEEKDAYS
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import (
    METRICS_AT_MOST,
    NAME_LIMIT,
    READERS_AT_MOST,
    WORKING_DAYS,
    About,
    Digest,
    DigestDraft,
)
from bot.rules.metrics.digest.telling import Told
from bot.rules.teams import Team
from bot.text import Text, _, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import amounts, ids
from bot.views.metrics import digest as views
from bot.views.metrics.charts import in_words
from bot.views.shifts.form import time_picker
from bot.views.teams.form import channel_select
from bot.views.teams.words import DAYS

CHART, BY_PERSON, SHORT, WORKBOOK = "chart", "by_person", "short", "workbook"
CADENCES: Mapping[Cadence, str] = {
    Cadence.DAILY: _("Every working day, about the one before"),
    Cadence.WEEKLY: _("Every week"),
    Cadence.MONTHLY: _("Every month"),
    Cadence.QUARTERLY: _("Every quarter"),
}
ABOUTS: Mapping[About, str] = {
    About.TEAM: _("The team"),
    About.DEPARTMENT: _("The team with all that report to it"),
    About.PERSON: _("One person"),
}


def digest_form(
    team: Team,
    metrics: Mapping[str, Metric],
    draft: DigestDraft,
    digest: Digest | None,
    t: Text,
    *,
    is_department: bool,
    listed: str = "",
) -> Block:
    """With what was chosen so far; a digest that is there keeps what it is about. `listed` is what the list below shows."""
    blocks = [
        b.context(_whose(team, digest, t)),
        b.field("name", t("Name"), b.text_input(initial=draft.name, max_length=NAME_LIMIT)),
        *([] if digest else _about(draft, t, is_department=is_department)),
        _metrics(metrics, draft, t),
        *_times(team, draft, t),
        *_places(draft, t),
        *_unwanted(digest, t),
        _choices(draft, t),
        b.actions(
            b.button(t("Preview"), ids.DIGEST_PREVIEW),
            b.button(t("Send me a test"), ids.DIGEST_TEST),
        ),
    ]
    return b.modal(
        ids.DIGEST_FORM,
        t("Change digest") if digest else t("New digest"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(
            {"team": team.id, "listed": listed}
            | ({"digest": digest.id, "version": digest.version} if digest else {})
        ),
    )


def preview(told: Told, t: Text) -> Block:
    """What it would say now, on top of the form. Slack draws no chart in a form, so that it is there in words."""
    charted = [b.context(in_words(told.series, t))] if told.series else []
    return b.modal(
        ids.DIGEST_PREVIEW,
        t("Preview"),
        [
            b.header(told.digest.name),
            b.context(views.title(told, t)),
            *views.blocks(told, t),
            *charted,
        ],
        close=t("Back"),
    )


def carried(metadata: str) -> tuple[str, str, int]:
    """Team, digest and version that the form was drawn for; a new digest has no id."""
    held = json.loads(metadata)
    return str(held["team"]), str(held.get("digest") or ""), int(held.get("version") or 0)


def listed_below(metadata: str) -> str:
    """The one team that the list below the form shows, or empty."""
    return str(json.loads(metadata).get("listed") or "")


def _whose(team: Team, digest: Digest | None, t: Text) -> str:
    if digest is None or digest.choice.about is About.TEAM:
        return f"*{escape(team.name)}*"
    if digest.choice.about is About.PERSON:
        return f"{mention(digest.person_id)} · *{escape(team.name)}*"
    return t("{team} with the teams that report to it", team=f"*{escape(team.name)}*")


def _about(draft: DigestDraft, t: Text, *, is_department: bool) -> Iterator[Block]:
    options = [
        b.option(t(words), about.value)
        for about, words in ABOUTS.items()
        if about is not About.DEPARTMENT or is_department
    ]
    yield b.field("about", t("Whose numbers"), b.radios(options, draft.about))
    person: Block = {"type": "users_select"}
    person |= {"initial_user": draft.person_id} if draft.person_id else {}
    yield b.field(
        "person",
        t("Which person"),
        person,
        hint=t("Only if it is about one. It goes to them and to those who lead them, privately."),
        optional=True,
    )


def _metrics(metrics: Mapping[str, Metric], draft: DigestDraft, t: Text) -> Block:
    options = {key: b.option(amounts.bare_name(one, t), key) for key, one in metrics.items()}
    element: Block = {
        "type": "multi_static_select",
        "options": list(options.values())[:100],
        "max_selected_items": METRICS_AT_MOST,
    }
    if chosen := [options[one] for one in draft.metrics if one in options]:
        element["initial_options"] = chosen
    return b.field(
        "metrics",
        t("Which numbers"),
        element,
        hint=t(
            "At most {limit}, in the order in which you choose them. The first one is the chart.",
            limit=METRICS_AT_MOST,
        ),
    )


def _times(team: Team, draft: DigestDraft, t: Text) -> Iterator[Block]:
    often = [b.option(t(words), one.value) for one, words in CADENCES.items()]
    yield b.field("cadence", t("How often"), b.select(often, initial=draft.cadence))
    yield b.field(
        "at",
        t("At, by the team's clock"),
        time_picker(draft.at),
        hint=t("The team's clock shows the time in {zone}.", zone=zones.place(team.zone)),
    )
    days = [b.option(t(DAYS[day]), day) for day in WEEKDAYS]
    yield b.field(
        "weekday",
        t("If every week: on"),
        b.select(days, initial=draft.weekday),
        hint=t("If the team is closed then, it comes on the next day on which it is not."),
    )
    numbers = [b.option(t.number(one), str(one)) for one in range(1, WORKING_DAYS + 1)]
    yield b.field(
        "working_day",
        t("If every month or quarter: on which working day of it"),
        b.select(numbers, initial=str(draft.working_day or 1)),
    )


def _places(draft: DigestDraft, t: Text) -> Iterator[Block]:
    yield b.field(
        "channel",
        t("Post it to a channel"),
        channel_select(draft.channel),
        hint=t("Everybody in it reads the numbers. If it is private, invite Baton there first."),
        optional=True,
    )
    people: Block = {"type": "multi_users_select", "max_selected_items": READERS_AT_MOST}
    people |= {"initial_users": list(draft.readers)} if draft.readers else {}
    yield b.field(
        "readers",
        t("Or send it privately to"),
        people,
        hint=t("Each time Baton looks whether they may still see these numbers."),
        optional=True,
    )


def _unwanted(digest: Digest | None, t: Text) -> Iterator[Block]:
    """Quietly: whoever sets it need not wonder, and nobody has to explain themselves."""
    if digest and digest.unwanted_by:
        who = ", ".join(map(mention, digest.unwanted_by))
        yield b.context(
            t(
                "Not sent at present to {people}: they chose so, and can have it again in `/metrics digests`.",
                people=who,
            )
        )


def _choices(draft: DigestDraft, t: Text) -> Block:
    options = [
        b.option(t("A chart of the first number"), CHART),
        b.option(t("Each person's numbers"), BY_PERSON, t("Only privately, to who leads them.")),
        b.option(t("Short: values only"), SHORT),
        b.option(t("With an Excel file"), WORKBOOK, t("Only of a month or quarter, and of teams.")),
    ]
    is_on = {
        CHART: draft.has_chart,
        BY_PERSON: draft.by_person,
        SHORT: draft.is_short,
        WORKBOOK: draft.has_workbook,
    }
    chosen = [name for name, is_so in is_on.items() if is_so]
    return b.field("choices", t("And besides"), b.checkboxes(options, chosen), optional=True)
