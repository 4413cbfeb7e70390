"""A small way of writing shader node trees."""

import bpy
import numpy as np


def bright(rgb, factor):
    """A colour times a factor, kept below what paint can reflect."""
    return tuple(np.clip(np.array(rgb) * factor, 0.0, 0.92))


def between(a, b, share):
    return tuple(np.array(a) * (1 - share) + np.array(b) * share)


class Surface:
    """One material under construction; `made` is the Blender material. Inputs by name: `roughness=0.3, coat_weight=1`."""

    def __init__(self, colour=(0.8, 0.8, 0.8), **inputs):
        self.made = bpy.data.materials.new("surface")
        self.made.use_nodes = True
        self.tree = self.made.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.sockets = {socket.name.lower().replace(" ", "_"): socket for socket in self.shader.inputs}
        self.place = None
        self.set(base_color=(*colour, 1), **inputs)

    def set(self, **inputs):
        for name, value in inputs.items():
            self.sockets[name].default_value = value
        return self

    def node(self, kind, **values):
        node = self.tree.nodes.new(kind)
        for name, value in values.items():
            setattr(node, name, value)
        return node

    def link(self, output, socket):
        self.tree.links.new(output, socket)

    def at(self, scale=(1, 1, 1), turn=(0, 0, 0), offset=(0, 0, 0), coordinates="Object"):
        """Texture coordinates of the object, scaled, turned and moved."""
        if self.place is None:
            self.place = self.node("ShaderNodeTexCoord")
        mapping = self.node("ShaderNodeMapping")
        for name, value in (("Scale", scale), ("Rotation", turn), ("Location", offset)):
            mapping.inputs[name].default_value = value
        self.link(self.place.outputs[coordinates], mapping.inputs[0])
        return mapping.outputs[0]

    def texture(self, kind, vector, **inputs):
        """A texture node; its outputs by name."""
        node = self.node("ShaderNodeTex" + kind)
        self.link(vector, node.inputs["Vector"])
        for name, value in inputs.items():
            node.inputs[name.replace("_", " ").title()].default_value = value
        return node.outputs

    def noise(self, vector, scale=5.0, detail=3.0, roughness=0.5, distortion=0.0):
        return self.texture("Noise", vector, scale=scale, detail=min(detail, 4.0), roughness=roughness, distortion=distortion)[0]

    def ramp(self, factor, stops, steps=False):
        """Colours (position, rgb) along a factor."""
        node = self.node("ShaderNodeValToRGB")
        ramp = node.color_ramp
        ramp.interpolation = "CONSTANT" if steps else "LINEAR"
        while len(ramp.elements) > 1:
            ramp.elements.remove(ramp.elements[-1])
        for k, (position, rgb) in enumerate(stops):
            element = ramp.elements[0] if k == 0 else ramp.elements.new(position)
            element.position, element.color = position, (*rgb, 1)
        self.link(factor, node.inputs[0])
        return node.outputs[0]

    def mask(self, factor, low, high):
        """0 below `low`, 1 above `high`."""
        return self.ramp(factor, [(low, (0, 0, 0)), (high, (1, 1, 1))])

    def mix(self, share, a, b, mode="MIX"):
        node = self.node("ShaderNodeMix", data_type="RGBA", blend_type=mode)
        for socket, value in zip((node.inputs[0], node.inputs[6], node.inputs[7]), (share, a, b)):
            if isinstance(value, (int, float)):
                socket.default_value = value
            elif isinstance(value, (tuple, list, np.ndarray)):
                socket.default_value = (*value, 1)
            else:
                self.link(value, socket)
        return node.outputs[2]

    def coloured(self, output):
        self.link(output, self.sockets["base_color"])
        return self

    def bumped(self, height, strength=0.3, distance=0.05):
        node = self.node("ShaderNodeBump")
        node.inputs["Strength"].default_value, node.inputs["Distance"].default_value = strength, distance
        self.link(height, node.inputs["Height"])
        self.link(node.outputs[0], self.sockets["normal"])
        return self


def plain(colour, roughness=0.5, **inputs):
    """One colour, no texture."""
    return Surface(colour, roughness=roughness, **inputs).made


def glowing(colour, strength):
    return Surface((0, 0, 0), emission_color=(*colour, 1), emission_strength=strength, roughness=1.0).made


METALS = {
    "gold": (0.86, 0.58, 0.25),
    "silver": (0.74, 0.75, 0.77),
    "rose gold": (0.83, 0.51, 0.41),
    "black": (0.03, 0.03, 0.032),
    "brass": (0.68, 0.46, 0.2),
    "copper": (0.78, 0.38, 0.22),
}


def metal(name="silver", roughness=0.2):
    return plain(METALS[name], roughness, metallic=1.0 if name != "black" else 0.5)


def glass(colour=(1, 1, 1), roughness=0.0, ior=1.45, shadow=0.75):
    """Clear or tinted glass whose shadow is light: without caustics it would be as dark as stone's."""
    surface = Surface(colour, roughness=roughness, transmission_weight=1.0, ior=ior)
    clear = surface.node("ShaderNodeBsdfTransparent")
    clear.inputs["Color"].default_value = (*[shadow * (0.4 + 0.6 * c) for c in colour], 1)
    mix, path = surface.node("ShaderNodeMixShader"), surface.node("ShaderNodeLightPath")
    surface.link(path.outputs["Is Shadow Ray"], mix.inputs["Fac"])
    surface.link(surface.shader.outputs["BSDF"], mix.inputs[1])
    surface.link(clear.outputs["BSDF"], mix.inputs[2])
    surface.link(mix.outputs[0], surface.tree.nodes["Material Output"].inputs["Surface"])
    return surface.made
