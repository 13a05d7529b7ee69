"""``python -m newslint`` and the command ``newslint``."""

from __future__ import annotations

import os
import sys


def _leave_current_folder() -> None:
    """Take the current folder off the path of modules: ``python -m`` puts it first.

    It is the folder that is linted, whose modules and plug-ins are not newslint's.
    """
    if sys.path and not sys.flags.safe_path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109
        del sys.path[0]


def main() -> None:
    """Run the command."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        # Asked by scripts before every run: nothing is imported for it.
        from newslint.core.version import __version__

        try:
            sys.stdout.write(f"newslint {__version__}\n")
            sys.stdout.flush()
            return
        except OSError:
            pass  # It fails below too, where words are found for it.
    from newslint.cli.main import main as run

    run()


if __name__ == "__main__":
    _leave_current_folder()
    main()
