"""Layouts from a COCO-Stuff folder."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.evaluation.coco_folder import LABELS, build_coco, label_map
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.coco import CocoLayouts, class_phrase, read_captions, read_names
from zestdesk.guidance.checkpoints import Checkpoint

CHECKPOINT = Checkpoint(name="toy", folder=Path(), family="sd1", native_size=(40, 40), factor=8)


class Names:
    """A segmenter that knows the folder's classes by their names, but no grass."""

    names = tuple(name for name in LABELS.values() if name != "grass")
    mark = "names"

    def class_id(self, label: str) -> int:
        if label not in self.names:
            raise UserError(f"no {label}")
        return self.names.index(label)


def layouts(folder: Path, kind: str = "all", count: int = 9, seed: int = 5) -> CocoLayouts:
    return CocoLayouts(folder, CHECKPOINT, Names(), kind, count, seed, Settings(steps=3))  # type: ignore[arg-type]


@pytest.mark.parametrize("indexed", [False, True])
def test_a_picture_becomes_a_layout_of_its_middle(tmp_path: Path, indexed: bool) -> None:
    data = layouts(build_coco(tmp_path, indexed=indexed))
    assert len(data) == 3
    for index in range(3):
        case = data.case(index)
        labels = label_map(int(case.name.removeprefix("all-")))[:, 4:44]
        assert {segment.label for segment in case.request.segments} == {
            "sky",
            "cat" if int(case.name.removeprefix("all-")) % 2 == 0 else "dog",
        }
        for segment, number in zip(case.request.segments, case.classes, strict=True):
            name = Names.names[number]
            pixel = next(key for key, value in LABELS.items() if value == name) - 1
            assert np.array_equal(segment.mask == 1, labels == pixel)
        assert [item == "sky" for item in (s.label for s in case.request.segments)] == [
            not thing for thing in case.things
        ]
        assert case.request.prompt == "a cat on grass"
        assert case.request.seed == 5 + index
        assert case.picture is not None
        assert case.picture.shape == (40, 40, 3)
        assert set(case.classes) <= set(case.named)
    assert data.describe()["unmeasured"] == ["grass"]


def test_pictures_are_optional_and_are_the_references(tmp_path: Path) -> None:
    bare, full = layouts(build_coco(tmp_path / "a", pictures=False)), layouts(build_coco(tmp_path / "b"))
    assert bare.case(0).picture is None
    assert list(bare.references()) == []
    (batch,) = full.references()
    assert np.array_equal(batch[1], full.case(1).picture)


def test_the_seed_decides_which_pictures_are_taken(tmp_path: Path) -> None:
    folder = build_coco(tmp_path, 8)
    names = [[layouts(folder, count=3, seed=seed).case(index).name for index in range(3)] for seed in (1, 1, 2)]
    assert names[0] == names[1] != names[2]


def test_other_widths_and_heights_are_scaled_not_bent(tmp_path: Path) -> None:
    folder = build_coco(tmp_path, 1)
    labels = np.repeat(np.repeat(label_map(0), 2, axis=0), 2, axis=1)
    Image.fromarray(labels).save(folder / "labels" / "000000000000.png")
    assert np.array_equal(layouts(folder).case(0).request.segments[0].mask == 1, label_map(0)[:, 4:44] == 16)


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("cat", "cat"),
        ("sky-other", "sky"),
        ("door-stuff", "door"),
        ("wall-brick", "brick wall"),
        ("window-blind", "window blind"),
        ("playingfield", "playing field"),
        ("traffic light", "traffic light"),
    ],
)
def test_classes_are_called_as_people_call_them(name: str, phrase: str) -> None:
    assert class_phrase(name) == phrase


def test_names_and_captions_in_both_forms(tmp_path: Path) -> None:
    folder = build_coco(tmp_path, 2)
    assert read_names(folder / "labels.txt")[16] == "cat"
    assert 255 not in read_names(folder / "labels.txt")
    assert read_captions(folder / "captions.json") == {
        "000000000000": "a cat on grass",
        "000000000001": "a cat on grass",
    }
    (folder / "captions.json").write_text(json.dumps({"x": " a  dog. "}))
    assert read_captions(folder / "captions.json") == {"x": "a dog"}
    (folder / "captions.json").write_text(json.dumps({"annotations": [{"id": 1, "image_id": 7, "caption": "a"}]}))
    assert read_captions(folder / "captions.json") == {"000000000007": "a"}


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("captions.json", "[1]", "captions"),
        ("captions.json", '{"annotations": [{"id": 1}]}', "captions"),
        ("captions.json", '{"a": 3}', "captions"),
        ("captions.json", '{"elsewhere": "a cat"}', "No label map has a caption"),
        ("captions.json", "[" * 100_000, "captions"),
        ("labels.txt", "cat", "number: name"),
        ("labels.txt", "900: cat", "number: name"),
        ("labels.txt", "0: unlabeled\n", "no classes"),
        ("labels.txt", "1: unheard of", "knows none"),
    ],
)
def test_broken_tables_are_one_sentence(tmp_path: Path, file: str, text: str, word: str) -> None:
    folder = build_coco(tmp_path)
    (folder / file).write_text(text)
    with pytest.raises(UserError, match=word):
        layouts(folder)


def test_missing_parts_and_broken_pictures_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="labels"):
        layouts(tmp_path)
    folder = build_coco(tmp_path / "coco", 1)
    path = folder / "labels" / "000000000000.png"
    Image.new("RGB", (48, 40)).save(path)
    with pytest.raises(UserError, match="grey or indexed"):
        layouts(folder).case(0)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(UserError, match="cannot be read"):
        layouts(folder).case(0)
    (folder / "labels.txt").unlink()
    with pytest.raises(UserError, match="no file"):
        layouts(folder)
