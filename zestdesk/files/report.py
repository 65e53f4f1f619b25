"""What a run did, as a table of plain JSON values for ``render --report``."""

import hashlib
import math
from typing import Any

from zestdesk.files.settings_json import options_dict
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Picture, StepRecord

__all__ = ["report_dict", "start_mark"]


def report_dict(result: GenerationResult) -> dict[str, Any]:
    """Return composed prompt, bound tokens, every step's loss and fits, final fits, times and settings of a run.

    The commit of a hub model is there too, and what was done because memory was tight.

    Numbers that JSON has no notation for (a loss that was not finite) are None.

    Args:
        result: of a run.
    """
    request = result.request
    guided = [step.seconds for step in result.steps if step.guided]
    unguided = [step.seconds for step in result.steps if not step.guided]
    return {
        "composed_prompt": result.composed_prompt,
        "labels": [
            {
                "label": segment.label,
                "weight": segment.weight,
                "start": segment.start,
                "end": segment.end,
                "tokens": [int(token) for token in tokens],
                "fit": _finite(fit),
                "area": float(segment.mask.mean()),
            }
            for segment, tokens, fit in zip(request.segments, result.tokens, result.fits, strict=True)
        ],
        "steps": [_step(index, step) for index, step in enumerate(result.steps, start=1)],
        "seconds": {
            "total": float(result.seconds),
            "per_guided_step": _mean(guided),
            "per_unguided_step": _mean(unguided),
        },
        "device": result.device,
        "revision": result.revision,
        "savings": result.savings,
        "settings": {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "size": [request.width, request.height],
            "model": request.model,
            "steps": request.steps,
            "scheduler": request.scheduler,
            "guidance_scale": request.guidance_scale,
            "eta": request.eta,
            "tau": request.tau,
            "seed": request.seed,
            **options_dict(request.options),
            **_start(request),
            "device": request.device,
        },
    }


def start_mark(picture: Picture) -> str:
    """Return by what a picture to begin with is known: the first 16 digits of its pixels' SHA-256."""
    return hashlib.sha256(picture.tobytes()).hexdigest()[:16]


def _start(request: GenerationRequest) -> dict[str, Any]:
    """Return what the run began with where that was a picture: its mark, and the share of it that was made anew."""
    if request.start is None:
        return {}
    area = 1.0 if request.redraw is None else float(request.redraw.mean())
    return {"start": start_mark(request.start), "strength": request.strength, "redrawn_area": area}


def _step(number: int, step: StepRecord) -> dict[str, Any]:
    return {
        "step": number,
        "timestep": float(step.timestep),
        "guided": step.guided,
        "skipped": step.skipped,
        "loss": None if step.loss is None else _finite(step.loss),
        "fits": [_finite(fit) for fit in step.fits],
        "seconds": float(step.seconds),
    }


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _mean(seconds: list[float]) -> float | None:
    return sum(seconds) / len(seconds) if seconds else None
