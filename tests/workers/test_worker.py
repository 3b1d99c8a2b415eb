"""A worker process: its preparation before the first job, and when it does not start."""

import pytest

from service import settings
from service.domain.errors import NotScored
from workers import worker


@pytest.fixture
def wishes(redis, store_socket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return settings.read(
        redis_url=f"unix://{store_socket}", secret_key="0" * 64, model=str(tmp_path / "none")
    )


def test_a_worker_without_a_model_does_not_start(wishes):
    with pytest.raises(NotScored, match="no model here"):
        worker.run(wishes, burst=True)
