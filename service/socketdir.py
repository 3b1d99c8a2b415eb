"""The folder of the embedded store's socket: short enough for its path, and ours alone.

Usually it is the data folder itself. A socket's path is limited, so for a long one the socket lies
in a folder of the system, and a symbolic link in the data folder says where. In a shared temporary
folder anybody may make folders, therefore ours has a random name (mkdtemp: for its owner alone) and
is checked each time: somebody else's store must never get our comments.
"""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

# sun_path is 108 bytes on Linux and 104 on macOS, the terminating zero included.
MAX_PATH = 100
NAME = "store.sock"
PREFIX = "folkmoot-"


class FolderRefused(Exception):
    """The socket of the store would be where others can reach it, or nowhere."""


def find(usual: Path) -> Path:
    """Return where the socket is: the usual place, or where the link points.

    :raises FolderRefused: the folder that the link names is not ours alone.
    """
    if len(os.fsencode(usual)) <= MAX_PATH or not usual.is_symlink():
        return usual
    socket = Path(os.readlink(usual))
    if os.path.lexists(socket.parent) and not _is_ours_alone(socket.parent):
        raise FolderRefused(
            f"the store's socket would be in {socket.parent}, which is not yours alone: "
            "remove it, or choose a shorter FOLKMOOT_DATA_DIR"
        )
    return socket


def make(usual: Path) -> None:
    """Make a folder for the socket, and the link to it, if the usual path is too long.

    :raises FolderRefused: every folder of the system has too long a path.
    """
    if len(os.fsencode(usual)) <= MAX_PATH or _leads_to_ours(usual):
        return
    base = _base()
    # Where the link leads to nothing of ours, for example after a restart of the machine.
    usual.unlink(missing_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    try:
        usual.symlink_to(folder / NAME)
    except FileExistsError:
        folder.rmdir()  # another process was quicker, and we use its folder


def _leads_to_ours(usual: Path) -> bool:
    return usual.is_symlink() and _is_ours_alone(Path(os.readlink(usual)).parent)


def _is_ours_alone(folder: Path) -> bool:
    with suppress(OSError):
        found = folder.lstat()
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        return is_ours and not stat.S_IMODE(found.st_mode) & 0o077
    return False


def _base() -> Path:
    """Return the user's own runtime folder (XDG base directories), else the temporary folder."""
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    places = [own] if own.is_absolute() and _is_ours_alone(own) else []
    for place in (*places, Path(tempfile.gettempdir())):
        if len(os.fsencode(place / f"{PREFIX}12345678" / NAME)) <= MAX_PATH:
            return place
    raise FolderRefused("no folder for the store's socket: choose a shorter FOLKMOOT_DATA_DIR")
