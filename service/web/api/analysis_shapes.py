"""Shapes of our own analysis API: texts in, scores and explanations out."""

from typing import Annotated

from pydantic import BaseModel, Field

from service.domain.attribute import Attribute
from service.domain.verdict import Depth, Outcome
from service.web.api.request_shapes import Incoming

Text = Annotated[str, Field(max_length=65_536)]


class TextsToAnalyze(Incoming):
    """Texts to score, and the attributes whose scores to explain."""

    texts: list[Text] = Field(min_length=1, max_length=100)
    language: str = Field(
        "", max_length=35, description="Their language as a BCP-47 tag, if it is known."
    )
    site: str = Field(
        "",
        max_length=64,
        description="The site whose policy decides, for a key of all sites; else the key's own.",
    )
    explain: list[Attribute] = Field(
        default_factory=list, max_length=8, description="Times the texts, at most 100."
    )


class WordShare(BaseModel):
    """A span of a text, in UTF-16 units, and its contribution to the log odds of an attribute."""

    start: int
    end: int
    contribution: float


class TextReason(BaseModel):
    """One reason of a verdict, whether it decided or not."""

    code: str = Field(description="As in docs/policy.md: `toxicity/insult`, `links/many-links` …")
    outcome: Outcome
    strength: float | None = Field(description="A score, or how many characters, links or words.")
    sentence: str = Field(
        description="In words for the author, in the language of `Accept-Language`; may be empty."
    )


class TextVerdict(BaseModel):
    """What a site's policy does with a comment that has this text, by the text alone.

    `nudge` is what to tell an author who may rephrase a text that is held or rejected for its tone;
    else it is empty.
    """

    outcome: Outcome
    reasons: list[TextReason]
    nudge: str


class AnalyzedText(BaseModel):
    """One text; a score is null if the model has none for its language."""

    language: str = Field(description="A BCP-47 code, or `und`.")
    scores: dict[str, float | None]
    depth: Depth = Field(
        description="How thoroughly it was read: zero-shot scores are in a language in which the "
        "model was not trained."
    )
    verdict: TextVerdict
    explanations: dict[str, list[WordShare]]
    read_in: dict[str, str] = Field(
        description="For each explained attribute the language whose score counts, if any."
    )


class Analyses(BaseModel):
    """The texts in the order they were sent, and the model that scored them."""

    model: str
    results: list[AnalyzedText]
