"""Fréchet distance between two sets of features, as if both were Gaussian (Heusel et al. 2017)."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["frechet_distance"]

Features = NDArray[np.float64]
"""One row a picture, shape (pictures, channels)."""


def frechet_distance(one: Features, other: Features) -> float:
    """Return |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)) of two sets' means and covariances.

    The trace of the root is taken of C1^(1/2) C2 C1^(1/2), which has the same eigenvalues as C1 C2 but is symmetric, so
    that they are real and not negative up to rounding: nothing has to be regularised or dropped, whatever the ranks.

    From few pictures the distance comes out too large, for their covariance is noisy: compare sets of one size only,
    and look at what as many real pictures get.

    Raises:
        ValueError: when a set has fewer than two pictures, or the channels differ.
    """
    if min(len(one), len(other)) < 2 or one.shape[1] != other.shape[1]:
        raise ValueError("a Fréchet distance needs two pictures a set, and the same channels")
    first, second = (np.atleast_2d(np.cov(rows, rowvar=False)) for rows in (one, other))
    root = _root(first)
    values = np.linalg.eigvalsh(_symmetric(root @ second @ root))
    cross = np.sqrt(values.clip(min=0)).sum()
    gap = one.mean(axis=0) - other.mean(axis=0)
    return float(max(gap @ gap + np.trace(first) + np.trace(second) - 2 * cross, 0.0))


def _root(matrix: Features) -> Features:
    """Return the symmetric square root of a covariance."""
    values, vectors = np.linalg.eigh(_symmetric(matrix))
    root: Features = (vectors * np.sqrt(values.clip(min=0))) @ vectors.T
    return root


def _symmetric(matrix: Features) -> Features:
    return (matrix + matrix.T) / 2
