"""`baton export`: what an operator types for an Excel file with the rights of a named person."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, settings
from bot.clock import RealClock
from bot.exporting import Typed, export
from bot.rules.coaching import Kind
from bot.rules.reports import About
from bot.running import run_all

exporter = typer.Typer(
    help="Write an Excel file with the rights of a named person.", no_args_is_help=True
)
As = Annotated[str, typer.Option("--as", help="Whose rights: a Slack ID, or a name in Slack.")]
From = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")]
To = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")]
Out = Annotated[Path, typer.Option("--out", help="Where the file is to be; nothing is replaced.")]
Team = Annotated[str, typer.Option("--team", help="Only this team.")]
Workspace = Annotated[
    str, typer.Option("--workspace", help="The workspace's id, if Baton is in several.")
]


@exporter.command(name="coaching")
def export_coaching(
    *,
    who: As,
    first: From,
    last: To,
    out: Out,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only this kind; may be given again.")
    ] = None,
    team: Team = "",
    workspace: Workspace = "",
) -> None:
    """The coaching notes that this person may have in a file. Whom a note is about can see that they have it."""
    kinds = tuple(one.value for one in kind or ())
    typed = Typed(About.COACHING, who, first.date(), last.date(), out, team, workspace, kinds)
    _export(typed)


@exporter.command(name="kudos")
def export_kudos(
    *, who: As, first: From, last: To, out: Out, team: Team = "", workspace: Workspace = ""
) -> None:
    """The public kudos of the teams that this person leads."""
    _export(Typed(About.KUDOS, who, first.date(), last.date(), out, team, workspace))


@exporter.command(name="metrics")
def export_metrics(
    *,
    who: As,
    first: From,
    last: To,
    out: Out,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", help="Only this one; may be given again.")
    ] = None,
    team: Team = "",
    workspace: Workspace = "",
) -> None:
    """The numbers of the teams that this person sees, and of the people whom they lead."""
    metrics = tuple(metric or ())
    _export(Typed(About.METRICS, who, first.date(), last.date(), out, team, workspace, metrics))


def _export(typed: Typed) -> None:
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    listed = run_all(export(chosen, typed, RealClock(), lambda told: typer.echo(told, err=True)))
    typer.echo(f"Done: {listed} in {typed.out}")
