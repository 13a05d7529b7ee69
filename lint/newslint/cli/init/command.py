"""``newslint init``: infer a configuration from existing posts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from newslint.cli import words
from newslint.cli.init.infer import InferredConfiguration, infer
from newslint.cli.init.sampling import LIMIT
from newslint.cli.init.toml_document import LeftOff
from newslint.cli.left_out import report_skipped
from newslint.cli.localization import echo
from newslint.cli.progress import progress
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.escaping import inert, plain
from newslint.core.messages import join_comma, msg
from newslint.files.discovery import discover
from newslint.files.local import shown_path
from newslint.files.site_files import unpublished_name
from newslint.reports import wording as text

FILE_NAME = "newslint.toml"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=words.paths)
@click.option("--force", is_flag=True, help="Overwrite an existing configuration.")
@click.option("--diff", is_flag=True, help="Show what would be written, as a unified diff.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def init(paths: tuple[str, ...], force: bool, diff: bool, quiet: bool, no_progress: bool) -> int:
    """Infer a configuration from existing posts, and write newslint.toml.

    The settings match the majority of the posts: the generator, the fields of the front matter, and
    the editor line. Rules with findings in more than a third of the posts are ignored. Posts that
    differ are reported. Each setting has a comment with its count.

    The file is written to the current folder or, if a PATH is outside of it, to the common folder
    of all PATHs. Its name is `.newslint.toml` if the generator would publish newslint.toml. An
    existing configuration is not read. Of a large archive, newslint reads a sample from all
    folders.
    """
    here = Path.cwd()
    given = [Path(path) for path in paths or (".",)]
    run = Project(here, isolated=True).over(given)
    files = discover(given, run)
    if not quiet:
        report_skipped(files.left_out)
    folder = _folder(here, given)
    file = folder / unpublished_name(folder, FILE_NAME, run)
    if not (diff or force):
        _refuse_to_hide(file, here)
    if not files:
        message = msg("found no posts below {paths}; nothing was written", paths=_names(given))
        raise UsageError(message)
    with progress(min(len(files), LIMIT), not (quiet or no_progress)) as shown:
        inferred = infer(files, folder, shown, run)
    if not inferred.document.read:
        raise _nothing_read(inferred, given)
    if diff:
        _show_diff(file, inferred.document.text, here)
    else:
        _write(file, inferred.document.text, here)
    if not quiet:
        _print_result(inferred, file, here, paths, written=not diff)
    return 0


def _nothing_read(inferred: InferredConfiguration, given: Iterable[Path]) -> UsageError:
    if inferred.unreadable:
        template = "cannot read any post below {paths}; nothing was written"
    else:  # there are only READMEs and templates
        template = "found no posts below {paths}; nothing was written"
    return UsageError(msg(template, paths=_names(given)))


def _print_result(
    inferred: InferredConfiguration,
    file: Path,
    here: Path,
    paths: tuple[str, ...],
    *,
    written: bool,
) -> None:
    """Print what was inferred, and the effect of the new file on one above it."""
    if file.name != FILE_NAME:
        template = "using {file}, since the generator would publish {name}"
        echo(msg(template, file=file.name, name=FILE_NAME))
    for line in _words(inferred, shown_path(str(file), here), paths, written=written):
        echo(line)
    if above := _above(file.parent):
        template = "{file} no longer applies below {name}; to keep it, add `extend` there"
        echo(msg(template, file=plain(shown_path(str(above), here)), name=file.name))


def _folder(here: Path, given: Iterable[Path]) -> Path:
    """Return the folder for the configuration, which must contain all posts."""
    absolute = [Path(os.path.abspath(path)) for path in given]  # noqa: PTH100 - links stay
    if all(path.is_relative_to(here) for path in absolute):
        return here
    folders = [path if os.path.isdir(path) else path.parent for path in absolute]
    try:
        folder = Path(os.path.commonpath(folders))
    except ValueError:  # several drives
        folder = Path(here.anchor)
    if folder == folder.parent:
        raise UsageError(msg("the paths have no common folder; give the paths of one archive"))
    return folder


def _refuse_to_hide(file: Path, here: Path) -> None:
    """Raise UsageError if the new configuration would replace or hide an existing one."""
    from newslint.config.loader import FILE_NAMES, layer_from_file
    from newslint.core.errors import ConfigError

    for name in FILE_NAMES:
        path = file.with_name(name)
        shown = shown_path(str(path), here)
        if not os.path.lexists(path):
            continue
        if path == file:
            template = (
                "{file} already exists; show the changes with --diff, or overwrite it with --force"
            )
            raise UsageError(msg(template, file=shown))
        try:
            has_settings = bool(layer_from_file(path))
        except ConfigError:
            has_settings = True
        if has_settings:
            message = msg(
                "{file} configures newslint, and {name} would override it; show the new file"
                " with --diff, or write it with --force",
                file=shown,
                name=file.name,
            )
            raise UsageError(message)


def _above(folder: Path) -> Path | None:
    """Return the configuration that applied to a folder from a parent, or None."""
    from newslint.config.loader import find_layers
    from newslint.core.errors import ConfigError

    try:
        layers = find_layers(folder.parent)
    except ConfigError as error:
        return error.path
    return layers[-1].path if layers else None


def _names(given: Iterable[Path]) -> str:
    return ", ".join(plain(str(path)) for path in given)


def _show_diff(file: Path, text: str, here: Path) -> None:
    from newslint.core.diff import unified
    from newslint.core.reader import UnreadableError, read_small

    try:
        old = read_small(file).decode("utf-8", "replace") if os.path.lexists(file) else ""
    except UnreadableError as error:
        raise UsageError(msg("{file} {problem}", file=file, problem=str(error))) from None
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in unified(shown_path(str(file), here), old, text).split("\n")[:-1]:
        click.echo(inert(plain(line, True)))


def _write(file: Path, text: str, here: Path) -> None:
    from newslint.files.atomic_writer import WriteError, put

    try:
        put(file, text.encode())
    except WriteError as error:
        message = msg("{file} {problem}", file=shown_path(str(file), here), problem=error.message)
        raise UsageError(message) from None


def _words(
    inferred: InferredConfiguration, shown: str, paths: tuple[str, ...], *, written: bool
) -> Iterator[str]:
    """Yield what was read, what was written, and the next steps."""
    document = inferred.document
    wrote = "wrote {file}, inferred from {posts}"
    posts = text.posts(document.read)
    if document.found > document.read + document.unreadable:
        posts = msg("{read:,} of {found:,} posts", read=document.read, found=document.found)
    yield msg(
        wrote if written else "would write {file}, inferred from {posts}",
        file=plain(shown),
        posts=posts,
    )
    if inferred.unreadable:
        number, first = len(inferred.unreadable), plain(inferred.unreadable[0])
        yield msg("cannot read {posts}: {first} …", posts=text.posts(number), first=first)
    yield msg("generator: {target} ({why})", target=document.target, why=document.why)
    fields = [one for one in document.fields if len(one.path) == 1]
    required = [plain(one.path[0]) for one in fields if one.required]
    yield msg(
        "fields: {number}, required: {names}",
        number=len(fields),
        names=_some(required, len(required)),
    )
    if len(inferred.sections) > 1:
        yield msg("sections: {names}", names=_some(list(map(plain, inferred.sections)), 8))
    if off := [_off(one) for one in document.left_off]:
        yield msg("ignored, since common: {rules}", rules=_some(off, 6))
    yield msg(
        "remaining in the posts read: {findings} in {posts}",
        findings=text.findings(inferred.findings),
        posts=text.posts(inferred.odd_posts),
    )
    yield msg(
        "next: review {file}, then run `newslint{paths}`, or `newslint baseline{paths}` to hide"
        " current findings",
        file=plain(shown),
        paths=plain("".join(f" {path}" for path in paths)),
    )


def _off(one: LeftOff) -> str:
    rule = f"{one.code} {one.name}"
    if one.patterns:
        first = plain(one.patterns[0].removeprefix("/").removesuffix("**"))
        rule += f" {first}{' …' * (len(one.patterns) > 1)}"
    return f"{rule} ({one.posts:,}/{one.of:,})"


def _some(names: Sequence[str], shown: int) -> str:
    """Return the first of some names, and the number of the others."""
    if not names:
        return "–"
    left = len(names) - shown
    message = join_comma(names[:shown])
    return msg("{names} and {number:,} more", names=message, number=left) if left > 0 else message
