"""The one grammar of notes: what it finds is what is checked, and what is rendered."""

from commonplace.markup.scanner import code_spans, scan

__all__ = ["code_spans", "scan"]
