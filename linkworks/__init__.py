"""Linkworks takes a person from what matters to them to the right local support."""

__version__ = "0.1.0"
