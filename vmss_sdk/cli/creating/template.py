"""The whole template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.cli.creating.context import Context, Document, Plan, wrong
from vmss_sdk.cli.creating.disks import storage_profile
from vmss_sdk.cli.creating.guest import extensions, guest
from vmss_sdk.cli.creating.images import image
from vmss_sdk.cli.creating.network import interface, network
from vmss_sdk.cli.handlers import flags, rules
from vmss_sdk.models import VirtualMachineScaleSet
from vmss_sdk.models.schema import schema

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.images import Image

__all__ = ["template"]

_KIND = "Microsoft.Compute/virtualMachineScaleSets"
_VERSION = "2026-04-01"  # of the scale set in the template, az 2.91's
_SCHEMA = "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"
_NETWORK_VERSION = "2020-11-01"  # what a Flexible scale set's network is written in, az's default
_SIZE = "Standard_D2s_v5"  # az's default
_SYSTEM = "[system]"
_ONE_GROUP = 100  # instances that a placement group holds


def template(context: Context) -> tuple[Document, dict[str, str]]:
    """The template with all that the scale set needs, and the secure parameters that it takes.

    Raises:
        CommandError: Something that was named is not there, or flags do not go together.
    """
    plan = Plan()
    found = image(context)
    network(context, plan, windows=found.windows if found else None)
    scale_set = _scale_set(context, plan, found)
    scale_set["dependsOn"] = plan.depends_on
    kept = {name: {"type": "securestring", "metadata": {"description": f"Secure {name}"}} for name in plan.secrets}
    name = context.name
    version = "providers('Microsoft.Compute', 'virtualMachineScaleSets').apiVersions[0]"
    value = f"[reference(resourceId('{_KIND}', '{name}'),{version})]"
    made: Document = {
        "$schema": _SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": kept,
        "variables": {},
        "resources": [*plan.resources, scale_set],
        "outputs": {"VMSS": {"type": "object", "value": value}},
    }
    return made, plan.secrets


def _scale_set(context: Context, plan: Plan, found: Image | None) -> Document:
    args = context.args
    properties = _properties(context, found)
    profile = _profile(context, plan, found)
    if profile:
        properties["virtualMachineProfile"] = profile
    made = context.resource(_KIND, context.name, _VERSION, properties)
    if found:
        made["sku"] = {"name": args.vm_sku or _SIZE, "capacity": args.instance_count}
    flags.write("create", args, schema(VirtualMachineScaleSet), made, context.group_id)
    rules.sku_profile(args, properties)
    profile = properties.get("virtualMachineProfile", {})
    rules.security(args, profile, secure_boot=True)
    if args.capacity_reservation_group != "None":
        rules.reservation(args, profile, context.group_id)
    if profile:
        properties["virtualMachineProfile"] = profile
    _implied_members(context, properties)
    _hide(plan, profile)
    _purchase(context, found, made)
    if context.edge_zone:
        made["extendedLocation"] = context.edge_zone
    if args.encryption_identity:
        _encryption(context, made, profile)
    return made


def _properties(context: Context, found: Image | None) -> Document:
    args = context.args
    properties: Document = {"orchestrationMode": args.orchestration_mode, "upgradePolicy": {"mode": "Manual"}}
    spread = not context.flexible and (args.zones or args.instance_count > _ONE_GROUP)
    properties["singlePlacementGroup"] = False if spread else None
    if not context.flexible:
        properties["overprovision"] = not args.disable_overprovision
    elif found:
        properties["platformFaultDomainCount"] = 1
    return properties


def _profile(context: Context, plan: Plan, found: Image | None) -> Document:
    profile: Document = {}
    if found:
        profile["storageProfile"] = storage_profile(context, found)
        if inside := guest(context, plan, windows=found.windows):
            profile["osProfile"] = inside
        if added := extensions(context, windows=found.windows):
            profile["extensionProfile"] = {"extensions": added}
    outside = _network_profile(context, plan, found)
    if outside:
        profile["networkProfile"] = outside
    return profile


def _network_profile(context: Context, plan: Plan, found: Image | None) -> Document:
    args = context.args
    profile: Document = {}
    if one := interface(context, plan):
        profile["networkInterfaceConfigurations"] = [one]
    if args.health_probe:
        probe = args.health_probe
        if not probe.startswith("/") and not plan.balancer:
            raise wrong("--health-probe names a probe of a load balancer: name that with --load-balancer")
        profile["healthProbe"] = {"id": probe if probe.startswith("/") else f"{plan.balancer}/probes/{probe}"}
    version = args.network_api_version or (_NETWORK_VERSION if context.flexible and found else None)
    if version:
        profile["networkApiVersion"] = version
    return profile


def _implied_members(context: Context, properties: Document) -> None:
    """What a flag brings along that az sets with it."""
    args = context.args
    if args.automatic_repairs_grace_period or args.automatic_repairs_action:
        usual = {"enabled": True, "gracePeriod": "PT10M", "repairAction": "Replace"}
        properties["automaticRepairsPolicy"] = {**usual, **properties.get("automaticRepairsPolicy", {})}
    if args.terminate_notification_time:
        notices = properties["virtualMachineProfile"]["scheduledEventsProfile"]
        notices["terminateNotificationProfile"]["enable"] = True
    ultra = any("ultrassd_lrs" in word.lower() for word in args.storage_sku or ())
    if ultra and args.ultra_ssd_enabled is None:
        properties.setdefault("additionalCapabilities", {})["ultraSSDEnabled"] = True


def _hide(plan: Plan, profile: Document) -> None:
    """Custom data and user data as secure parameters: whoever may read a deployment may read its template."""
    for holder, name in ((profile.get("osProfile", {}), "customData"), (profile, "userData")):
        if name in holder:
            holder[name] = plan.secret(name, holder[name])


def _purchase(context: Context, found: Image | None, made: Document) -> None:
    args = context.args
    named = (args.plan_name, args.plan_publisher, args.plan_product)
    if any((*named, args.plan_promotion_code)):
        if not all(named):
            raise wrong("--plan-name, --plan-publisher, --plan-product (and --plan-promotion-code) belong together")
        made["plan"] = {"name": args.plan_name, "publisher": args.plan_publisher, "product": args.plan_product}
        if args.plan_promotion_code:
            made["plan"]["promotionCode"] = args.plan_promotion_code
    elif found and found.plan:
        made["plan"] = found.plan
    names = _identities(context)
    if names is None:
        return
    users = [one for one in names if one != _SYSTEM]
    kinds = [kind for kind, wanted in (("SystemAssigned", len(users) < len(names)), ("UserAssigned", users)) if wanted]
    made["identity"] = {"type": ", ".join(kinds)}
    if users:
        made["identity"]["userAssignedIdentities"] = {
            flags.identify(one, context.group_id, "Microsoft.ManagedIdentity/userAssignedIdentities"): {}
            for one in users
        }


def _identities(context: Context) -> list[str] | None:
    """The names that were given; nothing given but the flag is the system's, which attestation needs too."""
    args = context.args
    names: list[str] | None = args.assign_identity
    if names is not None and not names:
        names = [_SYSTEM]
    if args.enable_integrity_monitoring and args.security_type == "TrustedLaunch" and _SYSTEM not in (names or ()):
        names = [*(names or ()), _SYSTEM]
    return names


def _encryption(context: Context, made: Document, profile: Document) -> None:
    wanted = context.args.encryption_identity
    users = made.get("identity", {}).get("userAssignedIdentities", {})
    if wanted.lower() not in (name.lower() for name in users):
        raise wrong("--encryption-identity must be the id of one of the identities of --assign-identity")
    section = profile.setdefault("securityProfile", {})
    section["encryptionIdentity"] = {"userAssignedIdentityResourceId": wanted}
