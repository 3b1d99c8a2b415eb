"""The benchmark's solver learns, and its figures have the names that others read."""

import json

import numpy as np
from click.testing import CliRunner

from benchmarks.captcha import main
from benchmarks.network import Network


def test_the_network_learns_to_tell_patterns_apart():
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 2, (256, 2))
    fields = rng.normal(0, 0.3, (256, 8, 16)).astype(np.float32)
    for place in range(2):
        fields[:, 2:6, 8 * place + 2 : 8 * place + 6] += codes[:, place, None, None]
    network = Network((8, 16), 2, 2)
    for _ in range(12):
        list(network.learn(fields[:192], codes[:192], rng))
    assert (network.read(fields[192:]) == codes[192:]).mean() > 0.9


def test_a_short_run_writes_all_figures(tmp_path):
    target = tmp_path / "figures.json"
    asked = ["--minutes", "0.01", "--unseen", "3", "--json", str(target)]
    answer = CliRunner().invoke(main, asked)
    assert answer.exit_code == 0, answer.output
    figures = json.loads(target.read_text())
    assert {"picture_read", "sound_read", "seconds_per_1000_comments"} <= set(figures)
    assert 0 <= figures["picture_read"] <= 1
    assert figures["seconds_per_1000_suspected"] > figures["seconds_per_1000_comments"] > 0
