"""`baton tokens`: what an operator types about the programs that send numbers."""

from typing import Annotated

import typer

from bot import logs, settings, tokening
from bot.cli_exporting import As, Workspace
from bot.clock import RealClock
from bot.rules.metrics.program.programs import ProgramDraft
from bot.running import run_all
from bot.settings import Settings
from bot.tokening import Typed

tokens = typer.Typer(
    help="Make, list and take back the tokens of programs that send numbers.",
    no_args_is_help=True,
)


@tokens.command(name="new")
def new_token(
    *,
    who: As,
    name: Annotated[str, typer.Option("--name", help="Which program it is.")],
    feed: Annotated[str, typer.Option("--feed", help="Where its numbers come from.")],
    team: Annotated[str, typer.Option("--team", help="The team whose numbers it sends.")],
    workspace: Workspace = "",
) -> None:
    """Let a program in. Its token is printed once, and alone on its line."""
    draft = ProgramDraft(" ".join(name.split()), " ".join(feed.split()))
    typed = Typed(who, workspace)
    made = run_all(tokening.make(_settings(), typed, draft, team, RealClock()))
    said = f"{made.program.name} can now send numbers of {made.team.name}. Its token is shown this once; keep it like a password:"
    typer.echo(said, err=True)
    typer.echo(made.token)


@tokens.command(name="list")
def list_tokens(*, who: As, workspace: Workspace = "") -> None:
    """Which programs are let in: the id of each, its name, where its numbers come from, whose they are, and when it came last."""
    for one in run_all(tokening.list_all(_settings(), Typed(who, workspace))):
        program = one.program
        used = f"last used {program.used_at:%Y-%m-%d}" if program.used_at else "never used"
        made = f"made {program.made_at:%Y-%m-%d} by {program.by}"
        typer.echo(f"{program.id}\t{program.name}\t{program.feed}\t{one.team}\t{made}\t{used}")


@tokens.command(name="revoke")
def revoke_token(
    *,
    program: Annotated[str, typer.Argument(help="Its id, as `baton tokens list` prints it.")],
    who: As,
    workspace: Workspace = "",
) -> None:
    """Let a program in no more. What it sent stays."""
    run_all(tokening.revoke(_settings(), Typed(who, workspace), program, RealClock()))
    typer.echo("It is let in no more. What it sent stays.")


def _settings() -> Settings:
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    return chosen
