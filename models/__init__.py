"""The classifier: it turns text into scores and depends on neither the web nor the store."""

from models.artifact import ArtifactError
from models.attributes import ATTRIBUTES
from models.scoring.classifier import Classifier, ModelInfo
from models.scoring.explanation import Span

__all__ = ["ATTRIBUTES", "ArtifactError", "Classifier", "ModelInfo", "Span"]
