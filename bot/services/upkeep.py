"""What Baton does on nobody's behalf, to keep its own house."""

from storage import workspaces
from storage.database import Database


async def remember_workspace(
    db: Database, workspace_id: str, *, name: str, bot_user_id: str
) -> None:
    """Baton is installed here, and this is who it is."""
    async with db.write(workspace_id) as tx:
        await workspaces.save(tx, name=name, bot_user_id=bot_user_id)
