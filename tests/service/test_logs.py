"""One event is one line of the log, whatever a stranger puts into a path, a header or a name."""

import json
import os
import pty
import subprocess
import sys

import pytest

FORGED = 'a\r\n{"event": "forged"}\u2028b\u2029c\x1b[2Jd\x85e\x0bf\u202eg\x00h'
PROGRAM = """
import logging, sys, structlog
from service import logs
logs.configure("info")
text = sys.argv[1].encode("latin-1").decode("unicode_escape")
structlog.get_logger("x").warning("refused " + text, path=text, inner={"a": [text]}, **{text: 1})
logging.getLogger("some.library").error("cannot read %s", text, extra={"header": text})
try:
    password = "a secret " + "word"
    raise ValueError(text)
except ValueError:
    structlog.get_logger("x").exception("failed")
"""
ARGV = [sys.executable, "-c", PROGRAM, FORGED.encode("unicode_escape").decode()]


def test_a_program_gets_one_object_a_line():
    done = subprocess.run(ARGV, capture_output=True, check=True)
    lines = done.stderr.decode("ascii").splitlines()
    assert [json.loads(line)["event"].split()[0] for line in lines] == [
        "refused",
        "cannot",
        "failed",
    ]
    assert json.loads(lines[0])["path"] == FORGED
    assert "a secret word" not in done.stderr.decode()


def read_terminal(argv):
    ours, theirs = pty.openpty()
    with subprocess.Popen(argv, stderr=theirs, env={**os.environ, "NO_COLOR": "1"}) as program:
        os.close(theirs)
        text = b""
        try:
            while read := os.read(ours, 65536):
                text += read
        except OSError:
            pass  # the program has ended
    os.close(ours)
    assert program.returncode == 0
    return text.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def terminal():
    return read_terminal(ARGV)


def test_a_person_at_a_terminal_sees_one_line_an_event(terminal):
    refused, cannot, *trace = terminal.split("\n")
    assert "refused" in refused
    assert "\\x1b" in refused
    assert "cannot read" in cannot
    assert "failed" in trace[0]
    assert all(line.startswith("  ") for line in trace[1:] if line)


def test_nothing_steers_the_terminal_and_no_secret_is_shown(terminal):
    assert not set(terminal) & set("\x00\x0b\x85\u2028\u2029\u202e")
    assert "\x1b[2J" not in terminal
    assert "a secret word" not in terminal
