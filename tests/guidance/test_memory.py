"""What a run takes, what it saves when there is less, and what is said when memory runs out."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.guidance.conftest import request
from zestdesk.errors import UserError
from zestdesk.guidance import memory, models, sampler
from zestdesk.guidance.checkpoints import Checkpoint, open_checkpoint
from zestdesk.guidance.memory import LEVELS, available_memory, is_out_of_memory, pick_level, weight_bytes, work_of
from zestdesk.guidance.sampler import generate
from zestdesk.resources import resource

TIGHT = LEVELS[3]


def published(family):
    """A family at its full size, as a single file would have it."""
    layouts = resource("models", "stable-diffusion")
    return Checkpoint(
        name=family, folder=layouts, family=family, native_size=(512, 512), factor=64, file=layouts / "none"
    )


def test_the_rule_agrees_with_what_was_measured():
    """Stable Diffusion 1.5 at 256 x 256 in float32: 0.47 GB for the whole graph, as measured once."""
    work = work_of(published("sd1"), (256, 256))
    assert (4 * work.graph + work.maps) / 1e9 == pytest.approx(0.47, rel=0.4)


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_every_level_takes_less_and_every_pixel_more(family):
    work, larger = (work_of(published(family), (side, side)) for side in (512, 1024))
    for guided in (True, False):
        peaks = [work.peak(level, 2, guided=guided) for level in LEVELS]
        assert peaks == sorted(peaks, reverse=True)
        assert larger.peak(LEVELS[0], 2, guided=guided) > 3 * peaks[0]
    assert larger.peak(TIGHT, 2, guided=True) < 0.4 * larger.peak(LEVELS[0], 2, guided=True)
    assert work.peak(LEVELS[0], 4, guided=True) > work.peak(LEVELS[0], 2, guided=True)


def test_the_first_level_that_fits_is_taken():
    work = work_of(published("sdxl"), (1024, 1024))
    peaks = [work.peak(level, 2, guided=True) for level in LEVELS]

    def picked(free, last=4):
        return pick_level(work, free, 2, last, guided=True, branches=2)

    assert picked(2 * peaks[0]) == 0
    assert picked(None) == 0
    assert picked(round(peaks[3] / 0.9) + 2) == 3
    assert (picked(1000), picked(1000, last=3)) == (4, 3)


def test_the_weights_of_a_model_are_counted(tiny_model):
    count = sum(item.numel() for module in tiny_model.networks for item in module.parameters())
    assert weight_bytes(tiny_model.checkpoint, 2) == 2 * count


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_saving_changes_time_not_pictures(tiny_model, monkeypatch, level):
    wanted = request(steps=4, tau=1.0)
    plain = generate(wanted, tiny_model)
    assert plain.savings == ""
    monkeypatch.setattr(sampler, "pick_level", lambda *_args, **_named: level)
    monkeypatch.setattr(sampler, "last_level", lambda _device: 4)
    saved = generate(wanted, tiny_model)
    assert saved.savings == LEVELS[level].words
    assert np.abs(saved.picture.astype(int) - plain.picture).max() <= 1
    assert [step.loss for step in saved.steps] == pytest.approx([step.loss for step in plain.steps], abs=1e-4)
    assert not tiny_model.vae.use_tiling
    assert not tiny_model.unet.is_gradient_checkpointing
    assert all(step.guided for step in saved.steps)


def kept(model, wanted):
    """Return the most bytes that one step's graph kept."""
    steps, current = [], {}

    def pack(tensor):
        current[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    def listen(_event):
        steps.append(sum(current.values()))
        current.clear()

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        generate(wanted, model, listen, previews=False)
    return max(steps)


def test_checkpoints_keep_less_of_the_graph(tiny_model, monkeypatch):
    """Counted outside of the checkpointed blocks: what these keep lives no longer than their own backward pass."""
    wanted = request(steps=2, tau=1.0)
    inside = []
    original = torch.utils.checkpoint.checkpoint
    monkeypatch.setattr(
        torch.utils.checkpoint, "checkpoint", lambda *args, **named: inside.append(1) or original(*args, **named)
    )
    before = kept(tiny_model, wanted)
    assert not inside
    monkeypatch.setattr(sampler, "pick_level", lambda *_args, **_named: 3)
    assert kept(tiny_model, wanted) < before
    assert inside


def test_large_pictures_are_decoded_in_tiles(tiny_model, monkeypatch):
    wanted = request(160, 32, steps=2, segments=())
    plain = generate(wanted, tiny_model)
    monkeypatch.setattr(sampler, "pick_level", lambda *_args, **_named: 1)
    sizes = []
    hook = tiny_model.vae.decoder.register_forward_pre_hook(lambda _m, args: sizes.append(args[0].shape[-1]))
    tiled = generate(wanted, tiny_model)
    hook.remove()
    assert max(sizes) == 64
    assert len(sizes) > 1
    assert np.abs(tiled.picture.astype(int) - plain.picture).mean() < 5


class Exhausted:
    """A device whose memory runs out a number of times."""

    def __init__(self, model, times):
        self._left = times
        self._hook = model.unet.up_blocks[-1].register_forward_hook(self._fail)

    def _fail(self, *_args):
        if self._left:
            self._left -= 1
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    def remove(self):
        self._hook.remove()


def test_a_run_that_ran_out_of_memory_begins_again_with_less(tiny_model):
    plain = generate(request(), tiny_model)
    events, exhausted = [], None
    for times in (1, 3):
        events.clear()
        exhausted = Exhausted(tiny_model, times)
        result = generate(request(), tiny_model, events.append)
        exhausted.remove()
        assert result.savings == LEVELS[times].words
        assert [event.step for event in events] == [1, 2, 3, 4, 5, 6]
        assert np.abs(result.picture.astype(int) - plain.picture).max() <= 1


def test_a_run_that_cannot_be_made_smaller_says_so_and_leaves_the_model_usable(tiny_model):
    plain = generate(request(), tiny_model)
    exhausted = Exhausted(tiny_model, 99)
    with pytest.raises(UserError, match="not enough memory for 32 x 32") as caught:
        generate(request(), tiny_model)
    exhausted.remove()
    assert caught.value.place == "size"
    assert caught.value.__context__ is None
    assert np.array_equal(generate(request(), tiny_model).picture, plain.picture)


def test_parts_that_found_no_room_to_come_back_come_back_later(tiny_model, monkeypatch):
    """What failed is still held while the parts are put back, so that this may fail, too."""
    asked, put = [], tiny_model.unet.to

    def to(place):
        asked.append(str(place))
        if asked == ["cpu", str(tiny_model.device)]:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")
        return put(place)

    def fail(*_arguments):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    monkeypatch.setattr(sampler, "last_level", lambda _device: 4)
    monkeypatch.setattr(sampler, "free_memory", lambda _device: 1000)
    monkeypatch.setattr(sampler, "decode", fail)
    monkeypatch.setattr(tiny_model.unet, "to", to)
    with pytest.raises(UserError, match="not enough memory"):
        generate(request(steps=1), tiny_model)
    assert asked == ["cpu", str(tiny_model.device), str(tiny_model.device)]


def test_memory_that_is_tight_before_the_run_is_saved_from_the_start(tiny_model, monkeypatch):
    monkeypatch.setattr(sampler, "free_memory", lambda _device: 1000)
    assert generate(request(steps=1), tiny_model).savings == LEVELS[3].words


def test_a_model_that_does_not_fit_is_refused_before_it_is_read(tiny_model, monkeypatch):
    monkeypatch.setattr(models, "available_memory", lambda: 1000)
    with pytest.raises(UserError, match=r"this model \(0\.0 GB, and 0\.0 GB are free\)") as caught:
        models.load(tiny_model.checkpoint, "cpu")
    assert caught.value.place == "model"


def test_what_a_container_may_take_counts(tmp_path):
    table, group = tmp_path / "meminfo", tmp_path / "group"
    group.mkdir()
    assert memory._linux_memory(table, group) is None
    table.write_text("MemTotal:       100 kB\nMemAvailable:    50 kB\n")
    assert memory._linux_memory(table, group) == 50 * 1024
    (group / "memory.max").write_text("max\n")
    (group / "memory.current").write_text("1024\n")
    assert memory._linux_memory(table, group) == 50 * 1024
    (group / "memory.max").write_text("11264\n")
    assert memory._linux_memory(table, group) == 10 * 1024
    table.write_text("MemAvailable: much")
    assert memory._linux_memory(table, group) is None


def test_a_file_that_leaves_out_the_usual_is_counted_high(tiny_folder, tmp_path):
    folder = shutil.copytree(tiny_folder, tmp_path / "terse")
    path = folder / "unet" / "config.json"
    config = json.loads(path.read_text())
    full = work_of(open_checkpoint(str(folder)), (32, 32))
    for key in ("down_block_types", "attention_head_dim", "layers_per_block", "num_attention_heads"):
        config.pop(key, None)
    path.write_text(json.dumps(config))
    assert work_of(open_checkpoint(str(folder)), (32, 32)).graph >= full.graph


def test_this_machine_says_something():
    free = available_memory()
    assert free is None or free > 0


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory."), True),
        (MemoryError(), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried"), True),
        (RuntimeError("shapes"), False),
        (ValueError("out of memory"), False),
    ],
    ids=range(6),
)
def test_out_of_memory_however_it_is_spelt(error, expected):
    assert is_out_of_memory(error) is expected


def test_single_precision_needs_twice_as_much_as_half():
    work = work_of(published("sd1"), (512, 512))
    assert work.peak(replace(LEVELS[0], per_head=True), 4, guided=False) > work.peak(LEVELS[0], 2, guided=False)
