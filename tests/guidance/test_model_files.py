"""What is read from a model's folder is regular files, of a size; a thread that opened a pipe would wait for ever."""

import os
import shutil

import pytest

from tests.tiny_model import build_tiny_model
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint, read_json
from zestdesk.guidance.headers import read_header
from zestdesk.guidance.hub_files import cached_snapshot, read_table
from zestdesk.guidance.model_files import open_regular, read_text, require_plain
from zestdesk.guidance.tokens import read_tokens
from zestdesk.guidance.vocabulary import read_vocabulary

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return build_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "tiny")


def pipe(path):
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("read", [open_regular, read_header, read_json, read_table])
def test_pipes_and_devices_are_refused_unread(tmp_path, read):
    pipe(tmp_path / "m.json")
    with pytest.raises(UserError, match="no file"):
        read(tmp_path / "m.json")
    link = tmp_path / "zero.json"
    link.symlink_to("/dev/zero")
    with pytest.raises(UserError, match="no file"):
        read(link)
    with pytest.raises(UserError, match="no file"):
        read(tmp_path)


def test_what_is_put_in_a_files_place_meanwhile_is_refused_too(tmp_path, monkeypatch):
    path = tmp_path / "m.json"
    path.write_text("{}")
    regular = path.stat()
    pipe(path)
    monkeypatch.setattr(type(path), "stat", lambda _self: regular)
    with pytest.raises(UserError, match="no file"):
        open_regular(path)


@pytest.mark.parametrize(
    "name", ["tokenizer_config.json", "tokenizer.json", "vocab.json", "merges.txt", "special_tokens_map.json"]
)
def test_a_tokenizer_of_pipes_is_refused(folder, name):
    pipe(folder / "tokenizer" / name)
    if name in {"vocab.json", "merges.txt"}:
        (folder / "tokenizer" / "tokenizer.json").unlink(missing_ok=True)
    with pytest.raises(UserError):
        read_tokens(folder / "tokenizer")


def test_a_vocabulary_that_is_a_pipe_is_refused(folder):
    pipe(folder / "vocabulary.json")
    with pytest.raises(UserError, match="no file"):
        read_vocabulary(folder)


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder", "tokenizer"])
def test_nothing_in_a_models_folders_is_a_pipe_whoever_reads_it(folder, part):
    assert open_checkpoint(str(folder))
    pipe(folder / part / "added_tokens.json")
    with pytest.raises(UserError, match="no file") as caught:
        open_checkpoint(str(folder))
    assert caught.value.place.endswith("added_tokens.json")


def test_links_to_nowhere_and_folders_are_no_hindrance(folder):
    (folder / "unet" / "gone.json").symlink_to(folder / "nowhere")
    (folder / "unet" / "more").mkdir()
    assert open_checkpoint(str(folder))


def test_a_folder_of_countless_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("zestdesk.guidance.model_files._MOST_ENTRIES", 3)
    for number in range(4):
        (tmp_path / str(number)).touch()
    with pytest.raises(UserError, match="too many files"):
        require_plain(tmp_path)


def test_a_file_may_have_so_many_bytes_and_no_more(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("grün".encode())
    assert read_text(path, 5, "Too large.") == "grün"
    with pytest.raises(UserError, match="Too large"):
        read_text(path, 4, "Too large.")
    with pytest.raises(OSError, match="No such file"):
        read_text(tmp_path / "b.txt", 4, "Too large.")


def test_a_cache_with_a_pipe_holds_no_model(tmp_path):
    home = tmp_path / "models--owner--tiny" / "refs"
    home.mkdir(parents=True)
    pipe(home / "main")
    assert cached_snapshot("owner/tiny", tmp_path) is None
