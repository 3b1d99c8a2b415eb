"""The course of an encoder: it reads every row once, then lessons among rows that it knows."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import torch

from models.encoding.passage import PassageReader
from models.training.data.lessons import LESSONS, lessons_of
from models.training.encoder.fine_tuning import Told, fine_tune, start_heads
from models.training.encoder.network import EncoderNetwork, load_pretrained
from models.training.encoder.plan import EncoderPlan, EncoderSource
from models.training.encoder.rows import Taught, TrainingRows, gather_taught, rows_of

EPOCH: Final = "epoch.safetensors"
REFRESHER: Final = "refresher.safetensors"


def teach(
    plan: EncoderPlan, data: Path, reader: PassageReader, weights: bytes, work: Path, told: Told
) -> EncoderNetwork:
    """Fine-tune a pretrained encoder; what is done stays in the folder `work`, to go on from.

    :raises RecipeError: rows or lessons are missing or wrong.
    :raises CheckpointError: `work` belongs to other rows or another plan.
    """
    rows = rows_of(gather_taught(plan, data), plan, reader)
    lessons = rows_of(_lessons(plan), plan, reader)
    torch.manual_seed(plan.seed)
    network = EncoderNetwork(len(plan.heads), plan.frozen)
    load_pretrained(network, weights)
    start_heads(network, rows)
    work.mkdir(parents=True, exist_ok=True)
    fine_tune(network, rows, plan, plan.schedule, work / EPOCH, told)
    mixed = refreshed(rows, lessons, plan)
    gentle = replace(plan.schedule, rate=plan.refresher.rate)
    fine_tune(network, mixed, plan, gentle, work / REFRESHER, told)
    return network.eval()


def refreshed(rows: TrainingRows, lessons: TrainingRows, plan: EncoderPlan) -> TrainingRows:
    """Return the lessons, as often as they are read, and a sample of the ordinary rows."""
    refresher = plan.refresher
    repeated = list(range(len(lessons))) * refresher.readings
    chance = np.random.default_rng(plan.seed)
    sample = chance.permutation(len(rows))[: refresher.ordinary * len(repeated)]
    return lessons.chosen(repeated) + rows.chosen(sample.tolist())


def _lessons(plan: EncoderPlan) -> list[Taught]:
    source = EncoderSource(files=plan.refresher.lessons)
    return [Taught(source, lesson) for lesson in lessons_of(LESSONS / plan.refresher.lessons)]
