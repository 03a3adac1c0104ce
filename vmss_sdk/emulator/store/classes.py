"""The classes whose objects a state file may hold, by the names that they have there.

A name in this list is a promise to every file that was written: it stays when the class moves or gets another name.
The same goes for the names of members: one that gets another name says what it is called in a file, by
``metadata={"written": "..."}``. Classes that nothing refers to any more stay too, until no file can have them.
"""

from __future__ import annotations

from vmss_sdk.emulator.arm.authorization.records import CustomRole, ManagementLock, RoleAssignment
from vmss_sdk.emulator.arm.deployments.evaluation_context import ApiVersions, NewGuids, Zones
from vmss_sdk.emulator.arm.deployments.internal_requests import InternalRequests
from vmss_sdk.emulator.arm.deployments.record import Deployment, DeploymentStatus, Mode, Step, StepStatus
from vmss_sdk.emulator.arm.identity.principal import Kind, Principal, Role
from vmss_sdk.emulator.arm.insights.records import ActivityEntry
from vmss_sdk.emulator.arm.resources.store import Resource, ResourceStore
from vmss_sdk.emulator.arm.resources.tag_records import SubscriptionTags, TagName
from vmss_sdk.emulator.arm.service_fault_records import ServiceFaults
from vmss_sdk.emulator.arm.service_faults import DropConnection, ServerError, Throttle
from vmss_sdk.emulator.arm.state import ResourceGroup
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.fleet.migration import Migrate
from vmss_sdk.emulator.engine.fleet.scaling import ExtraInstances
from vmss_sdk.emulator.engine.guest.health import HealthReading
from vmss_sdk.emulator.engine.guest.instance_extensions import Install
from vmss_sdk.emulator.engine.guest.run_commands import Removal
from vmss_sdk.emulator.engine.guest.scripts import ScriptExecution
from vmss_sdk.emulator.engine.model.effects import Change, Effect
from vmss_sdk.emulator.engine.model.health_source import HealthSource
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.model.version import ModelVersion, OsContent
from vmss_sdk.emulator.engine.platform.faults import FAULTS, Faults
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode, Concurrency, Denominator, ReimageSource, Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.engine.record.aggregate import OperationEnd
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind
from vmss_sdk.emulator.engine.record.execution import ExecutionState
from vmss_sdk.emulator.engine.record.extension_run import ExtensionRun, RunReason
from vmss_sdk.emulator.engine.record.hook_event import HookAction
from vmss_sdk.emulator.engine.record.instance import Instance, OsState, Protection
from vmss_sdk.emulator.engine.record.operation import Operation, OperationStatus
from vmss_sdk.emulator.engine.record.retention import Dropped
from vmss_sdk.emulator.engine.record.rolling_upgrade import InstanceSnapshot
from vmss_sdk.emulator.engine.record.run_command import CommandKind, RunCommand
from vmss_sdk.emulator.engine.record.schedule import Schedule
from vmss_sdk.emulator.engine.record.upgrade_status import Stage, StartedBy, UpgradeAction, UpgradeCode, UpgradeKind
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.upgrades.automatic import DomainWalk, WalkedUpgrade
from vmss_sdk.emulator.engine.upgrades.lifecycle_hooks import ApprovedUpgrade, OpenHookEvent
from vmss_sdk.emulator.engine.upgrades.os_image import ScheduledUpgrade
from vmss_sdk.emulator.engine.upgrades.refresh import ExtensionRefresh, ImageRefresh, PlatformRefresh
from vmss_sdk.emulator.engine.upgrades.restore import Restore
from vmss_sdk.emulator.engine.upgrades.rolling import BatchedUpgrade, UpgradeTimer
from vmss_sdk.emulator.engine.work.data_disks import Rearrange, Storage
from vmss_sdk.emulator.engine.work.instance_model import Update
from vmss_sdk.emulator.engine.work.lifecycle import Create, Delete, PowerChange, Redeploy
from vmss_sdk.emulator.engine.work.reimage import Reimage, ReimageOptions
from vmss_sdk.emulator.engine.work.repairs import RepairCheck
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.emulator.engine.writing.virtual_machine import StandaloneVirtualMachine
from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.context import Context
from vmss_sdk.emulator.templates.dependencies import Index, Symbols
from vmss_sdk.emulator.templates.evaluation import Environment, Function, Lambda, UserFunction
from vmss_sdk.emulator.templates.parameters import Definition, Lazy
from vmss_sdk.emulator.templates.plan import NoVariables, Plan, VariableSection
from vmss_sdk.emulator.templates.resources import PlannedResource

__all__ = ["CLASSES"]

CLASSES: dict[str, type] = {
    **FAULTS,
    "ActivityEntry": ActivityEntry,
    "Agenda": Schedule,
    "ApiVersions": ApiVersions,
    "ApprovedUpgrade": ApprovedUpgrade,
    "Before": InstanceSnapshot,
    "Budget": Budget,
    "CatalogueMode": CatalogueMode,
    "Change": Change,
    "CommandKind": CommandKind,
    "Concurrency": Concurrency,
    "Context": Context,
    "Create": Create,
    "CustomRole": CustomRole,
    "Decision": Decision,
    "DecisionKind": DecisionKind,
    "Definition": Definition,
    "Delete": Delete,
    "Denominator": Denominator,
    "Deployment": Deployment,
    "DeploymentStatus": DeploymentStatus,
    "DomainWalk": DomainWalk,
    "DropConnection": DropConnection,
    "Dropped": Dropped,
    "Effect": Effect,
    "Ending": OperationEnd,
    "Environment": Environment,
    "Execution": ScriptExecution,
    "ExecutionState": ExecutionState,
    "ExtensionRefresh": ExtensionRefresh,
    "ExtensionRun": ExtensionRun,
    "Failure": Failure,
    "Faults": Faults,
    "Function": Function,
    "HandlerCatalog": HandlerCatalog,
    "HealthReading": HealthReading,
    "HealthSource": HealthSource,
    "HealthState": HealthState,
    "HookAction": HookAction,
    "HookEvent": OpenHookEvent,
    "ImageCatalog": ImageCatalog,
    "ImageRefresh": ImageRefresh,
    "Index": Index,
    "InnerRequests": InternalRequests,
    "Install": Install,
    "Instance": Instance,
    "Kind": Kind,
    "Lambda": Lambda,
    "Lazy": Lazy,
    "ManagementLock": ManagementLock,
    "Migrate": Migrate,
    "Mode": Mode,
    "ModelVersion": ModelVersion,
    "NewGuids": NewGuids,
    "NoVariables": NoVariables,
    "Operation": Operation,
    "OperationStatus": OperationStatus,
    "OsContent": OsContent,
    "OsState": OsState,
    "Overprovision": ExtraInstances,
    "Plan": Plan,
    "PlannedResource": PlannedResource,
    "PlatformRefresh": PlatformRefresh,
    "PowerChange": PowerChange,
    "PowerState": PowerState,
    "Principal": Principal,
    "Protection": Protection,
    "ProvisioningState": ProvisioningState,
    "Rearrange": Rearrange,
    "Reason": Reason,
    "Redeploy": Redeploy,
    "Reimage": Reimage,
    "ReimageOptions": ReimageOptions,
    "ReimageSource": ReimageSource,
    "Removal": Removal,
    "RepairCheck": RepairCheck,
    "Resource": Resource,
    "ResourceGroup": ResourceGroup,
    "ResourceStore": ResourceStore,
    "Restore": Restore,
    "Role": Role,
    "RoleAssignment": RoleAssignment,
    "RollingPolicy": RollingPolicy,
    "RollingUpgrade": BatchedUpgrade,
    "RunCommand": RunCommand,
    "RunReason": RunReason,
    "ScaleSet": ScaleSet,
    "ScheduledUpgrade": ScheduledUpgrade,
    "ServerError": ServerError,
    "ServiceFaults": ServiceFaults,
    "Settings": Settings,
    "Stage": Stage,
    "StartedBy": StartedBy,
    "StandaloneVirtualMachine": StandaloneVirtualMachine,
    "Step": Step,
    "StepStatus": StepStatus,
    "Storage": Storage,
    "SubscriptionTags": SubscriptionTags,
    "Symbols": Symbols,
    "TagName": TagName,
    "Throttle": Throttle,
    "Timings": Timings,
    "Update": Update,
    "Upgrade": Upgrade,
    "UpgradeAction": UpgradeAction,
    "UpgradeCode": UpgradeCode,
    "UpgradeKind": UpgradeKind,
    "UserFunction": UserFunction,
    "VariableSection": VariableSection,
    "Wakeup": UpgradeTimer,
    "WalkedUpgrade": WalkedUpgrade,
    "Zones": Zones,
}
"""The class by its name in a state file."""
