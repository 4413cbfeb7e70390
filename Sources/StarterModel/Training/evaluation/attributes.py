"""What a scene's facts say, in few classes, and linear classifiers that read it from features."""

import numpy as np
import torch
import torch.nn.functional as F

from .features import COLOURS, PLACED

SURFACES = [
    ("marble", "marble"), ("wood", "wood|plank|oak|walnut|teak|birch"), ("stone", "concrete|stone|slate|terrazzo|plaster|rock"), ("sand", "sand"),
    ("snow", "snow"), ("water", "water"), ("fabric", "satin|silk|linen|fabric|cloth"), ("moss", "moss|forest floor|grass"), ("glossy", "glossy"),
    ("paper", "seamless|sweep"), ("podium", "podium"),
]
LIGHTS = [
    ("neon", "neon"), ("golden hour", "golden|sunset"), ("from the left", "left"), ("from the right", "right"), ("gobo", "window frame|dappled"),
    ("dark", "dark mood|dramatic"), ("soft or bright", "soft|bright|daylight|overhead|natural|morning|warm"),
]
HUES = [
    ("white", "white|ivory|cream|snow"), ("grey", "grey|concrete|charcoal|black"), ("brown", "brown|wood|beige|oak|walnut"),
    ("red", "red|burgundy|coral|terracotta|brick"), ("pink", "pink|peach"), ("yellow", "yellow|mustard|lemon|gold"),
    ("green", "green|forest|garden|leaves|pine"), ("blue", "blue|navy|sea|sky|teal"), ("purple", "purple|lavender"),
]


def first_match(text: str, classes: list[tuple[str, str]]) -> str | None:
    words = text.lower()
    return next((name for name, alternatives in classes if any(word in words for word in alternatives.split("|"))), None)


ATTRIBUTES = {
    "setting": lambda fact: fact["setting"],
    "surface": lambda fact: first_match(fact["surface"], SURFACES),
    "hue of the backdrop": lambda fact: first_match(fact["backdrop"], HUES),
    "light": lambda fact: first_match(fact["light"], LIGHTS),
}
SEEN_BY = {"setting": PLACED, "surface": PLACED, "hue of the backdrop": COLOURS, "light": PLACED}
"""The columns of a description that an attribute is read from: those that told it best of held-out renders."""


class Classifier:
    """Multinomial logistic regression with weight decay on standardised features."""

    def __init__(self, features: np.ndarray, labels: list[str]):
        self.classes = sorted(set(labels))
        self.mean, self.deviation = features.mean(0), features.std(0) + 1e-3
        x = torch.from_numpy(self._scaled(features)).float()
        y = torch.tensor([self.classes.index(label) for label in labels])
        torch.manual_seed(0)
        self.layer = torch.nn.Linear(x.shape[1], len(self.classes))
        optimizer = torch.optim.AdamW(self.layer.parameters(), 2e-3, weight_decay=0.3)
        for _ in range(400):
            loss = F.cross_entropy(self.layer(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    def _scaled(self, features: np.ndarray) -> np.ndarray:
        return np.clip((features - self.mean) / self.deviation, -4, 4)

    @torch.no_grad()
    def __call__(self, features: np.ndarray) -> list[str]:
        return [self.classes[index] for index in self.layer(torch.from_numpy(self._scaled(features)).float()).argmax(1).tolist()]


def accuracy(classifier: Classifier, features: np.ndarray, labels: list[str | None]) -> float:
    """Share right among those that have a label."""
    pairs = [(said, label) for said, label in zip(classifier(features), labels) if label is not None]
    return sum(said == label for said, label in pairs) / max(len(pairs), 1)
