"""The methods by their names, and those of the program's own sampler."""

import subprocess
import sys

import numpy as np
import pytest

from tests.evaluation.baselines.conftest import model, segmenter, wanted  # noqa: F401 - fixtures
from zestdesk.evaluation.methods import METHODS, OURS
from zestdesk.guidance.sampler import generate
from zestdesk.options import GuidanceOptions


def test_methods_are_named_before_torch_is_loaded():
    code = "import sys; from zestdesk.evaluation.methods import METHODS; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_method_has_its_own_name_and_title():
    assert all(name == method.name for name, method in METHODS.items())
    assert len({method.title for method in METHODS.values()}) == len(METHODS)
    assert {"none", "pww", "zestguide", "zestguide+pww", "ours"} <= set(METHODS)


@pytest.mark.parametrize(
    ("name", "eta", "options"),
    [
        ("none", 0.0, GuidanceOptions()),
        ("pww", 0.0, GuidanceOptions(pww=0.4)),
        ("zestguide", 1.0, GuidanceOptions(maps="all")),
        ("zestguide+pww", 1.0, GuidanceOptions(maps="all", pww=0.4)),
        ("ours", 1.0, OURS),
    ],
)
def test_our_own_methods_are_the_sampler_with_settings_of_theirs(model, segmenter, name, eta, options):  # noqa: F811
    drawn = METHODS[name].draw(wanted(eta=7.0, tau=0.1, options=GuidanceOptions(guide_every=3)), model, segmenter, None)
    assert np.array_equal(drawn.picture, generate(wanted(eta=eta, tau=0.5, options=options), model).picture)
    assert (drawn.request.eta, drawn.request.tau, drawn.request.options) == (eta, 0.5, options)
