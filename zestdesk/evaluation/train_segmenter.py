"""Training the measuring segmenter on exact label maps: ``python -m zestdesk.evaluation.train_segmenter``."""

import copy
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from diffusers import AutoencoderKL
from PIL import Image
from torch.nn import functional

from zestdesk.diorama.loop import Average, State, level_then_falling, mixed_precision, run, working_seconds
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter, Painting
from zestdesk.errors import UserError
from zestdesk.evaluation.segmenter import SegmentationNetwork, Segmenter
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import load
from zestdesk.resources import resource

__all__ = ["SegmenterTask", "Softener", "mean_iou"]

_LEARNING_RATE = 2e-3
_BATCH = 16
_WARM_UP = 100
_HELD_OUT_SEED = 90_003


def mean_iou(found: torch.Tensor, wanted: torch.Tensor, classes: int) -> float:
    """Return the mean over classes of IoU accumulated over the whole set; classes that never occur are left out."""
    pairs = torch.bincount((wanted * classes + found).flatten(), minlength=classes * classes)
    table = pairs.view(classes, classes).float()
    both = table.diagonal()
    union = table.sum(0) + table.sum(1) - both
    seen = table.sum(1) > 0
    return float((both[seen] / union[seen]).mean())


class Softener:
    """Makes painted scenes look as the model draws them: through its autoencoder, blurred, noisy, off in colour."""

    def __init__(self, autoencoder: AutoencoderKL | None, seed: int) -> None:
        """Take the bundled model's autoencoder (None leaves it out) and a seed."""
        self._autoencoder, self._choice = autoencoder, torch.Generator().manual_seed(seed)

    @torch.no_grad()
    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return changed pictures in [-1, 1], shape (B, 3, H, W) in and out."""
        count = len(pictures)
        if self._autoencoder is not None:
            half = count // 2
            latents = self._autoencoder.encode(pictures[:half]).latent_dist.mode()
            strength = latents.std() * 0.3 * torch.rand(half, 1, 1, 1, generator=self._choice)
            noise = torch.randn(latents.shape, generator=self._choice)
            drawn = self._autoencoder.decode(latents + strength * noise).sample
            pictures = torch.cat([drawn, pictures[half:]])
        share = torch.rand(count, 1, 1, 1, generator=self._choice)
        blurred = functional.avg_pool2d(functional.pad(pictures, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
        pictures = torch.lerp(pictures, blurred, share)
        gain = 1 + 0.12 * torch.randn(count, 3, 1, 1, generator=self._choice)
        shift = 0.06 * torch.randn(count, 3, 1, 1, generator=self._choice)
        grain = 0.05 * torch.rand(count, 1, 1, 1, generator=self._choice)
        return (pictures * gain + shift + grain * torch.randn(pictures.shape, generator=self._choice)).clamp(-1, 1)


class SegmenterTask:
    """The network, its optimiser and its stream of scenes with label maps.

    Attributes:
        name: of the checkpoints.
        network: in training.
    """

    name = "segmenter"

    def __init__(self, vocabulary: Vocabulary, side: int, autoencoder: AutoencoderKL | None, seed: int = 3) -> None:
        """Make a new network for pictures of ``side`` pixels."""
        torch.manual_seed(seed)
        self._vocabulary, self._side = vocabulary, side
        self.network = SegmentationNetwork(len(vocabulary.class_names))
        self._average = Average(self.network, 0.995)
        self._optimiser = torch.optim.AdamW(self.network.parameters(), lr=_LEARNING_RATE, weight_decay=0.01, fused=True)
        self._painter, self._soften = Painter(vocabulary, side), Softener(autoencoder, seed)
        self._sampler, self._seed, self._steps = SceneSampler(vocabulary, seed), seed, 0
        self._held_out = self._painter.paint(
            SceneSampler(vocabulary, _HELD_OUT_SEED).sample(256 if side > 64 else 96, side, side)
        )

    def _scenes(self) -> Painting:
        return self._painter.paint(self._sampler.sample(_BATCH, self._side, self._side))

    def step(self, progress: float) -> dict[str, float]:
        """Make one step on fresh scenes."""
        scenes = self._scenes()
        self._steps += 1
        rate = _LEARNING_RATE * level_then_falling(progress) * min(self._steps / _WARM_UP, 1)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        with mixed_precision(torch.device("cpu")):
            logits = self.network.coarse(self._soften(scenes.images))
        # Each coarse pixel learns one of its four: at full resolution the loss would take longer than the network.
        row, column = torch.randint(2, (2,)).tolist()
        loss = functional.cross_entropy(logits.float(), scenes.labels[:, row::2, column::2])
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._average.update()
        return {"loss": float(loss.detach()), "rate": rate}

    def averaged(self) -> Segmenter:
        """Return a segmenter with the averaged weights."""
        network = copy.deepcopy(self.network)
        network.load_state_dict(self._average.weights)
        return Segmenter(network, self._vocabulary)

    def _segment(self) -> torch.Tensor:
        pixels = ((self._held_out.images + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1)
        return torch.from_numpy(self.averaged()(pixels.numpy()))

    def validate(self) -> dict[str, float]:
        """Return mIoU and pixel accuracy on held-out scenes."""
        found, wanted = self._segment(), self._held_out.labels
        classes = len(self._vocabulary.class_names)
        return {"miou": mean_iou(found, wanted, classes), "accuracy": float((found == wanted).float().mean())}

    def sheet(self, path: Path) -> None:
        """Write held-out scenes, their label maps and the found ones below each other."""
        palette = np.random.default_rng(4).integers(40, 255, (len(self._vocabulary.class_names), 3)).astype(np.uint8)
        images = ((self._held_out.images[:8] + 1) * 127.5).to(torch.uint8).permute(0, 2, 3, 1).numpy()
        rows = [images, palette[self._held_out.labels[:8].numpy()], palette[self._segment()[:8].numpy()]]
        Image.fromarray(np.concatenate([np.concatenate(list(row), axis=1) for row in rows])).save(path)

    def state(self) -> State:
        """Return what a checkpoint needs."""
        return {
            "steps": self._steps,
            "weights": self.network.state_dict(),
            "average": self._average.state(),
            "optimiser": self._optimiser.state_dict(),
        }

    def load(self, state: State) -> None:
        """Take up where a checkpoint left off, with scenes not seen yet."""
        self._steps = int(state["steps"])
        self.network.load_state_dict(state["weights"])
        self._average.load(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._sampler = SceneSampler(self._vocabulary, self._seed + 1000 * self._steps)


def train(
    folder: Annotated[Path, typer.Option(help="Where checkpoints, logs and sheets are kept.")] = Path(".train"),
    minutes: Annotated[float, typer.Option(help="Working time, restarts counted in.")] = 8,
    model: Annotated[str, typer.Option(help="Whose autoencoder softens the scenes.")] = "diorama",
    most_steps: Annotated[int | None, typer.Option(help="Stop after so many steps: a rehearsal.")] = None,
    output: Annotated[Path | None, typer.Option(help="Where it goes; resources/models/segmenter.")] = None,
) -> None:
    """Train the segmenter, or go on where an interrupted training stopped, and write it."""
    checkpoint = open_checkpoint(model)
    task = SegmenterTask(Vocabulary.load(), checkpoint.native_size[0], load(checkpoint, "cpu").vae)
    run(task, folder, minutes, most_steps=most_steps, seconds=working_seconds(torch.device("cpu")))
    task.averaged().save(output or resource("models", "segmenter"))


if __name__ == "__main__":
    try:
        typer.run(train)
    except UserError as problem:
        typer.echo(f"segmenter: {problem}", err=True)
        sys.exit(2)
