"""A month's report: it fits a message, however much there is to tell."""

import pytest

from bot.rules.metrics.digest import monthly as rules
from bot.rules.metrics.digest.digests import METRICS_AT_MOST
from bot.rules.reports.exports import Export
from bot.text import Text
from bot.views.handovers.words import TEXT_LIMIT
from bot.views.metrics import monthly
from sandbox.block_kit import check
from tests.cast import BOB, NOON, WORKSPACE
from tests.views.metrics.test_digest import TEXTS, WORDS, told


@pytest.mark.parametrize("t", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("parts", [0, 200])
def test_it_fits(t: Text, words: str, parts: int) -> None:
    seen = told(words, parts, METRICS_AT_MOST)
    asked = rules.workbook(seen.digest, seen.period)
    text, blocks = monthly.message(seen, Export(WORKSPACE, "e", BOB.id, NOON, asked), t)
    assert check.message(blocks) == []
    assert len(text) <= TEXT_LIMIT
    assert "Excel" in text
