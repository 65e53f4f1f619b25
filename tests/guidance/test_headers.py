"""The header of a safetensors file is read and checked before anything is allocated."""

import json
import os
import pickle

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file

from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint, read_json
from zestdesk.guidance.headers import read_header, weight_files


def write(path, table, data=b"", length=None):
    text = table if isinstance(table, bytes) else json.dumps(table).encode()
    path.write_bytes((len(text) if length is None else length).to_bytes(8, "little") + text + data)
    return path


def entry(kind="F32", shape=(2,), start=0, end=8):
    return {"dtype": kind, "shape": list(shape), "data_offsets": [start, end]}


def test_a_header_says_what_the_library_wrote(tmp_path):
    tensors = {"a.x": torch.zeros((2, 3)), "a.y": torch.zeros(4, dtype=torch.bfloat16), "b": torch.zeros(())}
    save_file(tensors, tmp_path / "m.safetensors", metadata={"format": "pt"})
    header = read_header(tmp_path / "m.safetensors")
    assert {name: info.shape for name, info in header.tensors.items()} == {"a.x": (2, 3), "a.y": (4,), "b": ()}
    assert (header.count(), header.count("a."), header.count("c")) == (11, 10, 0)


@pytest.mark.parametrize(
    ("table", "data"),
    [
        (b"", b""),
        (b"{", b""),
        (b"[]", b""),
        (b"3", b""),
        (b"[" * 200_000, b""),
        (b"\xff\xfe{}", b""),
        ({}, b""),
        ({"a": 3}, bytes(8)),
        ({"a": {}}, bytes(8)),
        ({"a": entry(kind="F7")}, bytes(8)),
        ({"a": entry(kind=["F32"])}, bytes(8)),
        ({"a": entry(shape=[-2])}, bytes(8)),
        ({"a": entry(shape=[2.0])}, bytes(8)),
        ({"a": entry(shape=["2"])}, bytes(8)),
        ({"a": entry(shape=[10**30])}, bytes(8)),
        ({"a": entry(shape=[1] * 99)}, bytes(4)),
        ({"a": entry(shape=[3])}, bytes(8)),
        ({"a": entry(start=4, end=12)}, bytes(12)),
        ({"a": entry(), "b": entry()}, bytes(8)),
        ({"a": entry(), "b": entry(start=12, end=20)}, bytes(20)),
        ({"a": entry()}, bytes(9)),
        ({"a": entry()}, bytes(7)),
        ({"a": entry(start=None)}, bytes(8)),
    ],
    ids=range(23),
)
def test_a_table_that_makes_no_sense_is_one_sentence(tmp_path, table, data):
    with pytest.raises(UserError) as caught:
        read_header(write(tmp_path / "m.safetensors", table, data))
    assert len(str(caught.value)) < 400
    assert caught.value.place.endswith("m.safetensors")


@pytest.mark.parametrize("length", [0, 1, 50, 2**31, 2**63, 2**64 - 1])
def test_a_length_that_is_not_the_header_s_is_refused_before_it_is_read(tmp_path, length):
    with pytest.raises(UserError, match="get the model again"):
        read_header(write(tmp_path / "m.safetensors", {"a": entry()}, bytes(8), length))


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path, data):
    path = tmp_path / "m.safetensors"
    path.write_bytes(data)
    try:
        read_header(path)
    except UserError:
        return


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("read", [read_header, read_json])
def test_a_pipe_is_refused_unread(tmp_path, read):
    """Nobody might ever write to it: the thread would wait for ever."""
    path = tmp_path / "m.safetensors"
    os.mkfifo(path)
    held = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        with pytest.raises(UserError, match="no file"):
            read(path)
    finally:
        os.close(held)


def test_half_precision_is_taken_only_where_there_is_nothing_else(tmp_path):
    names = ["model.fp16.safetensors", "model.safetensors", "model.non_ema.safetensors"]
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in weight_files(tmp_path)] == ["model.safetensors"]
    (tmp_path / "model.safetensors").unlink()
    assert [path.name for path in weight_files(tmp_path)] == ["model.fp16.safetensors"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.ckpt", "pickle"),
        ("a.bin", "pickle"),
        ("a.pt", "pickle"),
        ("a.png", "no model"),
        ("a.safetensors", "no safetensors"),
    ],
)
def test_single_files_of_other_kinds_are_refused_unread(tmp_path, name, sentence):
    path = tmp_path / name
    path.write_bytes(pickle.dumps({}) if sentence == "pickle" else b"x" * 100)
    with pytest.raises(UserError, match=sentence):
        open_checkpoint(str(path))


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"lora_unet_down.weight": (4, 4)}, "no whole"),
        (
            {"model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (320, 4096)},
            "no known kind",
        ),
        (
            {
                "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (320, 768),
                "model.diffusion_model.input_blocks.0.0.weight": (320, 9, 3, 3),
            },
            "inpainting",
        ),
        (
            {
                "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (320, 2048),
                "model.diffusion_model.input_blocks.0.0.weight": (320, 4, 3, 3),
            },
            "lacks the vae",
        ),
    ],
)
def test_single_files_that_are_no_whole_model_are_refused_by_their_header(tmp_path, names, sentence):
    table, at = {}, 0
    for name, shape in names.items():
        size = 2 * torch.Size(shape).numel()
        table[name] = entry("F16", shape, at, at + size)
        at += size
    path = write(tmp_path / "m.safetensors", table)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size + at)
    with pytest.raises(UserError, match=sentence):
        open_checkpoint(str(path))
