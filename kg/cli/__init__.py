"""The command line. It reads options, calls the library, and prints: nothing else.

Data goes to standard output, messages and progress to standard error. Exit codes: 0 fine,
1 the answer is "no", 2 wrong usage, 3 cannot read or run, 130 stopped.
"""

from __future__ import annotations

import importlib
import sys

import click

_COMMANDS = {
    "init": ("kg.cli.projects", "Make a project folder for your own event types, shapes and queries."),
    "build": ("kg.cli.building", "Read articles and put what they say into the store."),
    "query": ("kg.cli.asking", "Ask a saved question, or run SPARQL."),
    "show": ("kg.cli.asking", "Show all that is known of a thing."),
    "why": ("kg.cli.asking", "Print every claim about an event with speaker, quote and offsets."),
    "serve": ("kg.cli.serving", "Serve pages and a SPARQL endpoint, read-only."),
    "validate": ("kg.cli.moving", "Check the store, or RDF files, against the shapes."),
    "export": ("kg.cli.exporting", "Write the graph as RDF, for other tools, as pictures or as a site."),
    "load": ("kg.cli.moving", "Load RDF files into the store."),
    "merge": ("kg.cli.editing", "Make two events one."),
    "split": ("kg.cli.editing", "Take an event apart."),
    "reject": ("kg.cli.editing", "Compute nothing from a claim any more."),
    "correct": ("kg.cli.editing", "Give a claim another value."),
    "retract": ("kg.cli.editing", "Take an article out."),
    "purge": ("kg.cli.editing", "Wipe an article for good, from the log too."),
    "rebuild": ("kg.cli.editing", "Compute quads and index anew from the log."),
    "fsck": ("kg.cli.faults", "Look through the store for damage, and repair it from the log."),
    "diff": ("kg.cli.moving", "Tell in words how two stores or exports differ."),
    "info": ("kg.cli.moving", "Tell what the store holds."),
    "actors": ("kg.cli.actors", "Turn a list of actors into a file for a project."),
    "test-event": ("kg.cli.projects", "Run the examples of an event-type file."),
    "bench": ("kg.cli.benches", "Measure kg against annotated files."),
}


class _Lazy(click.Group):
    """Imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[name][0])
        command = getattr(module, name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kgnews", prog_name="kg")
def cli() -> None:
    """News articles in, a knowledge graph that can be trusted out."""


def main() -> None:
    """Run the command line and exit with the right code."""
    from kg.errors import KgError, UsageError

    try:
        _check_words(sys.argv)
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _say("stopped", 130)
    except click.ClickException as error:
        hint = (
            f" (see {error.ctx.command_path} --help)"
            if isinstance(error, click.UsageError) and error.ctx
            else ""
        )
        code = _say(error.format_message() + hint, error.exit_code)
    except UsageError as error:
        code = _say(str(error), 2)
    except KgError as error:
        code = _say(str(error), 3)
    except MemoryError:
        code = _say("stopped: there is not enough memory; ask for less, or give it more", 3)
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except (OSError, RuntimeError) as error:
        if not _damaged(error):
            raise
        code = _say(f"the store cannot be read: {error}; kg fsck tells what is damaged", 3)
    sys.exit(code if isinstance(code, int) else 0)


def _damaged(error: Exception) -> bool:
    """Tell whether an error is Oxigraph's, of files that cannot be read: without a number, or named so."""
    if isinstance(error, OSError):
        return error.errno is None
    return str(error).startswith(("Corruption", "IO error"))


def _check_words(words: list[str]) -> None:
    """Raise UsageError where an argument is not in the encoding of the system."""
    from kg.errors import UsageError

    for word in words:
        if any(0xD800 <= ord(character) < 0xE000 for character in word):
            raise UsageError(f"{word!a}: this argument is not UTF-8; write it, or rename the file, in UTF-8")


def _say(words: str, code: int) -> int:
    from kg.words import clean

    click.echo(f"kg: {clean(words)}", err=True)
    return code
