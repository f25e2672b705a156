"""The metrics of a workspace's own."""

from sqlalchemy import func, select, update

from bot.errors import Refused
from bot.rules.metrics.definition.own import Definition
from bot.rules.metrics.definition.registry import Direction, Unit
from bot.text import _
from storage.database import Tx
from storage.metrics.deciding_rows import DefinitionRow

NO_SUCH_METRIC = _("I cannot find that metric. `/metrics define` lists those that there are.")


async def list_all(tx: Tx) -> list[Definition]:
    """All of them by name, those that are retired too."""
    rows = await tx.scalars(select(DefinitionRow).execution_options(populate_existing=True))
    found = [_to_definition(row) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


async def count(tx: Tx) -> int:
    return await tx.scalar(select(func.count()).select_from(DefinitionRow)) or 0


async def find(tx: Tx, definition_id: str) -> Definition | None:
    row = await tx.scalar(
        select(DefinitionRow)
        .where(DefinitionRow.id == definition_id)
        .execution_options(populate_existing=True)
    )
    return _to_definition(row) if row else None


async def get(tx: Tx, definition_id: str) -> Definition:
    """Raises Refused if there is none."""
    found = await find(tx, definition_id)
    if found is None:
        raise Refused(NO_SUCH_METRIC)
    return found


async def add(tx: Tx, definition: Definition) -> None:
    tx.add(DefinitionRow(workspace_id=tx.workspace_id, id=definition.id, **_values(definition)))
    await tx.flush()


async def change(tx: Tx, definition: Definition) -> bool:
    """Write it if it is still at `definition.version`; False if somebody changed it first."""
    values = {**_values(definition), "version": definition.version + 1}
    changed = await tx.scalar(
        update(DefinitionRow)
        .where(DefinitionRow.id == definition.id, DefinitionRow.version == definition.version)
        .values(**values)
        .returning(DefinitionRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def _values(one: Definition) -> dict[str, object]:
    return {
        "name": one.name,
        "words": one.words,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "unit": one.unit.value,
        "direction": one.direction.value,
        "decimals": one.decimals,
        "owner_id": one.owner_id,
        "is_retired": one.is_retired,
        "version": one.version,
    }


def _to_definition(row: DefinitionRow) -> Definition:
    return Definition(
        row.workspace_id,
        row.id,
        row.name,
        row.words,
        row.numerator,
        row.denominator,
        Unit(row.unit),
        Direction(row.direction),
        row.decimals,
        row.owner_id,
        row.is_retired,
        row.version,
    )
