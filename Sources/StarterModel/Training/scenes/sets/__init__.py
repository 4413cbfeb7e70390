"""The sets: one function a setting, by name; each builds ground, backdrop and stand, and says where the product stands."""

from . import indoors, night, outdoors, studio, tables

KINDS = {**studio.KINDS, **tables.KINDS, **indoors.KINDS, **outdoors.KINDS, **night.KINDS}


def build_set(stage):
    KINDS[stage.facts["setting"]](stage)
