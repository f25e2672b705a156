"""The message of an alert, drawn from how it stands: what was seen, who has seen it, and what can be done."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Draft
from bot.rules.escalations.drafts import SUMMARY_MAX, TICKET_MAX, TRIED_MAX
from bot.rules.metrics.alert.alert_forms import Telling
from bot.rules.metrics.alert.alerts import Alert, Happened, Kind, told_of
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import Metric
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.metrics import alert_words as words
from bot.views.metrics import ids
from bot.views.metrics.amounts import bare_name, show
from bot.views.metrics.lines import blocks as line_blocks

SNOOZES = (1, 7)
ENDS = (Kind.OVER, Kind.CORRECTED)


def card(
    telling: Telling, lines: Sequence[Line], t: Text, *, may_set: bool = False
) -> tuple[str, list[Block]]:
    """Only the message of the last telling has buttons."""
    alert, metric, history = telling.alert, telling.metric, telling.history
    told = words.says(alert, metric, telling.team, history[0].value, t)
    is_newest = told_of(history[0]).day == alert.fired_on
    buttons = list(_buttons(alert, t, may_set=may_set)) if is_newest else []
    became = list(_became(telling, t, is_newest=is_newest))
    sign = "🔔" if is_newest and alert.is_firing else "✓"
    since = t("Since {when}", when=when(telling.since, t))
    blocks = [
        b.section(f"{sign} {told}"),
        b.context(since, words.rule(alert, metric, t)),
        *([b.section("\n".join(became))] if became else []),
        *line_blocks(lines, t),
        *([b.actions(*buttons)] if buttons else []),
    ]
    text = " ".join([told, *became]).replace("*", "")
    return text, blocks


def corrected(alert: Alert, metric: Metric, team: Team, t: Text) -> str:
    """For whoever was told."""
    return t(
        "{number}: the data of those days have been corrected since I told you. It was not {limit}, and nothing is left to do.",
        number=words.whose(alert, metric, team, t),
        limit=words.beyond(alert, metric, t),
    )


def drafted(telling: Telling, t: Text) -> Draft:
    """The case that it would become: in plain words, since it is a form.

    No ticket is behind it; the number's own name finds it, and says so if it is a case already.
    """
    alert, metric, team = telling.alert, telling.metric, telling.team
    told = words.says(alert, metric, team, telling.history[0].value, t).replace("*", "")
    called = t("{metric} in {team}", metric=bare_name(metric, t), team=team.name)
    summary = f"{called}: {words.beyond(alert, metric, t)}"
    return Draft(
        summary=shorten(summary, SUMMARY_MAX),
        ticket=shorten(called, TICKET_MAX),
        tried=shorten(_unescaped(told), TRIED_MAX),
    )


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _became(telling: Telling, t: Text, *, is_newest: bool) -> Iterator[str]:
    alert, metric, history = telling.alert, telling.metric, telling.history
    last = next((one for one in reversed(history) if one.kind in {*ENDS, Kind.AGAIN}), None)
    if last is not None:
        yield _turned(last, metric, t)
    if not is_newest:
        yield t("A newer message goes on with it.")
        return
    if any(one.kind is Kind.CHANGED for one in history):
        yield t("This alert was changed since.")
    if alert.acknowledged_by and alert.acknowledged_at:
        who, at = mention(alert.acknowledged_by), when(alert.acknowledged_at, t)
        yield t("Seen by {who}, {when}", who=who, when=at)
    if alert.escalation_id:
        yield t("It is escalation #{number} now.", number=escape(alert.escalation_id))
    if alert.is_firing and alert.snoozed_until:
        yield t("Snoozed until {when}", when=when(alert.snoozed_until, t))


def _turned(last: Happened, metric: Metric, t: Text) -> str:
    at, value = when(last.at, t), show(last.value, metric, t)
    if last.kind is Kind.OVER:
        return t("Over since {when}: {value}", when=at, value=value)
    if last.kind is Kind.CORRECTED:
        return t("The data of those days have been corrected, {when}: it was not so.", when=at)
    return t("So again since {when}: {value}", when=at, value=value)


def _buttons(alert: Alert, t: Text, *, may_set: bool) -> Iterator[Block]:
    value = f"{alert.id}:{alert.fired_on}"
    if alert.is_firing:
        if not alert.acknowledged_by:
            yield b.button(t("I have seen it"), ids.ALERT_SEEN, value, style="primary")
        for days in SNOOZES:
            text = t.n("Snooze {count} day", "Snooze {count} days", days)
            yield b.button(text, f"{ids.ALERT_SNOOZE}:{days}", f"{value}:{days}")
        # A case is read by more people than somebody's own numbers may be.
        if not alert.escalation_id and not alert.person_id:
            yield b.button(t("Make it an escalation"), ids.ALERT_ESCALATE, value)
    if may_set:
        yield b.button(t("Change the alert"), ids.ALERT_CHANGE, alert.id)
