"""Thanks as somebody is about to give them: whom, for what, and whether the reason is a sentence."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.rules.escalations.words import clean
from bot.rules.kudos.giving import MOST_RECEIVERS, REASON_MAX, REASON_MIN, Via
from bot.text import _

WORDS_MIN = 3

NOBODY = _("Please name somebody to thank.")
YOURSELF = _("You can't thank yourself. Please take yourself out.")
TOO_MANY = _("You can thank {limit} people at once.")
NO_SENTENCE = _(
    "Please say in a short sentence what they did: {words} words and {letters} characters at least."
)
TOO_LONG = _("Please keep it under {limit} characters.")

# What is no word of one's own: links, names of people and of emoji.
NOT_SAID = re.compile(r"<[^<>]*>|https?://\S+|@\S+|:[\w+'-]+:")
# Thai, Lao, Burmese, Khmer, Japanese and Chinese put no blanks between words, and say much in few characters.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class KudosDraft:
    """`value` is one of the values of the first receiver's team. `source` is a kudos's.

    `id` is what the kudos will be called: with it, several clicks on the same offer are one thanks.
    """

    receivers: tuple[str, ...] = ()
    value: str = ""
    reason: str = ""
    is_public: bool = True
    via: Via = Via.FORM
    source: str = ""
    id: str = ""

    def cleaned(self) -> "KudosDraft":
        """Everybody once, and the reason without blanks around it."""
        receivers = tuple(dict.fromkeys(self.receivers))
        return replace(self, receivers=receivers, reason=clean(self.reason))


def problems(draft: KudosDraft, giver_id: str) -> dict[str, Refused]:
    """One refusal per field that needs another look."""
    found = {
        "receivers": receivers_problem(draft.receivers, giver_id),
        "reason": reason_problem(draft.reason),
    }
    return {name: problem for name, problem in found.items() if problem}


def receivers_problem(receivers: Sequence[str], giver_id: str) -> Refused | None:
    if not receivers:
        return Refused(NOBODY)
    if giver_id in receivers:
        return Refused(YOURSELF)
    if len(receivers) > MOST_RECEIVERS:
        return Refused(TOO_MANY, limit=MOST_RECEIVERS)
    return None


def reason_problem(reason: str) -> Refused | None:
    """Whether it says something, in whatever script: the same word over and over is one word, and `aaaa` is none."""
    if len(reason) > REASON_MAX:
        return Refused(TOO_LONG, limit=REASON_MAX + 1)
    words = set(_words(reason))
    unspaced = sum(len(UNSPACED.findall(one)) for one in words)
    length = len(" ".join(words)) + unspaced
    if len(words) + unspaced // 2 < WORDS_MIN or length < REASON_MIN:
        return Refused(NO_SENTENCE, words=WORDS_MIN, letters=REASON_MIN)
    return None


def normalised(reason: str) -> str:
    """The words alone: the same for two reasons that differ in case, signs and emoji only."""
    return " ".join(_words(reason))


def _words(text: str) -> Iterator[str]:
    for one in NOT_SAID.sub(" ", text).casefold().split():
        letters = "".join(c for c in one if c.isalnum() or unicodedata.category(c)[0] == "M")
        if letters and not _is_drawn_out(letters):
            yield letters


def _is_drawn_out(word: str) -> bool:
    """`aaaa`, and not `oo` or `2000`."""
    return len(word) > len("aaa") and len(set(word)) == 1
