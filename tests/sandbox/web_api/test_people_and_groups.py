"""Methods about people, groups, the team and the app itself."""

from datetime import datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import quiet
from sandbox.kinds import Person
from sandbox.server import Sandbox
from tests.sandbox.helpers import HandClock, Json, refused
from tests.sandbox.web_api.listening import Listener


async def test_a_group_is_made_filled_changed_and_switched_off(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    made = (await client.usergroups_create(name="Night Shift", include_count=True))["usergroup"]
    assert (made["handle"], made["user_count"]) == ("night-shift", 0)
    assert (await heard.of("subteam_created"))["subteam"]["id"] == made["id"]
    filled = await client.usergroups_users_update(usergroup=made["id"], users="U0ALICE,U0BOB")
    assert filled["usergroup"]["users"] == ["U0ALICE", "U0BOB"]
    changed = await heard.of("subteam_members_changed")
    assert (changed["added_users"], changed["added_users_count"]) == (["U0ALICE", "U0BOB"], 2)
    await client.usergroups_update(usergroup=made["id"], name="Nights", handle="@nights")
    updated = await heard.of("subteam_updated")
    assert updated["subteam"]["users"] == ["U0ALICE", "U0BOB"]
    await client.usergroups_disable(usergroup=made["id"])
    assert made["id"] not in [one["id"] for one in (await client.usergroups_list())["usergroups"]]
    with refused("no_such_subteam"):
        await client.usergroups_users_list(usergroup=made["id"])
    everybody = await client.usergroups_list(include_disabled=True)
    assert [one["name"] for one in everybody["usergroups"]] == ["Billing-team", "Nights"]
    assert everybody["usergroups"][1]["date_delete"]
    await client.usergroups_enable(usergroup=made["id"])
    assert (await client.usergroups_users_list(usergroup=made["id"]))["users"]


REFUSALS: list[tuple[str, Json, str]] = [
    ("usergroups.create", {}, "missing_subteam_name"),
    ("usergroups.create", {"name": "Billing-team"}, "name_already_exists"),
    ("usergroups.create", {"name": "x", "handle": "alice"}, "handle_already_exists"),
    ("usergroups.create", {"name": "x", "handle": "billing"}, "handle_already_exists"),
    ("usergroups.create", {"name": "x", "handle": "Not This"}, "bad_handle"),
    ("usergroups.create", {"name": "x", "channels": "C0NOWHERE"}, "invalid_channel_provided"),
    ("usergroups.update", {"usergroup": "S0NOBODY"}, "no_such_subteam"),
    ("usergroups.users.update", {"usergroup": "S0BILLINGTEAM"}, "no_users_provided"),
    (
        "usergroups.users.update",
        {"usergroup": "S0BILLINGTEAM", "users": "U0NOBODY"},
        "invalid_users",
    ),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
    ("users.profile.get", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.setPresence", {"presence": "asleep"}, "invalid_presence"),
    ("users.list", {"cursor": "of another"}, "invalid_cursor"),
    ("dnd.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("dnd.teamInfo", {}, "no_users_provided"),
    ("dnd.teamInfo", {"users": ",".join(["U0BOB"] * 51)}, "too_many_users"),
    ("bots.info", {"bot": "B0NOBODY"}, "bot_not_found"),
    ("team.info", {"team": "T0NOWHERE"}, "team_not_found"),
    ("team.profile.get", {"visibility": "some"}, "invalid_arguments"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refusals(client: AsyncWebClient, method: str, args: Any, error: str) -> None:
    with refused(error):
        await client.api_call(method, params=args)


async def test_who_is_there_and_who_is_not_to_be_disturbed(
    slack: Sandbox, client: AsyncWebClient, clock: HandClock
) -> None:
    bot = slack.app.bot_user_id
    await client.users_setPresence(presence="away")
    assert (await client.users_getPresence(user=bot))["presence"] == "away"
    await client.users_setPresence(presence="auto")
    assert (await client.users_getPresence(user=bot))["presence"] == "active"
    since = slack.workspace.seconds()
    await slack.person("alice").pauses_notifications(60)
    info = await client.dnd_info(user="U0ALICE")
    assert info["dnd_enabled"]
    assert "snooze_enabled" not in info, "only Alice herself sees that it is a pause"
    assert (await client.dnd_info())["snooze_enabled"] is False
    team = (await client.dnd_teamInfo(users="U0ALICE,U0BOB,U0NOBODY"))["users"]
    alice = {"dnd_enabled": True, "next_dnd_start_ts": since, "next_dnd_end_ts": since + 3600}
    bob = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    assert team == {"U0ALICE": alice, "U0BOB": bob}
    clock.move(hours=2)
    assert not (await client.dnd_info(user="U0ALICE"))["dnd_enabled"]


@pytest.mark.parametrize(
    ("now", "starts", "ends"),
    [
        ("2026-03-28T21:59:00+01:00", "2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00"),
        ("2026-03-28T23:00:00+01:00", "2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00"),
        ("2026-03-29T07:59:59+02:00", "2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00"),
        ("2026-03-29T08:00:00+02:00", "2026-03-29T22:00:00+02:00", "2026-03-30T08:00:00+02:00"),
    ],
)
def test_quiet_hours_are_those_of_this_night_or_of_the_next(
    now: str, starts: str, ends: str
) -> None:
    bob = Person("U0BOB", "bob", "Bob", tz="Europe/Berlin", dnd_hours=quiet.hours("22:00", "08:00"))
    assert quiet.shown(bob, seconds(now)) == {
        "dnd_enabled": True,
        "next_dnd_start_ts": seconds(starts),
        "next_dnd_end_ts": seconds(ends),
    }


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


async def test_the_app_hears_that_somebody_is_not_to_be_disturbed(
    slack: Sandbox, heard: Listener
) -> None:
    await slack.person("bob").keeps_quiet("22:00", "08:00")
    event = await heard.of("dnd_updated_user")
    assert (event["user"], event["dnd_status"]["dnd_enabled"]) == ("U0BOB", True)


async def test_the_team_says_who_it_is(client: AsyncWebClient) -> None:
    assert (await client.team_info())["team"]["domain"] == "local"
    assert (await client.team_profile_get())["profile"]["fields"] == []


async def test_an_app_that_gives_its_token_back_is_uninstalled(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    assert not (await client.auth_revoke(test=True))["revoked"]
    assert (await client.auth_revoke())["revoked"]
    assert (await heard.of("tokens_revoked"))["tokens"]["bot"] == [slack.app.bot_user_id]
    await heard.of("app_uninstalled")
    with refused("token_revoked"):
        await client.auth_test()


async def test_an_uninstalled_app_may_do_nothing(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.uninstall()
    with refused("account_inactive"):
        await client.auth_test()
