"""Geometry: coordinates, triangles, figures."""
