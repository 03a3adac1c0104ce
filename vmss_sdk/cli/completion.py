"""``vmss completion``: what TAB offers, from the table of commands.

A library for this would read a finished parser with all commands in it; ours makes that of the one command that was
typed, and the table already says everything that can follow. So the shells' scripts are a few lines that ask
``vmss completion --words``, which costs as much as ``vmss --help``. Nothing is sent to a service for it.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from vmss_sdk.cli.parser import arguments_of, children, found, path_of
from vmss_sdk.cli.values import boolean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vmss_sdk.cli.command import Argument, Command

__all__ = ["FILES", "SCRIPTS", "candidates", "run"]

_WRONG_USAGE = 2
FILES = ":files"
"""In place of a candidate: the name of a file can stand here."""
_PLACES = ("FILE", "FOLDER")
_SWITCHES = ("store_true", "help", "version")

Candidate = tuple[str, str]

SCRIPTS = {
    "bash": r"""
_vmss() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default 2>/dev/null
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <(printf '%s\n' "${COMP_WORDS[@]:1:COMP_CWORD}" | "$1" completion --words 2>/dev/null)
}
complete -F _vmss vmss
""",
    "zsh": r"""
#compdef vmss
_vmss() {
    local line
    local -a found
    for line in "${(@f)$(print -rl -- "${(@)words[2,CURRENT]}" | "${words[1]}" completion --words 2>/dev/null)}"; do
        case $line in
            '') ;;
            :files) _files ;;
            *$'\t') found+=("${${line%$'\t'}//:/\\:}") ;;
            *) found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#found )) && _describe vmss found
}
if [[ $funcstack[1] == _vmss ]]; then
    _vmss "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    compdef _vmss vmss
fi
""",
    "fish": r"""
function __vmss_complete
    set -l words (commandline -opc)
    for line in (printf '%s\n' $words[2..-1] (commandline -ct) | $words[1] completion --words 2>/dev/null)
        if test $line = :files
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c vmss -f -a '(__vmss_complete)'
""",
    "powershell": r"""
Register-ArgumentCompleter -Native -CommandName vmss -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if (-not $wordToComplete) { $words += '' }
    $words | & $commandAst.GetCommandName() completion --words 2>$null | Where-Object { $_ -ne ':files' } |
        ForEach-Object {
            $word, $text = $_ -split "`t", 2
            if (-not $text) { $text = $word }
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $text)
        }
}
""",
}
"""What a shell has to be told, by its name."""


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell, or what can follow the words on standard input.

    Returns:
        0, or 2 when no shell was named.
    """
    if args.words:
        words = sys.stdin.read().removesuffix("\n").replace("\r", "").split("\n")
        for word, text in candidates(words):
            print(word if word == FILES else f"{word}\t{text}")
        return 0
    if args.shell is None:
        print(f"ERROR: for which shell? One of {', '.join(SCRIPTS)}", file=sys.stderr)
        return _WRONG_USAGE
    print(SCRIPTS[args.shell].strip())
    return 0


def candidates(words: Sequence[str]) -> Iterator[Candidate]:
    """What the last of some words can become, each with a line about it.

    Args:
        words: Those after ``vmss``; the last is the one that is being typed, perhaps empty.
    """
    # bash takes --output=json apart, and hands the sign over as a word.
    *before, word = [part for part in words[:-1] if part != "="] + ["" if words[-1] == "=" else words[-1]]
    path, rest = path_of(before)
    command = found(path)
    flag, equals, value = word.partition("=")
    if command is not None and equals and flag.startswith("--"):
        argument = _named(command, flag)
        offered = _values(argument) if argument else ()
        yield from ((f"{flag}={each}", text) for each, text in _like(value, offered) if each != FILES)
        return
    yield from _like(word, _following(command, rest, word) if command else () if rest else children(path))


def _like(word: str, offered: Iterable[Candidate]) -> Iterator[Candidate]:
    lower = word.lower()
    return (each for each in sorted(offered) if each[0] == FILES or each[0].lower().startswith(lower))


def _following(command: Command, rest: Sequence[str], word: str) -> Iterator[Candidate]:
    """What a command takes after what was typed of it."""
    last, count = _last_flag(rest)
    argument = _named(command, last) if last else None
    if argument is not None and _accepts_value(argument, count) and not word.startswith("-"):
        yield from _values(argument)
        if _needs(argument, count):
            return
    elif not word.startswith("-"):
        for positional in command.arguments:
            if not positional.flags[0].startswith("-") and not rest:
                yield from _values(positional)
    given = [_named(command, each) for each in rest if each.startswith("-")]
    for each in arguments_of(command):
        if each not in given or each.options.get("action") == "append":
            yield from ((flag, _about(each)) for flag in each.flags if flag.startswith("--"))
    yield "--help", "show the help of this command"


def _last_flag(rest: Sequence[str]) -> tuple[str, int]:
    """The last flag that was typed, and how many words stand after it."""
    for back, each in enumerate(reversed(rest)):
        if each.startswith("-"):
            return each.partition("=")[0], back + ("=" in each)
    return "", len(rest)


def _named(command: Command, flag: str) -> Argument | None:
    return next((each for each in arguments_of(command) if flag in (*each.flags, *each.aliases)), None)


def _accepts_value(argument: Argument, count: int) -> bool:
    """Whether one more word can be a value of it."""
    if argument.options.get("action") in _SWITCHES:
        return False
    return count == 0 or argument.options.get("nargs") in ("+", "*")


def _needs(argument: Argument, count: int) -> bool:
    """Whether the next word has to be a value of it."""
    return count == 0 and argument.options.get("nargs") not in ("?", "*")


def _values(argument: Argument) -> Iterator[Candidate]:
    """The values that are known beforehand."""
    known = argument.options.get("choices") or (("true", "false") if argument.options.get("type") is boolean else ())
    yield from ((str(each), "") for each in known)
    if argument.options.get("metavar") in _PLACES:
        yield FILES, ""


def _about(argument: Argument) -> str:
    """Its line; the default in it belongs to the help."""
    text = argument.help.partition(" (default")[0]
    return " ".join(text.split())
