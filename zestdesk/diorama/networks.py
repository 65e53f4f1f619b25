"""The shapes of the bundled model's networks, all of stock diffusers and transformers classes."""

from dataclasses import dataclass, replace

from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, PreTrainedTokenizerBase

__all__ = ["PLANS", "Plan", "make_autoencoder", "make_scheduler", "make_text_encoder", "make_unet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes of a model.

    Attributes:
        name: of the plan, kept with checkpoints.
        side: of the pictures it is trained on, in pixels.
        vae_channels: of the autoencoder's blocks; each block but the last halves the picture.
        latent_channels: of the latents.
        unet_channels: of the UNet's levels.
        heads: of the attention at each level.
        text_width: of the text encoder.
        text_layers: of the text encoder.
        tokens: longest prompt, begin and end included.
        vae_batch: pictures in a step of the autoencoder's training.
        batch: latents in a step of the UNet's training.
        pool: latents kept ready for training.
    """

    name: str
    side: int
    vae_channels: tuple[int, ...] = (16, 32, 64, 96)
    latent_channels: int = 16
    unet_channels: tuple[int, ...] = (96, 160, 224)
    heads: tuple[int, ...] = (3, 5, 7)
    text_width: int = 192
    text_layers: int = 2
    tokens: int = 40
    vae_batch: int = 8
    batch: int = 32
    pool: int = 14336

    def sized(self, side: int, batch: int) -> "Plan":
        """Return the plan for pictures of another size, or with other batches; the networks stay what they are."""
        if (side, batch) == (self.side, self.batch):
            return self
        name = self.name if side == self.side else f"{self.name}-{side}"
        return replace(self, name=name, side=side, batch=batch)

    @property
    def factor(self) -> int:
        """Picture pixels along one latent pixel."""
        return int(2 ** (len(self.vae_channels) - 1))

    @property
    def latent_side(self) -> int:
        """Side of the latents of a picture of ``side`` pixels."""
        return self.side // self.factor


PLANS = {
    "standard": Plan(name="standard", side=128),
    "small": Plan(
        name="small",
        side=64,
        vae_channels=(8, 8, 16, 16),
        latent_channels=4,
        unet_channels=(16, 16, 32),
        heads=(1, 1, 2),
        text_width=32,
        text_layers=1,
        vae_batch=4,
        batch=4,
        pool=32,
    ),
}
"""``standard`` is what ships; ``small`` goes through every motion in seconds, for rehearsals and tests."""


def make_autoencoder(plan: Plan) -> AutoencoderKL:
    """Return the autoencoder with random weights: no attention, so that it takes any size of picture."""
    levels = len(plan.vae_channels)
    return AutoencoderKL(
        in_channels=3,
        out_channels=3,
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=plan.vae_channels,
        layers_per_block=1,
        latent_channels=plan.latent_channels,
        norm_num_groups=8,
        mid_block_add_attention=False,
        sample_size=plan.side,
        scaling_factor=1.0,
        force_upcast=False,
    )


def make_unet(plan: Plan) -> UNet2DConditionModel:
    """Return the UNet with random weights: cross-attention on every level, the finest included, down and up."""
    levels = len(plan.unet_channels)
    return UNet2DConditionModel(
        sample_size=plan.latent_side,
        in_channels=plan.latent_channels,
        out_channels=plan.latent_channels,
        down_block_types=("CrossAttnDownBlock2D",) * levels,
        up_block_types=("CrossAttnUpBlock2D",) * levels,
        block_out_channels=plan.unet_channels,
        layers_per_block=1,
        # diffusers reads this name as the number of heads, see its issue 2011.
        attention_head_dim=plan.heads,
        cross_attention_dim=plan.text_width,
        norm_num_groups=16 if plan.unet_channels[0] < 32 else 32,
    )


def make_text_encoder(plan: Plan, tokenizer: PreTrainedTokenizerBase) -> CLIPTextModel:
    """Return the text encoder with random weights, sized to the tokenizer's vocabulary."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=plan.text_width,
            intermediate_size=plan.text_width * 4,
            num_hidden_layers=plan.text_layers,
            num_attention_heads=max(plan.text_width // 32, 1),
            max_position_embeddings=plan.tokens,
            projection_dim=plan.text_width,
            hidden_act="gelu",
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def make_scheduler() -> DDIMScheduler:
    """Return the noise schedule of training, which is also the sampler that ships."""
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        steps_offset=1,
        clip_sample=False,
        set_alpha_to_one=False,
        timestep_spacing="leading",
    )
