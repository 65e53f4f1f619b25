"""Where the files that ship with the program are."""

from pathlib import Path

__all__ = ["resource"]


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, in a checkout as in an installed wheel.

    Args:
        parts: path components below ``resources``, for example ``"models", "diorama"``.

    Raises:
        FileNotFoundError: when neither the checkout nor the wheel carries the resources at all.
    """
    package = Path(__file__).parent
    for root in (package / "_resources", package.parent / "resources"):
        if root.is_dir():
            return root.joinpath(*parts)
    raise FileNotFoundError("ZestDesk's resources are missing: install the program again.")
