"""The classifier: it turns text into scores and depends on neither the web nor the store."""

from models.artifact import ArtifactError
from models.attributes import ATTRIBUTES
from models.reading.links import KNOWN_LINK, may_be_bare
from models.reading.span import Span
from models.scoring.classifier import Classifier, ModelInfo, TextReading

__all__ = [
    "ATTRIBUTES",
    "KNOWN_LINK",
    "ArtifactError",
    "Classifier",
    "ModelInfo",
    "Span",
    "TextReading",
    "may_be_bare",
]
