"""`baton run | demo | check | migrate | import | export | tokens`: what an operator types."""

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from bot import checking, databases, demo, demo_tour, importing, logs, rotating, settings
from bot.app import build
from bot.cli_exporting import Workspace, exporter
from bot.cli_tokens import tokens
from bot.clock import RealClock
from bot.errors import CannotStart
from bot.importing import numbers
from bot.running import run_all
from bot.serving import serve, set_aside_what_stays, stop_on_signals
from bot.text import Text
from bot.views.roster import report_lines
from bot.views.shifts.report import report_lines as shift_lines
from storage import sealing

app = typer.Typer(
    help="Baton, a Slack bot for the people who lead a customer-service floor.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command. What the operator must mend is one line on standard error, and exit code 1."""
    try:
        app()
    except CannotStart as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - the log may not be set up yet
        sys.exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"baton {_version()}")
        raise typer.Exit


@app.callback()
def baton(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Baton, a Slack bot for the people who lead a customer-service floor."""


@app.command()
def run() -> None:
    """Start the bot in a real workspace. Ctrl-C stops it, and nothing is lost."""
    chosen = settings.read()
    logs.configure(chosen.log_level, chosen.log_format, chosen.secrets)
    run_all(_serve(chosen))


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    done = run_all(databases.bring_up_to_date(settings.read()))
    typer.echo(f"Done: {done} steps." if done else "Nothing to do: the database is up to date.")


@app.command()
def restored() -> None:
    """After a restore from a backup, before the start: look in Slack before anything is said again."""
    held = run_all(databases.after_restore(settings.read(), RealClock()))
    typer.echo(f"Done. To be looked for before they are sent: {held}")


@app.command(name="new-key")
def new_key() -> None:
    """Print a fresh key for ENCRYPTION_KEYS. Keep a copy of it apart from the database."""
    typer.echo(sealing.new_key())


@app.command(name="rotate-keys")
def rotate_keys(
    lost: Annotated[
        str,
        typer.Option("--lost", help="Give up for good what is sealed with the key of this id."),
    ] = "",
) -> None:
    """Seal everything with the newest key, and say which can go. It may be stopped and run again."""
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    for line in run_all(rotating.rotate(chosen, RealClock(), lost)):
        typer.echo(line)


@app.command()
def check() -> None:
    """Say whether settings, database, token, scopes and manifest fit, and what to do if not."""
    logs.configure("error", "console")
    if not run_all(_check()):
        raise typer.Exit(1)


@app.command(name="demo")
def start_demo(
    port: Annotated[
        int, typer.Option(help="Where the page is; the next free one if taken.")
    ] = demo.PORT,
    data: Annotated[Path, typer.Option(help="The folder that keeps everything.")] = demo.FOLDER,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    tour: Annotated[
        bool, typer.Option("--tour", help="Play a whole day, and say what happened.")
    ] = False,
    tour_pause: Annotated[
        float | None,
        typer.Option(help="Seconds from one point of the tour to the next; without it, Enter."),
    ] = None,
) -> None:
    """Start a local workspace with a small support floor, and the bot in it."""
    if tour:
        # Slack fails in it on purpose, and what Baton would warn of is told anyway.
        logs.configure("critical", "console")
        run_all(demo_tour.run(port, data, tour_pause, open_page=open_page))
        return
    logs.configure("warning", "console")
    run_all(demo.run(port, data, open_page=open_page))


app.add_typer(exporter, name="export")
app.add_typer(tokens, name="tokens")

importer = typer.Typer(help="Bring in what you have in spreadsheets.", no_args_is_help=True)
app.add_typer(importer, name="import")


@importer.command(name="people")
def import_people(
    file: Annotated[
        Path, typer.Argument(help="A CSV or XLSX file; docs/howto/import-people.md says how.")
    ],
    trial: Annotated[
        bool, typer.Option("--trial", help="Say what would happen, and save nothing.")
    ] = False,
) -> None:
    """Bring teams and roles up to a file. With any wrong row, nothing is imported."""
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    report = run_all(importing.import_roster(chosen, file, RealClock(), is_trial=trial))
    for line in report_lines(report, Text()):
        typer.echo(line)
    if report.problems:
        raise typer.Exit(1)


@importer.command(name="shifts")
def import_shifts(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV, XLSX or iCalendar file; docs/howto/import-shifts.md says how."),
    ],
    team: Annotated[
        str, typer.Option("--team", help="The team of rows and events that name none.")
    ] = "",
    trial: Annotated[
        bool, typer.Option("--trial", help="Say what would happen, and save nothing.")
    ] = False,
) -> None:
    """Add the shifts of a file that are not there yet. With any wrong row, nothing is imported."""
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    work = importing.import_shifts(chosen, file, RealClock(), team=team, is_trial=trial)
    report = run_all(work)
    for line in shift_lines(report, Text()):
        typer.echo(line)
    if report.problems:
        raise typer.Exit(1)


@importer.command(name="metrics")
def import_metrics(  # noqa: PLR0913 - each is an option
    *,
    file: Annotated[
        Path,
        typer.Argument(help="A CSV, XLSX, XLS or ODS file; docs/howto/import-numbers.md says how."),
    ],
    team: Annotated[str, typer.Option("--team", help="The team whose numbers these are.")],
    zone: Annotated[
        str, typer.Option("--zone", help="Whose clocks the file shows; without it, the team's.")
    ] = "",
    trial: Annotated[
        bool, typer.Option("--dry-run", "--trial", help="Say what it is, and save nothing.")
    ] = False,
    without_rejected: Annotated[
        bool, typer.Option("--without-rejected", help="Import the good lines if some are not.")
    ] = False,
    sheet: Annotated[str, typer.Option("--sheet", help="The sheet that holds the table.")] = "",
    answer: Annotated[
        list[str] | None, typer.Option("--answer", help="What is asked, such as dates=day-first.")
    ] = None,
    date: Annotated[
        str, typer.Option("--date", help="The day that a file without dates is about.")
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Take what is likeliest for all that is asked.")
    ] = False,
    workspace: Workspace = "",
) -> None:
    """Bring in the numbers of a file. With any line that cannot be read, nothing is imported unless you say so.

    What only a person can say is asked: then nothing is imported, and the exit code is 2.
    """
    chosen = settings.read()
    logs.configure("warning", chosen.log_format, chosen.secrets)
    typed = numbers.Typed(
        *(file, team, zone, trial, without_rejected, workspace, sheet),
        answers=answer or (),
        date=date,
        is_yes=yes,
    )
    ended = run_all(numbers.import_numbers(chosen, typed, RealClock(), typer.echo))
    if ended:
        raise typer.Exit(ended)


async def _check() -> bool:
    is_well = True
    async for line in checking.check():
        typer.echo(str(line))
        is_well = is_well and line.is_well
    return is_well


def _version() -> str:
    """The installed version, or the checkout's: `make demo` installs only what Baton needs."""
    try:
        return version("baton")
    except PackageNotFoundError:
        project = Path(__file__).parents[1] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


async def _serve(chosen: settings.Settings) -> None:
    async with build(chosen, RealClock()) as bot:
        stop_on_signals(bot.stopping)
        set_aside_what_stays()
        await serve(bot)
