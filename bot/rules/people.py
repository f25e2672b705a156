"""What Slack says about somebody, and how they are called here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One of Slack's users. `zone` is an IANA name, `locale` a tag such as `en-US`, or empty where Slack did not say.

    `updated` is Slack's own time of the last change, in seconds: what is older than what is known changes nothing.
    `email` is only there to find somebody by, and is not kept.
    """

    id: str
    name: str = ""
    real_name: str = ""
    username: str = ""
    email: str = ""
    zone: str = ""
    locale: str = ""
    is_slack_admin: bool = False
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    updated: int = 0

    @property
    def called(self) -> str:
        """The name that people read: the display name, else the real one, else the id."""
        return self.name or self.real_name or self.username or self.id

    @property
    def can_have_roles(self) -> bool:
        """Bots answer nobody, and whoever was deactivated never sees a message."""
        return not (self.is_bot or self.is_deleted)
