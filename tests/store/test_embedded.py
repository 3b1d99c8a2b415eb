"""The embedded store ends on request, even if it first refuses."""

import tempfile
from pathlib import Path

import pytest
from redis import Redis

from service.domain.errors import StoreAway
from service.store.server import embedded
from tests.conftest import SERVERS


@pytest.mark.parametrize("name", [name for name, binary in SERVERS.items() if binary])
def test_a_server_that_refuses_to_end_is_asked_again(monkeypatch, name):
    monkeypatch.setattr(embedded, "ASK_AGAIN_SECONDS", 0.5)
    with tempfile.TemporaryDirectory(prefix="fm-") as folder:
        socket = Path(folder) / "s"
        with (
            embedded.running(Path(str(SERVERS[name])), Path(folder), socket),
            Redis(unix_socket_path=str(socket)) as client,
        ):
            client.config_set("appendonly", "no")
            # From here until its file is written it answers SIGTERM with "can't exit".
            client.config_set("appendonly", "yes")
        assert "can't exit" in (Path(folder) / "store.log").read_text()
    assert not socket.exists()


def test_a_server_that_does_not_start_is_told(tmp_path):
    with (
        pytest.raises(StoreAway, match="did not start"),
        embedded.running(Path("/bin/false"), tmp_path, tmp_path / "s"),
    ):
        pytest.fail("it runs")
