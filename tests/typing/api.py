"""The public API as its users write it. Only type checkers read this file; nothing here runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import assert_type

from vmss_sdk import (
    ALL_INSTANCES,
    DiagnosticRunCommands,
    ErrorDetail,
    Extensions,
    FlexibleVirtualMachine,
    Instance,
    LifecycleHookEvent,
    NotFoundError,
    Operation,
    OperationFailedError,
    OperationTimeoutError,
    RetryPolicy,
    RollingUpgrade,
    RollingUpgradePolicy,
    RollingUpgradeStatusInfo,
    RunCommands,
    ScaleSet,
    StaticTokenCredential,
    ThrottledError,
    TokenCredential,
    UpgradeMode,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetVM,
    VmssClient,
    wait_all,
)
from vmss_sdk.models import (
    InstanceSummary,
    OrchestrationServiceNames,
    RecoveryWalkResponse,
    RetrieveBootDiagnosticsDataResult,
    RunCommandInput,
    RunCommandResult,
    StorageProfile,
    UpgradeOperationHistoricalStatusInfo,
    VirtualMachineDiagnosticRunCommand,
    VirtualMachineRunCommand,
    VirtualMachineRunCommandUpdate,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetInstanceView,
    VirtualMachineScaleSetSku,
    VirtualMachineScaleSetVMExtension,
    VirtualMachineScaleSetVMInstanceView,
    VMScaleSetLifecycleHookEvent,
)
from vmss_sdk.models.resource_group import ResourceGroup
from vmss_sdk.models.virtual_machine import VirtualMachine


class OwnToken:
    """A token of somebody else's credential."""

    token: str = "t"
    expires_on: int = 0


class OwnCredential:
    """A credential as azure-identity's are: with named options that ours does not know."""

    def get_token(
        self, *scopes: str, claims: str | None = None, tenant_id: str | None = None, **kwargs: object
    ) -> OwnToken:
        """A token."""
        return OwnToken()


def credentials() -> None:
    """Any object with get_token does."""
    own: TokenCredential = OwnCredential()
    VmssClient("s", credential=own)
    VmssClient("s", credential=OwnCredential(), endpoint="https://localhost:8443", retry=RetryPolicy.none())
    VmssClient("s", credential=StaticTokenCredential("t"))
    VmssClient("s", credential="t")  # type: ignore[arg-type]  # a token is no credential


def scale_set(client: VmssClient) -> None:
    """Verbs on a scale set."""
    web = client.scale_set("rg", "web")
    assert_type(web, ScaleSet)
    assert_type(web.get(), VirtualMachineScaleSet)
    assert_type(web.instance_view(), VirtualMachineScaleSetInstanceView)
    assert_type(web.skus(), Iterator[VirtualMachineScaleSetSku])
    assert_type(web.instances(expand="instanceView"), Iterator[VirtualMachineScaleSetVM])
    assert_type(web.instance_summaries(), list[InstanceSummary])
    assert_type(client.scale_sets("rg"), Iterator[VirtualMachineScaleSet])
    assert_type(client.scale_sets(location="westus"), Iterator[VirtualMachineScaleSet])

    policy = RollingUpgradePolicy(max_batch_instance_percent=20, pause_time_between_batches=timedelta(seconds=30))
    changed = web.set_upgrade_policy(mode=UpgradeMode.ROLLING, rolling=policy)
    assert_type(changed, Operation[VirtualMachineScaleSet])
    assert_type(changed.result(timeout=60), VirtualMachineScaleSet)
    model = web.get()
    model.tags = {"a": "b"}
    assert_type(web.create_or_update(model, if_match=model.etag).result().latest_model_applied, bool)  # type: ignore[attr-defined, assert-type]  # that is a member of instances

    assert_type(web.reimage(["0", "3"]), Operation[None])
    web.reimage(("0", "3"), exact_version="1.0.0").result()
    web.restart(ALL_INSTANCES)
    web.restart()  # type: ignore[call-arg]  # all instances are never meant by saying nothing
    web.restart(None)  # type: ignore[arg-type]  # None is the mistake
    web.restart([0])  # type: ignore[list-item]  # ids are text


def instance(web: ScaleSet) -> None:
    """Verbs on an instance."""
    first = web.instance("0")
    assert_type(first, Instance)
    assert_type(first.get(expand="instanceView"), VirtualMachineScaleSetVM)
    assert_type(first.instance_view(), VirtualMachineScaleSetVMInstanceView)
    assert_type(first.protect(from_scale_in=True), Operation[VirtualMachineScaleSetVM])
    assert_type(first.upgrade(), Operation[None])
    assert_type(first.attach_detach_data_disks(["id"]), Operation[StorageProfile])
    first.protect(True)  # type: ignore[call-arg]  # which protection would that be
    web.instance(0)  # type: ignore[arg-type]  # an int is the mistake


def extensions(web: ScaleSet) -> None:
    """Extensions of the model."""
    assert_type(web.extensions, Extensions[VirtualMachineScaleSetExtension])
    assert_type(list(web.extensions), list[VirtualMachineScaleSetExtension])
    script = web.extensions.get("script")
    assert_type(web.extensions.create_or_update("script", script), Operation[VirtualMachineScaleSetExtension])
    assert_type(web.extensions.update("script", script).result(), VirtualMachineScaleSetExtension)
    assert_type(web.extensions.delete("script"), Operation[None])
    assert_type(web.instance("0").extensions, Extensions[VirtualMachineScaleSetVMExtension])


def rolling_upgrade(web: ScaleSet) -> None:
    """The rolling upgrade."""
    assert_type(web.rolling_upgrade, RollingUpgrade)
    assert_type(web.rolling_upgrade.latest(), RollingUpgradeStatusInfo)
    assert_type(web.rolling_upgrade.cancel(), Operation[None])


def platform(web: ScaleSet) -> None:
    """What Azure does by itself, and how it is steered."""
    assert_type(web.rolling_upgrade.start_os(), Operation[None])
    assert_type(web.os_upgrade_history(), Iterator[UpgradeOperationHistoricalStatusInfo])
    assert_type(web.approve_rolling_upgrade(ALL_INSTANCES), Operation[None])
    assert_type(web.instance("0").approve_rolling_upgrade(), Operation[None])
    web.approve_rolling_upgrade()  # type: ignore[call-arg]  # of whom
    assert_type(web.set_orchestration_service_state("AutomaticRepairs", "Resume"), Operation[None])
    web.set_orchestration_service_state(OrchestrationServiceNames.AUTOMATIC_REPAIRS, "Suspend")
    assert_type(web.suspend_repairs(), Operation[None])
    assert_type(web.resume_repairs(), Operation[None])
    assert_type(web.walk_update_domain(0), RecoveryWalkResponse)
    web.convert_to_single_placement_group()
    assert_type(web.redeploy(["0"]), Operation[None])
    assert_type(web.perform_maintenance(["0"]), Operation[None])
    assert_type(web.reapply(), Operation[None])
    assert_type(web.scale_out(2, zone="1"), Operation[None])
    assert_type(web.migrate_zone(["0"], zone="2"), Operation[None])
    web.scale_out(2, "1")  # type: ignore[call-arg]  # a zone is named
    web.instance("0").simulate_eviction()


def run_commands(web: ScaleSet, machine: FlexibleVirtualMachine) -> None:
    """Every member has the type that its verb promises."""
    commands = web.instance("0").run_commands
    assert_type(commands, RunCommands)
    assert_type(machine.run_commands, RunCommands)
    assert_type(commands.list(), Iterator[VirtualMachineRunCommand])
    command = commands.get("name", expand="instanceView")
    assert_type(command, VirtualMachineRunCommand)
    assert_type(commands.create_or_update("name", command), Operation[VirtualMachineRunCommand])
    assert_type(commands.update("name", VirtualMachineRunCommandUpdate()), Operation[VirtualMachineRunCommand])
    assert_type(commands.delete("name"), Operation[None])
    diagnostic = web.instance("0").diagnostic_run_commands
    assert_type(diagnostic, DiagnosticRunCommands)
    assert_type(diagnostic.get("name"), VirtualMachineDiagnosticRunCommand)
    assert_type(diagnostic.create_or_update("name", VirtualMachineDiagnosticRunCommand()), Operation[None])
    diagnostic.create_or_update("name", VirtualMachineRunCommand())  # type: ignore[arg-type]  # the other kind is the mistake
    assert_type(web.instance("0").run_command(RunCommandInput()), Operation[RunCommandResult])
    assert_type(machine.boot_diagnostics(), RetrieveBootDiagnosticsDataResult)


def lifecycle_hooks(web: ScaleSet) -> None:
    """Questions and their answers."""
    assert_type(web.lifecycle_hook_events(), Iterator[LifecycleHookEvent])
    event = web.lifecycle_hook_event("name")
    assert_type(event.listed, VMScaleSetLifecycleHookEvent | None)
    assert_type(event.get(), VMScaleSetLifecycleHookEvent)
    assert_type(event.approve(ALL_INSTANCES), VMScaleSetLifecycleHookEvent)
    assert_type(event.reject(["0"]), VMScaleSetLifecycleHookEvent)
    assert_type(event.delay(datetime(2030, 1, 1, tzinfo=UTC)), VMScaleSetLifecycleHookEvent)
    event.approve()  # type: ignore[call-arg]  # for whom


def operations(client: VmssClient, web: ScaleSet) -> None:
    """Waiting, resuming, watching."""
    restart = web.restart(["0"]).on_progress(lambda operation: print(operation.status))
    assert_type(restart, Operation[None])
    assert_type(restart.done(), bool)
    assert_type(restart.resume_token, str)
    wait_all([restart, web.apply_model()], timeout=60)
    client.wait_all([restart])
    client.resume(restart.resume_token).result()


def errors(web: ScaleSet) -> None:
    """What errors carry."""
    try:
        web.apply_model().result(timeout=1)
    except OperationTimeoutError as error:
        assert_type(error.resume_token, str | None)
    except OperationFailedError as error:
        assert_type(error.code, str)
        assert_type(error.details, tuple[ErrorDetail, ...])
    except ThrottledError as error:
        assert_type(error.retry_after, float | None)
    except NotFoundError as error:
        assert_type(error.status, int)
    except TimeoutError:
        pass


def others(client: VmssClient) -> None:
    """Resource groups and Flexible virtual machines."""
    assert_type(client.resource_groups.create_or_update("rg", "westus"), ResourceGroup)
    assert_type(client.resource_groups.exists("rg"), bool)
    assert_type(client.resource_groups.delete("rg"), Operation[None])
    assert_type(client.virtual_machine("rg", "vm").get(), VirtualMachine)
    made = client.virtual_machine("rg", "vm").create_or_update(VirtualMachine(location="westeurope"))
    assert_type(made, Operation[VirtualMachine])
    assert_type(client.virtual_machines(), Iterator[VirtualMachine])
    assert_type(VmssClient.in_process(), VmssClient)
    with client as same:
        assert_type(same, VmssClient)
