"""The command line: `nutgraf serve`, `nutgraf summarize`, `nutgraf batch` and `nutgraf evaluate`.

Whatever is heavy is imported inside a command, so that `--help` is quick. Exit codes: 0 answered, 1 the text, or a
record of a batch, was refused or the deadline passed, 2 wrong usage, option, setting or file, 130 interrupted, or a
batch's answers not read on. Errors are one sentence on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from service import __version__
from service.errors import (
    BatchError,
    DeadlineExceededError,
    InputError,
    InvalidOptionsError,
    InvalidSettingError,
    InvalidTextError,
    UnsupportedLanguageError,
)

if TYPE_CHECKING:
    from service.article.languages import Language
    from service.bulk.evaluation import Result
    from service.bulk.inputs import Input
    from service.bulk.outputs import Progress
    from service.errors import OptionProblem
    from service.summary.models import Summary
    from service.summary.options import SummaryOptions

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

ANSWERED, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODES = """\b
Exit codes:
  0    answered
  1    text, encoding or a record of a batch refused, or the deadline passed
  2    wrong usage, option or setting, or a file that cannot be read
  130  interrupted, or nobody reads the answers of a batch
"""


class _Option(click.Option):
    """An option that stands under a heading of the help."""

    def __init__(self, *args: Any, section: str = "Options", **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.section = section


class _Command(click.Command):
    """A command whose help groups its options."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by section, in the order in which the sections first come."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, click.Option):
                continue  # the usage line shows it
            record = parameter.get_help_record(ctx)
            if record is not None:
                sections.setdefault(getattr(parameter, "section", "Options"), []).append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


class _ServeCommand(_Command):
    """`serve`, whose help ends with the table of settings."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings, then the exit codes."""
        from service.settings import SETTINGS

        with formatter.section("Settings, from the environment"):
            formatter.write_dl([(one.name, f"{one.help}  [default: {one.default}]") for one in SETTINGS])
        super().format_epilog(ctx, formatter)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, "-V", "--version", prog_name="nutgraf", message="%(prog)s %(version)s")
def cli() -> None:
    """Nutgraf gives an article's summary and highlights, in its own words.

    \b
    Examples:
      nutgraf serve --port 8000
      nutgraf summarize article.txt
      curl -s example.org/story | nutgraf summarize --input html --words 60
      nutgraf batch archive.jsonl summaries.jsonl
      nutgraf evaluate stories.jsonl --limit 200
    """  # noqa: D301 - click wants the control character, not a raw backslash


@cli.command(cls=_ServeCommand, epilog=_EXIT_CODES)
@click.option("--host", metavar="ADDRESS", help="Address to listen on, instead of NUTGRAF_HOST.")
@click.option("--port", metavar="N", help="Port to listen on, instead of PORT.")
@click.option("--workers", metavar="N", help="Worker processes, instead of NUTGRAF_WORKERS.")
def serve(**given: str | None) -> None:
    """Serve the HTTP interface until stopped.

    Everything is set in the environment; the options here win over it.
    """
    from service.settings import replaced, settings_from_environ

    changes = {name: value for name, value in given.items() if value is not None}
    settings = replaced(settings_from_environ(), **changes)
    from service.web import server

    server.serve(settings)


def _leaf(name: str, metavar: str, text: str, section: str) -> Callable[[_Decorated], _Decorated]:
    """Return the decorator for the option of leaf name `name`."""
    return click.option(f"--{name.replace('_', '-')}", name, metavar=metavar, help=text, section=section, cls=_Option)


_GOES_ON = "; the same command goes on from here"
_LENGTH, _BULLETS, _WAY, _IN_OUT = "Length (one of them)", "Highlights", "Ranking and reply", "Input and output"


_LENGTH_AND_BULLETS = (
    _leaf("sentences", "N", "At most N sentences; the default is 3.", _LENGTH),
    _leaf("words", "N", "At most N words.", _LENGTH),
    _leaf("characters", "N", "At most N characters.", _LENGTH),
    _leaf("ratio", "R", "At most this share of the words: over 0, up to 1.", _LENGTH),
    _leaf("highlights", "N|auto", "How many; 0 for none; auto (the default) for three to five.", _BULLETS),
    _leaf("compression", "HOW", "How they are shortened: none, safe (the default) or tight.", _BULLETS),
    _leaf("max_words", "N", "At most N words each; the default is 25.", _BULLETS),
)
_RANKING_AND_REPLY = (
    _leaf("language", "CODE", "The text's language, such as en (the default), de or fr; auto finds it out.", _WAY),
    _leaf(
        "algorithm",
        "NAME",
        "fusion (the default), textrank, lexrank, lead, lsa, luhn, kl, sum-basic or reduction.",
        _WAY,
    ),
    _leaf("order", "ORDER", "document (the default) or rank: best first.", _WAY),
    _leaf("offsets", "UNIT", "What offsets in JSON count: codepoint (the default), utf16 or utf8.", _WAY),
    _leaf("include", "NAMES", "More in JSON: keywords, blocks, explanation, text; commas between.", _WAY),
)


def _all(decorators: Sequence[Callable[[_Decorated], _Decorated]]) -> Callable[[_Decorated], _Decorated]:
    """Return one decorator for several, the first of them outermost."""
    return lambda decorated: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), decorated)


@cli.command(cls=_Command, epilog=_EXIT_CODES)
@click.argument("file", metavar="[FILE|-]", default="-")
@_all(_LENGTH_AND_BULLETS)
@_leaf("title", "TEXT", "The article's title; without one the first heading serves.", _WAY)
@_all(_RANKING_AND_REPLY)
@click.option(
    "--input",
    "kind",
    type=click.Choice(["text", "html"]),
    help="What FILE holds; by default html for .html and .htm, else text.",
    section=_IN_OUT,
    cls=_Option,
)
@click.option(
    "--to",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    help="How to write the answer; the default is text.",
    section=_IN_OUT,
    cls=_Option,
)
@click.option(
    "--encoding",
    metavar="NAME",
    help="FILE's encoding; by default utf-8, or what an HTML page says.",
    section=_IN_OUT,
    cls=_Option,
)
def summarize(file: str, kind: str | None, to: str, encoding: str | None, **leaves: str | None) -> None:
    """Print highlights and summary of FILE, or of standard input.

    \b
    Examples:
      nutgraf summarize article.txt
      nutgraf summarize page.html --words 50 --highlights 3 --to markdown
      nutgraf summarize - --language de --to json --include keywords < artikel.txt
    """  # noqa: D301 - click wants the control character, not a raw backslash
    from service.article.languages import get_language
    from service.ranking import classics
    from service.settings import settings_from_environ
    from service.stopwatch import Stopwatch
    from service.summary.summarize import Limits, Source
    from service.summary.summarize import summarize as summary_of

    settings = settings_from_environ()
    title = leaves.pop("title")
    options = _options({name: [value] for name, value in leaves.items() if value is not None})
    is_html = kind == "html" or (kind is None and file.lower().endswith((".html", ".htm")))
    # before the deadline runs: nltk and sumy, where they are needed, take a second to import
    get_language("en" if options.language == "auto" else options.language).stem("loaded")
    if options.algorithm in classics.CLASSICS:
        classics.preload()
    source = Source(_decoded(file, _read(file), encoding, is_html=is_html), title, "html" if is_html else "text")
    summary = summary_of(
        [source],
        options,
        limits=Limits(settings.max_characters, settings.max_sentences),
        stopwatch=Stopwatch(settings.deadline_seconds),
    )
    if to != "json":
        for notice in summary.warnings:
            click.echo(f"warning: {notice.detail}", err=True)
        if options.include:
            click.echo("warning: what --include adds is in JSON only: --to json.", err=True)
    _write(_rendered(summary, options, to))


@cli.command(cls=_Command, epilog=_EXIT_CODES)
@click.argument("records", metavar="IN|-")
@click.argument("answers", metavar="OUT|-")
@_all(_LENGTH_AND_BULLETS)
@_all(_RANKING_AND_REPLY)
@click.option(
    "--input",
    "kind",
    type=click.Choice(["text", "html"]),
    help="What the records' texts hold; in a folder the files' names say it. The default is text.",
    section=_IN_OUT,
    cls=_Option,
)
@click.option(
    "--errors",
    metavar="FILE",
    help="Where records go that cannot be answered; the default is OUT.errors.jsonl.",
    section=_IN_OUT,
    cls=_Option,
)
@click.option("--overwrite", is_flag=True, help="Start anew, whatever is there.", section=_IN_OUT, cls=_Option)
@click.option(
    "--processes",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="How many work; the default is the CPUs that affinity and quota give.",
    section=_IN_OUT,
    cls=_Option,
)
def batch(
    records: str,
    answers: str,
    kind: str | None,
    errors: str | None,
    processes: int | None,
    *,
    overwrite: bool,
    **leaves: str | None,
) -> int:
    """Answer every record of IN, in order, on all cores.

    IN is a file of JSON lines (.jsonl, .jsonl.gz), a table (.csv, .parquet), a folder of .txt and .html files, or - for
    JSON lines on standard input. A record has a text, an id, and any option that it does not share with the others.
    OUT (.jsonl, .jsonl.gz, or -) gets a line for every record that was answered; the others go to OUT.errors.jsonl,
    with their line numbers.

    Until it is whole, OUT is called OUT.partial. A run that was interrupted or killed goes on where it was when the
    same command is given again.

    \b
    Examples:
      nutgraf batch archive.jsonl summaries.jsonl
      nutgraf batch articles.parquet summaries.jsonl.gz --words 60 --language de
      zcat archive.jsonl.gz | nutgraf batch - - | head
    """  # noqa: D301 - click wants the control character, not a raw backslash
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy, here and in the processes
    from service.bulk.batch import run_batch
    from service.bulk.display import bar_for
    from service.bulk.records import terms_from_settings
    from service.processors import usable_processors
    from service.settings import settings_from_environ
    from service.summary.options import values_from_leaves

    given = {name: [value] for name, value in leaves.items() if value is not None}
    _options(given)
    options = values_from_leaves(given) | ({"format": kind} if kind else {})
    says_errors_here = answers == "-" and errors is None

    def watch(source: Input) -> Callable[[Progress], None]:
        if source.notice:
            click.echo(f"nutgraf: {source.notice}", err=True)
        return bar_for(source, hidden=says_errors_here)

    try:
        progress = run_batch(
            records,
            answers,
            errors,
            terms_from_settings(settings_from_environ(), options),
            n_processes=processes or usable_processors(),
            overwrite=overwrite,
            watch=watch,
        )
    except KeyboardInterrupt:
        click.echo(f"nutgraf: interrupted{'' if '-' in (records, answers) else _GOES_ON}.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return INTERRUPTED
    except OSError as error:
        named = f"'{error.filename}': " if error.filename else ""
        raise BatchError(f"The batch cannot go on: {named}{(error.strerror or 'a file is broken').lower()}.") from None
    if progress.n_problems and not says_errors_here:
        n_records, said = progress.n_results + progress.n_problems, errors or f"{answers}.errors.jsonl"
        click.echo(f"nutgraf: {progress.n_problems:,} of {n_records:,} records refused; see {said}.", err=True)
    return REFUSED if progress.n_problems else ANSWERED


@cli.command(cls=_Command, epilog=_EXIT_CODES)
@click.argument("file", metavar="FILE.jsonl|-")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N stories.")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help="Only stories with this value; may be repeated.")
@click.option("--language", default="en", metavar="CODE", help="The stories' language; the default is en.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def evaluate(file: str, limit: int | None, where: Sequence[str], language: str, *, as_json: bool) -> None:
    """Measure summaries and highlights against references that people wrote.

    FILE has one JSON object a line: `article`, and `highlights` (a list of bullets), `summary` (a text) or
    `references` (a list of either). Printed are ROUGE-1, 2 and Lsum F1 of Lead-3, of sumy's TextRank and LexRank, of
    this product's textrank, lexrank and fusion (three sentences each) and of its highlights, with the difference to
    Lead-3 and its 95 % bootstrap interval. A line that is no story is reported and skipped.

    \b
    Examples:
      nutgraf evaluate stories.jsonl --limit 200
      nutgraf evaluate stories.jsonl --where domain=local --json > figures.json
    """  # noqa: D301 - click wants the control character, not a raw backslash
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads only wait for each other here
    from itertools import islice

    from tqdm import tqdm

    from service.bulk import evaluation

    wanted = dict(_field_and_value(condition) for condition in where)
    table = _language(language)
    table.stem("loaded")
    lines = _read(file).splitlines()
    stories = evaluation.stories_from_lines(lines, table.code, where=wanted, bad_line=_skip)
    with tqdm(total=limit, unit=" stories", disable=None) as progress:
        n_stories, results = evaluation.evaluate(islice(stories, limit), language=table.code, done=progress.update)
    if not n_stories:
        raise InvalidTextError(f"'{file}' has no story to measure: no line that is one{' and fits' if where else ''}.")
    _write(_evaluation(n_stories, results, as_json=as_json))


def _field_and_value(condition: str) -> tuple[str, str]:
    field, equals, value = condition.partition("=")
    if not equals or not field:
        raise click.UsageError(f"--where: '{condition}' is not of the form FIELD=VALUE, such as domain=local.")
    return field, value


def _language(code: str) -> Language:
    from service.article.languages import get_language

    try:
        return get_language(code)
    except UnsupportedLanguageError as error:
        raise click.UsageError(f"--language: {error}") from None


def _skip(number: int, reason: str) -> None:
    click.echo(f"line {number:,} skipped: {reason}", err=True)


def _evaluation(n_stories: int, results: Sequence[Result], *, as_json: bool) -> bytes:
    from dataclasses import asdict

    import orjson

    from service.bulk.evaluation import as_table

    if not as_json:
        return as_table(n_stories, results).encode() + b"\n"
    answer = {"stories": n_stories, "systems": [asdict(result) for result in results]}
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _options(leaves: dict[str, list[str]]) -> SummaryOptions:
    """Return the options; what is wrong with one is said by the name of its flag."""
    from service.summary.options import SummaryOptions, options_from_leaves

    try:
        return options_from_leaves(SummaryOptions, leaves)
    except InvalidOptionsError as error:
        raise click.UsageError(" ".join(map(_as_flag, error.problems))) from None


def _as_flag(problem: OptionProblem) -> str:
    """Return the problem's detail with the flag where it has the leaf name."""
    name = problem.parameter or ""
    flag = f"--{name.replace('_', '-')}"
    detail = problem.detail.replace(f"'{name}'", flag, 1)
    return detail if flag in detail else f"{flag}: {detail}"


def _read(file: str) -> bytes:
    if file == "-" and sys.stdin is None:
        raise click.UsageError("Standard input is closed.")
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise click.UsageError(f"'{file}' cannot be read: {reason}.") from None


def _decoded(file: str, content: bytes, encoding: str | None, *, is_html: bool) -> str:
    from service.charsets import codec_for, codec_in_html, decoding_problem, nearest_charset, web_codec

    named = codec_for(encoding) if encoding else None
    if encoding and named is None:
        nearest = nearest_charset(encoding)
        raise click.UsageError(f"--encoding: '{encoding}' is not known. Did you mean '{nearest}'?")
    codec = web_codec(named) if named else codec_in_html(content) if is_html else "utf_8"
    try:
        return content.decode(codec)
    except UnicodeError as error:
        raise InvalidTextError(f"'{file}' is {decoding_problem(codec, error)} Name its encoding: --encoding.") from None


def _rendered(summary: Summary, options: SummaryOptions, to: str) -> bytes:
    import orjson

    from service.summary import rendering

    match to:
        case "json":
            return orjson.dumps(rendering.as_dict(summary, options.offsets), option=orjson.OPT_APPEND_NEWLINE)
        case "markdown":
            return rendering.as_markdown(summary).encode()
        case "html":
            return rendering.as_html(summary).encode()
        case _:
            return rendering.as_text(summary).encode()


def _write(answer: bytes) -> None:
    """Write to standard output; a reader that has gone away, such as `head`, is no error."""
    if sys.stdout is None:
        raise click.ClickException("Standard output is closed.")
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _forget_output()


def _forget_output() -> None:
    """Nobody reads standard output any more; what the exit flushes goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lost(error: OSError) -> str:
    """Say why standard output could not be written, such as on a full disk, and write no more to it."""
    _forget_output()
    return f"The answer cannot be written: {(error.strerror or 'it is not known why').lower()}."


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result = cli.main(args=arguments, prog_name="nutgraf", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG_USAGE
    except click.ClickException as error:
        click.echo(f"nutgraf: {error.format_message()}", err=True)
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (InvalidSettingError, BatchError, OSError) as error:
        click.echo(f"nutgraf: {_lost(error) if isinstance(error, OSError) else error}", err=True)
        return WRONG_USAGE
    except (InputError, DeadlineExceededError) as error:
        click.echo(f"nutgraf: {error}", err=True)
        return REFUSED
    return result if isinstance(result, int) else ANSWERED


def main() -> None:
    """Run the command line and end the process: the console script."""
    sys.exit(run())


if __name__ == "__main__":
    main()
