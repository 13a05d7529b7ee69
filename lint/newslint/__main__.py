"""``python -m newslint`` and the command ``newslint``."""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    from newslint.cli import main as run

    run()


if __name__ == "__main__":
    main()
