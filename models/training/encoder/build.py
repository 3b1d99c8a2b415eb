"""Building the files of an encoder: its network and its vocabulary."""

from pathlib import Path

from models.encoding.passage import PassageReader
from models.encoding.wordpiece import WordPiece
from models.reading.lexicon import Lexicon
from models.reading.words import WordReader
from models.training.encoder.course import teach
from models.training.encoder.export import export
from models.training.encoder.fine_tuning import Told
from models.training.encoder.plan import EncoderPlan
from models.training.encoder.shelf import Pretrained


def build_encoder(
    plan: EncoderPlan,
    data: Path,
    lexicon: Lexicon,
    pretrained: Pretrained,
    folder: Path,
    work: Path,
    told: Told,
) -> Path:
    """Fine-tune an encoder, write it with its vocabulary and return the file of the network.

    :raises RecipeError: rows or lessons are missing or wrong.
    :raises CheckpointError: `work` belongs to other rows or another plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"encoder-{plan.language}.onnx"
    vocabulary = made.with_suffix(".txt")
    vocabulary.write_bytes(pretrained.vocabulary)
    reader = PassageReader(WordPiece.load(vocabulary), WordReader(lexicon))
    network = teach(plan, data, reader, pretrained.weights, work, told)
    export(network, list(plan.heads), plan.longest, made)
    return made
