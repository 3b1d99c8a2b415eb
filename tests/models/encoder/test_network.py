"""A network learns, goes on where it was stopped, and is exported as it is."""

from dataclasses import replace

import numpy as np
import pytest

from models.encoding.transformer import Transformer
from tests.models.encoder.small import PLAN, rude_rows

torch = pytest.importorskip("torch", reason="needs the extra `encoders`")
pytest.importorskip("safetensors", reason="needs the extra `encoders`")
pytest.importorskip("onnx", reason="needs the extra `encoders`")

HEADS = list(PLAN.heads)
FEW = replace(PLAN.schedule, pieces=16, most=4, rate=0.001)


@pytest.fixture(scope="module")
def network():
    return untaught(frozen=6)


def untaught(frozen=PLAN.frozen):
    from models.training.encoder.network import EncoderNetwork

    torch.manual_seed(1)
    return EncoderNetwork(len(HEADS), frozen).eval()


def margins(network, *texts):
    from models.training.encoder.batches import padded

    pieces, real = padded(texts)
    with torch.inference_mode():
        return network(torch.from_numpy(pieces), torch.from_numpy(real)).numpy()


def test_padding_changes_nothing(network):
    short, long = [2, 7, 8, 3], [2, *range(5, 40), 3]
    together = margins(network, short, long)
    np.testing.assert_allclose(together[:1], margins(network, short), atol=1e-5)
    np.testing.assert_allclose(together[1:], margins(network, long), atol=1e-5)


def test_published_weights_are_taken_and_heads_kept(network):
    from safetensors.torch import save

    from models.training.encoder.network import PUBLISHED, load_pretrained

    published = {
        name: value for name, value in network.state_dict().items() if name.startswith("embeddings")
    }
    for place, layer in enumerate(network.layers):
        for name, value in layer.state_dict().items():
            part, _, kind = name.partition(".")
            published[f"encoder.layer.{place}.{PUBLISHED[part]}.{kind}"] = value + place
    other = untaught()
    head = other.head.weight.clone()

    load_pretrained(other, save(published))

    assert torch.equal(other.head.weight, head)
    assert torch.equal(other.embeddings.LayerNorm.weight, network.embeddings.LayerNorm.weight)
    assert torch.equal(other.layers[2].outer.bias, network.layers[2].outer.bias + 2)
    published.pop("encoder.layer.5.output.dense.bias")
    with pytest.raises(KeyError):
        load_pretrained(other, save(published))


def test_heads_begin_at_the_share_of_positive_rows(network):
    from models.training.encoder.fine_tuning import start_heads

    other = untaught()
    start_heads(other, rude_rows(40))

    first, unjudged = other.head.bias.tolist()
    assert first == pytest.approx(0)
    assert unjudged < -5


def taught(state, told=lambda *_: None, rows=None):
    from models.training.encoder.fine_tuning import fine_tune

    network = untaught()
    fine_tune(network, rows or rude_rows(120), PLAN, FEW, state, told)
    return network.eval()


def test_a_network_learns_what_was_judged_and_only_with_its_upper_layers(tmp_path):
    before, losses = untaught(), []
    after = taught(tmp_path / "state", lambda _step, _steps, loss: losses.append(loss))

    assert sum(losses[-5:]) < sum(losses[:5]) / 2
    kind, rude = margins(after, [2, 6, 8, 3], [2, 6, 9, 3])[:, 0]
    assert kind < 0 < rude
    assert torch.equal(after.layers[4].query.weight, before.layers[4].query.weight)
    assert not torch.equal(after.layers[5].query.weight, before.layers[5].query.weight)


def test_a_stopped_course_goes_on_to_the_same_end(tmp_path, monkeypatch):
    from models.training.encoder import fine_tuning

    monkeypatch.setattr(fine_tuning, "SAVED_EVERY", 10)

    def stop(step, _steps, _loss):
        if step == 15:
            raise KeyboardInterrupt

    whole = taught(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        taught(tmp_path / "state", stop)
    steps = []
    continued = taught(tmp_path / "state", lambda step, *_: steps.append(step))

    assert steps[0] == 11
    np.testing.assert_array_equal(margins(continued, [2, 6, 9, 3]), margins(whole, [2, 6, 9, 3]))


def test_the_state_of_another_course_is_refused(tmp_path):
    from models.training.encoder.checkpoint import CheckpointError

    taught(tmp_path / "state")
    with pytest.raises(CheckpointError, match="other rows"):
        taught(tmp_path / "state", rows=rude_rows(60))


def test_lessons_come_among_rows_that_are_known():
    from models.training.encoder.course import refreshed

    lessons, rows = rude_rows(10), rude_rows(100)
    plan = replace(PLAN, refresher=replace(PLAN.refresher, readings=2, ordinary=3))

    mixed = refreshed(rows, lessons, plan)

    assert len(mixed) == 2 * 10 + 3 * 20
    assert mixed.pieces[:10] == mixed.pieces[10:20] == lessons.pieces
    assert mixed.labels.shape == mixed.weights.shape == (80, 2)


@pytest.mark.parametrize(("exact", "tolerance"), [(True, 1e-4), (False, 0.1)])
def test_the_exported_file_adds_up_to_the_same_margins(network, tmp_path, exact, tolerance):
    from models.training.encoder.export import export

    path = tmp_path / "encoder.onnx"
    export(network, HEADS, PLAN.longest, path, exact=exact)
    transformer = Transformer.load(path)

    assert list(transformer.attributes) == HEADS
    for text in ([2, 3], [2, *range(5, 40), 3], [2, *[9] * 126, 3]):
        added = transformer.contributions(text)
        assert added.shape == (len(text), len(HEADS))
        np.testing.assert_allclose(
            added.sum(0) + transformer.biases, margins(network, text)[0], atol=tolerance
        )


def test_heads_without_names_are_refused(network, tmp_path):
    from models.training.encoder.export import export

    with pytest.raises(ValueError, match="2 heads"):
        export(network, ["TOXICITY"], PLAN.longest, tmp_path / "encoder.onnx")
    assert not list(tmp_path.iterdir())
