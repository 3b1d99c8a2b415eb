"""The network that is fine-tuned: a small BERT, mean pooling and one linear head."""

from typing import Final

import torch
from torch import Tensor, nn

HIDDEN: Final = 384
LAYERS: Final = 6
ATTENTION_HEADS: Final = 12
INNER: Final = 1536
POSITIONS: Final = 512
PIECES: Final = 30_522
EPSILON: Final = 1e-12
DROPOUT: Final = 0.1


class Embeddings(nn.Module):
    """Pieces and their places as vectors."""

    def __init__(self) -> None:
        """Leave the weights to be loaded."""
        super().__init__()
        self.word_embeddings = nn.Embedding(PIECES, HIDDEN)
        self.position_embeddings = nn.Embedding(POSITIONS, HIDDEN)
        self.token_type_embeddings = nn.Embedding(2, HIDDEN)
        self.LayerNorm = nn.LayerNorm(HIDDEN, eps=EPSILON)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return (batch, length, hidden) for piece numbers of shape (batch, length)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        first = self.token_type_embeddings.weight[0]
        summed = self.word_embeddings(pieces) + self.position_embeddings(places) + first
        return self.LayerNorm(summed)


class Layer(nn.Module):
    """One layer of the transformer: attention and two dense layers, each with a way around."""

    def __init__(self) -> None:
        """Leave the weights to be loaded."""
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

    def forward(self, states: Tensor, bias: Tensor | None) -> Tensor:
        """Transform (batch, length, hidden); `bias` (batch, 1, 1, length) hides padding."""
        attended = self.mixed(self._attend(states, bias))
        states = self.mixed_norm(states + self.dropout(attended))
        widened = nn.functional.gelu(self.inner(states))
        return self.outer_norm(states + self.dropout(self.outer(widened)))

    def _attend(self, states: Tensor, bias: Tensor | None) -> Tensor:
        batch, length, _ = states.shape
        shape = (batch, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS)
        query = self.query(states).view(shape).transpose(1, 2)
        key = self.key(states).view(shape).transpose(1, 2)
        value = self.value(states).view(shape).transpose(1, 2)
        alike = query @ key.transpose(2, 3) / (HIDDEN // ATTENTION_HEADS) ** 0.5
        shares = self.dropout((alike if bias is None else alike + bias).softmax(-1))
        return (shares @ value).transpose(1, 2).reshape(batch, length, HIDDEN)


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, heads: int, frozen: int = LAYERS) -> None:
        """Make room for the weights; embeddings and the lowest `frozen` layers do not learn."""
        super().__init__()
        self.embeddings = Embeddings()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(HIDDEN, heads)
        self.frozen = frozen
        for part in (self.embeddings, *list(self.layers)[:frozen]):
            part.requires_grad_(False)

    def states(self, pieces: Tensor, real: Tensor | None = None) -> Tensor:
        """Return the last hidden states (batch, length, hidden); `real` is False for padding."""
        bias = None
        if real is not None and not bool(real.all()):
            bias = torch.zeros(real.shape).masked_fill(~real, -1e9)[:, None, None, :]
        with torch.no_grad():
            states = self.embeddings(pieces)
            for layer in list(self.layers)[: self.frozen]:
                states = layer(states, bias)
        for layer in list(self.layers)[self.frozen :]:
            states = layer(states, bias)
        return states

    def forward(self, pieces: Tensor, real: Tensor) -> Tensor:
        """Return the margins (batch, heads) of padded texts."""
        states = self.states(pieces, real)
        shares = real / real.sum(1, keepdim=True)
        pooled = (states * shares[:, :, None]).sum(1)
        return self.head(self.dropout(pooled))


# Names in the published file, in front of a layer's number and behind it.
_PUBLISHED: Final = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def load_base(network: Network, published: dict[str, Tensor]) -> None:
    """Copy the published weights of the encoder; the heads keep theirs.

    :raises KeyError: a weight is missing.
    """
    weights = {
        f"embeddings.{name}": published[f"embeddings.{name}"]
        for name in network.embeddings.state_dict()
    }
    for place, layer in enumerate(network.layers):
        for name in layer.state_dict():
            part, _, kind = name.partition(".")
            theirs = f"encoder.layer.{place}.{_PUBLISHED[part]}.{kind}"
            weights[f"layers.{place}.{name}"] = published[theirs]
    heads = {f"head.{name}": value for name, value in network.head.state_dict().items()}
    network.load_state_dict(weights | heads)
