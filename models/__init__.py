"""Text goes in and scores come out: the classifier, which knows nothing of the web or the store."""

from models.artifact import ArtifactError
from models.attributes import ATTRIBUTES
from models.scoring.classifier import Classifier, ModelInfo
from models.scoring.explanation import Span

__all__ = ["ATTRIBUTES", "ArtifactError", "Classifier", "ModelInfo", "Span"]
