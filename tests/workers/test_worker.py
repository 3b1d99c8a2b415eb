"""A worker process: its preparation before the first job, and when it does not start."""

import subprocess
import sys

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


WORK = """
import sys
from service import settings
from workers import worker
worker.run(settings.read(redis_url=sys.argv[1], secret_key="0" * 64), burst=True)
print("workers.jobs" in sys.modules)
"""


def test_a_worker_has_imported_its_job_before_the_first_comment(redis, store_socket):
    command = [sys.executable, "-c", WORK, f"unix://{store_socket}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"
