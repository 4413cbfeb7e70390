"""Chance that is the same on every machine: streams named by what they decide, so that a new decision shifts no other."""

import zlib

import numpy as np


class Chance:
    """A stream of random numbers, fixed by its keys (numbers or words)."""

    def __init__(self, *keys):
        self.keys = keys
        self.generator = np.random.default_rng([key if isinstance(key, int) else zlib.crc32(str(key).encode()) for key in keys])

    def branch(self, *keys) -> "Chance":
        """An independent stream for one decision."""
        return Chance(*self.keys, *keys)

    def uniform(self, low=0.0, high=1.0) -> float:
        return float(self.generator.uniform(low, high))

    def normal(self, spread=1.0) -> float:
        return float(self.generator.normal() * spread)

    def integer(self, low: int, high: int) -> int:
        """From low to high, both included."""
        return int(self.generator.integers(low, high + 1))

    def happens(self, probability: float) -> bool:
        return bool(self.generator.random() < probability)

    def side(self) -> int:
        """-1 is left, 1 is right."""
        return 1 if self.happens(0.5) else -1

    def choose(self, options):
        options = list(options)
        return options[int(self.generator.integers(len(options)))]

    def weighted(self, weights: dict):
        """One key, by the weights that are its values."""
        keys = list(weights)
        values = np.array([weights[key] for key in keys], float)
        return keys[int(self.generator.choice(len(keys), p=values / values.sum()))]

    def some(self, options, count: int) -> list:
        """`count` different ones (or all there are), in random order."""
        options = list(options)
        order = self.generator.permutation(len(options))[:count]
        return [options[i] for i in order]

    def offset(self, reach=40.0) -> tuple:
        """A place in a texture."""
        return tuple(float(v) for v in self.generator.uniform(-reach, reach, 3))
