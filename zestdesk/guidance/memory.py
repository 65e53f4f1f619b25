"""How much memory a run takes, what can be saved when there is less, and what is said when it runs out. Free of torch.

The rule, in floats per latent pixel of a level, was made from the layers' own sums and checked against measurements of
Stable Diffusion 1.5 at full size: a residual block keeps about 10 times its channels for the backward pass, a
transformer block 24 times, and a captured attention one map per head and token. Without a graph the largest block's
work and the skip connections count. The decoder's largest work is its last block, at the picture's own size.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import Checkpoint, read_json

__all__ = [
    "LEVELS",
    "Savings",
    "Work",
    "available_memory",
    "is_out_of_memory",
    "out_of_memory",
    "pick_level",
    "pick_together",
    "weight_bytes",
    "work_of",
]

TILE: Final = 64
"""Side of a tile of the decoder in latent pixels."""

_RESIDUAL: Final = 10
_TRANSFORMER: Final = 24
_DECODER: Final = 4
_MAP_BYTES: Final = 8  # a captured map and its logits, in float32 and single use each
_ALLOCATOR: Final = 1.5  # what a process grows by, over the sum: 0.68 GB for 0.45, measured with the same model
_MARGIN: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """What a run does to need less memory.

    Attributes:
        one_branch: the two branches of classifier-free guidance take turns instead of sharing a batch.
        tiles: the decoder works in tiles.
        per_head: captured attention is computed head by head.
        checkpoints: the backward pass computes again what the forward pass did not keep.
        offload: text encoders and decoder wait in the machine's memory while the network works.
    """

    one_branch: bool = False
    tiles: bool = False
    per_head: bool = False
    checkpoints: bool = False
    offload: bool = False

    @property
    def words(self) -> str:
        """What a person is told of them; empty when nothing is saved."""
        names = (
            (self.one_branch, "one branch at a time"),
            (self.tiles, "the decoder in tiles"),
            (self.per_head, "attention head by head"),
            (self.checkpoints, "the network's work computed twice"),
            (self.offload, "parts that wait outside the GPU"),
        )
        return ", ".join(text for there, text in names if there)


LEVELS: Final = (
    Savings(),
    Savings(one_branch=True, tiles=True),
    Savings(one_branch=True, tiles=True, per_head=True),
    Savings(one_branch=True, tiles=True, per_head=True, checkpoints=True),
    Savings(one_branch=True, tiles=True, per_head=True, checkpoints=True, offload=True),
)
"""From nothing to everything, the cheapest in time first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One resolution of the network: channels, pixels, residual and transformer blocks there, and heads."""

    channels: int
    pixels: float
    residuals: int
    transformers: int
    heads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a run computes, in numbers.

    Attributes:
        graph: floats that a guided step keeps for its backward pass.
        inputs: floats of that when only each block's input is kept.
        block: floats of the largest block.
        maps: bytes of all captured attention maps.
        one_map: bytes of one head's, the largest.
        forward: floats of a pass without a graph, of one branch.
        decoder: floats of the decoder.
        tile: floats of the decoder for one tile.
    """

    graph: float
    inputs: float
    block: float
    maps: float
    one_map: float
    forward: float
    decoder: float
    tile: float

    def peak(self, savings: Savings, width: int, *, guided: bool, branches: int = 2, pictures: int = 1) -> int:
        """Return how many bytes a run needs beside its weights.

        Args:
            savings: what it does to need less.
            width: bytes of one number.
            guided: whether it has guided steps.
            branches: of classifier-free guidance; 1 without it.
            pictures: that take their steps together; they are decoded one by one.
        """
        together = 1 if savings.one_branch else branches
        reading = self.one_map if savings.per_head else self.maps / 8
        plain = together * (self.forward * width + reading)
        steps = plain
        if guided:
            kept = (self.inputs + self.block) * width if savings.checkpoints else self.graph * width + self.maps
            steps = max(plain, kept + self.forward * width / 2)
        return round(_ALLOCATOR * max(pictures * steps, (self.tile if savings.tiles else self.decoder) * width))


def work_of(checkpoint: Checkpoint, size: tuple[int, int], tokens: int = 77) -> Work:
    """Return what a picture of a (width, height) costs, from the configurations alone.

    Args:
        checkpoint: the model.
        size: of the picture, in pixels.
        tokens: that the network attends to.
    """
    unet = read_json(checkpoint.configs / "unet" / "config.json")
    vae = read_json(checkpoint.configs / "vae" / "config.json")
    channels = vae["block_out_channels"]
    factor = 2 ** (len(channels) - 1)
    latents = (size[0] / factor) * (size[1] / factor)
    levels = _levels(unet, latents)
    blocks = [
        (level.channels * level.pixels * kind, level.channels * level.pixels)
        for level in levels
        for kind in (_RESIDUAL,) * level.residuals + (_TRANSFORMER,) * level.transformers
    ]
    heads = [level for level in levels if level.transformers]
    decoder = _DECODER * (channels[0] + channels[min(1, len(channels) - 1)])
    skips = sum(level.channels * level.pixels * level.residuals / 2 for level in levels)
    block = max(whole for whole, _ in blocks)
    return Work(
        graph=sum(whole for whole, _ in blocks),
        inputs=2 * sum(one for _, one in blocks),
        block=block,
        maps=sum(level.heads * level.pixels * tokens * _MAP_BYTES * level.transformers for level in heads),
        one_map=max((level.pixels * tokens * _MAP_BYTES for level in heads), default=0.0),
        forward=skips + block,
        decoder=decoder * size[0] * size[1],
        tile=decoder * min(size[0] * size[1], (TILE * factor) ** 2),
    )


def _levels(unet: Mapping[str, Any], latents: float) -> list[_Level]:
    """Return the network's resolutions; up blocks have one layer more than down blocks, and all counts are kept."""
    widths = unet["block_out_channels"]
    layers = unet.get("layers_per_block", 2)
    depths = unet.get("transformer_layers_per_block", 1)
    heads = unet.get("num_attention_heads") or unet.get("attention_head_dim") or 8
    kinds = unet.get("down_block_types") or ()
    levels = []
    for index, channels in enumerate(widths):
        # What a file leaves out is counted as attending: rather too much than too little.
        attends = index >= len(kinds) or "CrossAttn" in kinds[index]
        count = _at(layers, index)
        both = 2 * count + 1
        levels.append(
            _Level(
                channels=channels,
                pixels=latents / 4**index,
                residuals=both,
                transformers=both * _at(depths, index) if attends else 0,
                heads=_at(heads, index),
            )
        )
    return levels


def _at(value: Any, index: int) -> int:  # noqa: ANN401 - any JSON
    """Return a level's own number, where a configuration gives one per level."""
    if isinstance(value, list):
        value = value[index]
    return value if isinstance(value, int) else 1


def weight_bytes(checkpoint: Checkpoint, width: int) -> int:
    """Return how many bytes all weights take, ``width`` bytes each."""
    return width * sum(count for _, count in checkpoint.sizes)


def pick_level(work: Work, free: int | None, width: int, last: int, *, guided: bool, branches: int) -> int:
    """Return the first level of :data:`LEVELS` that fits, the last when none does.

    Args:
        work: of the run.
        free: bytes that are free beside the weights; None when nobody knows.
        width: bytes of one number.
        last: the last level that the device has.
        guided: whether the run has guided steps.
        branches: of classifier-free guidance.
    """
    if free is None:
        return 0
    for level in range(last):
        if work.peak(LEVELS[level], width, guided=guided, branches=branches) <= _MARGIN * free:
            return level
    return last


def pick_together(work: Work, free: int | None, width: int, pictures: int, *, guided: bool, branches: int) -> int:
    """Return how many pictures may take their steps together without saving anything else: all, a half, … one.

    Args:
        work: of one picture.
        free: as for :func:`pick_level`, and so are the rest.
        width: bytes of one number.
        pictures: that are wanted.
        guided: whether the run has guided steps.
        branches: of classifier-free guidance.
    """
    together = pictures
    while together > 1 and free is not None:
        if work.peak(LEVELS[0], width, guided=guided, branches=branches, pictures=together) <= _MARGIN * free:
            break
        together = -(-together // 2)
    return together


def available_memory() -> int | None:
    """Return how many bytes of the machine's memory programs may still take, None where that cannot be told."""
    if sys.platform == "win32":
        return _windows_memory()
    if sys.platform == "darwin":
        return None  # memory is compressed and swapped as needed there: nothing honest can be said
    return _linux_memory(Path("/proc/meminfo"), Path("/sys/fs/cgroup"))


def _linux_memory(table: Path, group: Path) -> int | None:
    """Return the kernel's own estimate, or what is left of a container's share where that is less."""
    try:
        lines = dict(line.split(":", 1) for line in table.read_text(encoding="ascii").splitlines() if ":" in line)
        free = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError, IndexError):
        return None
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        used = int((group / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or "max"
        return free
    return min(free, max(limit - used, 0))


def _windows_memory() -> int | None:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - other systems have no such name to check
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out; torch names the CPU's lack of it only in a plain error's text."""
    text = str(error).lower()
    spelt = "out of memory" in text or "not enough memory" in text or "can't allocate memory" in text
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and spelt)


def out_of_memory(what: object, place: str = "size") -> UserError:
    """Return what a person is told.

    Args:
        what: there is not enough memory for; a value of a :class:`UserError`.
        place: the setting that would mend it first.
    """
    return UserError(
        "There is not enough memory for {what}; choose a smaller size or model, or close other programs.",
        place,
        what=what,
    )
