"""Geometry. Lengths in scene units: a product is about one unit tall, z is up, the camera looks along +y."""
