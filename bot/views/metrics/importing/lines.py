"""What `baton import metrics` prints: what each column was taken for, and what came of the lines."""

from collections.abc import Iterator

from bot.rules.metrics.importing.asking.typed import Settled
from bot.rules.metrics.importing.files import Look, Outcome
from bot.rules.metrics.importing.reading.rejecting import WHY
from bot.rules.metrics.importing.reading.rejecting import WORDS as REASONS
from bot.text import Text
from bot.views.metrics.importing import preview, questions, words

MOST_LINES = 50


def taken_for(look: Look, settled: Settled, t: Text) -> Iterator[str]:
    """With what is open still, and how to say it."""
    decided = settled.decided
    yield preview.summary(look, decided, t)
    for column in decided.mapping.columns:
        yield f"{' '.join(column.header.split())}: {words.use(column.use, decided.mapping.lines, t)}"
    yield from preview.found_out(look, decided, t)
    yield from preview.gives(look, decided, settled.left, t)
    yield from questions.taken(settled.taken, decided, t)
    yield from preview.problems(preview.unasked(decided, settled.left), decided, t)
    if settled.left:
        yield ""
        yield from questions.options(settled.left, decided, t)
        yield t(
            "Nothing was imported. Answer this with the options above; `--yes` takes what is likeliest."
        )


def came_of(outcome: Outcome, t: Text, *, is_wanted: bool, is_trial: bool) -> Iterator[str]:
    for one in outcome.rejects[:MOST_LINES]:
        place = f"{t('Row')} {one.row}" + (f", {one.header}" if one.header else "")
        yield f"{place}: {t(REASONS[one.reason])}"
    if len(outcome.rejects) > MOST_LINES:
        yield t.n("and {count} more", "and {count} more", len(outcome.rejects) - MOST_LINES)
    for reason, count in outcome.remarked.most_common():
        yield t.n("{count} remark: {reason}", "{count} remarks: {reason}", count, reason=t(REASONS[reason]))  # fmt: skip
    for why, count in outcome.left.items():
        yield f"{t(WHY[why])} ({t.number(count)})"
    if outcome.nameless:
        yield t.n(
            "{count} name is nobody's yet, so its numbers are no person's: {names}",
            "{count} names are nobody's yet, so their numbers are no person's: {names}",
            outcome.nameless,
            names=", ".join(outcome.nobodys[:MOST_LINES]),
        )
    if outcome.rejected:
        yield t.n("{count} line cannot be read.", "{count} lines cannot be read.", outcome.rejected)
    if is_trial:
        yield t("This is a trial: nothing was saved.")
    elif is_wanted:
        yield t.n("{count} line counts.", "{count} lines count.", outcome.good)
    else:
        yield t("Nothing was imported. `--without-rejected` imports the good lines.")
