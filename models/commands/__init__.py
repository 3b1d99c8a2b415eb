"""`folkmoot model …`: commands to train, measure, compare and try out models."""

import click

from models.commands.evaluation import evaluate
from models.commands.fine_tuning import fine_tune
from models.commands.folders import compare, list_models
from models.commands.scores import explain, score
from models.commands.training import train


@click.group()
def model() -> None:
    """Train, measure, compare and try out the classifier."""


for command in (train, fine_tune, evaluate, score, explain, list_models, compare):
    model.add_command(command)
