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
from zestdesk.diorama.warm_start import take_over
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError

__all__ = ["DenoiserTask", "LatentPool", "Networks", "draw"]

_LEARNING_RATE = 6e-4
_WARM_UP = 200
_EMPTY_SHARE = 0.1
_TIMESTEP_MEAN = 0.2
_STEPS_AN_AVERAGE = 4
"""The average is updated at every fourth step: at each one it would take a tenth of the time on a CPU."""
_AVERAGE = 0.9975
"""Decay of the average at each of its updates: it forgets half in about 1,100 steps."""
_CAPTIONS_A_SCENE = 4
_HELD_OUT_SEED = 90_002
_SHEET_PROMPTS = (
    "a cat and a red car on grass under a blue sky",
    "a penguin on snow in front of mountains under a cloudy sky",
    "a purple balloon and a rabbit on sand under a night sky",
    "an elephant, a lemon and a robot on a wooden floor under a dawn sky",
    "a tiger on grass in front of a forest",
    "a blue book and a teapot on a checkered floor",
    "a bus on a road in front of a skyline in the rain",
    "a unicorn and a castle on grass under a sunset sky",
    "a doughnut and a banana on a carpet",
    "an orange butterfly and a rose in the sunshine",
    "a dinosaur and a volcano on sand under a stormy sky",
    "a snowman and a fox on snow in snowfall",
    "a boat on a lake in front of hills",
    "a guitar, a green backpack and a clock on a stone floor",
    "an owl and a crown under a night sky in the moonlight",
    "an astronaut and a horse on sand under a starry sky",
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
    def grow(self, count: int, progress: float = 1.0) -> None:
        """Put ``count`` fresh scenes in place of the oldest, as crowded as fits this share of the training."""
        for size in [64] * (count // 64) + ([count % 64] if count % 64 else []):
            scenes = self._sampler.sample(size, self._plan.side, self._plan.side, progress=progress)
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
        self._average = Average(self._trained, _AVERAGE)
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
        """Begin with the weights of a trained UNet and text encoder of the same shape; words may be fewer or others.

        Raises:
            UserError: when their shapes differ.
        """
        mine, nouns = self.networks, [noun for thing in self._vocabulary.objects for noun in thing.names]
        take_over(
            (networks.tokenizer, networks.text_encoder, networks.unet),
            (mine.tokenizer, mine.text_encoder, mine.unet),
            nouns,
        )
        self._average = Average(self._trained, _AVERAGE)

    def _start_pool(self) -> None:
        """Make a new pool with the first scenes; the rest comes step by step."""
        self._pool = LatentPool(self.plan, self._vocabulary, self.networks, self._device, self._seed + self._steps)

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
        pool = self._pool
        few = min(self.plan.pool, 64 * self.plan.batch)
        growing = pool.filled < self.plan.pool
        pool.grow(few - pool.filled if pool.filled < few else self.plan.batch // (4 if growing else 8), progress)
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
        side, prompts = self.plan.latent_side, list(_SHEET_PROMPTS[: self.plan.batch])
        generator = torch.Generator().manual_seed(11)
        noise = torch.randn(len(prompts), self.plan.latent_channels, side, side, generator=generator)
        contact_sheet(draw(self.averaged(), prompts, noise.to(self._device)), min(4, len(prompts))).save(path)

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
        if len(_token_embedding(state["weights"])) != len(_token_embedding(self._trained.state_dict())):
            raise UserError(
                "The world has got other words since this training began; begin anew in another folder, with --from.",
                "unet.pt",
            )
        self._steps = int(state["steps"])
        self._trained.load_state_dict(state["weights"])
        self._average.load(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._start_pool()


def _token_embedding(weights: State) -> torch.Tensor:
    (found,) = (value for name, value in weights.items() if name.endswith("token_embedding.weight"))
    embedding: torch.Tensor = found
    return embedding
