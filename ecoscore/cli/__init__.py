"""The command `ecoscore`: reads the arguments, runs one command, and turns every outcome into an exit code."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import platformdirs

from ecoscore.cli.output import emit, refusal, tell, tell_error, use_utf8
from ecoscore.cli.parser import parse
from ecoscore.errors import EcoScoreError, EnvironmentFailed

DONE, REFUSED, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None and _is_reader(arguments):
        return DONE
    use_utf8()
    sys.excepthook = _crash
    if not arguments or (len(arguments) == 1 and arguments[0].lower().endswith(".ecos")):
        arguments = ["gui", *arguments]
    wants_json = "--json" in arguments
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a closed pipe can still be told from a fault
    except EcoScoreError as error:
        if wants_json:
            emit(refusal(error))
        else:
            tell_error(error)
        return FAILED if isinstance(error, EnvironmentFailed) else REFUSED
    except KeyboardInterrupt:
        tell("已中断；已写好的文件是完整的，没写完的没有留下。")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    if options.command == "gui":
        from ecoscore.cli.window import start_window

        return start_window(options.file)
    from ecoscore.cli.commands import COMMANDS

    return COMMANDS[options.command](options)


def _is_reader(arguments: Sequence[str]) -> bool:
    """In a frozen program we are also the child process that reads tables."""
    if not getattr(sys, "frozen", False):
        return False
    from ecoscore.importing.child import run_if_child

    return run_if_child(arguments)


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For what nobody foresaw: the traceback goes to a file, people get a sentence, scripts get exit code 3."""
    text = "".join(traceback.format_exception(kind, error, trace))
    name = f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    place = "（未能写下错误记录）"
    for folder in (Path(platformdirs.user_log_dir("EcoScore", appauthor=False)), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        place = str(folder / name)
        break
    message = f"程序出错，命令没有完成：{kind.__name__}。错误记录：{place}"
    if "--json" in sys.argv:
        emit({"error": message, "advice": "请把错误记录发给维护人员", "findings": []})
    tell(message)
    sys.stdout.flush()
    os._exit(FAILED)


if __name__ == "__main__":
    sys.exit(main())
