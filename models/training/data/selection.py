"""The choice of examples: no training row repeats a held-out one."""

from collections.abc import Sequence
from pathlib import Path

from models.attributes import INSULT
from models.reading.lexicon import Lexicon
from models.training.data.dataset import Example, examples_of
from models.training.data.vocabulary import build_lexicon
from models.training.data.weak_labels import label_insults, label_sexual, read_terms
from models.training.recipe import LanguageRecipe, Recipe, Source


def gather(language: LanguageRecipe, data: Path, seed: int) -> list[Example]:
    """Read all examples of a language, except training rows that repeat a held-out one.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    examples = [
        example
        for source in language.sources
        for example in _labelled(source, language, data, seed)
    ]
    held = [example for example in examples if example.held]
    keys, twins = {example.key for example in held}, {example.twin for example in held}
    return [
        example
        for example in examples
        if example.held or (example.key not in keys and example.twin not in twins)
    ]


def lexicon_of(examples: Sequence[Example], data: Path) -> Lexicon:
    """Collect the known words of the examples that training sees."""
    terms = frozenset(row["text"].lower() for row in read_terms(data))
    return build_lexicon((each for each in examples if not each.held), terms)


def held_rows(recipe: Recipe, data: Path) -> list[Example]:
    """Read the rows that a recipe holds out of training."""
    return [
        example
        for language in recipe.languages
        for example in gather(language, data, recipe.seed)
        if example.held
    ]


def _labelled(source: Source, language: LanguageRecipe, data: Path, seed: int) -> list[Example]:
    """Read one source and add the labels that are derived from lists of words."""
    examples = list(examples_of(source, language.code, data, seed))
    if source.insulting:
        weight = source.weight_of(INSULT)
        examples = list(label_insults(examples, language.insulting, weight))
    if source.sexual:
        examples = label_sexual(examples, read_terms(data), language.sexual)
    return examples
