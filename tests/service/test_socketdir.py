"""The store's socket lies where nobody else can be first, however long the data folder's path."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from service.datadir import DataDir
from service.socketdir import FolderRefused
from service.store.server import connection, embedded


@pytest.fixture
def shared(monkeypatch, tmp_path):
    """A temporary folder of everybody's, as short as /tmp."""
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        os.chmod(folder, 0o1777)  # noqa: S103  # as /tmp is
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
        yield Path(folder)


@pytest.fixture
def data(tmp_path):
    return DataDir(tmp_path / ("d" * 100))


def mode(folder):
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_short_path_has_its_socket_in_the_data_folder(shared):
    data = DataDir(shared / "data")
    data.make()
    assert data.socket == shared.resolve() / "data" / "store.sock"


def test_a_long_path_has_its_socket_in_a_folder_of_ours_alone(shared, data):
    data.make()
    folder = data.socket.parent
    assert folder.parent == shared
    assert (mode(folder), folder.stat().st_uid) == (0o700, os.getuid())
    # Every process finds the same one.
    data.make()
    assert DataDir(data.path).socket.parent == folder


def test_nobody_can_make_the_folder_first(shared, tmp_path):
    first, second = (DataDir(tmp_path / (name * 100)) for name in "ab")
    for one in (first, second):
        one.make()
    names = {one.socket.parent.name for one in (first, second)}
    assert len(names) == 2
    assert not any(str(os.getuid()) in name.split("-") for name in names)


def test_the_users_own_folder_comes_first(shared, data, monkeypatch):
    own = shared / "run"
    own.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    data.make()
    assert data.socket.parent.parent == own


def test_a_runtime_folder_that_others_may_enter_is_not_used(shared, data, monkeypatch):
    own = shared / "run"
    own.mkdir()
    own.chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    data.make()
    assert data.socket.parent.parent == shared


@pytest.mark.parametrize("spoil", ["opened", "a link", "foreign"])
def test_a_folder_that_is_no_longer_ours_alone_is_refused_and_replaced(shared, data, spoil):
    data.make()
    folder = data.socket.parent
    folder.rmdir()
    if spoil == "a link":
        (shared / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(shared / "elsewhere")
    else:
        folder.mkdir(mode=0o700)
        folder.chmod(0o777) if spoil == "opened" else _give_away(folder)
    with pytest.raises(FolderRefused, match="not yours alone"):
        data.socket  # noqa: B018  # reading it is the check
    data.make()
    assert data.socket.parent != folder


def _give_away(folder):
    if os.getuid():
        folder.chmod(0o707)  # only root can give a folder away; to be open comes next to it
    else:
        os.chown(folder, 12345, 12345)


def test_after_a_restart_of_the_machine_there_is_a_new_folder(shared, data):
    data.make()
    old = data.socket.parent
    old.rmdir()
    data.make()
    assert data.socket.parent.is_dir()


def test_a_store_is_reached_through_a_long_path(shared, data):
    binary = embedded.find_binary()
    with data.locked(), embedded.running(binary, data.store, data.socket):
        with connection.open_record(data.url) as redis:
            assert redis.ping()
        assert DataDir(data.path).url == f"unix://{data.socket}"


def test_where_no_folder_is_short_enough_it_is_said(data, monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("t" * 100)))
    with pytest.raises(FolderRefused, match="shorter FOLKMOOT_DATA_DIR"):
        data.make()
