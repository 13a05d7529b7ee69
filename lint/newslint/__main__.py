"""``python -m newslint`` and the command ``newslint``."""

from __future__ import annotations

import sys


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
    main()
