"""Setting policies: the forms of their settings, of a level and of who hears, and the buttons beside each level."""

from dataclasses import dataclass

from bot.errors import FormProblems, Stale
from bot.rules.policies import Outside, Policy
from bot.rules.policies.doubts import Place
from bot.rules.policies.drafts import LevelDraft, SettingsDraft, TargetsDraft
from bot.rules.policies.seen import TeamPolicies
from bot.services import policies
from bot.services.policies import Seen
from bot.services.policies.setting import CHANGED_MEANWHILE
from bot.views.policies import forms
from handlers import channels, usergroups
from handlers.people import learn
from handlers.policies.looking import Looking
from handlers.request import Json, Request
from handlers.shifts import fields
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Setting:
    db: Database
    looking: Looking

    async def new_policy(self, request: Request) -> None:
        seen, _none = await policies.open_to_set(
            self.db, request.person, request.value, now=request.now
        )
        before = policies.starting_from(seen.team, SettingsDraft())
        await _push(request, forms.settings_form(seen, before, request.t))

    async def open_settings(self, request: Request) -> None:
        seen, policy = await self._opened(request)
        await _push(request, forms.settings_form(seen, policy, request.t))

    async def save_policy(self, request: Request) -> None:
        carried, draft = forms.carried(request.metadata), settings_draft(request)
        person, key, now = request.person, request.key, request.now
        if "policy" in carried:
            saved = await policies.change_settings(
                self.db, person, _seen(carried), draft, key=key, now=now
            )
        else:
            saved = await policies.add(self.db, person, carried["team"], draft, key=key, now=now)
        await self.looking.redraw_below(request, saved.team_id, saved.id)

    async def remove_policy(self, request: Request) -> None:
        seen = _named(request)
        await policies.remove(self.db, request.person, seen, key=request.key, now=request.now)
        await self.looking.show(request, seen.team_id)

    async def open_level(self, request: Request) -> None:
        """A level of the policy, or a new one if the button names none."""
        seen, policy = await self._opened(request)
        index = _index(request)
        if index is not None and index >= len(policy.levels):
            raise Stale(CHANGED_MEANWHILE)
        await _push(request, forms.level_form(seen, policy, index, request.t))

    async def save_level(self, request: Request) -> None:
        """Slack is asked about channels, groups and people first, so that nothing waits for it inside a transaction."""
        carried = forms.carried(request.metadata)
        draft = LevelDraft(targets_draft(request), fields.whole(request.fields.get("minutes")))
        told = await self._complete(request, carried["team"], draft.told)
        saved = await policies.put_level(
            self.db,
            request.person,
            _seen(carried),
            carried.get("level"),
            LevelDraft(told, draft.minutes),
            key=request.key,
            now=request.now,
        )
        await self.looking.redraw_below(request, saved.team_id, saved.id)

    async def move_up(self, request: Request) -> None:
        await self._move(request, -1)

    async def move_down(self, request: Request) -> None:
        await self._move(request, 1)

    async def remove_level(self, request: Request) -> None:
        saved = await policies.remove_level(
            self.db,
            request.person,
            _named(request),
            _index(request) or 0,
            key=request.key,
            now=request.now,
        )
        await self.looking.show(request, saved.team_id, saved.id)

    async def open_hearers(self, request: Request) -> None:
        seen, policy = await self._opened(request)
        place = Place(request.value.split(":")[3])
        await _push(request, forms.hearers_form(seen, policy, place, request.t))

    async def save_hearers(self, request: Request) -> None:
        carried = forms.carried(request.metadata)
        saved = await policies.set_hearers(
            self.db,
            request.person,
            _seen(carried),
            Place(carried["place"]),
            targets_draft(request),
            key=request.key,
            now=request.now,
        )
        await self.looking.redraw_below(request, saved.team_id, saved.id)

    async def _move(self, request: Request, by: int) -> None:
        saved = await policies.move_level(
            self.db,
            request.person,
            _named(request),
            _index(request) or 0,
            by,
            key=request.key,
            now=request.now,
        )
        await self.looking.show(request, saved.team_id, saved.id)

    async def _opened(self, request: Request) -> tuple[TeamPolicies, Policy]:
        """The policy that a button names, as it is now: whoever opens a form sees the newest."""
        named = _named(request)
        seen, policy = await policies.open_to_set(
            self.db, request.person, named.team_id, named.policy_id, now=request.now
        )
        assert policy is not None
        return seen, policy

    async def _complete(self, request: Request, team_id: str, told: TargetsDraft) -> TargetsDraft:
        """The draft with the members of its user groups. Raises Denied, and FormProblems for what Slack says no to."""
        await policies.open_to_set(self.db, request.person, team_id, now=request.now)
        for channel in told.channels:
            if problem := await channels.find_problem(request.client, channel):
                raise FormProblems({"channels": problem})
        groups = await usergroups.filled(request.client, told.groups, "groups")
        members = {one for group in groups for one in group.members}
        await learn(self.db, request, {*told.people, *told.round, *members})
        return TargetsDraft(told.kinds, told.people, groups, told.channels, told.round)


def settings_draft(request: Request) -> SettingsDraft:
    held = request.fields
    ticked = tuple(held.get("severities") or ())
    repeats, back = fields.whole(held.get("repeats")), fields.whole(held.get("repeat_from"))
    return SettingsDraft(
        str(held.get("name") or "").strip(),
        tuple(one for one in ticked if one != forms.INSTEAD),
        forms.INSTEAD in ticked,
        -1 if repeats is None else repeats,
        -1 if back is None else back,
        str(held.get("outside") or Outside.QUEUE),
        str(held.get("other") or ""),
    )


def targets_draft(request: Request) -> TargetsDraft:
    held = request.fields
    return TargetsDraft(
        tuple(held.get("kinds") or ()),
        tuple(held.get("people") or ()),
        usergroups.chosen(request.body, "groups"),
        tuple(held.get("channels") or ()),
        tuple(held.get("round") or ()),
    )


def _named(request: Request) -> Seen:
    """What a button was drawn for."""
    team_id, policy_id, version = request.value.split(":")[:3]
    return Seen(team_id, policy_id, int(version))


def _index(request: Request) -> int | None:
    """Which level a button stands beside."""
    more = request.value.split(":")[3:]
    return int(more[0]) if more else None


def _seen(carried: Json) -> Seen:
    """What a form was drawn for."""
    return Seen(carried["team"], carried["policy"], int(carried["version"]))


async def _push(request: Request, view: Json) -> None:
    await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)
