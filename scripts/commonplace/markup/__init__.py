"""The one grammar of notes: what it finds is what is checked, and what is rendered."""

from commonplace.markup.scanner import scan

__all__ = ["scan"]
