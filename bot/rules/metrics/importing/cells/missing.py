"""What people and programs write where there is nothing."""

NOTHING = frozenset(
    {
        *("", "-", "--", "---", "–", "—", "?", "n/a", "na", "n.a.", "nan", "nil", "null", "none"),
        *("#n/a", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!", "(blank)", "(empty)"),
        *("not available", "not applicable", "unknown"),
    }
)
SPACES = "\ufeff\u200b\u200e\u200f \t\r\n\u00a0\u202f\u2007"


def trim(text: str) -> str:
    """Without what cannot be seen at either end."""
    return text.strip(SPACES)


def is_missing(text: str) -> bool:
    return trim(text).casefold() in NOTHING
