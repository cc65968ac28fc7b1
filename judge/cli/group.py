"""The command ``judge``: find its subcommands when asked for, and turn errors into exits."""

from __future__ import annotations

import importlib

import click

from judge import __version__
from judge.cli.failures import failure_of, report_failure

# Imported only when called: `judge --version` must not wait for rich, NumPy and pydantic.
COMMANDS = {
    "serve": ("judge.cli.serve", "Start the site and a worker on this machine."),
    "run": ("judge.cli.run", "Judge a file."),
    "submit": ("judge.cli.submit", "Submit a file to a site, and show its verdict."),
    "check": ("judge.cli.check", "Verify problems: reference, other answers, mistakes, mutants."),
    "new": ("judge.cli.new", "Write a problem that already passes `judge check`, to edit."),
    "schema": ("judge.cli.schema", "Print the JSON Schema of a problem's file."),
    "course": ("judge.cli.course", "Show what each chapter has, and what it leaves out."),
    "doctor": ("judge.cli.doctor", "Say what stands, what is missing, and what to do about it."),
    "bench": ("judge.cli.bench", "Measure the judge on this machine."),
    "load": ("judge.cli.load", "Load the course into the database."),
    "migrate": ("judge.cli.load:migrate", "Bring the database's tables to this version."),
    "versions": ("judge.cli.versions", "List which version of each problem is loaded."),
    "status": ("judge.cli.status", "Say who judges, and what waits."),
    "user": ("judge.cli.user", "Make users, change and block them; invite others."),
    "registration": ("judge.cli.registration", "Say who may register, or change it."),
    "audit": ("judge.cli.audit", "List who did what with rights."),
    "settings": ("judge.cli.inforce", "List the settings in force, and where each is from."),
    "faults": ("judge.cli.faults", "List submissions that got no verdict because of us."),
    "retry": ("judge.cli.retry", "Try again what was given up because of us."),
    "rejudge": ("judge.cli.rejudge", "Judge submissions again."),
    "backup": ("judge.cli.backup", "Write everything that the database has into one file."),
    "restore": ("judge.cli.restore", "Make a database of a backup."),
    "worker": ("judge.cli.worker", "Judge submissions, on this machine or another."),
}
"""Each command's module, which has it under the name ``command`` (or after a colon another), and
its line of help."""

_AS_JSON = "judge.as_json"
_INTERRUPTED = 130


class JudgeGroup(click.Group):
    """A group whose commands are imported on demand, and that never ends with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, most used first."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name or "command")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether JSON is asked for, before anything can go wrong."""
        ctx.meta[_AS_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; every error becomes a paragraph, or with --json an object."""
        as_json = bool(ctx.meta[_AS_JSON])
        try:
            result: object = super().invoke(ctx)
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except (click.Abort, KeyboardInterrupt):
            ctx.exit(_INTERRUPTED)
        except Exception as exc:
            if isinstance(exc, click.UsageError) and not as_json:
                raise
            failure = failure_of(exc)
            report_failure(failure, as_json=as_json)
            ctx.exit(failure.exit_code)
        return result


@click.group(cls=JudgeGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="judge")
def main() -> None:
    """Judge PyTorch exercises, and help to write them.

    Exits with 0 where everything is right, 1 where an answer is rejected or a problem does not
    hold, 2 where the command, the problem or the sandbox is at fault.
    """
