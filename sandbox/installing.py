"""The app is removed from the workspace: by an admin, or because it gave its own token back."""

from sandbox import events
from sandbox.core import Core


def uninstall(core: Core) -> None:
    """Its tokens die, and it hears so."""
    core.app.is_installed = False
    _tell(core)


def revoke(core: Core) -> None:
    core.app.is_token_revoked = True
    _tell(core)


def _tell(core: Core) -> None:
    tokens = {"oauth": [], "bot": [core.app.bot_user_id]}
    events.emit(core, {"type": "tokens_revoked", "tokens": tokens})
    events.emit(core, {"type": "app_uninstalled"})
