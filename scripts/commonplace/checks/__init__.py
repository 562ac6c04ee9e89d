"""The offline checks: a library in, what is wrong in it out."""

from commonplace.checks.again import Checked, Known, check, check_again

__all__ = ["Checked", "Known", "check", "check_again"]
