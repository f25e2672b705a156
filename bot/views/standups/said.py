"""How questions and answers read: what is expected, what was said in one line, whole or shortened."""

from bot.rules.standups import Kind, Question, Said
from bot.rules.standups.answers import top_of
from bot.text import Text, _, escape
from bot.views.escalations.words import short

MOODS = {
    1: _("1 · A hard day"),
    2: _("2 · Not so good"),
    3: _("3 · All right"),
    4: _("4 · Good"),
    5: _("5 · Very good"),
}
"""What each mood means; lower is worse on a scale too."""


def in_a_line(question: Question, said: Said, t: Text, limit: int) -> str:
    """An answer as mrkdwn in one line, with no more than `limit` characters of what was typed."""
    if question.kind is Kind.YES_NO:
        word = "" if said.yes is None else t("Yes") if said.yes else t("No")
        return " · ".join(one for one in (word, short(said.text, limit)) if one)
    if question.kind in {Kind.SCALE, Kind.MOOD}:
        return f"{said.number} / {top_of(question)}"
    return escape(said.choice) or short(said.text, limit)


def expected(question: Question, t: Text) -> str:
    """What an answer to this question is, as part of a sentence."""
    if question.kind is Kind.CHOICE:
        return t("one of: {options}", options=escape(", ".join(question.options)))
    if question.kind is Kind.YES_NO:
        if question.follow_up:
            word = t("Yes") if question.follow_up_on else t("No")
            return t("yes or no; after “{word}” a comma and the rest", word=word)
        return t("yes or no")
    if question.kind in {Kind.SCALE, Kind.MOOD}:
        return t("a number from 1 to {top}", top=t.number(top_of(question)))
    return t("a few words")
