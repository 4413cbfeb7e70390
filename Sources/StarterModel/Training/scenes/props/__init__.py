"""Props: one function a kind, by name; they stand beside and behind the product, never before it."""

from . import kitchen, nature, studio

KINDS = {**studio.KINDS, **nature.KINDS, **kitchen.KINDS}


def place_props(stage):
    """Builds the scene's props; names only those for which there was room."""
    found = []
    with stage.part("prop"):
        for name in stage.facts["props"]:
            before = len(stage.collections["prop"].objects)
            KINDS[name](stage, stage.chance.branch("prop", name))
            if len(stage.collections["prop"].objects) > before:
                found.append(name)
    stage.facts["props"] = found
