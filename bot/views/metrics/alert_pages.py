"""The alerts of a team: the list, one with its history, the form, and what it would do before it is saved."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.rules.metrics.alert.alert_forms import Draft, Opened, Preview, Seen
from bot.rules.metrics.alert.alerts import LENGTHS, LOOKED_BACK, READERS_AT_MOST, Alert, Side
from bot.rules.metrics.alert.amounts import LIMIT
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import alert_words as words
from bot.views.metrics import ids
from bot.views.metrics.amounts import show
from bot.views.metrics.targets import choose_team, metric_options, turns
from bot.views.teams.words import mentions

A_PAGE = 25
HISTORY_SHOWN = 20
N_LIMIT = 7


def page(seen: Seen, at: int, t: Text) -> Block:
    """The list. Who may not set alerts sees the same without the buttons."""
    known = [one for one in seen.alerts if one.metric in seen.metrics]
    shown = sorted(known, key=lambda one: (not one.is_firing, not one.is_on, one.metric, one.id))
    pages = max(1, -(-len(shown) // A_PAGE))
    at = max(0, min(at, pages - 1))
    blocks = [
        b.section(f"*{escape(seen.team.name)}*"),
        b.context(
            t(
                "An alert tells chosen people in private when a number is beyond a limit, once a day at most."
            )
        ),
        *choose_team(seen.team, seen.teams, action_id=ids.ALERTS_OPEN),
        *([] if shown else [b.section(t("No alerts are set up yet."))]),
        *(
            block
            for one in shown[at * A_PAGE : (at + 1) * A_PAGE]
            for block in _alert(one, seen, t)
        ),
        *turns(ids.ALERTS_OPEN, seen.team, at, pages, t),
        b.actions(*_buttons(seen, t)),
    ]
    return b.modal(ids.ALERTS_OPEN, t("Alerts"), blocks, close=t("Close"))


def one_alert(opened: Opened, t: Text) -> Block:
    """One with what it sees today and what happened."""
    alert, metric = opened.alert, opened.metric
    history = [words.happened(one, metric, t) for one in opened.history[:HISTORY_SHOWN]]
    blocks = [
        b.section(f"{_what(alert, opened, t)}\n{_state(alert, t)}"),
        b.context(words.rule(alert, metric, t), _heard(alert, t)),
        b.section(words.today(alert, metric, opened.look, t)),
        *([b.context("\n".join(history))] if history else []),
        *([b.actions(*_doings(alert, t))] if opened.may_set else []),
    ]
    return b.modal(
        ids.ALERT_SHOW,
        t("Alert"),
        blocks,
        close=t("Back"),
        private_metadata=json.dumps({"team": opened.team.id}),
    )


def form(seen: Seen, draft: Draft, alert: Alert, t: Text) -> Block:
    """A new one, or one that is changed: its `version` is 0 for a new one."""
    counted = (one for key, one in seen.metrics.items() if key not in seen.retired)
    options = metric_options(counted, t)
    person: Block = {"type": "users_select"}
    person |= {"initial_user": draft.person_id} if draft.person_id else {}
    readers: Block = {"type": "multi_users_select", "max_selected_items": READERS_AT_MOST}
    readers |= {"initial_users": list(draft.readers)} if draft.readers else {}
    blocks = [
        b.context(t("Alert for *{team}*", team=escape(seen.team.name))),
        b.field(
            "metric",
            t("Number"),
            b.select(options, initial=draft.metric, placeholder=t("Choose one")),
        ),
        b.field(
            "person",
            t("For one person only"),
            person,
            hint=t("Empty: for the team. Of somebody's own number only those hear who lead them."),
            optional=True,
        ),
        *_limits(draft, t),
        b.field(
            "readers",
            t("Who hears of it"),
            readers,
            hint=t(
                "In private. Everybody must be allowed to see the number, now and when it fires."
            ),
        ),
        *_switch(draft, alert, t),
    ]
    return b.modal(
        ids.ALERT_FORM,
        t("Change alert") if alert.version else t("New alert"),
        blocks,
        submit=t("What would it do?"),
        close=t("Back"),
        private_metadata=_packed(seen.team.id, alert),
    )


def preview(found: Preview, draft: Draft, t: Text) -> Block:
    """What it would do, in place of the form; saving is one press more."""
    alert, metric = found.alert, found.metric
    before = [
        f"{t.day(day)} · {words.turned(kind, t)} · {show(value, metric, t)}"
        for day, kind, value in found.before
    ]
    title = t.n("In the last {count} day:", "In the last {count} days:", LOOKED_BACK)
    nothing = t("it would have told nobody anything.")
    told = "\n".join([f"*{title}*", *before]) if before else f"*{title}* {nothing}"
    packed = _packed(found.team.id, alert, asdict(draft) | {"readers": list(draft.readers)})
    blocks = [
        b.section(_what(alert, found, t)),
        b.context(words.rule(alert, metric, t), _heard(alert, t)),
        b.section(words.today(alert, metric, found.look, t)),
        b.section(told),
        b.actions(b.button(t("Change it once more"), ids.ALERT_AGAIN)),
    ]
    return b.modal(
        ids.ALERT_SAVE,
        t("What it would do"),
        blocks,
        submit=t("Save"),
        close=t("Cancel"),
        private_metadata=packed,
    )


def carried(metadata: str) -> Mapping[str, Any]:
    """`team`, `alert` and `version`, which is 0 for a new one; and the `draft` of a preview."""
    found: Mapping[str, Any] = json.loads(metadata)
    return found


def draft_of(held: Mapping[str, Any]) -> Draft:
    """What a preview carries along."""
    return Draft(**{**held, "readers": tuple(held["readers"]), "sign": DecimalSign(held["sign"])})


def _packed(team_id: str, alert: Alert, draft: Mapping[str, Any] | None = None) -> str:
    known: dict[str, Any] = {"team": team_id, "alert": alert.id, "version": alert.version}
    return json.dumps(known | ({"draft": draft} if draft else {}))


def _alert(alert: Alert, seen: Seen, t: Text) -> Iterator[Block]:
    metric = seen.metrics[alert.metric]
    bare = words.watches(alert, metric, t)
    what = escape(bare)
    if alert.person_id:
        what = t("{target} for {who}", target=what, who=mention(alert.person_id))
    over = words.days(alert.days, t)
    label = b.shorten(t("Open {name}", name=bare), b.BUTTON_LIMIT)
    opener = b.button(
        t("Open"), f"{ids.ALERT_SHOW}:{alert.id}", alert.id, accessibility_label=label
    )
    yield b.section(f"*{what}* · {over}\n{_state(alert, t)}", accessory=opener)
    if alert.metric in seen.retired:
        told = t(
            "This number is retired, so nobody hears anything. Please choose another, or remove it."
        )
        yield b.context(f"⚠️ {told}")
    elif alert.id in seen.blind:
        told = t("Nobody who would hear of it may see this number any more. Please choose others.")
        yield b.context(f"⚠️ {told}")


def _state(alert: Alert, t: Text) -> str:
    by = t("set up by {who}", who=mention(alert.owner_id))
    return f"{words.state(alert, t)} · {by}"


def _what(alert: Alert, found: Opened | Preview, t: Text) -> str:
    over = words.days(alert.days, t)
    return t(
        "{number}, {limit} over {days}",
        number=words.whose(alert, found.metric, found.team, t),
        limit=words.beyond(alert, found.metric, t),
        days=over,
    )


def _heard(alert: Alert, t: Text) -> str:
    return t("Hear of it: {who}", who=mentions(alert.readers, t))


def _buttons(seen: Seen, t: Text) -> Iterator[Block]:
    if seen.may_set:
        yield b.button(t("New alert"), ids.ALERT_NEW, seen.team.id, style="primary")
    yield b.button(t("Targets"), ids.TARGETS_OPEN, seen.team.id)


def _doings(alert: Alert, t: Text) -> Iterator[Block]:
    yield b.button(t("Change"), ids.ALERT_CHANGE, alert.id)
    asked = b.confirm(
        t("Remove this alert?"),
        t("Its history goes with it. To keep that, switch it off instead."),
        t("Remove"),
        t("Keep it"),
    )
    value = f"{alert.team_id}:{alert.id}:{alert.version}"
    yield b.button(t("Remove"), ids.ALERT_REMOVE, value, style="danger", confirm=asked)


def _limits(draft: Draft, t: Text) -> Iterator[Block]:
    sides = [b.option(t("above"), Side.ABOVE), b.option(t("below"), Side.BELOW)]
    yield b.field("side", t("Fires when it is"), b.radios(sides, draft.side))
    yield b.field(
        "threshold",
        t("This value"),
        b.text_input(initial=draft.threshold, max_length=LIMIT),
        hint=t("Such as 80 %, 4.2, 3:45 or 2 min, as the number is counted."),
    )
    yield b.field(
        "clear_at",
        t("And is over at"),
        b.text_input(initial=draft.clear_at, max_length=LIMIT),
        hint=t("A bit back, so that it does not flicker. Empty: a tenth back."),
        optional=True,
    )
    yield b.field(
        "minimum_n",
        t("From at least so many"),
        b.text_input(initial=draft.minimum_n, max_length=N_LIMIT),
        hint=t("Contacts, ratings or whatever the number is of. With fewer it says nothing."),
    )
    lengths = [b.option(words.days(one, t), str(one)) for one in LENGTHS]
    yield b.field("days", t("Over the last"), b.radios(lengths, draft.days))


def _switch(draft: Draft, alert: Alert, t: Text) -> Iterator[Block]:
    if alert.version:
        options = [b.option(t("It is on"), "on")]
        chosen = {"on"} if draft.is_on else set()
        yield b.field("is_on", t("State"), b.checkboxes(options, chosen), optional=True)
