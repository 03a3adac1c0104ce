"""Sphinx: Markdown pages through MyST, the API from its docstrings."""

from typing import Any

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.ext.napoleon import Config, GoogleDocstring

from vmss_sdk import models
from vmss_sdk._version import __version__
from vmss_sdk.models import Model

project = "vmss_sdk"
author = "The vmss_sdk authors"
copyright = author
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"vmss_sdk {release}"
default_role = "code"  # a name in single backticks inside a docstring

myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"

nitpick_ignore_regex = [
    ("py:.*", r"(abc|collections|datetime|enum|os|subprocess|types|typing)(\..*)?"),  # not looked up over the network
    ("py:.*", r"(.*\.)?_\w+"),
    ("py:.*", r"vmss_sdk\.emulator\.engine\..*"),
    (
        "py:.*",
        r"(.*\.)?(AcceptedWrite|Answer|ArmError|Concurrency|Connection|DataDirectory|Executor|ExitStack|Instances|Member|Metrics|Outcome|Path|Progress|Resource|ServerNames|SideEffects|State|timedelta|M|T)",
    ),  # not for users
]


def _google(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Google's sections as fields; napoleon itself would read the first words of a property as its type."""
    if what in {"class", "exception", "function", "method", "module"}:
        config = Config(napoleon_use_ivar=True, napoleon_use_rtype=False)
        lines[:] = GoogleDocstring(lines, config, app, what, name, obj, options).lines()
    if what == "class" and issubclass(obj, Model):
        _members(obj, lines)


def _members(model: type[Model], lines: list[str]) -> None:
    """Every member of a model with its place in the JSON document."""
    for name, member in model.members().items():
        start, place = f":ivar {name}:", f"``{'.'.join(member.path)}``"
        described = next((number for number, line in enumerate(lines) if line.startswith(start)), None)
        if described is None:
            lines.append(f"{start} {place}")
        else:
            lines[described] = lines[described].replace(start, f"{start} {place}:", 1)
    lines.append("")


def _late_model(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: Element) -> Element | None:
    """A model that an annotation names through the package, which loads it late, is where its noun is."""
    package, _, name = node["reftarget"].rpartition(".")
    if package != "models" or name not in models.__all__:
        return None
    home = getattr(models, name).__module__
    domain = env.get_domain("py")
    return domain.resolve_xref(env, node["refdoc"], app.builder, "class", f"{home}.{name}", node, content)


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _google)
    app.connect("missing-reference", _late_model)
