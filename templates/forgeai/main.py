"""Executes scripts of print lines, and counts them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plugin_workbench import Context

# The language this executor knows: one `print TEXT` a line.
LANGUAGE = "{{id}}"

# How many scripts were executed. A live reload carries it over.
executions = 0


def activate(context: Context) -> None:
    """Called once, when the plugin starts. ForgeAI calls the three methods of its executor interface."""

    @context.commands.register("supportedLanguages")
    def supported_languages() -> list[str]:
        return [LANGUAGE]

    @context.commands.register("execute")
    def execute(args: Any) -> dict[str, Any]:
        wanted = (args or {}).get("language")
        if wanted != LANGUAGE:
            raise ValueError(f"{context.name} executes {LANGUAGE}, not {wanted}")
        return run(str(args["code"]))

    @context.commands.register("executeFile")
    def execute_file(args: Any) -> dict[str, Any]:
        # plugin-workbench-disable-next-line PW-PY-PATH -- the sandbox opens only what the manifest allows
        return run(Path(args["filePath"]).read_text(encoding="utf-8"))

    context.log.info("%s %s is ready", context.name, context.version)


def run(code: str) -> dict[str, Any]:
    """Runs a script; the first line it can't read ends it."""
    global executions
    executions += 1
    output: list[str] = []
    for number, line in enumerate(code.splitlines(), start=1):
        if not line.strip():
            continue
        if not line.startswith("print "):
            return answer(output, f"line {number}: expected print\n", 1)
        output.append(line[len("print ") :] + "\n")
    return answer(output, "", 0)


def answer(output: list[str], stderr: str, exit_code: int) -> dict[str, Any]:
    """What ForgeAI expects of an execution."""
    return {"stdout": "".join(output), "stderr": stderr, "exitCode": exit_code, "executions": executions}


def get_state() -> dict[str, int]:
    """What a live reload hands to the next instance."""
    return {"executions": executions}


def restore_state(state: dict[str, int]) -> None:
    """Takes over from the instance before."""
    global executions
    executions = state["executions"]
