"""``salesflow completion``: a script that teaches the shell our commands and options."""

from __future__ import annotations

import shutil

import typer
from typer._click import Context as ClickContext
from typer.core import TyperGroup, TyperOption

from salesflow.commands import options, registry
from salesflow.context import App
from salesflow.errors import Usage, nearest
from salesflow.render.layout import cut

SHELLS = ("bash", "zsh", "fish", "powershell")
INSTALL = {
    "bash": "salesflow completion bash > ~/.local/share/bash-completion/completions/salesflow",
    "zsh": "echo 'eval \"$(salesflow completion zsh)\"' >> ~/.zshrc",
    "fish": "salesflow completion fish > ~/.config/fish/completions/salesflow.fish",
    "powershell": "salesflow completion powershell >> $PROFILE",
}
BEFORE = ["--db", "--lang", "--no-input", "--version", "--help"]

BASH = """\
_salesflow() {
    local word command= skip=
    local current=${COMP_WORDS[COMP_CWORD]}
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ -n $skip ]]; then skip=; continue; fi
        case $word in
            --db|--lang) skip=1 ;;
            -*) ;;
            *) command=$word; break ;;
        esac
    done
    local words=
    case $command in
        '') words='@first@' ;;
@cases@
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _salesflow @names@
"""
POWERSHELL = """\
$salesflowWords = @{
@table@
}
Register-ArgumentCompleter -Native -CommandName @names@ -ScriptBlock {
    param($word, $ast, $position)
    $command = $ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $position -and "$_" -notlike '-*' } | Select-Object -First 1
    $salesflowWords["$command"] -split ' ' | Where-Object { $_ -like "$word*" }
}
"""
Words = dict[tuple[str, ...], list[str]]


def completion(ctx: typer.Context, shell: options.Shell = None) -> None:
    """Print the script for ``shell``, by default for the shell that runs."""
    app: App = ctx.obj
    shell = shell or _running(app)
    if shell not in SHELLS:
        near = nearest(shell, list(SHELLS))
        key = "shell.completion_unknown_near" if near else "shell.completion_unknown"
        raise Usage(key, value=shell[:40], known=" ".join(SHELLS), near=near)
    alias = shutil.which("sf") is None
    note = "shell.completion_alias" if alias else "shell.completion_no_alias"
    app.write_lines(f"# {app.t('shell.completion_head', shell=shell)} {INSTALL[shell]}")
    app.write_lines(f"# {app.t(note)}")
    app.write_lines(_script(shell, _words(ctx), alias, app).rstrip("\n"))


def _running(app: App) -> str:
    name = app.environ.get("SHELL", "").rpartition("/")[2]
    if name not in SHELLS:
        raise Usage("shell.completion_which")
    return name


def _words(ctx: ClickContext) -> Words:
    # what may follow each command, by all the names that the command has
    root = ctx.find_root()
    assert isinstance(root.command, TyperGroup)
    found: Words = {}
    for entry in registry.ENTRIES:
        try:
            command = root.command.get_command(root, entry.name)
        except (ImportError, AttributeError):
            continue
        params = command.params if command else []
        names = [name for p in params if isinstance(p, TyperOption) for name in (*p.opts, *p.secondary_opts)]
        verbs = [word for verb in entry.verbs for word in (verb, registry.verb_title(entry.name, verb))]
        found[(entry.name, *entry.second)] = [*verbs, *(n for n in names if n.startswith("--")), "--help"]
    return found


def _script(shell: str, words: Words, alias: bool, app: App) -> str:
    first = [*BEFORE, *(name for names in words for name in names if len(name) > 1)]
    if shell == "fish":
        return _fish(words, alias, app)
    if shell == "powershell":
        table = [f"    '{name}' = '{' '.join(after)}'" for names, after in words.items() for name in names]
        script = POWERSHELL.replace("@table@", "\n".join([f"    '' = '{' '.join(first)}'", *table]))
        return ("Set-Alias sf salesflow\n" if alias else "") + _named(script, alias, ",")
    cases = [f"        {'|'.join(names)}) words='{' '.join(after)}' ;;" for names, after in words.items()]
    script = BASH.replace("@first@", " ".join(first)).replace("@cases@", "\n".join(cases))
    start = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
    return (
        (start if shell == "zsh" else "")
        + ("alias sf=salesflow\n" if alias else "")
        + _named(script, alias, " ")
    )


def _named(script: str, alias: bool, between: str) -> str:
    return script.replace("@names@", between.join(["salesflow", *(["sf"] if alias else [])]))


def _fish(words: Words, alias: bool, app: App) -> str:
    lines = ["alias sf=salesflow", "complete -c sf -w salesflow"] if alias else []
    lines += [f"complete -c salesflow -n __fish_use_subcommand -l {name[2:]}" for name in BEFORE]
    for names, after in words.items():
        told = cut(app.t(f"help.s_{names[0]}"), 50).replace("'", "")
        shown = " ".join(name for name in names if len(name) > 1)
        lines.append(f"complete -c salesflow -f -n __fish_use_subcommand -a '{shown}' -d '{told}'")
        seen = f"'__fish_seen_subcommand_from {' '.join(names)}'"
        verbs = " ".join(word for word in after if not word.startswith("-"))
        lines += [f"complete -c salesflow -n {seen} -a '{verbs}'"] if verbs else []
        lines += [f"complete -c salesflow -n {seen} -l {word[2:]}" for word in after if word.startswith("--")]
    return "\n".join(lines)
