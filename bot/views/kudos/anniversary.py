"""The warm sentence on the day somebody has been there for so many years, if they like the team to hear of it."""

from bot.text import Text, mention


def anniversary(person_id: str, years: int, t: Text) -> str:
    return t.n(
        "🎉 {who} has been with us for {count} year. Thank you for all of it!",
        "🎉 {who} has been with us for {count} years. Thank you for all of them!",
        years,
        who=mention(person_id),
    )
