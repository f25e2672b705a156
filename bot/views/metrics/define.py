"""What a metric means: in words, as a formula over parts, and whose it is; and the list of all."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.rules.metrics.definition.registry import ONE, Direction, Unit
from bot.rules.metrics.look.seen import Defined, Definitions
from bot.text import Text, _, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import bare_name, name

A_PAGE = 20
UNITS: Mapping[Unit, str] = {
    Unit.PERCENT: _("percent"),
    Unit.SECONDS: _("a length of time"),
    Unit.POINTS: _("points"),
    Unit.THINGS: _("a number of things"),
}
DIRECTIONS: Mapping[Direction, str] = {
    Direction.UP: _("more is better"),
    Direction.DOWN: _("less is better"),
    Direction.NONE: _("neither more nor less is better"),
}


def definition(defined: Defined, t: Text) -> Block:
    """One metric, as a modal."""
    metric, own = defined.metric, defined.own
    blocks = [b.header(bare_name(metric, t)), b.section(escape(t(metric.words)))]
    if own and own.is_retired:
        blocks.append(b.context(t("Retired: it is shown no more. Digests that name it say so.")))
    blocks.append(b.section("\n".join(_facts(defined, t))))
    if own and defined.may_edit:
        blocks.append(_doing(defined, t))
    blocks.append(b.actions(b.button(t("All metrics"), ids.DEFINITIONS, "0")))
    return b.modal(ids.DEFINE, t("What it means"), blocks, close=t("Close"))


def definitions(seen: Definitions, page: int, t: Text) -> Block:
    """One page of all metrics, as a modal."""
    pages = max(1, -(-len(seen.all) // A_PAGE))
    at = max(0, min(page, pages - 1))
    blocks = [
        b.section(t("Every number that Baton knows. `/metrics define AHT` goes straight to one."))
    ]
    if seen.may_add:
        blocks.append(b.actions(b.button(t("Write your own"), ids.OWN_OPEN, style="primary")))
    blocks += [_entry(one, t) for one in seen.all[at * A_PAGE : (at + 1) * A_PAGE]]
    blocks += turns(at, pages, t, ids.DEFINITIONS, str)
    return b.modal(ids.DEFINITIONS, t("Metrics"), blocks, close=t("Close"))


def unknown(typed: str, near: Sequence[Defined], t: Text) -> tuple[str, list[Block]]:
    """There is no metric of that name: those with nearly that name, and the way to all."""
    said = escape(b.shorten(" ".join(typed.split()), 60))
    if near:
        told = t("I know no metric “{typed}”. Did you mean one of these?", typed=said)
    else:
        told = t("I know no metric “{typed}”, and none with a name like that.", typed=said)
    names = [
        b.button(bare_name(one.metric, t), f"{ids.DEFINE}:{at}", one.metric.key)
        for at, one in enumerate(near)
    ]
    every = b.button(t("All metrics"), ids.DEFINITIONS, "0")
    listed = ", ".join(name(one.metric, t) for one in near)
    return f"{told} {listed}".strip(), [b.section(told), b.actions(*names, every)]


def turns(
    at: int, pages: int, t: Text, action_id: str, value: Callable[[int], str]
) -> Iterator[Block]:
    """Where one is, and the way to the pages before and after."""
    to = [(t("Back"), at - 1)] if at else []
    to += [(t("More"), at + 1)] if at + 1 < pages else []
    if to:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        yield b.actions(*(b.button(text, f"{action_id}:{page}", value(page)) for text, page in to))


def formula(numerator: str, denominator: str, t: Text) -> str:
    """As it can be typed into the form of one's own."""
    if denominator == ONE:
        return f"`{numerator}`"
    return t(
        "`{numerator}` divided by `{denominator}`", numerator=numerator, denominator=denominator
    )


def _facts(defined: Defined, t: Text) -> Iterator[str]:
    metric = defined.metric
    if metric.is_quantile:
        made = t("the median of `{part}`, and what nine in ten do not exceed", part=metric.sample)
    else:
        made = formula(metric.numerator, metric.denominator, t)
    yield t("*Computed as* {formula}", formula=made)
    yield t("*Told in* {unit}", unit=t(UNITS[metric.unit]))
    yield t("*Direction* {direction}", direction=t(DIRECTIONS[metric.direction]))
    yield t("*Decimals* {count}", count=metric.decimals)
    if defined.own:
        yield t("*Owner* {person}", person=mention(defined.own.owner_id))
    else:
        yield t("*Owner* it comes with Baton, and is the same everywhere")
    yield t("Sums are divided at the very end: percentages and means are never averaged.")


def _doing(defined: Defined, t: Text) -> Block:
    key = defined.metric.key
    if defined.own and defined.own.is_retired:
        return b.actions(b.button(t("Bring it back"), ids.OWN_RETIRE, f"back {key}"))
    sure = b.confirm(
        t("Retire it?"),
        t("It is shown no more. What was told of it stays, and you can bring it back."),
        t("Retire"),
        t("Keep it"),
    )
    return b.actions(
        b.button(t("Change"), ids.OWN_OPEN, key),
        b.button(t("Retire"), ids.OWN_RETIRE, f"retire {key}", style="danger", confirm=sure),
    )


def _entry(one: Defined, t: Text) -> Block:
    told = f"*{name(one.metric, t)}*"
    if one.own:
        told += " · " + (t("retired") if one.own.is_retired else t("your workspace's own"))
    words = escape(b.shorten(" ".join(t(one.metric.words).split()), 150))
    label = b.shorten(t("What {metric} means", metric=bare_name(one.metric, t)), 75)
    see = b.button(
        t("More"), f"{ids.DEFINE}:{one.metric.key}", one.metric.key, accessibility_label=label
    )
    return b.section(f"{told}\n{words}", accessory=see)
