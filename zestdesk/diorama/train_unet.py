"""Training UNet and text encoder together on the latents of a frozen autoencoder."""

from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from torch import nn
from torch.nn import functional
from transformers import CLIPTextModel, CLIPTokenizer

from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.loop import Average, State, level_then_falling, mixed_precision
from zestdesk.diorama.networks import Plan, make_scheduler, make_text_encoder, make_unet
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.tokens import make_tokenizer
from zestdesk.diorama.train_vae import contact_sheet
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError

__all__ = ["DenoiserTask", "LatentPool", "Networks", "draw"]

_LEARNING_RATE = 6e-4
_WARM_UP = 200
_EMPTY_SHARE = 0.1
_TIMESTEP_MEAN = 0.2
_STEPS_AN_AVERAGE = 4
"""The average is updated at every fourth step: at each one it would take a tenth of the time on a CPU."""
_CAPTIONS_A_SCENE = 4
_HELD_OUT_SEED = 90_002
_SHEET_PROMPTS = (
    "a cat and a red car on grass under a blue sky",
    "a dog on sand under a sunset sky",
    "a purple balloon and a rabbit on snow under a night sky",
    "an elephant, a lemon and a robot on a wooden floor under a cloudy sky",
    "a blue car on a stone floor under a blue sky",
    "a penguin on snow under a cloudy sky",
    "a lion and a yellow umbrella on grass under a sunset sky",
    "a house and a tree on grass under a blue sky",
)


@dataclass(frozen=True, slots=True)
class Networks:
    """What draws a picture from words.

    Attributes:
        tokenizer: of the prompts.
        text_encoder: words to embeddings.
        unet: the denoiser.
        autoencoder: latents to pictures and back.
    """

    tokenizer: CLIPTokenizer
    text_encoder: CLIPTextModel
    unet: UNet2DConditionModel
    autoencoder: AutoencoderKL

    def ids(self, texts: list[str]) -> torch.Tensor:
        """Return padded token ids, shape (B, tokens)."""
        batch = self.tokenizer(texts, padding="max_length", truncation=True, return_tensors="pt")
        ids: torch.Tensor = batch.input_ids
        return ids

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the text encoder's last hidden states, shape (B, tokens, width)."""
        states: torch.Tensor = self.text_encoder(ids).last_hidden_state
        return states


@torch.no_grad()
def draw(
    networks: Networks, prompts: list[str], latents: torch.Tensor, steps: int = 25, guidance_scale: float = 3.0
) -> torch.Tensor:
    """Draw pictures with DDIM and classifier-free guidance, without any layout.

    Args:
        networks: the model.
        prompts: one for each picture.
        latents: noise of unit deviation, shape (B, C, h, w).
        steps: of the scheduler.
        guidance_scale: of classifier-free guidance.

    Returns:
        Pictures in [-1, 1], shape (B, 3, H, W).
    """
    scheduler = make_scheduler()
    scheduler.set_timesteps(steps)
    device = latents.device
    context = networks.embed(networks.ids([""] * len(prompts) + prompts).to(device))
    for timestep in scheduler.timesteps:
        twice = torch.cat([latents, latents])
        plain, told = networks.unet(twice, timestep.to(device), encoder_hidden_states=context).sample.chunk(2)
        latents = scheduler.step(plain + guidance_scale * (told - plain), timestep, latents).prev_sample
    pictures: torch.Tensor = networks.autoencoder.decode(latents / networks.autoencoder.config.scaling_factor).sample
    return pictures.clamp(-1, 1)


class LatentPool:
    """Encoded scenes with several captions each; a few are replaced at every step, so that most steps only train.

    Encoding a fresh scene costs about as much as a third of a training sample. Drawing batches from a pool that
    turns over slowly keeps that to a small share, while no scene is seen often enough to be learnt by heart.
    """

    def __init__(self, plan: Plan, vocabulary: Vocabulary, networks: Networks, device: torch.device, seed: int) -> None:
        """Make an empty pool; ``grow`` fills it."""
        self._plan, self._networks, self._device = plan, networks, device
        self._sampler, self._writer = SceneSampler(vocabulary, seed), CaptionWriter(vocabulary, seed + 1)
        self._painter = Painter(vocabulary, plan.side, device)
        side = plan.latent_side
        self._latents = torch.empty(plan.pool, plan.latent_channels, side, side, device=device)
        self._ids = torch.empty(plan.pool, _CAPTIONS_A_SCENE, plan.tokens, dtype=torch.long, device=device)
        self._choice = torch.Generator().manual_seed(seed)
        self._next = self.filled = 0

    @torch.no_grad()
    def grow(self, count: int) -> None:
        """Put ``count`` fresh scenes in place of the oldest."""
        for size in [64] * (count // 64) + ([count % 64] if count % 64 else []):
            scenes = self._sampler.sample(size, self._plan.side, self._plan.side)
            encoder = self._networks.autoencoder
            with mixed_precision(self._device):
                latents = encoder.encode(self._painter.paint(scenes).images).latent_dist.mode()
            texts = [text for _ in range(_CAPTIONS_A_SCENE) for text in self._writer.write(scenes)]
            ids = self._networks.ids(texts).to(self._device).view(_CAPTIONS_A_SCENE, size, -1).transpose(0, 1)
            places = (torch.arange(size, device=self._device) + self._next) % self._plan.pool
            self._latents[places] = latents.float() * encoder.config.scaling_factor
            self._ids[places] = ids
            self._next = (self._next + size) % self._plan.pool
            self.filled = min(self.filled + size, self._plan.pool)

    def batch(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return latents, shape (count, C, h, w), and token ids, shape (count, tokens)."""
        places = torch.randint(self.filled, (count,), generator=self._choice).to(self._device)
        which = torch.randint(_CAPTIONS_A_SCENE, (count,), generator=self._choice).to(self._device)
        return self._latents[places], self._ids[places, which]


class DenoiserTask:
    """UNet and text encoder, their optimiser and their pool of latents.

    Attributes:
        name: of the checkpoints.
        networks: in training.
    """

    name = "unet"

    def __init__(
        self, plan: Plan, vocabulary: Vocabulary, autoencoder: AutoencoderKL, device: torch.device, seed: int = 2
    ) -> None:
        """Make new networks on ``device`` around a trained, frozen autoencoder."""
        torch.manual_seed(seed)
        self.plan, self._vocabulary, self._device, self._seed = plan, vocabulary, device, seed
        tokenizer = make_tokenizer(vocabulary, plan.tokens)
        text_encoder, unet = make_text_encoder(plan, tokenizer).to(device), make_unet(plan).to(device)
        if device.type == "cpu":
            # The backward pass of torch's fused attention is slow here: plain products train a seventh faster.
            unet.set_attn_processor(AttnProcessor())
        self.networks = Networks(tokenizer, text_encoder, unet, autoencoder)
        self._trained = nn.ModuleDict({"text_encoder": text_encoder, "unet": unet})
        self._average = Average(self._trained)
        parameters = [value for value in self._trained.parameters() if value.requires_grad]
        self._optimiser = torch.optim.AdamW(parameters, lr=_LEARNING_RATE, weight_decay=0.01, fused=True)
        self._abar = make_scheduler().alphas_cumprod.to(device)
        self._empty = self.networks.ids([""]).to(device)
        self._steps = 0
        self._start_pool()
        held_out = LatentPool(plan, vocabulary, self.networks, device, _HELD_OUT_SEED)
        held_out.grow(min(128, plan.pool))
        self._held_out = held_out.batch(min(128, plan.pool))

    def adopt(self, networks: Networks) -> None:
        """Begin with the weights of a trained UNet and text encoder of the same shape and tokens.

        Raises:
            UserError: when they know other words.
        """
        if networks.tokenizer.get_vocab() != self.networks.tokenizer.get_vocab():
            raise UserError("The model to begin with has other tokens than the world now; train from scratch.", "model")
        self.networks.text_encoder.load_state_dict(networks.text_encoder.state_dict())
        self.networks.unet.load_state_dict(networks.unet.state_dict())
        self._average = Average(self._trained)

    def _start_pool(self) -> None:
        self._pool = LatentPool(self.plan, self._vocabulary, self.networks, self._device, self._seed + self._steps)
        self._pool.grow(min(self.plan.pool, 2048))

    def _loss(
        self, latents: torch.Tensor, ids: torch.Tensor, noise: torch.Tensor, timesteps: torch.Tensor
    ) -> torch.Tensor:
        """Return the mean squared error of the velocity (Salimans and Ho 2022, eq. for v)."""
        abar = self._abar[timesteps][:, None, None, None]
        noisy = abar.sqrt() * latents + (1 - abar).sqrt() * noise
        velocity = abar.sqrt() * noise - (1 - abar).sqrt() * latents
        with mixed_precision(self._device):
            context = self.networks.embed(ids)
            guess = self.networks.unet(noisy, timesteps, encoder_hidden_states=context).sample
        return functional.mse_loss(guess.float(), velocity)

    def step(self, progress: float) -> dict[str, float]:
        """Make one step on a batch of the pool, after a few of its scenes were replaced."""
        growing = self._pool.filled < self.plan.pool
        self._pool.grow(self.plan.batch // (4 if growing else 8))
        latents, ids = self._pool.batch(self.plan.batch)
        empty = torch.rand(len(ids), device=self._device) < _EMPTY_SHARE
        ids = torch.where(empty[:, None], self._empty, ids)
        # Logit-normal (Esser et al. 2024): more of the middle, where a noise becomes an object, than of the ends.
        share = torch.sigmoid(_TIMESTEP_MEAN + torch.randn(len(ids), device=self._device))
        timesteps = (share * len(self._abar)).long()
        self._steps += 1
        rate = _LEARNING_RATE * level_then_falling(progress) * min(self._steps / _WARM_UP, 1)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        loss = self._loss(latents, ids, torch.randn_like(latents), timesteps)
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self._trained.parameters(), 1.0)
        self._optimiser.step()
        if self._steps % _STEPS_AN_AVERAGE == 0:
            self._average.update()
        return {"loss": float(loss.detach()), "rate": rate}

    def averaged(self) -> Networks:
        """Return a copy with the averaged weights, ready to draw."""
        networks = Networks(
            self.networks.tokenizer,
            make_text_encoder(self.plan, self.networks.tokenizer).to(self._device),
            make_unet(self.plan).to(self._device),
            self.networks.autoencoder,
        )
        copy = nn.ModuleDict({"text_encoder": networks.text_encoder, "unet": networks.unet})
        copy.load_state_dict(self._average.weights)
        copy.requires_grad_(requires_grad=False).eval()
        return networks

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Return the loss on held-out scenes with fixed noise and evenly spread timesteps."""
        latents, ids = self._held_out
        generator = torch.Generator().manual_seed(0)
        noise = torch.randn(latents.shape, generator=generator).to(self._device)
        timesteps = torch.linspace(0, len(self._abar) - 1, len(ids)).long().to(self._device)
        return {"validation": float(self._loss(latents, ids, noise, timesteps))}

    def sheet(self, path: Path) -> None:
        """Draw fixed prompts from fixed noise."""
        side = self.plan.latent_side
        generator = torch.Generator().manual_seed(11)
        noise = torch.randn(len(_SHEET_PROMPTS), self.plan.latent_channels, side, side, generator=generator)
        contact_sheet(draw(self.averaged(), list(_SHEET_PROMPTS), noise.to(self._device)), 4).save(path)

    def state(self) -> State:
        """Return what a checkpoint needs."""
        return {
            "plan": self.plan.name,
            "steps": self._steps,
            "weights": self._trained.state_dict(),
            "average": self._average.state(),
            "optimiser": self._optimiser.state_dict(),
        }

    def load(self, state: State) -> None:
        """Take up where a checkpoint left off, with a pool of scenes not seen yet."""
        if state["plan"] != self.plan.name:
            raise ValueError(f"the checkpoint is of plan “{state['plan']}”, not of “{self.plan.name}”.")
        self._steps = int(state["steps"])
        self._trained.load_state_dict(state["weights"])
        self._average.load(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._start_pool()
