"""The package is complete, its names are unique, and its requirements are pinned without a host."""

import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("package", ["service", "workers", "models"])
def test_the_name_is_ours_alone(package):
    assert set(packages_distributions().get(package, ())) <= {"folkmoot"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [found] = folder.glob("*.whl")
    return zipfile.ZipFile(found).namelist()


@pytest.mark.parametrize(
    ("folder", "ending", "least"),
    [
        ("service/store/lua/", ".lua", 8),
        ("service/captcha/voices/", ".wav", 260),
        ("service/captcha/fonts/", "f", 5),
        ("service/web/templates/", ".html", 10),
        ("service/web/static/", ".js", 5),
        ("service/web/locale/", ".po", 12),
        ("service/web/static/", ".css", 3),
        ("models/artifacts/", "SHA256SUMS", 1),
    ],
)
def test_the_wheel_holds_more_than_code(wheel, folder, ending, least):
    held = [name for name in wheel if name.startswith(folder) and name.endswith(ending)]
    assert len(held) >= least


@pytest.mark.parametrize("package", ["service", "workers", "models"])
def test_the_wheel_holds_every_module(wheel, package):
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / package).rglob("*.py")}
    assert modules <= set(wheel), "a line of .gitignore keeps these out of the wheel"


def test_the_wheel_holds_no_tests_and_no_lessons(wheel):
    needless = ("tests/", "benchmarks/", "models/lessons/")
    assert not [name for name in wheel if name.startswith(needless)]


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_what_we_need_is_pinned_by_hash_and_names_no_host(lock):
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    assert "://" not in text
    pins = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert all("==" in line and line.rstrip().endswith("\\") for line in pins)
    assert text.count("--hash=sha256:") >= len(pins)


def test_the_bill_of_materials_names_everything_that_is_shipped(tmp_path):
    bill = tmp_path / "sbom.json"
    lock = ROOT / "requirements/run.lock"
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(lock)]
    subprocess.run([*command, "--of", "JSON", "-o", str(bill)], check=True, capture_output=True)
    named = {part["purl"] for part in json.loads(bill.read_text())["components"]}
    pinned = re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text(), re.MULTILINE)
    assert len(pinned) > 30
    assert {f"pkg:pypi/{name}@{version}" for name, version in pinned} <= named
