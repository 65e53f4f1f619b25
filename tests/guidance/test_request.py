import subprocess
import sys

import numpy as np
import pytest

from tests.guidance.conftest import box, request
from zestdesk.errors import UserError
from zestdesk.guidance.request import Cancelled, CancelToken, GenerationRequest, Segment


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"scheduler": "heun"}, "scheduler"),
        ({"steps": 0}, "steps"),
        ({"steps": -3}, "steps"),
        ({"eta": float("nan")}, "eta"),
        ({"eta": -1.0}, "eta"),
        ({"tau": float("inf")}, "tau"),
        ({"guidance_scale": float("nan")}, "guidance_scale"),
    ],
)
def test_values_out_of_range_name_their_place(changes, place):
    with pytest.raises(UserError) as caught:
        request(**changes)
    assert caught.value.place == place


@pytest.mark.parametrize("size", [(0, 32), (32, -4), (4096, 32)])
def test_sizes_out_of_range(size):
    with pytest.raises(UserError, match="1 to 2048"):
        GenerationRequest(prompt="a cat", width=size[0], height=size[1])


def test_masks_have_the_picture_s_shape_and_type():
    with pytest.raises(ValueError, match="height and width"):
        request(segments=(Segment(label="a cat", mask=box(0, 0, 1, 1, 16, 32)),))
    with pytest.raises(TypeError, match="float32"):
        Segment(label="a cat", mask=np.zeros((4, 4), np.uint8))
    with pytest.raises(UserError, match="0 or more"):
        Segment(label="a cat", mask=box(0, 0, 1, 1), weight=-1.0)


def test_a_token_is_cancelled_once_and_for_all():
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


@pytest.mark.parametrize("module", ["request", "binding", "checkpoints"])
def test_these_modules_leave_the_heavy_libraries_out(module):
    heavy = "{'torch', 'diffusers', 'transformers'}"
    code = f"import sys, zestdesk.guidance.{module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
