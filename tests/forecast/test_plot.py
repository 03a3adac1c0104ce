"""Pictures of forecasts."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.emulator.arm.azure import model, rolling
from tests.forecast.test_forecast import NEW_IMAGE, twin_of
from vmss_sdk import ClientUsageError, VirtualMachineScaleSetUpdate
from vmss_sdk.forecast import forecast
from vmss_sdk.forecast.plot import plot

_STARTS = {".png": b"\x89PNG", ".pdf": b"%PDF", ".html": b"<!doctype html>"}


@pytest.mark.parametrize("kind", [".png", ".pdf", ".html"])
def test_a_picture_is_of_the_kind_that_its_name_says(kind: str, tmp_path: Path) -> None:
    """Of a roll, with its batches."""
    pytest.importorskip("matplotlib", reason="the extra plot is not installed")
    path = tmp_path / f"forecast{kind}"
    plot(forecast(twin_of(rolling(5, {})), NEW_IMAGE, stories=3), path)
    assert path.read_bytes().startswith(_STARTS[kind])


def test_an_svg_names_the_instances_and_is_the_same_each_time(tmp_path: Path) -> None:
    """Text stays text, and there is no date in it."""
    pytest.importorskip("matplotlib", reason="the extra plot is not installed")
    found = forecast(twin_of(rolling(5, {})), NEW_IMAGE, stories=3)
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    plot(found, first)
    plot(found, second)
    assert first.read_bytes() == second.read_bytes()
    texts = {"".join(node.itertext()).strip() for node in ElementTree.parse(first).iter() if node.tag.endswith("text")}
    assert {"0", "1", "2", "3", "4", "instances that serve", "web: 3 stories", "minimum 4"} <= texts


def test_a_change_without_batches_has_a_picture_too(tmp_path: Path) -> None:
    """Of the capacity alone."""
    pytest.importorskip("matplotlib", reason="the extra plot is not installed")
    plot(forecast(twin_of(model(2)), NEW_IMAGE, stories=1), tmp_path / "a.svg")
    assert (tmp_path / "a.svg").exists()


def test_what_cannot_be_drawn_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another kind of file, a refused change, no matplotlib."""
    twin = twin_of(model(2))
    found = forecast(twin, NEW_IMAGE, stories=1)
    with pytest.raises(ClientUsageError, match=r"ends with \.svg"):
        plot(found, tmp_path / "a.txt")
    refused = forecast(twin, VirtualMachineScaleSetUpdate.from_wire({"sku": {"name": "Standard_Nope"}}))
    with pytest.raises(ClientUsageError, match="nothing to draw"):
        plot(refused, tmp_path / "a.svg")
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ClientUsageError, match="pip install 'vmss-sdk"):
        plot(found, tmp_path / "a.svg")
