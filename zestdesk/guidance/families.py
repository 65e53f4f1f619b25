"""What sets the families of Stable Diffusion apart, as far as a folder's small files say it. Free of torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from zestdesk.errors import UserError

__all__ = ["FAMILIES", "Family", "family_of", "require_known"]

_FOREIGN_KEYS: Final = (
    "class_embed_type",
    "num_class_embeds",
    "encoder_hid_dim_type",
    "time_cond_proj_dim",
    "addition_embed_type",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of model.

    Attributes:
        name: how the program calls it.
        pipeline: the class that a diffusers folder of this kind names.
        text_parts: (tokenizer, text encoder) folders, in the order in which their states are joined.
        prefixes: (part, how the names of its tensors begin) in a single file of the original layout; empty where there
            are no such files.
        layers: beginnings of the names of the cross-attention layers that are read; without any, the last up block's.
    """

    name: str
    pipeline: str
    text_parts: tuple[tuple[str, str], ...]
    prefixes: tuple[tuple[str, str], ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Folders that hold weights."""
        return ("unet", "vae", *(encoder for _, encoder in self.text_parts))


_ONE_ENCODER: Final = (("tokenizer", "text_encoder"),)
_COMMON: Final = (("unet", "model.diffusion_model."), ("vae", "first_stage_model."))
_MIDDLE: Final = ("down_blocks.2.", "up_blocks.1.", "up_blocks.2.")
"""The authors' choice for Stable Diffusion 1.x: the two middle resolutions, where words localise best."""

FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family
    for family in (
        # The last up block's: objects spill less than with the mean of all layers (``evaluate --set objects``).
        Family(name="diorama", pipeline="StableDiffusionPipeline", text_parts=_ONE_ENCODER),
        Family(
            name="sd1",
            pipeline="StableDiffusionPipeline",
            text_parts=_ONE_ENCODER,
            prefixes=(*_COMMON, ("text_encoder", "cond_stage_model.transformer.")),
            layers=_MIDDLE,
        ),
        Family(
            name="sd2",
            pipeline="StableDiffusionPipeline",
            text_parts=_ONE_ENCODER,
            prefixes=(*_COMMON, ("text_encoder", "cond_stage_model.model.")),
            layers=_MIDDLE,
        ),
        Family(
            name="sdxl",
            pipeline="StableDiffusionXLPipeline",
            text_parts=(*_ONE_ENCODER, ("tokenizer_2", "text_encoder_2")),
            prefixes=(
                *_COMMON,
                ("text_encoder", "conditioner.embedders.0.transformer."),
                ("text_encoder_2", "conditioner.embedders.1.model."),
            ),
            # The authors' choice here: every cross-attention but the middle block's.
            layers=("down_blocks.", "up_blocks."),
        ),
    )
}
"""All families by their names."""


def family_of(pipeline: object, unet: Mapping[str, Any], *, own_vocabulary: bool, place: str) -> Family:
    """Return the family of a diffusers folder.

    Args:
        pipeline: the class that ``model_index.json`` names.
        unet: configuration of the network.
        own_vocabulary: whether the folder brings a ``vocabulary.json``, as the bundled model does.
        place: what an error shall name.

    Raises:
        UserError: when the model is of another kind, or needs more than text.
    """
    require_known(pipeline, place)
    wide = pipeline == "StableDiffusionXLPipeline"
    for key in _FOREIGN_KEYS:
        value = unet.get(key)
        if value is not None and not (wide and key == "addition_embed_type" and value == "text_time"):
            raise UserError(
                "A model with {key} cannot be steered; choose Stable Diffusion 1.x, 2.x or XL, or diorama.",
                place,
                key=key,
            )
    if wide:
        return FAMILIES["sdxl"]
    width = unet.get("cross_attention_dim")
    if own_vocabulary or width not in (768, 1024):
        return FAMILIES["diorama"]
    return FAMILIES["sd1" if width == 768 else "sd2"]


def require_known(pipeline: object, place: str) -> None:
    """Refuse pipelines that no family has.

    Args:
        pipeline: the class that ``model_index.json`` names.
        place: what an error shall name.

    Raises:
        UserError: the text names the class.
    """
    if pipeline not in [family.pipeline for family in FAMILIES.values()]:
        raise UserError(
            "A {kind} model cannot be steered; choose Stable Diffusion 1.x, 2.x or XL, or diorama.",
            place,
            kind=str(pipeline)[:60],
        )
