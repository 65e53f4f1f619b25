"""The measuring segmenter: its shapes, its files, its training, and how well the shipped one measures."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from zestdesk.diorama.loop import run
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError
from zestdesk.evaluation.scenes import known_world
from zestdesk.evaluation.segmenter import SegmentationNetwork, Segmenter
from zestdesk.evaluation.train_segmenter import SegmenterTask, mean_iou
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.vocabulary import read_vocabulary

WORDS = Vocabulary.load()


def pixels(images: torch.Tensor) -> np.ndarray:
    return ((images + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()


@pytest.mark.parametrize("size", [(64, 64), (72, 40), (128, 96)])
def test_every_pixel_gets_a_class_at_any_size(size: tuple[int, int]) -> None:
    segmenter = Segmenter(SegmentationNetwork(len(WORDS.class_names)), WORDS)
    labels = segmenter(np.zeros((3, *size, 3), np.uint8))
    assert labels.shape == (3, *size)
    assert 0 <= labels.min() <= labels.max() < len(WORDS.class_names)


def test_a_saved_segmenter_comes_back_and_names_its_classes(tmp_path: Path) -> None:
    torch.manual_seed(0)
    segmenter = Segmenter(SegmentationNetwork(len(WORDS.class_names)).half().float(), WORDS)
    segmenter.save(tmp_path)
    pictures = np.random.default_rng(0).integers(0, 255, (2, 32, 32, 3)).astype(np.uint8)
    again = Segmenter.load(tmp_path)
    assert np.array_equal(again(pictures), segmenter(pictures))
    assert again.class_id("a red car") == WORDS.class_id("a car")


def test_missing_and_foreign_segmenters_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="train it"):
        Segmenter.load(tmp_path)
    Segmenter(SegmentationNetwork(len(WORDS.class_names)), WORDS).save(tmp_path)
    (tmp_path / "classes.json").write_text(json.dumps(["sea", "ship"]))
    with pytest.raises(UserError, match="other classes"):
        Segmenter.load(tmp_path)


def test_a_world_that_has_grown_keeps_the_classes_of_an_older_segmenter(tmp_path: Path) -> None:
    names = ["a cat", "grass"]
    Segmenter(SegmentationNetwork(2), WORDS, names).save(tmp_path)
    segmenter = Segmenter.load(tmp_path)
    assert [segmenter.class_id(name) for name in names] == [0, 1]
    with pytest.raises(UserError, match="not trained on"):
        segmenter.class_id("a lion")


def test_logits_agree_with_the_classes_and_carry_gradients() -> None:
    segmenter = Segmenter.load()
    pictures = torch.rand(1, 3, 32, 32).mul(2).sub(1).requires_grad_()
    logits = segmenter.logits(pictures)
    assert logits.shape == (1, len(segmenter.names), 32, 32)
    assert torch.autograd.grad(logits.square().mean(), pictures)[0].abs().max() > 0


def test_features_are_one_row_a_picture_whatever_the_batch() -> None:
    segmenter = Segmenter.load()
    pictures = np.random.default_rng(0).integers(0, 255, (20, 32, 48, 3)).astype(np.uint8)
    together = segmenter.features(pictures)
    assert together.shape == (20, 128)
    assert np.allclose(together[18:], segmenter.features(pictures[18:]), atol=1e-4)


def test_mean_iou_of_hand_made_maps() -> None:
    wanted = torch.tensor([[[0, 0], [1, 1]]])
    assert mean_iou(wanted, wanted, 3) == 1
    found = torch.tensor([[[0, 1], [1, 1]]])
    assert mean_iou(found, wanted, 3) == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_training_raises_the_accuracy_and_resumes(tmp_path: Path) -> None:
    task = SegmenterTask(WORDS, 64, None)
    before = task.validate()["accuracy"]
    run(task, tmp_path, 60, most_steps=14)
    assert task.validate()["accuracy"] > before
    other = SegmenterTask(WORDS, 64, None, seed=8)
    run(other, tmp_path, 60, most_steps=14)
    assert other.validate() == task.validate()


def test_the_shipped_segmenter_measures_scenes_that_it_never_saw() -> None:
    segmenter = Segmenter.load()
    # The world's table may be ahead of what was trained so far.
    words = known_world(WORDS, read_vocabulary(open_checkpoint("diorama").folder), segmenter)
    painting = Painter(words, 128).paint(SceneSampler(words, 515_151).sample(48, 128, 128))
    numbers = torch.tensor([segmenter.class_id(phrase) for phrase in words.class_names])
    wanted = numbers[painting.labels]
    found = torch.from_numpy(segmenter(pixels(painting.images)))
    assert (found == wanted).float().mean() > 0.95
    assert mean_iou(found, wanted, int(numbers.max()) + 1) > 0.8
