"""The offline checks: a library in, what is wrong in it out."""

from commonplace.checks.run import check

__all__ = ["check"]
