"""One attribute is fitted by a support vector machine, or optionally by logistic regression."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from models.training.fitting.linear import fit_head


@pytest.mark.parametrize("logistic", [False, True], ids=["support vectors", "logistic"])
def test_either_machine_finds_the_word_that_matters(logistic: bool) -> None:
    rude = np.tile([0.0, 1.0], 30)
    matrix = csr_matrix(np.stack([rude, np.ones(60)], axis=1))
    plane, bias = fit_head(matrix, rude, np.ones(60), 1.0, 7, logistic)

    assert plane[0] > abs(plane[1])
    assert plane.sum() + bias > 0 > plane[1] + bias
