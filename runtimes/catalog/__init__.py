"""Which models there are: the catalogue that ships, the user's overlay, and every form of name."""

from __future__ import annotations

from runtimes.catalog.entries import Entry, Origin, Variant
from runtimes.catalog.loading import Catalog, catalog_with, load_catalog

__all__ = ["Catalog", "Entry", "Origin", "Variant", "catalog_with", "load_catalog"]
