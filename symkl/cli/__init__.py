"""Floor 8: the command line, one file for each command.

A command is a file with a click command called `command`, and one line in `COMMANDS`. Errors of symkl end with their own
exit code and one message on standard error; anything else that goes wrong is an internal error, exit code 70.
"""

from __future__ import annotations

import codecs
import importlib
import sys
import textwrap
from io import TextIOWrapper
from typing import Any, TextIO

import click

import symkl
from symkl.errors import NotDerived, SymklError, UnknownName

COMMANDS = {
    "derive": ("symkl.cli.derive", "Print a derivation, every step named and checked."),
    "prove": ("symkl.cli.prove", "Decide a statement: proved, refuted with numbers, or unknown."),
    "check": ("symkl.cli.check", "Check every row of homework: which is wrong, and why."),
    "read": ("symkl.cli.read", "Show how symkl reads LaTeX: every symbol, every ambiguity."),
    "explain": ("symkl.cli.explain", "Name the rules that lead from one expression to another."),
    "certify": ("symkl.cli.certify", "Write a derivation for Coq, and have Coq check it."),
    "replay": ("symkl.cli.replay", "Re-check a derivation saved as JSON."),
    "derivations": ("symkl.cli.derivations", "List the derivations that symkl knows by name."),
    "rules": ("symkl.cli.rules", "List the rules, show one, or check every example."),
    "gallery": ("symkl.cli.gallery", "Write every derivation as a static site."),
    "plot": ("symkl.cli.plot", "Draw a picture: the loss, the entropy curve, and others."),
}
"""Each command: the file that holds it, and its line in the help, where they stand in this order."""

INTERRUPTED, INTERNAL = 130, 70

_EXIT_CODES = (
    "The exit code is 0 where all is proved or correct; 1 for something refuted or wrong; 2 for a request that makes no sense; "
    "3 for something undecided or not read; 4 for what could not run; 130 after an interruption; 70 for a fault in symkl."
)

_WIDTH = 80
_WIDE = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"}


class _LazyGroup(click.Group):
    """Loads a command's file when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(COMMANDS[cmd_name][0]).command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            raise click.UsageError(str(UnknownName("command", name, COMMANDS)))
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(symkl.__version__, prog_name="symkl")
def group() -> None:
    """The step-by-step engine for information theory.

    \b
    symkl derive kl --family bernoulli
    symkl prove "H(X | Y) <= H(X)" --given "X, Y ~ p(x,y)"
    symkl check homework.tex
    """


def main(args: list[str] | None = None) -> Any:
    """Run the command line and end the process with the exit code of what happened."""
    for stream in (sys.stdout, sys.stderr):
        _let_say_everything(stream)
    try:
        code = group.main(args=args, prog_name="symkl", standalone_mode=False)
    except SymklError as error:
        _say(str(error) if isinstance(error, NotDerived) else f"Error: {error}")
        code = error.exit_code
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.Abort:
        code = INTERRUPTED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        # The reader of the output has gone; there is nobody left to tell.
        sys.stderr.close()
        code = 0
    except Exception as error:
        _say(_report(error))
        code = INTERNAL
    sys.exit(code if isinstance(code, int) else 0)


def _let_say_everything(stream: TextIO) -> None:
    """Make a stream take every sign: a terminal shows what it can, and a file of a narrow encoding is written in UTF-8."""
    if not isinstance(stream, TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
        return
    wide = codecs.lookup(stream.encoding).name in _WIDE
    # Bytes of an argument that are no text come through as they are.
    stream.reconfigure(encoding=stream.encoding if wide else "utf-8", errors="surrogateescape")


def _say(message: str) -> None:
    rows = message.split("\n")
    if sys.stderr.isatty():
        rows = [row for line in rows for row in _in_rows(line)]
    click.echo("\n".join(rows), err=True)


def _in_rows(line: str) -> list[str]:
    """A line of words in rows of a terminal; one that is set in, as a text with a caret below, stays as it is."""
    if line.startswith(" ") or len(line) <= _WIDTH:
        return [line]
    return textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _report(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace is not None else ""
    return (
        f"Internal error: {type(error).__name__}: {error}{where}\n"
        f"This is a fault in symkl {symkl.__version__}, not in the input. Please report these two lines and the command."
    )
