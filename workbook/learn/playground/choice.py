"""What a learner chooses in the playground: the data, the network and the training."""

from dataclasses import dataclass, replace

from workbook.learn.flow.datasets import NOISE
from workbook.learn.playground.activations import RELU

#: Number of points of a data set.
POINTS = 200
#: Initial weights: those of the learner's initialiser, or larger ones for deep networks.
SMALL, HE = "small", "He"


@dataclass(frozen=True)
class NetworkChoice:
    """The learner's choices.

    Attributes
    ----------
    data : str
        Name of the data set.
    noise : float
        How far its points scatter.
    held_out : float
        Share of the points that the network never learns from.
    points : tuple of (float, float, int)
        Points that the learner has added: both inputs, and the class.
    hidden_layers, units : int
        Number of hidden layers, and of units in each.
    activation : str
        That of the hidden layers.
    start : {"small", "He"}
        ``small``: the initialiser's weights as they are. ``He``: ``W{l}`` times
        100 sqrt(2 / n_{l-1}), so that weights of 0.01 get the standard deviation of He's rule.
    learning_rate : float
        Step length as a multiple of the gradient.
    batch : int
        Number of points for each step; 0 for all of them.
    l2 : float
        Strength of the penalty on the weights.
    steps : int
        Number of steps of a run.
    seed : int
        Seed for the points and the initial weights.
    """

    data: str = "moons"
    noise: float = NOISE
    held_out: float = 0.2
    points: tuple[tuple[float, float, int], ...] = ()
    hidden_layers: int = 2
    units: int = 8
    activation: str = RELU
    start: str = HE
    learning_rate: float = 0.3
    batch: int = 0
    l2: float = 0.0
    steps: int = 2000
    seed: int = 1

    def goes_on_as(self, other: "NetworkChoice") -> bool:
        """Return whether a training can go on with another choice, without a new network."""
        names = ("learning_rate", "batch", "l2", "steps")
        return replace(self, **{name: getattr(other, name) for name in names}) == other

    @property
    def layers(self) -> tuple[int, ...]:
        """Number of units of every layer, the inputs first."""
        return (2, *[self.units] * self.hidden_layers, 1)
