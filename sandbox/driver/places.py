"""What a scenario looks at: channels, messages, modals and Home."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass

from sandbox.block_kit import elements
from sandbox.core import Core
from sandbox.driver import seen
from sandbox.driver.values import page_value
from sandbox.driver.waiting import Patience
from sandbox.kinds import Channel, Json
from sandbox.people_acts import clicks, forms
from sandbox.people_acts.result import Result


@dataclass(frozen=True)
class Message:
    """A message as it is now: reading it again after an update gives what it became."""

    core: Core
    channel: str
    ts: str
    # Whose eyes only, when it is an ephemeral.
    whispered_to: str = ""

    @property
    def raw(self) -> Json:
        if self.whispered_to:
            place = self.core.workspace.ephemerals.get((self.whispered_to, self.channel), {})
            return place.get(self.ts, {})
        return self.core.workspace.timelines[self.channel].messages.get(self.ts, {})

    @property
    def exists(self) -> bool:
        return bool(self.raw) and self.raw.get("subtype") != "tombstone"

    @property
    def text(self) -> str:
        return str(self.raw.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        inside = [one for each in self.raw.get("attachments", []) for one in each.get("blocks", [])]
        return list(self.raw.get("blocks", [])) + inside

    @property
    def words(self) -> str:
        """All that can be read on it: the text and every block."""
        return f"{self.text}\n{seen.words(self.blocks)}"

    @property
    def buttons(self) -> list[str]:
        return seen.buttons(self.blocks)

    @property
    def user(self) -> str:
        return str(self.raw.get("user", ""))

    @property
    def thread(self) -> list["Message"]:
        """The replies, oldest first."""
        replies = self.core.workspace.timelines[self.channel].replies(self.ts)
        return [Message(self.core, self.channel, one["ts"]) for one in replies]

    @property
    def thread_ts(self) -> str:
        return str(self.raw.get("thread_ts", ""))

    @property
    def reactions(self) -> list[str]:
        return [str(one["name"]) for one in self.raw.get("reactions", [])]

    @property
    def spot(self) -> clicks.Spot:
        return clicks.Spot(self.channel, self.ts)


@dataclass(frozen=True)
class Room:
    """A channel or a direct conversation."""

    core: Core
    patience: Patience
    id: str

    @property
    def raw(self) -> Channel:
        return self.core.workspace.channels[self.id]

    @property
    def name(self) -> str:
        return self.raw.name

    @property
    def members(self) -> list[str]:
        """Names."""
        return [self.core.person(one).name for one in self.raw.members]

    @property
    def messages(self) -> list[Message]:
        """What stands in the channel itself, oldest first; replies are in `Message.thread`."""
        order = self.core.workspace.timelines[self.id].order
        return [Message(self.core, self.id, ts) for ts in order]

    @property
    def everything(self) -> list[Message]:
        """Messages and replies, oldest first."""
        timeline = self.core.workspace.timelines[self.id].messages
        return [Message(self.core, self.id, ts) for ts in timeline]

    @property
    def last(self) -> Message:
        messages = self.messages
        assert messages, f"Nothing was said in #{self.name}."
        return messages[-1]

    async def wait_for(
        self,
        text: str = "",
        where: Callable[[Message], bool] = lambda _: True,
        within: float = 5.0,
    ) -> Message:
        """The newest message or reply that holds the text (anywhere on it) and fits `where`."""

        def look() -> Message | None:
            newest_first = reversed(self.everything)
            return next((one for one in newest_first if text in one.words and where(one)), None)

        said = [one.text[:60] for one in self.messages[-5:]]
        complaint = f"nothing with “{text}” was said in #{self.name}, where it began with {said}"
        found = await self.patience.until(look, within, complaint)
        assert found is not None
        return found


class Surface:
    """A view that a person has before them: a modal or Home."""

    def __init__(self, core: Core, person: str, view_id: str) -> None:
        self.core, self.person, self.id = core, person, view_id

    @property
    def raw(self) -> Json:
        assert self.id in self.core.views.all, "That window is closed."
        return self.core.views.shown(self.id)

    @property
    def is_open(self) -> bool:
        return self.id in self.core.views.all

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw["blocks"])

    @property
    def text(self) -> str:
        """All that can be read on it."""
        return seen.words(self.blocks)

    words = text

    @property
    def buttons(self) -> list[str]:
        return seen.buttons(self.blocks)

    @property
    def labels(self) -> list[str]:
        return [one["label"]["text"] for one in self.blocks if one["type"] == "input"]

    @property
    def spot(self) -> clicks.Spot:
        return clicks.Spot(view_id=self.id)

    def value_of(self, label: str) -> object:
        """What stands in an input: a string, the text of the choice, a list of them, or an id."""
        block, element = seen.find(self.blocks, label)
        state = self.raw["state"]["values"][block["block_id"]][element["action_id"]]
        value = elements.given(state)
        if isinstance(value, dict) and "text" in value:
            return seen.text_of(value)
        if isinstance(value, list):
            return [seen.text_of(one) if isinstance(one, dict) else one for one in value]
        return value


class Home(Surface):
    pass


class Modal(Surface):
    @property
    def title(self) -> str:
        return str(self.raw["title"]["text"])

    @property
    def submit_label(self) -> str:
        return str((self.raw["submit"] or {}).get("text", ""))

    @property
    def errors(self) -> dict[str, str]:
        """What is shown in red, by the label it stands under."""
        shown = self.core.views.errors.get(self.id, {})
        labels = {one["block_id"]: one.get("label", {}).get("text", "") for one in self.blocks}
        return {labels.get(block, block): str(text) for block, text in shown.items()}

    def fill(self, answers: dict[str, object]) -> "Filling":
        """Give answers by label; choices by their text. Await it, or go on with `.submit()`."""
        return Filling(self, answers)

    async def submit(self) -> Result:
        return await forms.submit(self.core, self.person, self.id, {})

    async def close(self, *, clear: bool = False) -> Result:
        return await forms.close(self.core, self.person, self.id, clear=clear)


@dataclass(frozen=True)
class Filling(Awaitable[Modal]):
    modal: Modal
    answers: dict[str, object]

    def __await__(self) -> Generator[object, None, Modal]:
        return self._type().__await__()

    async def submit(self) -> Result:
        await self._type()
        return await self.modal.submit()

    async def _type(self) -> Modal:
        for label, answer in self.answers.items():
            block, element = seen.find(self.modal.blocks, label)
            core, person, spot = self.modal.core, self.modal.person, self.modal.spot
            value = await page_value(core, person, spot, (block, element), answer)
            act = clicks.Act(element["action_id"], block["block_id"], value)
            await clicks.click(core, person, spot, act)
        return self.modal
