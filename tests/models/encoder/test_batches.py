"""Rows are learnt in batches of similar length, every row once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.training.encoder.batches import batches_of, padded

LENGTHS = st.lists(st.integers(2, 128), min_size=1, max_size=300)


@given(LENGTHS, st.integers(128, 1024), st.integers(1, 64))
def test_every_row_is_in_one_batch_that_is_not_too_large(lengths, pieces, most):
    batches = batches_of(lengths, pieces, most, seed=1)

    assert sorted(np.concatenate(batches)) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= most
        assert len(batch) * max(lengths[row] for row in batch) <= pieces


@given(LENGTHS)
def test_a_seed_decides_the_order(lengths):
    first, again = (batches_of(lengths, 256, 8, seed=5) for _ in range(2))
    assert [list(batch) for batch in first] == [list(batch) for batch in again]


def test_shorter_texts_are_padded():
    pieces, real = padded([[5, 6], [7, 8, 9]])
    assert pieces.tolist() == [[5, 6, 0], [7, 8, 9]]
    assert real.tolist() == [[True, True, False], [True, True, True]]
