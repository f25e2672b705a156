"""What an agent is told when somebody does not coach them any more: a neutral sentence, for there is nothing to do."""

from bot.text import Text, mention
from bot.views import blocks as b
from bot.views.handovers.words import Message


def coaches_no_more(author_id: str, t: Text) -> Message:
    words = t(
        "{who} does not coach you any more. What they have shared with you stays yours to read: `/coach` shows it.",
        who=mention(author_id),
    )
    return words, [b.section(words)]
