"""Extensions of a scale set's model, and of one instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.extension_images import newest
from vmss_sdk.cli.handlers.model_rewrite import update_model, virtual_machine_profile
from vmss_sdk.cli.handlers.text_arguments import json_object
from vmss_sdk.cli.output import shape
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles.extensions import Extensions

__all__ = ["delete", "list_all", "set_one", "show", "update"]


def list_all(call: Call) -> list[Any]:
    """All of the scale set's model, or of an instance."""
    return [_shown(extension) for extension in _of(call).list(expand=_expand(call))]


def show(call: Call) -> Any:
    """One."""
    return _shown(_of(call).get(call.needed("name", "--name/-n"), expand=_expand(call)))


def set_one(call: Call) -> Begun:
    """Add one, or change the one of this handler: a scale set has one extension of a handler."""
    args = call.args
    call.needed("name", "--name/-n")
    name = args.extension_instance_name or args.name
    extension = _model(call, type=args.name, auto_upgrade_minor_version=not args.no_auto_upgrade_minor_version)
    extension.type_handler_version = _version(call)
    what = f"setting extension '{name}' of {_owner(call)}"
    if args.instance_id:
        return Begun(_of(call).create_or_update(name, extension), what, _shown)
    if _existing_names(call, name):
        return Begun(update_model(call, lambda properties: _replace(properties, name, extension)), what)
    return Begun(call.scale_set.extensions.create_or_update(name, extension), what, lambda _: call.scale_set.get())


def update(call: Call) -> Begun:
    """Change what is given and nothing else.

    Raises:
        CommandError: Nothing was given.
    """
    args = call.args
    name = call.needed("name", "--name/-n")
    minor = None if args.no_auto_upgrade_minor_version is None else not args.no_auto_upgrade_minor_version
    change = _model(call, type_handler_version=args.version, auto_upgrade_minor_version=minor)
    if not change.wire:
        raise CommandError("say what to change, for example --settings", 2)
    return Begun(_of(call).update(name, change), f"change of extension '{name}' of {_owner(call)}", _shown)


def delete(call: Call) -> Begun:
    """Take one away.

    Raises:
        CommandError: There is none of this name.
    """
    name, extensions = call.needed("name", "--name/-n"), _of(call)
    if name.lower() not in [str(extension.name).lower() for extension in extensions.list()]:
        raise CommandError(f"Extension {name} not found")
    instance = call.args.instance_id
    then = (lambda _: None) if instance else (lambda _: call.scale_set.get())
    return Begun(extensions.delete(name), f"deletion of extension '{name}' of {_owner(call)}", then)


def _of(call: Call) -> Extensions[Any]:
    one = call.args.instance_id
    return call.scale_set.instance(one).extensions if one else call.scale_set.extensions


def _owner(call: Call) -> str:
    one = call.args.instance_id
    return f"instance {one} of '{call.scale_set_name}'" if one else f"'{call.scale_set_name}'"


def _expand(call: Call) -> str | None:
    return "instanceView" if call.args.instance_id else None


def _model(call: Call, **members: Any) -> Any:
    """The extension as the arguments say it; what was not said is left out."""
    from vmss_sdk.models import VirtualMachineScaleSetExtension, VirtualMachineScaleSetVMExtension

    args = call.args
    kind = VirtualMachineScaleSetVMExtension if args.instance_id else VirtualMachineScaleSetExtension
    members |= {
        "publisher": args.publisher,
        "enable_automatic_upgrade": args.enable_auto_upgrade,
        "settings": json_object("--settings", args.settings),
        "protected_settings": json_object("--protected-settings", args.protected_settings),
        "provision_after_extensions": args.provision_after_extensions,
        "force_update_tag": _tag() if args.force_update else None,
    }
    return kind(**{name: value for name, value in members.items() if value is not None})


def _tag() -> str:
    from uuid import uuid4

    return str(uuid4())


def _version(call: Call) -> str:
    """Major and minor: what is given, or the newest there is."""
    args = call.args
    version = args.version or newest(call, args.publisher, args.name, str(call.scale_set.get().location))
    return ".".join(version.split(".")[:2])


def _existing_names(call: Call, name: str) -> list[str]:
    """The names under which the scale set already has this handler."""
    args = call.args
    return [
        str(extension.name)
        for extension in call.scale_set.extensions.list()
        if extension.name != name and _is_handler(extension.wire.get("properties", {}), args.publisher, args.name)
    ]


def _replace(properties: dict[str, Any], name: str, extension: Any) -> None:
    """Put an extension where others of its handler were."""
    said = extension.wire["properties"]
    profile = virtual_machine_profile(properties).setdefault("extensionProfile", {})
    kept = [
        one
        for one in profile.get("extensions", [])
        if one.get("name") != name and not _is_handler(one.get("properties", {}), said["publisher"], said["type"])
    ]
    profile["extensions"] = [*kept, {"name": name, "properties": said}]


def _is_handler(properties: dict[str, Any], publisher: str, kind: str) -> bool:
    found = (str(properties.get("publisher")).lower(), str(properties.get("type")).lower())
    return found == (publisher.lower(), kind.lower())


def _shown(extension: Any) -> Any:
    """With the type of the handler as ``type``, as az shows it, in place of ARM's type of the resource."""
    shown = shape(extension)
    if "typePropertiesType" in shown:
        shown["type"] = shown.pop("typePropertiesType")
    return shown
