"""What a layout in JSON may hold at most, wherever it stands."""

import re
from typing import Final

__all__ = ["ID", "MAX_LAYERS", "MAX_LAYOUT_BYTES"]

ID: Final = re.compile("[A-Za-z0-9_-]{1,64}")
"""What names a layer or a group; all of it."""

MAX_LAYERS: Final = 1000
MAX_LAYOUT_BYTES: Final = 32 * 2**20
