"""`folkmoot model …`: commands to train, measure, compare and try out models."""

import click

from models.commands.evaluation import evaluate
from models.commands.fine_tuning import fine_tune
from models.commands.folders import compare, list_models
from models.commands.heads import fit_heads
from models.commands.scores import explain, score
from models.commands.training import train


@click.group()
def model() -> None:
    """Train, measure, compare and try out the classifier."""


COMMANDS = (train, fine_tune, fit_heads, evaluate, score, explain, list_models, compare)

for command in COMMANDS:
    model.add_command(command)
