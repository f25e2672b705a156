"""Programs that send numbers, as Baton's admins see them: who is let in, the form of a new one, and its token, once."""

from collections.abc import Iterator, Sequence

from bot.rules.metrics.program.programs import NAME_LIMIT, Made, Program, ProgramSeen
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids

PROGRAMS = "metrics_programs"
MADE = "metrics_program_made"


def programs(seen: Sequence[ProgramSeen], t: Text) -> Block:
    """The list."""
    return b.modal(PROGRAMS, t("Programs"), list(_listed(seen, t)), close=t("Close"))


def form(t: Text) -> Block:
    """What an admin says of a new one."""
    team: Block = {
        "type": "external_select",
        "action_id": ids.PROGRAM_TEAM,
        "min_query_length": 0,
        "placeholder": b.plain(t("Choose a team"), 150),
    }
    fields = [
        b.field(
            "name",
            t("Which program is it?"),
            b.text_input(max_length=NAME_LIMIT),
            hint=t("So that you know it again in the list, such as “Dialler in Athens”."),
        ),
        b.field(
            "feed",
            t("Where do its numbers come from?"),
            b.text_input(max_length=NAME_LIMIT),
            hint=t(
                "Such as “Phones”. Programs and files of the same name correct each other; others are counted beside them."
            ),
        ),
        b.field(
            "team",
            t("Whose numbers does it send?"),
            team,
            hint=t("It can also send those of teams that report to this one."),
        ),
    ]
    return b.modal(ids.PROGRAM_FORM, t("New token"), fields, submit=t("Make it"), close=t("Cancel"))


def team_options(found: Sequence[Team]) -> list[Block]:
    return [b.option(one.name, one.id) for one in found[:100]]


def made(new: Made, t: Text) -> Block:
    """The token. Nobody can look it up later."""
    said = t(
        "*{name}* can now send numbers of {team}. This is its token. *Copy it now:* Baton keeps only what it needs to "
        "know it again, and cannot show it a second time.",
        name=escape(new.program.name),
        team=escape(new.team.name),
    )
    how = t(
        "The program sends it as `Authorization: Bearer …` to `POST /api/v1/facts` at Baton's own address; "
        "`/api/v1/openapi.json` says how. Whoever has the token can send numbers, so keep it as you keep a password."
    )
    blocks = [b.section(said), b.section(f"```{new.token}```"), b.context(how)]
    return b.modal(MADE, t("New token"), blocks, close=t("I have copied it"))


def told(program: Program, team: str, by: str, t: Text, *, is_new: bool) -> str:
    """What admins hear of what was done with a token where Slack shows nothing of it."""
    named = {"name": escape(program.name), "team": escape(team), "person": mention(by)}
    if is_new:
        return t(
            "At Baton's machine a token was made in the name of {person}: *{name}* can now send numbers of {team}. "
            "If nobody of you wanted that, take it back in `/metrics programs`.",
            **named,
        )
    return t(
        "At Baton's machine a token was taken back in the name of {person}: *{name}* can send no more numbers of {team}.",
        **named,
    )


def _listed(seen: Sequence[ProgramSeen], t: Text) -> Iterator[Block]:
    if not seen:
        yield b.section(
            t(
                "No program is let in. Make a token for one, and it can send numbers over HTTP as they come up, instead of files."
            )
        )
    for one in seen:
        yield _program(one, t)
    yield b.actions(b.button(t("New token"), ids.PROGRAM_NEW, style="primary"))


def _program(seen: ProgramSeen, t: Text) -> Block:
    program = seen.program
    team = escape(seen.team) or t("a team that is gone")
    used = (
        t("never used")
        if program.used_at is None
        else t("used {when}", when=when(program.used_at, t))
    )
    lines = [
        f"*{escape(program.name)}*",
        t("{feed}, for {team}", feed=escape(program.feed), team=team),
        t(
            "by {person}, {when}",
            person=mention(program.by),
            when=when(program.made_at, t),
        )
        + f" · {used}",
    ]
    asked = b.confirm(
        t("Take this token back?"),
        t("The program is let in no more, at once. What it sent stays."),
        t("Take back"),
        t("Keep it"),
    )
    revoke = b.button(
        t("Take back"),
        f"{ids.PROGRAM_REVOKE}:{program.id}",
        program.id,
        confirm=asked,
        accessibility_label=b.shorten(t("Take back {name}", name=program.name), 75),
    )
    return b.section("\n".join(lines), accessory=revoke)
