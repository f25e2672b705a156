"""What a person in a scenario can do and see, in the words of a story."""

from sandbox import places, quiet
from sandbox.core import Core
from sandbox.driver import seen
from sandbox.driver.places import Filling, Home, Message, Modal, Room, Surface
from sandbox.driver.values import page_value
from sandbox.driver.waiting import Patience
from sandbox.kinds import Person
from sandbox.people_acts import clicks, commands, profiles, speaking
from sandbox.people_acts.result import Result


class Actor:
    def __init__(self, core: Core, patience: Patience, person_id: str) -> None:
        self.core, self.patience, self.id = core, patience, person_id

    @property
    def raw(self) -> Person:
        return self.core.person(self.id)

    @property
    def name(self) -> str:
        return self.raw.name

    # calling the app

    async def slash(self, command: str, text: str = "", channel: "str | Room" = "") -> Result:
        """Type a command, in the app's own conversation unless a channel is named."""
        place = self._room(channel) if channel else self.dm_room
        result = await commands.slash(self.core, self.id, command, text, place.id)
        self.core.answers[self.id] = result.text
        return result

    @property
    def answer(self) -> str:
        """What the last command was answered with at once."""
        return self.core.answers.get(self.id, "")

    async def shortcut(self, name: str, message: Message | None = None) -> Result:
        """Use a shortcut by its name in the menu (or its callback id)."""
        declared = self.core.app.shortcuts.items()
        found = [key for key, one in declared if name in {one["name"], key}]
        assert found, f"There is no shortcut “{name}”, only {[one['name'] for _, one in declared]}."
        where = (message.channel, message.ts) if message else ("", "")
        return await commands.shortcut(self.core, self.id, found[0], *where)

    async def click(self, where: Message | Surface, label: str, nth: int = 0) -> Result:
        """Press a button, or choose from a "…" menu, by what is written on it."""
        self._may_see(where)
        menu = seen.find_overflow(where.blocks, label)
        if menu is not None and label not in where.buttons:
            block, element, value = menu
            act = clicks.Act(element["action_id"], block["block_id"], value)
        else:
            block, element = seen.find(where.blocks, label, nth)
            act = clicks.Act(element["action_id"], block["block_id"])
        return await clicks.click(self.core, self.id, where.spot, act)

    async def select(
        self, where: Message | Surface, label: str, value: object, nth: int = 0
    ) -> Result:
        """Choose in a select, a picker, radio buttons or checkboxes, by its label or placeholder."""
        self._may_see(where)
        at = seen.find(where.blocks, label, nth)
        given = await page_value(self.core, self.id, where.spot, at, value)
        act = clicks.Act(at[1]["action_id"], at[0]["block_id"], given)
        return await clicks.click(self.core, self.id, where.spot, act)

    # forms and Home

    @property
    def modals(self) -> list[Modal]:
        """Bottom first."""
        stack = self.core.views.stacks.get(self.id, [])
        return [Modal(self.core, self.id, view_id) for view_id in stack]

    @property
    def modal(self) -> Modal:
        """The one on top."""
        modals = self.modals
        assert modals, f"{self.name} has no form open."
        return modals[-1]

    def fill(self, answers: dict[str, object]) -> Filling:
        return self.modal.fill(answers)

    @property
    def home(self) -> Home:
        assert self.id in self.core.views.homes, f"{self.name} has no Home yet."
        return Home(self.core, self.id, self.core.views.homes[self.id])

    async def opens_home(self) -> None:
        """The app hears of it and draws; wait with `slack.until(lambda: "…" in alice.home.text)`."""
        profiles.open_home(self.core, self.id)

    async def opens_messages_tab(self) -> None:
        profiles.open_home(self.core, self.id, "messages")

    # what is there to read

    @property
    def dm_room(self) -> Room:
        """The conversation with the app."""
        return Room(self.core, self.patience, self.core.app_dm(self.id).id)

    @property
    def dm(self) -> list[Message]:
        return self.dm_room.messages

    @property
    def ephemerals(self) -> list[Message]:
        """What only this person sees, anywhere, oldest first."""
        found = [
            Message(self.core, channel, ts, self.id)
            for (person, channel), messages in self.core.workspace.ephemerals.items()
            if person == self.id
            for ts in messages
        ]
        return sorted(found, key=lambda one: one.ts)

    def sees(self, room: "Room | str") -> bool:
        return self.core.workspace.may_see(self.id, self._room(room).raw)

    @property
    def failures(self) -> list[str]:
        """What was shown to this person in red."""
        return self.core.failures.get(self.id, [])

    # speaking

    async def says(
        self,
        room: "Room | str",
        text: str,
        thread: Message | None = None,
        files: tuple[str, ...] = (),
    ) -> Message:
        place = self._room(room)
        ts = thread.ts if thread else ""
        message = speaking.say(self.core, self.id, place.id, text, ts, files)
        return Message(self.core, place.id, message["ts"])

    async def uploads(self, name: str, body: bytes) -> str:
        """The file's id, for `says(…, files=…)` or a file input."""
        return speaking.upload(self.core, self.id, name, body).id

    async def edits(self, message: Message, text: str) -> None:
        speaking.edit(self.core, self.id, message.channel, message.ts, text)

    async def deletes(self, message: Message) -> None:
        speaking.delete(self.core, self.id, message.channel, message.ts)

    async def reacts(self, message: Message, name: str, *, on: bool = True) -> None:
        speaking.react(self.core, self.id, message.channel, message.ts, name, on=on)

    # places and oneself

    async def creates(self, name: str, *, private: bool = False) -> Room:
        channel = places.create(self.core, name, self.id, private=private)
        return Room(self.core, self.patience, channel.id)

    async def joins(self, room: "Room | str") -> None:
        speaking.join(self.core, self.id, self._room(room).id)

    async def leaves(self, room: "Room | str") -> None:
        speaking.leave(self.core, self.id, self._room(room).id)

    async def invites(self, room: "Room | str", who: "Actor | None" = None) -> None:
        """Invite somebody, or the app when nobody is named."""
        invited = who.id if who else self.core.app.bot_user_id
        speaking.invite(self.core, self.id, self._room(room).id, invited)

    async def removes(self, room: "Room | str", who: "Actor | None" = None) -> None:
        """Remove somebody, or the app when nobody is named."""
        removed = who.id if who else self.core.app.bot_user_id
        speaking.remove(self.core, self.id, self._room(room).id, removed)

    async def changes(self, **fields: object) -> None:
        """Change one's own tz, locale, status_text, presence, real_name and the like."""
        profiles.change(self.core, self.id, **fields)

    async def pauses_notifications(self, minutes: int) -> None:
        """Not to be disturbed for so long from now; 0 ends it."""
        profiles.pause(self.core, self.id, self.core.workspace.seconds() + 60 * minutes)

    async def keeps_quiet(self, start: str = "", end: str = "") -> None:
        """Not to be disturbed each day between these hours ("22:00", "08:00") by their own clock; without any, never."""
        profiles.keep_hours(self.core, self.id, quiet.hours(start, end) if start else "")

    def _room(self, room: "Room | str") -> Room:
        if isinstance(room, Room):
            return room
        channel = self.core.workspace.channel_named(room) or self.core.workspace.channels.get(room)
        assert channel is not None, f"There is no channel #{room}."
        return Room(self.core, self.patience, channel.id)

    def _may_see(self, where: Message | Surface) -> None:
        if isinstance(where, Message) and where.whispered_to not in {"", self.id}:
            raise AssertionError(f"Only {where.whispered_to} sees that message.")
