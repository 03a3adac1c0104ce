"""Commands about instances of a scale set."""

from vmss_sdk.cli.arguments import (
    DRY_RUN,
    GROUP,
    INCLUDE_PROTECTED,
    INSTANCE_IDS,
    NAME,
    PAGES,
    SCALE_SET,
    WAITING,
    YES,
    three_state,
)
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.instances"
_ACTION = (*SCALE_SET, INSTANCE_IDS, INCLUDE_PROTECTED, DRY_RUN, *WAITING)
_NEEDED = INSTANCE_IDS._replace(options={**INSTANCE_IDS.options, "required": True})
_TOUCHED = (
    "[].{InstanceId:instanceId, Touched:touched, LatestModelApplied:latestModelApplied, Power:powerState,"
    " Health:healthState, Zone:zone}"
)
_ALL = "Without --instance-ids it is for all instances."

COMMANDS: tuple[Command, ...] = (
    Command(
        ("list-instances",),
        "list the instances of a scale set",
        f"{_HANDLERS}:list_all",
        (
            GROUP,
            NAME,
            Argument(("--expand",), "instanceView for power and health", {"metavar": "WHAT"}),
            Argument(("--filter",), "an OData filter: 'properties/latestModelApplied eq false'", {"metavar": "FILTER"}),
            Argument(("--select",), "which members to return: instanceView", {"metavar": "MEMBERS"}),
            Argument(
                ("--resiliency-view",),
                "each with the state of its deletion, if Azure tries that again and again",
                {"action": "store_true"},
            ),
            *PAGES,
        ),
        operations=("virtual_machine_scale_set_vms.list", "virtual_machine_scale_set_vms.get"),
        table=(
            "[].{InstanceId:instanceId || name, Name:name, LatestModelApplied:latestModelApplied,"
            " ProvisioningState:provisioningState, Zone:zones[0], Size:sku.name || hardwareProfile.vmSize,"
            " ModelDefinitionApplied:modelDefinitionApplied}"
        ),
        examples=(
            Example(
                "those that are not at the latest model",
                "vmss list-instances -g rg -n web --query '[?!latestModelApplied].instanceId' -o tsv",
            ),
        ),
    ),
    Command(
        ("reimage",),
        "put new OS disks under instances, with the model's OS profile and custom data",
        f"{_HANDLERS}:reimage",
        (
            *SCALE_SET,
            INSTANCE_IDS,
            three_state(
                "--force-update-os-disk-for-ephemeral",
                "--update-os-disk",
                help="move ephemeral OS disks to the image version of the model",
            ),
            Argument(("--all-disks",), "the data disks too: what is on them is lost", {"action": "store_true"}),
            YES,
            INCLUDE_PROTECTED,
            DRY_RUN,
            *WAITING,
        ),
        "It is for all instances when none is named, and then asks first: all at once, no batches. Other than az, which"
        " sends reimageall for named instances, it leaves data disks alone unless --all-disks is said.",
        (
            "virtual_machine_scale_sets.begin_reimage",
            "virtual_machine_scale_set_vms.begin_reimage",
            "virtual_machine_scale_sets.begin_reimage_all",
            "virtual_machine_scale_set_vms.begin_reimage_all",
        ),
        examples=(
            Example("two instances", "vmss reimage -g rg -n web --instance-ids 0 3"),
            Example("what a reimage of all would touch", "vmss reimage -g rg -n web --dry-run"),
        ),
        table=_TOUCHED,
    ),
    Command(
        ("update-instances",),
        "bring instances to the latest model",
        f"{_HANDLERS}:update_instances",
        (GROUP, NAME, _NEEDED, DRY_RUN, *WAITING),
        operations=("virtual_machine_scale_sets.begin_update_instances",),
        examples=(
            Example("one first", "vmss update-instances -g rg -n web --instance-ids 0"),
            Example("then all", "vmss update-instances -g rg -n web --instance-ids '*'"),
        ),
        table=_TOUCHED,
    ),
    Command(
        ("restart",),
        "restart instances, all at once",
        f"{_HANDLERS}:restart",
        _ACTION,
        _ALL,
        ("virtual_machine_scale_sets.begin_restart", "virtual_machine_scale_set_vms.begin_restart"),
        table=_TOUCHED,
    ),
    Command(
        ("start",),
        "start instances",
        f"{_HANDLERS}:start",
        _ACTION,
        _ALL,
        ("virtual_machine_scale_sets.begin_start", "virtual_machine_scale_set_vms.begin_start"),
        table=_TOUCHED,
    ),
    Command(
        ("stop",),
        "stop instances; they go on costing money",
        f"{_HANDLERS}:stop",
        (
            *_ACTION,
            Argument(("--skip-shutdown",), "switch them off without a graceful shutdown", {"action": "store_true"}),
        ),
        f"{_ALL} To pay no more for them: vmss deallocate.",
        ("virtual_machine_scale_sets.begin_power_off", "virtual_machine_scale_set_vms.begin_power_off"),
        table=_TOUCHED,
    ),
    Command(
        ("deallocate",),
        "stop instances and give their hardware back",
        f"{_HANDLERS}:deallocate",
        (*_ACTION, three_state("--hibernate", help="keep their memory on disk")),
        _ALL,
        ("virtual_machine_scale_sets.begin_deallocate", "virtual_machine_scale_set_vms.begin_deallocate"),
        table=_TOUCHED,
    ),
    Command(
        ("delete-instances",),
        "delete instances; the capacity goes down with them",
        f"{_HANDLERS}:delete",
        (
            *SCALE_SET,
            _NEEDED,
            three_state("--force-deletion", help="do not wait for their shutdown"),
            INCLUDE_PROTECTED,
            DRY_RUN,
            *WAITING,
        ),
        operations=("virtual_machine_scale_sets.begin_delete_instances", "virtual_machine_scale_set_vms.begin_delete"),
        table=_TOUCHED,
    ),
    Command(
        ("redeploy",),
        "move instances to other hosts; their temporary disks are lost",
        f"{_HANDLERS}:redeploy",
        _ACTION,
        _ALL,
        ("virtual_machine_scale_sets.begin_redeploy", "virtual_machine_scale_set_vms.begin_redeploy"),
        az=False,
        table=_TOUCHED,
    ),
    Command(
        ("perform-maintenance",),
        "do planned maintenance of instances now",
        f"{_HANDLERS}:perform_maintenance",
        _ACTION,
        _ALL,
        (
            "virtual_machine_scale_sets.begin_perform_maintenance",
            "virtual_machine_scale_set_vms.begin_perform_maintenance",
        ),
        table=_TOUCHED,
    ),
    Command(
        ("protect",),
        "keep instances from scale-in, or from every action on the whole scale set",
        f"{_HANDLERS}:protect",
        (
            *SCALE_SET,
            _NEEDED,
            three_state(
                "--from-scale-in", help="whether scale-in passes them by", aliases=("--protect-from-scale-in",)
            ),
            three_state(
                "--from-scale-set-actions",
                help="whether upgrades, reimages and other actions on the scale set pass them by",
                aliases=("--protect-from-scale-set-actions",),
            ),
            *WAITING,
        ),
        "Nothing but the protection is sent, so the instances do not become outdated by it. 'vmss update --instance-id'"
        " does the same in az's words.",
        ("virtual_machine_scale_set_vms.begin_update",),
        examples=(Example("the leader", "vmss protect -g rg -n web --instance-ids 4 --from-scale-set-actions"),),
        az=False,
    ),
)
