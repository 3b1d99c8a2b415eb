"""Building the multilingual heads: rows are read by the frozen encoder, and learnt from."""

from collections.abc import Callable
from pathlib import Path

from torch.nn import Sequential

from models.artifact import sha256
from models.encoding.convolution import Convolution
from models.encoding.sentence import SentenceReader
from models.encoding.subwords import Subwords
from models.training.multilingual.heads import fit_heads
from models.training.multilingual.plan import HeadsPlan
from models.training.multilingual.rows import gather_sentences, taught_sentences
from models.training.multilingual.vectors import vectors_of

Progress = Callable[[str, int], Callable[[], None]]


def build_heads(
    plan: HeadsPlan,
    data: Path,
    network: Path,
    pieces: Path,
    work: Path,
    progress: Progress,
) -> Sequential:
    """Return the taught heads of an encoder; `work` keeps the vectors of texts.

    Of a text, the first part is read.

    :raises RecipeError: rows or lessons are missing or wrong.
    :raises OSError: a file of the encoder cannot be read.
    """
    rows = taught_sentences(gather_sentences(plan, data), plan)
    encoder, reader = Convolution.load(network), SentenceReader(Subwords.load(pieces))
    reading = progress("reading", len(rows.texts))
    learning = progress("learning", plan.fitting.epochs)
    vectors = vectors_of(
        rows.texts,
        lambda text: encoder.vector(reader.read(text)[0].ids),
        f"{sha256(network)} {sha256(pieces)}",
        work,
        reading,
    )
    return fit_heads(rows, vectors, plan, lambda *_: learning())
