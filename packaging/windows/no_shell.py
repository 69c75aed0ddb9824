"""Runs first in both programs: on CPython 3.11 asking for the machine's type, as SQLAlchemy does, would start cmd.exe.

A desk may forbid that, and a watching antivirus has a right to ask why. Without this answer Python takes Windows' own.
"""

import platform

platform._syscmd_ver = lambda *_, **__: ("", "", "")  # noqa: SLF001
