"""What the evaluate command's help names. Free of all that takes long to load, numpy included."""

from typing import Final

__all__ = ["DEFAULT_METHODS", "SETS"]

SETS: Final = ("all", "filtered", "few", "objects")
"""Eval-all, Eval-filtered and Eval-few of the paper, and two or three ellipses on an empty canvas."""

DEFAULT_METHODS: Final = ("none", "zestguide", "ours")
"""What is compared when nothing is named."""
