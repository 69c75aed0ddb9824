"""One file, one window: a file opened a second time comes up in the window that has it."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 800


def server_name() -> str:
    """A name of the person's own: on a shared machine two people do not meet."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return "EcoScore-" + hashlib.sha256(user.encode()).hexdigest()[:12]


def hand_over(paths: Sequence[Path], name: str = "") -> bool:
    """Ask a window that is there to take files; False if there is none, and this one has to."""
    socket = QLocalSocket()
    socket.connectToServer(name or server_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps({"take": [str(path.resolve()) for path in paths]}).encode())
    sent = socket.waitForBytesWritten(_WAIT_MS)
    answered = socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return sent and answered


class Listener(QObject):
    """Takes files from windows started later: `wanted(paths)`. It is no failure if another listens already."""

    wanted = Signal(object)

    def __init__(self, name: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = name or server_name()
        if not self._server.listen(name) and not _answers(name):
            QLocalServer.removeServer(name)  # left behind by a program that died
            self._server.listen(name)

    @property
    def listens(self) -> bool:
        return self._server.isListening()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        # Were the connection to keep the listener alive, a dying socket could take it, its server and itself along.
        listener = weakref.ref(self)

        def read() -> None:
            if (there := listener()) is not None:
                there._read(socket)  # noqa: SLF001  ourselves

        socket.readyRead.connect(read)
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        try:
            asked = json.loads(bytes(socket.readAll().data()).decode())
            paths = [Path(name) for name in asked["take"]]
        except (ValueError, KeyError, TypeError):
            socket.disconnectFromServer()
            return
        socket.write(b"ok")
        socket.flush()
        self.wanted.emit(paths)


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(_WAIT_MS)


class FileMark:
    """Says that this window has a file open; it goes with the program, even if that dies."""

    def __init__(self, path: Path) -> None:
        mark = hashlib.sha256(os.path.normcase(path.resolve()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(Path(tempfile.gettempdir()) / f"ecoscore-{mark}.lock"))
        self._lock.setStaleLockTime(0)
        self._holds = self._lock.tryLock(0)
        # Only a lock that somebody holds is another window; a folder that takes no lock says nothing.
        self.is_first = self._holds or self._lock.error() != QLockFile.LockError.LockFailedError

    def release(self) -> None:
        if self._holds:
            self._lock.unlock()
