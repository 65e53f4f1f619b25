"""Models of the hub, from a server on this machine: looked up, fetched, interrupted, and gone on with."""

import json
import shutil

import huggingface_hub
import pytest

from tests.hub_server import COMMIT, serving
from tests.tiny_model import build_tiny_model
from zestdesk.errors import UserError
from zestdesk.guidance import hub as hub_module
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.hub import Hub
from zestdesk.guidance.hub_files import cached_snapshot, choose_files, is_hub_id
from zestdesk.guidance.models import load
from zestdesk.guidance.request import Cancelled, CancelToken

NAME = "owner/tiny"
UNET = "unet/diffusion_pytorch_model.safetensors"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of the test's own, where the program looks too."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(hub_module, "_CHUNK", 1000)
    yield tmp_path / "cache"
    huggingface_hub.close_session()


@pytest.fixture
def server(tiny_folder, cache):
    with serving(tiny_folder) as server:
        yield server


def hub(server, cache):
    return Hub(server.endpoint, cache, pause=0)


def ignore(done, total):
    pass


def test_a_model_is_looked_up_fetched_and_loaded(server, cache):
    with pytest.raises(UserError, match=r"not on this machine yet; .*zestdesk fetch owner/tiny"):
        open_checkpoint(NAME)
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    assert (model.name, model.revision) == (NAME, COMMIT)
    assert model.size == sum(len(data) for name, data in server.files.items())
    small = ("model_index.json", "unet/config.json", "vae/config.json", "scheduler/scheduler_config.json")
    assert model.missing == model.size - sum(len(server.files[name]) for name in small)
    assert not server.fetched()
    assert cached_snapshot(NAME, cache) is None
    seen = []
    folder = ours.fetch(model, lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (model.size, model.size)
    assert len(seen) > 20
    for name, data in server.files.items():
        assert (folder / name).read_bytes() == data
    checkpoint = open_checkpoint(NAME)
    assert (checkpoint.folder, checkpoint.revision) == (folder, COMMIT)
    assert load(checkpoint, "cpu").layers
    # Once here, the network is not asked again.
    count = len(server.asked)
    again = ours.fetch(model, ignore)
    assert (again, len(server.asked)) == (folder, count)
    assert ours.look_up(NAME).missing == 0


def test_a_broken_connection_is_made_again_from_where_it_broke(server, cache):
    server.breaks = [5000, 3000]
    ours = hub(server, cache)
    folder = ours.fetch(ours.look_up(NAME), ignore)
    ranges = [part for path, part in server.fetched() if path == f"/cdn/{UNET}" or part]
    assert "bytes=5000-" in ranges
    assert "bytes=8000-" in ranges
    assert all((folder / name).read_bytes() == data for name, data in server.files.items())


def test_a_connection_that_brings_nothing_any_more_is_given_up_and_what_is_here_kept(server, cache):
    server.breaks = [5000, *(0 for _ in range(20))]
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    with pytest.raises(UserError, match="what is here is kept"):
        ours.fetch(model, ignore)
    assert cached_snapshot(NAME, cache) is None
    server.breaks = []
    server.asked.clear()
    less = ours.look_up(NAME)
    assert less.missing <= model.missing - 5000
    ours.fetch(less, ignore)
    assert server.fetched()[0][1] == "bytes=5000-"


def test_cancelled_within_a_file_and_gone_on_with(server, cache):
    ours, token, seen = hub(server, cache), CancelToken(), []
    model = ours.look_up(NAME)
    start = model.size - model.missing

    def listen(done, total):
        seen.append(done)
        if done > start + 40_000:
            token.cancel()

    with pytest.raises(Cancelled):
        ours.fetch(model, listen, token)
    assert seen[-1] < start + 60_000
    with pytest.raises(Cancelled):
        ours.look_up(NAME, token)
    with pytest.raises(UserError, match="not on this machine yet"):
        open_checkpoint(NAME)
    folder = ours.fetch(ours.look_up(NAME), ignore)
    assert any(part for _, part in server.fetched())
    assert cached_snapshot(NAME, cache) == folder


def test_what_was_changed_on_the_way_is_thrown_away(server, cache):
    server.tampered.add(UNET)
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    with pytest.raises(UserError, match="arrived damaged"):
        ours.fetch(model, ignore)
    server.tampered.clear()
    assert cached_snapshot(NAME, cache) is None
    ours.fetch(model, ignore)
    assert load(open_checkpoint(NAME), "cpu")


def test_a_server_that_sends_more_than_it_said(server, cache):
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    server.files[UNET] += b"x"
    with pytest.raises(UserError, match="more of unet"):
        ours.fetch(model, ignore)


def test_what_does_not_fit_on_the_disk_is_not_begun(server, cache, monkeypatch):
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 1000))
    with pytest.raises(UserError, match="make room"):
        ours.fetch(model, ignore)
    assert not server.fetched()


def test_a_disk_that_fills_up_is_one_sentence(server, cache, monkeypatch):
    ours = hub(server, cache)
    model = ours.look_up(NAME)

    def full(done, total):
        raise OSError(28, "No space left on device")

    with pytest.raises(UserError, match="disk is full"):
        ours.fetch(model, full)


def test_no_such_model(server, cache):
    with pytest.raises(UserError, match="no model “owner/other”"):
        hub(server, cache).look_up("owner/other")


def test_terms_that_were_not_accepted(server, cache):
    server.gated = True
    with pytest.raises(UserError, match="accept its terms first"):
        hub(server, cache).look_up(NAME)


def test_offline(server, cache, monkeypatch):
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UserError, match="switched off"):
        hub(server, cache).look_up(NAME)


def test_no_network(cache):
    with pytest.raises(UserError, match="cannot be reached"):
        Hub("http://127.0.0.1:9", cache, pause=0).look_up(NAME)


def test_models_of_other_kinds_are_refused_before_their_weights_come(server, cache):
    server.files["model_index.json"] = json.dumps({"_class_name": "FluxPipeline"}).encode()
    with pytest.raises(UserError, match="FluxPipeline model cannot be steered"):
        hub(server, cache).look_up(NAME)
    assert not server.fetched()


@pytest.mark.parametrize("index", [b"[]", b"{", b'{"_class_name": ["x"]}'])
def test_an_index_that_makes_no_sense(server, cache, index):
    server.files["model_index.json"] = index
    with pytest.raises(UserError):
        hub(server, cache).look_up(NAME)


def test_a_model_of_pickles_is_refused(server, cache):
    server.files["unet/diffusion_pytorch_model.bin"] = server.files.pop(UNET)
    with pytest.raises(UserError, match="no safetensors for its unet"):
        hub(server, cache).look_up(NAME)


@pytest.mark.parametrize(
    ("file", "values", "said"),
    [
        ("unet/config.json", {"in_channels": 9}, "inpainting"),
        ("unet/config.json", {"class_embed_type": "timestep"}, "class_embed_type"),
        ("scheduler/scheduler_config.json", {"_class_name": "EDMEulerScheduler"}, "EDMEulerScheduler"),
        ("vae/config.json", {"block_out_channels": [10**9]}, "block_out_channels"),
    ],
)
def test_what_the_small_files_say_no_to_is_refused_before_the_weights_come(server, cache, file, values, said):
    server.files[file] = json.dumps(json.loads(server.files[file]) | values).encode()
    with pytest.raises(UserError, match=said) as caught:
        hub(server, cache).look_up(NAME)
    assert caught.value.place == NAME
    assert not server.fetched()


def test_a_model_without_its_tables_is_refused(server, cache):
    del server.files["unet/config.json"]
    with pytest.raises(UserError, match="missing"):
        hub(server, cache).look_up(NAME)


def test_nothing_is_fetched_twice_whatever_tag_the_hub_gives_it_then(server, cache, monkeypatch):
    """The library would ask once more and take another tag for another file, which comes unseen."""
    ours = hub(server, cache)
    model = ours.look_up(NAME)
    listed = dict(server.files)
    monkeypatch.setattr(type(server), "checksum", lambda _self, name: f"{len(listed[name]):040x}")
    server.asked.clear()
    folder = ours.fetch(model, ignore)
    paths = [path for method, path, _ in server.asked if method == "GET" and "/cdn/" not in path]
    assert len(paths) == len(set(paths))
    assert {method for method, *_ in server.asked} == {"GET"}
    assert all((folder / name).read_bytes() == data for name, data in listed.items())


@pytest.mark.parametrize("lacking", [("symlink_to",), ("symlink_to", "hardlink_to")])
def test_where_links_cannot_be_made_files_are_found_all_the_same(server, cache, monkeypatch, lacking):
    def refuse(*_arguments):
        raise OSError("no links here")

    for name in lacking:
        monkeypatch.setattr(hub_module.Path, name, refuse)
    ours = hub(server, cache)
    folder = ours.fetch(ours.look_up(NAME), ignore)
    assert all((folder / name).read_bytes() == data for name, data in server.files.items())
    assert cached_snapshot(NAME, cache) == folder


def test_a_checksum_is_no_path(server, cache, monkeypatch):
    monkeypatch.setattr(type(server), "checksum", lambda _self, _name: "../../evil")
    with pytest.raises(UserError, match="does not say what"):
        hub(server, cache).look_up(NAME)


def test_only_what_is_needed_is_fetched(tmp_path, cache):
    folder = build_tiny_model(tmp_path / "model", family="sdxl")
    for name in (
        "vae_1_0/config.json",
        "unet/openvino_model.bin",
        "unet/evil.py",
        "README.md",
        "safety_checker/x.json",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")
    with serving(folder) as server:
        model = hub(server, cache).look_up(NAME)
    paths = {file.path for file in model.files}
    assert {path.partition("/")[0] for path in paths} == {
        *("model_index.json", "unet", "vae", "text_encoder", "text_encoder_2"),
        *("tokenizer", "tokenizer_2", "scheduler"),
    }
    assert not any(path.endswith((".bin", ".py", ".md")) for path in paths)


def test_half_precision_is_preferred_part_by_part():
    files = [
        "model_index.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "unet/diffusion_pytorch_model.non_ema.safetensors",
        "vae/diffusion_pytorch_model.safetensors",
        "text_encoder/model-00001-of-00002.safetensors",
        "text_encoder/model-00002-of-00002.safetensors",
        "text_encoder/model.safetensors.index.json",
        "text_encoder_2/model.fp16-00001-of-00002.safetensors",
        "text_encoder_2/model.fp16-00002-of-00002.safetensors",
        "text_encoder_2/model.safetensors.index.fp16.json",
        "text_encoder_2/model.safetensors.index.json",
        "text_encoder_2/model-00001-of-00001.safetensors",
        "text_encoder/pytorch_model.bin",
        "text_encoder/flax_model.msgpack",
        "tokenizer/merges.txt",
        "../tokenizer/vocab.json",
        "unet/sub/config.json",
    ]
    assert set(choose_files(files)) == {
        *files[:2],
        files[3],
        *files[5:9],
        *files[9:12],
        "tokenizer/merges.txt",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("owner/name", True),
        ("stable-diffusion-v1-5/stable-diffusion-v1-5", True),
        ("owner/name.v1_2", True),
        ("name", False),
        ("a/b/c", False),
        ("../x", False),
        ("a/..", False),
        ("-a/b", False),
        ("a b/c", False),
        ("o/" + "n" * 300, False),
        ("", False),
    ],
)
def test_ids(name, expected):
    assert is_hub_id(name) is expected
