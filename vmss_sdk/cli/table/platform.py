"""Commands about what the platform does for a scale set."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import (
    DRY_RUN,
    IN_SCALE_SET,
    INCLUDE_PROTECTED,
    INSTANCE_ID,
    INSTANCE_IDS,
    SCALE_SET,
    WAITING,
    choice,
)
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.platform"
_SETS = "virtual_machine_scale_sets"
_VMS = "virtual_machine_scale_set_vms"
_ZONE = Argument(("--zone",), "the zone", {"metavar": "ZONE"})
_GROUP = Argument(("--placement-group-id",), "the placement group", {"metavar": "ID"})

COMMANDS: tuple[Command, ...] = (
    Command(
        ("set-orchestration-service-state",),
        "suspend or resume automatic repairs",
        f"{_HANDLERS}:set_service_state",
        (
            *SCALE_SET,
            choice("--service-name", help="the service", of=("AutomaticRepairs",), required=True),
            choice("--action", help="what to do", of=("Resume", "Suspend"), required=True),
            *WAITING,
        ),
        operations=(f"{_SETS}.begin_set_orchestration_service_state",),
        examples=(
            Example(
                "no repairs during maintenance",
                "vmss set-orchestration-service-state -g rg -n web --service-name AutomaticRepairs --action Suspend",
            ),
        ),
    ),
    Command(
        ("update-domain-walk",),
        "force a stuck Service Fabric cluster on through an update domain",
        f"{_HANDLERS}:walk_update_domain",
        (
            *IN_SCALE_SET,
            Argument(
                ("--platform-update-domain",),
                "the update domain, from 0",
                {"required": True, "type": values.whole, "metavar": "NUMBER"},
            ),
            _ZONE,
            _GROUP,
        ),
        operations=(f"{_SETS}.force_recovery_service_fabric_platform_update_domain_walk",),
    ),
    Command(
        ("simulate-eviction",),
        "evict a Spot instance as Azure does, after up to half an hour",
        f"{_HANDLERS}:simulate_eviction",
        (*SCALE_SET, INSTANCE_ID),
        "It is deallocated or deleted, as the eviction policy of the scale set says.",
        (f"{_VMS}.simulate_eviction",),
    ),
    Command(
        ("get-resiliency-view",),
        "whether the deletion of an instance is retried",
        f"{_HANDLERS}:resiliency_view",
        (*SCALE_SET, INSTANCE_ID._replace(flags=("--instance",), options={"dest": "instance_id", "metavar": "ID"})),
        operations=(f"{_VMS}.get",),
        table="{InstanceId:instanceId, ResilientVMDeletionStatus:resilientVMDeletionStatus}",
    ),
    Command(
        ("boot-diagnostics", "get-boot-log-uris"),
        "signed addresses of an instance's screenshot and serial log; whoever has them can read them",
        f"{_HANDLERS}:boot_diagnostics",
        (
            *SCALE_SET,
            INSTANCE_ID,
            Argument(
                ("--expire",),
                "for how many minutes: 1 to 1440 (default: 120)",
                {"type": values.whole, "metavar": "MINUTES"},
            ),
        ),
        operations=(f"{_VMS}.retrieve_boot_diagnostics_data",),
        az=False,
    ),
    Command(
        ("reapply",),
        "send the instances the model that they have once more, to get them out of a failed state",
        f"{_HANDLERS}:reapply",
        (*SCALE_SET, *WAITING),
        "It brings no newer model: that is 'vmss update-instances'.",
        (f"{_SETS}.begin_reapply",),
        az=False,
    ),
    Command(
        ("approve-rolling-upgrade",),
        "let OS upgrades go on that wait for approval",
        "vmss_sdk.cli.handlers.instances:approve_rolling_upgrade",
        (*SCALE_SET, INSTANCE_IDS, INCLUDE_PROTECTED, DRY_RUN, *WAITING),
        "Without --instance-ids it is for all instances; those that wait for nothing are passed over.",
        (f"{_SETS}.begin_approve_rolling_upgrade", f"{_VMS}.begin_approve_rolling_upgrade"),
        az=False,
    ),
    Command(
        ("scale-out",),
        "add instances of the newest model; other than 'vmss scale' it starts no upgrade, and can choose the zone",
        f"{_HANDLERS}:scale_out",
        (
            *SCALE_SET,
            Argument(("--count",), "how many more", {"required": True, "type": values.whole, "metavar": "COUNT"}),
            _ZONE._replace(help="where (default: where the fewest are)"),
            *WAITING,
        ),
        operations=(f"{_SETS}.begin_scale_out",),
        az=False,
    ),
    Command(
        ("migrate-zone",),
        "move instances to another zone of the scale set; each is down meanwhile",
        f"{_HANDLERS}:migrate_zone",
        (
            *SCALE_SET,
            INSTANCE_IDS._replace(options={**INSTANCE_IDS.options, "required": True}),
            _ZONE._replace(help="where to (default: for each another than its own)"),
            *WAITING,
        ),
        operations=(f"{_SETS}.begin_migrate_vm_availability_zone",),
        az=False,
    ),
    Command(
        ("convert-to-single-placement-group",),
        "put all instances into one placement group; there may be 100 at most",
        f"{_HANDLERS}:convert_to_single_placement_group",
        (*SCALE_SET, _GROUP._replace(help="the one that is kept (default: the service chooses)")),
        operations=(f"{_SETS}.convert_to_single_placement_group",),
        az=False,
    ),
)
