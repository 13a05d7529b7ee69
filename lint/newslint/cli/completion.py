"""``newslint completion``: scripts by which shells complete newslint's command line.

A script gives the words of the line up to the cursor to newslint itself, with the name of the shell
in `VARIABLE`, and gets a line for each completion: ``plain``, the word and what it means, separated
by tabs, or ``file`` where the shell completes a path.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from newslint.core.errors import NewslintError
from newslint.core.escaping import plain

VARIABLE = "_NEWSLINT_COMPLETE"
"""Names the shell that asks for completions."""

_BASH = """\
_newslint() {
    local IFS=$'\\n' line
    COMPREPLY=()
    for line in $(_NEWSLINT_COMPLETE=bash newslint "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
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

    It completes commands, options, rules, targets, formats and paths. For bash, add
    `eval "$(newslint completion bash)"` to ~/.bashrc; for zsh,
    `eval "$(newslint completion zsh)"` to ~/.zshrc, after compinit; for fish, run
    `newslint completion fish > ~/.config/fish/completions/newslint.fish`.
    """
    click.echo(SCRIPTS[shell], nl=False)


def complete(words: Sequence[str], shell: str) -> int:
    """Print what completes the last one of the words of a line; return the exit code."""
    *before, current = _joined(words) if shell == "bash" else words or ("",)
    from click.shell_completion import ShellComplete

    from newslint.cli.commands import main_command

    try:
        items = ShellComplete(main_command(), {}, "newslint", VARIABLE).get_completions(
            before, current
        )
    except NewslintError:
        return 1
    # bash takes what follows the equals sign of an option for a word of its own.
    start = current.partition("=")[0] + "=" if current.startswith("--") and "=" in current else ""
    for item in items:
        if item.type == "file":
            sys.stdout.write("file\n")
            continue
        word = item.value if shell == "bash" or item.value.startswith("-") else start + item.value
        sys.stdout.write(f"plain\t{plain(word)}\t{plain(' '.join((item.help or '').split()))}\n")
    return 0


def _joined(words: Sequence[str]) -> list[str]:
    """Return the words of bash, which splits ``--option=value`` at the sign, as they were typed."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        if words[at] == "=" and joined and joined[-1].startswith("--"):
            joined[-1] += "=" + (words[at + 1] if at + 1 < len(words) else "")
            at += 1
        else:
            joined.append(words[at])
        at += 1
    return joined or [""]
