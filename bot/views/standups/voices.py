"""What one person said in a stand-up, in words: shortened for a channel, whole for who asks for all of it."""

from collections.abc import Iterator, Sequence

from bot.rules.standups import Kind, Purpose, Question, Said
from bot.rules.standups.summaries import Voice
from bot.text import Text, escape, mention
from bot.views.escalations.words import bounded, pieces

LABEL = 60
"""Characters of a question beside its answer."""
PARAGRAPH = 2800
"""What of one person goes into one section, however much they wrote."""


def paragraph(voice: Voice, t: Text, limit: int) -> str:
    """One person, each answer after its question, `limit` characters of each; fewer if a section could not hold it."""
    while True:
        told = "\n".join([_head(voice, t), *_answers(voice.said, t, limit)])
        if len(told) <= PARAGRAPH:
            return told
        limit = limit * 2 // 3


def line(voice: Voice, t: Text, limit: int) -> str:
    """One person in the shortest way: what they are about to do, or else what they said first."""
    if not voice.said:
        return _head(voice, t)
    about = [pair for pair in voice.said if pair[0].purpose is Purpose.FOCUS]
    question, said = (about or voice.said)[0]
    return f"{mention(voice.person_id)} {bounded(answer(question, said, t), limit)}"


def whole(voice: Voice, t: Text) -> Iterator[str]:
    """Everything that one person said, in parts that a section can hold."""
    yield _head(voice, t, is_whole=True)
    for question, said in voice.whole:
        label = f"*{escape(question.words)}*\n"
        for number, piece in enumerate(pieces(answer(question, said, t))):
            yield label + piece if number == 0 else piece


def answer(question: Question, said: Said, t: Text) -> str:
    """What was said to one question, not escaped."""
    match question.kind:
        case Kind.SCALE:
            return t("{value} of {top}", value=said.number, top=question.top)
        case Kind.YES_NO:
            told = t("Yes") if said.yes else t("No")
            return f"{told} · {said.text}" if said.text else told
        case Kind.CHOICE:
            return said.choice
        case _:
            return said.text


def _answers(pairs: Sequence[tuple[Question, Said]], t: Text, limit: int) -> Iterator[str]:
    for question, said in pairs:
        label = bounded(question.words, min(LABEL, max(6, limit)))
        yield f"*{label}* {bounded(answer(question, said, t), max(6, limit))}"


def _head(voice: Voice, t: Text, *, is_whole: bool = False) -> str:
    """Who; and what there is to say if they said nothing of their own."""
    who = mention(voice.person_id)
    if voice.has_nothing_new:
        return t("{who} · nothing new", who=who)
    if not (voice.whole if is_whole else voice.said):
        return t("{who} · nothing to add", who=who)
    return who
