"""What a person is told of an exception."""

from bot.errors import FormProblems, Refused
from bot.rules.metrics.alert.targets import NO_DAY
from bot.rules.metrics.digest.digests import MANY_METRICS
from bot.text import Text
from handlers import errors


def test_what_is_wrong_with_fields_is_said_in_ones_own_language_where_no_form_can_mark_them() -> (
    None
):
    t = Text("uk")
    both = FormProblems({"day": Refused(NO_DAY), "metrics": Refused(MANY_METRICS, limit=12)})
    told = errors.sentence(both, t)
    assert told == f"{t(NO_DAY)} {t(MANY_METRICS, limit=12)}"
    assert NO_DAY not in told
