"""Surfaces, each one node tree around Cycles' principled shader. Colours are linear RGB, 0...1."""

import bpy


def principled(colour=(0.8, 0.8, 0.8), name="surface", **inputs):
    """A material by the names of the shader's inputs, in lower case with underscores: `roughness=0.3`, `coat_weight=1`."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*colour, 1)
    named = {socket.name.lower().replace(" ", "_"): socket for socket in shader.inputs}
    for key, value in inputs.items():
        named[key].default_value = value
    return material


def shader_of(material):
    """The principled shader of a material made here."""
    return material.node_tree.nodes["Principled BSDF"]


def _node(material, kind, **values):
    node = material.node_tree.nodes.new(kind)
    for key, value in values.items():
        if key in node.inputs:
            node.inputs[key].default_value = value
        else:
            setattr(node, key, value)
    return node


def _link(material, output, socket):
    material.node_tree.links.new(output, socket)


def _coordinates(material):
    return _node(material, "ShaderNodeTexCoord").outputs["Object"]


def bumpy(material, scale, strength, distance=0.02, kind="noise", detail=4.0):
    """Adds relief: `noise` for plaster and leather's drift, `cells` for grain like leather or hammered metal."""
    texture = "ShaderNodeTexNoise" if kind == "noise" else "ShaderNodeTexVoronoi"
    node = _node(material, texture, Scale=scale)
    if kind == "noise":
        node.inputs["Detail"].default_value = detail
    _link(material, _coordinates(material), node.inputs["Vector"])
    bump = _node(material, "ShaderNodeBump", Strength=strength, Distance=distance)
    _link(material, node.outputs[0], bump.inputs["Height"])
    _link(material, bump.outputs["Normal"], shader_of(material).inputs["Normal"])
    return material


def mottled(material, stops, scale, detail=6.0, distortion=0.0, stretch=(1, 1, 1)):
    """Colours the material by noise through a ramp; `stops` are (position, colour)."""
    noise = _node(material, "ShaderNodeTexNoise", Scale=scale, Detail=detail, Distortion=distortion)
    mapping = _node(material, "ShaderNodeMapping", Scale=stretch)
    _link(material, _coordinates(material), mapping.inputs["Vector"])
    _link(material, mapping.outputs["Vector"], noise.inputs["Vector"])
    _link(material, ramp(material, noise.outputs[0], stops), shader_of(material).inputs["Base Color"])
    return material


def ramp(material, factor, stops):
    """A colour ramp's output, fed by `factor`."""
    node = _node(material, "ShaderNodeValToRGB")
    elements = node.color_ramp.elements
    while len(elements) < len(stops):
        elements.new(0.5)
    for element, (position, colour) in zip(elements, stops):
        element.position = position
        element.color = (*colour, 1)
    _link(material, factor, node.inputs["Fac"])
    return node.outputs["Color"]


def graded(material, low, high, stops):
    """Colours the material by height, from z = `low` (0) to z = `high` (1) in the object's own coordinates, with a ragged edge."""
    split = _node(material, "ShaderNodeSeparateXYZ")
    _link(material, _coordinates(material), split.inputs[0])
    noise = _node(material, "ShaderNodeTexNoise", Scale=3.0, Detail=5.0)
    _link(material, _coordinates(material), noise.inputs["Vector"])
    place = _node(material, "ShaderNodeMapRange")
    place.inputs["From Min"].default_value = low
    place.inputs["From Max"].default_value = high
    _link(material, split.outputs["Z"], place.inputs["Value"])
    drift = _node(material, "ShaderNodeMath", operation="MULTIPLY_ADD")
    drift.inputs[1].default_value = 0.22
    _link(material, noise.outputs[0], drift.inputs[0])
    _link(material, place.outputs["Result"], drift.inputs[2])
    shift = _node(material, "ShaderNodeMath", operation="SUBTRACT")
    shift.inputs[1].default_value = 0.11
    _link(material, drift.outputs[0], shift.inputs[0])
    _link(material, ramp(material, shift.outputs[0], stops), shader_of(material).inputs["Base Color"])
    return material


def glass(colour=(1, 1, 1), ior=1.5, roughness=0.0, shadow=0.8):
    """Clear glass or liquid that lets light through: without caustics its shadow would be as dark as stone's."""
    material = principled(colour, roughness=roughness, transmission_weight=1.0, ior=ior)
    tree = material.node_tree
    clear = _node(material, "ShaderNodeBsdfTransparent")
    clear.inputs["Color"].default_value = (*[shadow * (0.35 + 0.65 * c) for c in colour], 1)
    mix = _node(material, "ShaderNodeMixShader")
    path = _node(material, "ShaderNodeLightPath")
    _link(material, path.outputs["Is Shadow Ray"], mix.inputs["Fac"])
    _link(material, shader_of(material).outputs["BSDF"], mix.inputs[1])
    _link(material, clear.outputs["BSDF"], mix.inputs[2])
    _link(material, mix.outputs["Shader"], tree.nodes["Material Output"].inputs["Surface"])
    return material


def printed(picture, name="print", **inputs):
    """Artwork (a Pillow picture, RGBA) printed on a surface with texture coordinates; where it is clear, so is the surface."""
    import numpy as np

    material = principled(name=name, **inputs)
    picture = picture.convert("RGBA")
    image = bpy.data.images.new(name, *picture.size, alpha=True)
    image.pixels.foreach_set((np.asarray(picture)[::-1].astype(np.float32) / 255).ravel())
    image.pack()
    node = _node(material, "ShaderNodeTexImage")
    node.image = image
    node.extension = "EXTEND"
    shader = shader_of(material)
    _link(material, node.outputs["Color"], shader.inputs["Base Color"])
    _link(material, node.outputs["Alpha"], shader.inputs["Alpha"])
    return material


def gold(roughness=0.18):
    return principled((0.93, 0.62, 0.28), metallic=1.0, roughness=roughness)


def steel(roughness=0.2):
    return principled((0.72, 0.73, 0.75), metallic=1.0, roughness=roughness)


def leather(colour, grain=55.0, strength=0.22, roughness=0.42):
    return bumpy(principled(colour, roughness=roughness, coat_weight=0.12, coat_roughness=0.35), grain, strength, 0.012, kind="cells")


def ceramic(colour, roughness=0.22):
    return principled(colour, roughness=roughness, coat_weight=0.6, coat_roughness=0.08)
