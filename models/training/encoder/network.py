"""The network that is fine-tuned: a small BERT, the mean of its states and a linear head.

The architecture is BERT's (https://arxiv.org/abs/1810.04805) in the size of MiniLM
(https://arxiv.org/abs/2002.10957). Shapes: texts, length, `HIDDEN`.
"""

from typing import Final

import torch
from safetensors.torch import load
from torch import Tensor, nn

HIDDEN: Final = 384
LAYERS: Final = 6
ATTENDING: Final = 12
WIDTH: Final = HIDDEN // ATTENDING
INNER: Final = 4 * HIDDEN
POSITIONS: Final = 512
VOCABULARY: Final = 30_522
EPSILON: Final = 1e-12
DROPOUT: Final = 0.1
HIDDEN_AWAY: Final = -1e9  # log share of attention that padding gets

# The parts of a layer by their names in the published file.
PUBLISHED: Final = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


class Embeddings(nn.Module):
    """Pieces and their places as vectors."""

    def __init__(self) -> None:
        """Make room for weights."""
        super().__init__()
        self.word_embeddings = nn.Embedding(VOCABULARY, HIDDEN)
        self.position_embeddings = nn.Embedding(POSITIONS, HIDDEN)
        self.token_type_embeddings = nn.Embedding(2, HIDDEN)
        self.LayerNorm = nn.LayerNorm(HIDDEN, eps=EPSILON)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the vectors of pieces (texts, length)."""
        places = self.position_embeddings.weight[: pieces.shape[1]]
        summed = self.word_embeddings(pieces) + places + self.token_type_embeddings.weight[0]
        return self.LayerNorm(summed)


class Layer(nn.Module):
    """One layer of a transformer: attention, then two dense layers, both with a way around."""

    def __init__(self) -> None:
        """Make room for weights."""
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.mixed = nn.Linear(HIDDEN, HIDDEN)
        self.mixed_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, padding: Tensor | None) -> Tensor:
        """Transform states; `padding` is added to the log shares of attention."""
        attended = self.mixed(self._attended(states, padding))
        states = self.mixed_norm(states + self.dropout(attended))
        inner = nn.functional.gelu(self.inner(states))
        return self.outer_norm(states + self.dropout(self.outer(inner)))

    def _attended(self, states: Tensor, padding: Tensor | None) -> Tensor:
        shape = (*states.shape[:2], ATTENDING, WIDTH)
        query = self.query(states).view(shape).transpose(1, 2)
        key = self.key(states).view(shape).transpose(1, 2)
        value = self.value(states).view(shape).transpose(1, 2)
        alike = query @ key.transpose(2, 3) / WIDTH**0.5
        shares = (alike if padding is None else alike + padding).softmax(-1)
        return (self.dropout(shares) @ value).transpose(1, 2).reshape(states.shape)


class EncoderNetwork(nn.Module):
    """The encoder with one head for each attribute."""

    def __init__(self, heads: int, frozen: int = 0) -> None:
        """Make room for weights; the embeddings and the lowest `frozen` layers do not learn."""
        super().__init__()
        self.embeddings = Embeddings()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(HIDDEN, heads)
        self.frozen = frozen
        for part in (self.embeddings, *self.layers[:frozen]):
            part.requires_grad_(False)

    def forward(self, pieces: Tensor, real: Tensor) -> Tensor:
        """Return the margins (texts, heads) of padded texts; `real` is False for padding."""
        states = self.states(pieces, real)
        shares = real / real.sum(1, keepdim=True)
        return self.head(self.dropout((states * shares[:, :, None]).sum(1)))

    def states(self, pieces: Tensor, real: Tensor) -> Tensor:
        """Return the last states of padded texts."""
        padding = None
        if not real.all():
            padding = torch.zeros(real.shape).masked_fill(~real, HIDDEN_AWAY)[:, None, None, :]
        with torch.no_grad():
            states = self.embeddings(pieces)
            for layer in self.layers[: self.frozen]:
                states = layer(states, padding)
        for layer in self.layers[self.frozen :]:
            states = layer(states, padding)
        return states


def load_pretrained(network: EncoderNetwork, weights: bytes) -> None:
    """Give a network the weights of a published safetensors file; its heads keep theirs.

    :raises KeyError: the file lacks a weight.
    """
    published = load(weights)
    taken = {
        f"embeddings.{name}": published[f"embeddings.{name}"]
        for name in network.embeddings.state_dict()
    }
    for place, layer in enumerate(network.layers):
        for name in layer.state_dict():
            part, _, kind = name.partition(".")
            taken[f"layers.{place}.{name}"] = published[
                f"encoder.layer.{place}.{PUBLISHED[part]}.{kind}"
            ]
    heads = {f"head.{name}": value for name, value in network.head.state_dict().items()}
    network.load_state_dict(taken | heads)
