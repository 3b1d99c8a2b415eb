"""Third-party clients from the registries, and a running installation for them."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

NPM = Path(__file__).parent / "npm"
LOCK = NPM / "package-lock.json"


@pytest.fixture(scope="session")
def key(running):
    """A key without a quota."""
    return running.folkmoot("key", "add", "--scope", "analyze", "--label", "tests").split()[-1]


@pytest.fixture(scope="session")
def make_key(running):
    def make_key(*wishes):
        return running.folkmoot("key", "add", "--scope", "analyze", *wishes).split()[-1]

    return make_key


@pytest.fixture(scope="session")
def modules(pytestconfig):
    """The npm packages, installed once; without node the tests are skipped, and fail in CI."""
    if not shutil.which("node") or not shutil.which("npm"):
        if os.environ.get("CI"):
            pytest.fail("no node and npm: `make node` installs them")
        pytest.skip("NO NODE CLIENTS TESTED: no node and npm here; `make node` installs them")
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    folder = pytestconfig.cache.mkdir("conformance") / digest
    if not folder.exists():
        _install(folder)
    return folder


def _install(folder):
    # Under another name until it is complete; a parallel test run may have been quicker.
    new = Path(tempfile.mkdtemp(dir=folder.parent))
    for name in ("package.json", LOCK.name):
        shutil.copy(NPM / name, new)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=new, check=True, timeout=170)
    with suppress(OSError):
        new.rename(folder)
    shutil.rmtree(new, ignore_errors=True)


@pytest.fixture
def node(modules):
    """Run one of our scripts with the packages and return its output."""

    def node(script, *argv):
        shutil.copy(NPM / script, modules)
        done = subprocess.run(
            ["node", script, *argv], cwd=modules, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return node
