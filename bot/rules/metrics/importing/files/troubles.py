"""Why a file is not imported, where it is not the file's own fault."""

from enum import StrEnum


class Trouble(StrEnum):
    FILE = "file"
    """The file itself: what is wrong is said beside it."""
    ALREADY = "already"
    """The same file is in the numbers."""
    GONE = "gone"
    NO_SCOPE = "no_scope"
    """Slack does not let Baton read files."""
    ELSEWHERE = "elsewhere"
    """Slack only has a link to it."""
    NOT_ALLOWED = "not_allowed"
    """Who brought it may not import for this team any more."""
    SLACK = "slack"
    BROKEN = "broken"
    FORGOTTEN = "forgotten"
    """Nobody has answered for days."""
