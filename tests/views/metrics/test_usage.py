"""What `/metrics` says of itself, and to who typed nearly one of its words."""

import pytest

from bot.text import Text
from bot.views.metrics.usage import usage

T = Text()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("defin AHT", "Did you mean `/metrics define AHT`?"),
        ("digest", "Did you mean `/metrics digests`?"),
        ("AHT", "Did you mean `/metrics define aht`?"),
        ("impotr <!here> `x`", "Did you mean `/metrics import &lt;!here&gt; x`?"),
        ("foo", "“foo”. This is what I know:"),
    ],
)
def test_a_word_that_is_nearly_known_is_offered(typed: str, meant: str) -> None:
    first, *rest = usage(T, typed).splitlines()
    assert meant in first
    assert "\n".join(rest) == usage(T)


def test_the_same_in_another_language() -> None:
    assert "`/metrics define aht`" in usage(Text("uk-UA"), "AHT").splitlines()[0]
