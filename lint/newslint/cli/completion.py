"""``newslint completion``: scripts for completion in shells.

A script calls newslint with the words of the line up to the cursor (bash with the line and its word
breaks), and with the name of the shell in `VARIABLE`. newslint prints a line for each completion:
``plain``, the word and its description, separated by tabs, or ``file``, so that the shell completes
paths.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from newslint.core.errors import NewslintError
from newslint.core.escaping import plain

VARIABLE = "_NEWSLINT_COMPLETE"
"""The environment variable with the name of the shell that requests completions."""

_BASH = """\
# To install, add to ~/.bashrc: eval "$(newslint completion bash)"
_newslint() {
    local IFS=$'\\n' line
    COMPREPLY=()
    for line in $(_NEWSLINT_COMPLETE=bash newslint \\
            "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null); do
        case $line in
            plain*)
                line=${line#*$'\\t'}
                COMPREPLY+=("${line%%$'\\t'*}")
                ;;
            file)
                compopt -o default 2>/dev/null ||
                    COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
                ;;
        esac
    done
}
complete -F _newslint newslint
"""

_ZSH = """\
#compdef newslint
# To install, add to ~/.zshrc, after compinit: eval "$(newslint completion zsh)"
_newslint() {
    local -a completions
    local kind value help files=0
    while IFS=$'\\t' read -r kind value help; do
        case $kind in
            plain) completions+=("${value//:/\\\\:}${help:+:$help}") ;;
            file) files=1 ;;
        esac
    done < <(_NEWSLINT_COMPLETE=zsh newslint "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#completions )) && _describe -V newslint completions
    (( files )) && _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _newslint "$@"
else
    compdef _newslint newslint
fi
"""

_FISH = """\
# To install: newslint completion fish > ~/.config/fish/completions/newslint.fish
function __newslint_complete
    set -l current (commandline -ct)
    set -l words (commandline -opc) $current
    for line in (env _NEWSLINT_COMPLETE=fish newslint $words[2..-1] 2>/dev/null)
        set -l parts (string split \\t -- $line)
        switch $parts[1]
            case plain
                string join \\t -- $parts[2..-1]
            case file
                __fish_complete_path $current
        end
    end
end
complete --command newslint --no-files --arguments '(__newslint_complete)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""The scripts by shell."""


@click.command()
@click.argument("shell", type=click.Choice([*SCRIPTS]))
def completion(shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    It completes commands, options, rules, targets, formats and paths. A comment at the beginning of
    the script explains how to install it.
    """
    click.echo(SCRIPTS[shell], nl=False)


def complete(words: Sequence[str], shell: str) -> int:
    """Print the completions of the last word of a line; return the exit code."""
    breaks = ""
    if shell == "bash" and len(words) == 2:
        line, breaks = words
        words = _split(line)[1:]
    *before, current = words or ("",)
    from click.shell_completion import ShellComplete

    from newslint.cli.commands import main_command

    try:
        items = ShellComplete(main_command(), {}, "newslint", VARIABLE).get_completions(
            before, current
        )
    except NewslintError:
        return 1
    # Click completes only the value of `--option=value`.
    option = f"{current.partition('=')[0]}=" if current.startswith("--") and "=" in current else ""
    for item in items:
        if item.type == "file":
            sys.stdout.write("file\n")
            continue
        word = item.value if item.value.startswith(option or "-") else option + item.value
        word = word[_broken(current, breaks) :]
        sys.stdout.write(f"plain\t{plain(word)}\t{plain(' '.join((item.help or '').split()))}\n")
    return 0


def _split(line: str) -> list[str]:
    """Return the words of a shell's line; the last one may be empty or have an open quote."""
    import shlex

    lexer = shlex.shlex(line, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words += lexer
    except ValueError:  # an open quote
        return [*words, lexer.token]
    return [*words, ""] if line[-1:].isspace() else words


def _broken(current: str, breaks: str) -> int:
    """Return how much of a word bash keeps: all up to the last word break.

    A word may begin with ``@``, which readline handles as a prefix.
    """
    ends = [
        found + (one != "@")
        for one in breaks
        if not one.isspace() and (found := current.rfind(one)) >= 0
    ]
    return max(ends, default=0)
