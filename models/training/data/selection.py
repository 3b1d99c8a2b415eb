"""The examples of a language are chosen: no row that is trained on repeats a held-out one."""

from pathlib import Path

from models.attributes import INSULT
from models.training.data.dataset import Example, examples_of
from models.training.data.weak_labels import label_insults, label_sexual, read_terms
from models.training.recipe import LanguageRecipe, Recipe, Source


def gather(language: LanguageRecipe, data: Path, seed: int) -> list[Example]:
    """Read all examples of a language, leaving out training rows that a held-out one repeats.

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


def held_rows(recipe: Recipe, data: Path) -> list[Example]:
    """Read the rows that a recipe keeps from training."""
    return [
        example
        for language in recipe.languages
        for example in gather(language, data, recipe.seed)
        if example.held
    ]


def _labelled(source: Source, language: LanguageRecipe, data: Path, seed: int) -> list[Example]:
    """Read one source, with the labels that lists of words stand in for."""
    examples = list(examples_of(source, language.code, data, seed))
    if source.insulting:
        weight = source.weight_of(INSULT)
        examples = list(label_insults(examples, language.insulting, weight))
    if source.sexual:
        examples = label_sexual(examples, read_terms(data), language.sexual)
    return examples
