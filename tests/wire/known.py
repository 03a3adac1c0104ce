"""Where the emulator's answers differ from recorded ones, each with the reason; a test proves that none is idle.

What a user can notice stands in docs/differences.md too.
"""

import re

import attrs

from tests.wire.recordings import Exchange

__all__ = ["KNOWN", "PENDING", "Known", "reason"]


@attrs.frozen
class Known:
    """A difference that is meant.

    Attributes:
        what: A pattern for the difference's text, whole.
        why: The reason.
        before: Only where the recorded api-version is older than this one; empty: any.
        at: A pattern for what the conversation's name begins with, or its operation.
    """

    what: str
    why: str = ""
    before: str = ""
    at: str = ""

    def covers(self, name: str, exchange: Exchange, difference: str) -> bool:
        """Whether this is the difference."""
        if self.before and exchange.version >= self.before:
            return False
        placed = re.match(self.at, name) or re.match(self.at, exchange.operation)
        return placed is not None and re.fullmatch(self.what, difference, re.DOTALL) is not None


def reason(name: str, exchange: Exchange, difference: str) -> Known | None:
    """What explains a difference, None: nothing."""
    return next((known for known in KNOWN if known.covers(name, exchange, difference)), None)


_NEWEST = "recorded both with and without it in these versions, or the service had not got it then"
_ROLLOUT = "a region that did not have it yet on that day; others answered the same api-version with it"
_POLICY = "added by a policy of the subscription, or by the platform for purposes of its own: there are none"
_SOMETIMES = "recorded both ways for the same request: it depends on region and subscription"
_BEFORE = "what the scale set went through before the recording begins is not known"
_GUEST = "what a guest or an extension says of itself: no code runs on an instance"
_LATER = "recorded in the middle of work; here it is over, or not begun, at that moment"
_DISKS = "the recorded request names the recorded disks and NICs, which are others here: an individual change"
_AT_ONCE = "Azure tells the ids of an identity when the operation is over, the emulator at once"
_ELSEWHERE = "other scale sets of the subscription, which the recording does not create"
_CATALOGUE = "the emulator knows no sizes of disks, images, hosts or quotas of the subscription"

_THEN = "so the service answered when that was recorded, to all versions; by 2019 it had changed"
_ORDER = "members have no order; the answers of all versions have the newest one's"
_FEATURES = "features that a subscription has to be registered for are not emulated, and it goes on otherwise"
_DEFERRED = "Azure tells it when the operation is over, the emulator at once"
_WRITE_ACCELERATOR = "which sizes have the write accelerator is not known"
_OWN_DISKS = "a disk of an instance's own, or an image that disks come from"

_SET = r"\$\.(value\[\]\.)?"
_PROPERTIES = rf"{_SET}properties\."
_PROFILE = rf"{_PROPERTIES}virtualMachineProfile\."
_NIC = r".*networkInterfaceConfigurations\[\]\.properties\."

KNOWN: tuple[Known, ...] = (
    # what is newer than the recorded api-version
    Known(rf"{_PROPERTIES}orchestrationMode is new", _NEWEST, "2021-11-01"),
    Known(rf"{_NIC}disableTcpStateTracking is new", _NEWEST, "2022-11-01"),
    Known(rf"{_NIC}enableAcceleratedNetworking is lacking", _NEWEST, "2022-03-01"),
    Known(rf"{_PROFILE}storageProfile\.osDisk\.(osType|diskSizeGB) is new", _NEWEST, "2021-03-01"),
    Known(rf"{_PROPERTIES}platformFaultDomainCount is new", _NEWEST, "2021-11-01"),
    Known(rf"{_PROPERTIES}storageProfile\.imageReference\.exactVersion is new", _NEWEST, "2021-03-01"),
    Known(rf"{_PROPERTIES}doNotRunExtensionsOnOverprovisionedVMs is new", _NEWEST, "2021-11-01"),
    Known(rf"{_NIC}.*publicIPAddressVersion is new", _NEWEST, "2020-12-01"),
    Known(rf"{_PROPERTIES}storageProfile\.dataDisks\[\]\.deleteOption is new", _NEWEST, "2021-03-01"),
    Known(r"header azure-asyncnotification is new", _NEWEST, "2022-03-01"),
    Known(r"limits .*(3Min|30Min|5Min).* are .*", "the policies since 2024 (wire.md 1.2)", "2023-12-31"),
    Known(r"limits .* are .*", "the policies since 2024 (wire.md 1.2)", "2023-12-31"),
    Known(rf"{_SET}properties order latestModelApplied .*", _NEWEST, "2021-11-01"),
    Known(rf"{_SET}properties order singlePlacementGroup upgradePolicy proximity.*", _NEWEST, "2021-11-01"),
    Known(r"\$ order sku properties type location .*", _NEWEST, "2020-12-01"),
    Known(r".*automaticRepairsPolicy\.gracePeriod is lacking", "30 minutes were the default then", "2020-06-01"),
    Known(r".*properties\.protectedSettings is lacking", "an empty document was told then", "2020-06-01"),
    # recorded from 2015 to 2018
    Known(r".* order .*", _ORDER, "2019-03-01"),
    Known(r"header (x-ms-request-charge|azure-asyncnotification) is new", _THEN, "2019-03-01"),
    Known(r"\$\.(operationId is lacking|name is new)", _THEN, "2016-04-30", at="GET locations/.*operations"),
    Known(rf"{_PROPERTIES}(uniqueId|vmId) is new|{_SET}(id|instanceId) is new", _THEN, "2016-04-30"),
    Known(rf"{_PROPERTIES}largeScaleEnabled is lacking", _THEN, "2016-04-30"),
    Known(rf"{_PROFILE}extensions is lacking", _THEN, "2016-03-30"),
    Known(r".*(code|displayStatus) [P]rovisioning.?(State/)?Succeeded is .*", _THEN, "2016-03-30"),
    Known(r".*(code|displayStatus) .*(osProvisioningComplete|OS provisioning complete) is .*", _THEN, "2016-03-30"),
    Known(rf"{_PROPERTIES}upgradePolicy\.automaticOSUpgrade is new", _THEN, "2017-12-01"),
    Known(rf"{_PROFILE}osProfile\.requireGuestProvisionSignal is new", _THEN, "2019-03-01"),
    Known(rf"{_NIC}enableIPForwarding is new", _THEN, "2018-04-01"),
    Known(rf"{_PROPERTIES}hardwareProfile is lacking", _THEN, "2018-04-01"),
    Known(rf"{_PROFILE}extensionProfile\.doNotRunOnOverprovisionedVMs is lacking", _THEN, "2018-04-01"),
    Known(r"\$\.rdpThumbPrint is lacking", _THEN, "2016-03-30"),
    Known(r".*skus?.*tier Basic is Standard|.*capacity\.minimum 1 is 0", _CATALOGUE, "2016-03-30"),
    Known(r".*dataDisks\[\]\.(caching .* is .*|diskSizeGB is lacking)", _OWN_DISKS, "2019-03-01"),
    Known(r".*dataDisks(\[\])? is lacking", _OWN_DISKS, "2019-03-01"),
    Known(r".*vmAgent\.statuses\[\]\..* is .*", _GUEST, "2019-03-01"),
    Known(
        r".*windowsConfiguration\.enableAutomaticUpdates True is False", _THEN, "2018-10-01", at="net__VMScaleSetRoll"
    ),
    Known(rf"{_PROPERTIES}(singlePlacementGroup|zoneBalanace) True is False", _THEN, "2017-12-01"),
    Known(rf"{_PROPERTIES}provisioningState Failed is Succeeded", _GUEST, "2018-04-01", at="ps__.*DiskEncryption"),
    Known(r".*forceUpdateTag is new", _DEFERRED, "2018-04-01", at="ps__.*DiskEncryption"),
    Known(
        r".*(extensions|extensionHandlers|resources)(\[\])? is new", _BEFORE, "2018-04-01", at="ps__.*DiskEncryption"
    ),
    Known(r".*statusesSummary\[\]\.code ProvisioningState/creating is .*", _LATER, at="ps__.*DiskEncryption"),
    Known(r"\$\.value\[\] is lacking|status 200 is 404 ResourceGroup.*", _ELSEWHERE, at="ps__.*DiskEncryption"),
    Known(r".*extensionProfile\.extensions\[\] is new", _BEFORE, "2016-04-30", at="ps__Diagnostics"),
    Known(r"\$\.error\.message The Resource .* was not found\. is .*", _THEN, "2018-06-01"),
    Known(r"\$\.error\.message The OS Rolling Upgrade API .*", _THEN, "2017-12-01"),
    Known(r"status 400 is 20[01] +|status 201 is 200 +", _FEATURES, "2018-04-01", at="ps__.*RollingUpgrade"),
    Known(r".*(healthProbe|rollingUpgradePolicy|zones) is new", _FEATURES, "2018-04-01", at="ps__.*RollingUpgrade"),
    Known(r"status 409 is 202 +", _FEATURES, "2016-04-30", at="ps__.*ReimageUpdate"),
    Known(r"status 409 is 400 InvalidParameter .*", _FEATURES, "2018-04-01", at="ps__.*Redeploy"),
    Known(r"status 400 is 200 +", _WRITE_ACCELERATOR, "2018-04-01", at="ps__.*WriteAccelerator"),
    Known(r"status 400 is 201 +", "subnets are never full", "2018-06-01", at="netlib__.*SubnetIsFull"),
    Known(r"status 500 is 200 +", "a fault of the service", "2016-04-30", at="azcli__.*InternalServerError"),
    Known(r"status 400 is 202 +", "since 2016 the last instance may be deleted", "2016-03-30", at="DELETE"),
    Known(rf"{_PROPERTIES}provisioningState Succeeded is Updating", _LATER, "2018-04-01", at="ps__.*VMUpdate"),
    Known(rf"{_SET}tags is new", _BEFORE, "2016-03-30", at="ps__Stack"),
    Known(r"\$\.nextPlatformUpdateDomain is lacking", _LATER, "2018-04-01", at="ps__.*ForceUDWalk"),
    Known(
        r"status 200 is 400 .*skiptoken.*", "the link to the next page is Azure's", "2018-04-01", at="ps__.*NextLink"
    ),
    Known(rf"{_PROPERTIES}orchestrationMode VirtualMachines is Flexible", _THEN, "2020-06-01"),
    # what a region or a subscription has of its own
    Known(rf"header etag is new|{_SET}etag is new|.*timeCreated is new", _ROLLOUT, at="azcli__"),
    Known(rf"{_PROPERTIES}platformFaultDomainCount is new", _ROLLOUT, at="azcli__"),
    Known(r".*extensionProfile(\.extensions)? is lacking", _POLICY),
    Known(r".*extensionProfile\.extensions\[\]\.properties\.(enableAutomaticUpgrade is lacking|type .*)", _POLICY),
    Known(rf"{_PROPERTIES}(enableAutomaticUpgrade is lacking|type GenevaMonitoring is .*)", _POLICY),
    Known(
        rf"{_SET}(instanceView\.|properties\.instanceView\.)?extensions(\[\])?(\.statusesSummary\[\])? is lacking",
        _POLICY,
    ),
    Known(r".*vmAgent\.extensionHandlers(\[\])? is lacking", _POLICY),
    Known(rf"{_SET}tags(\.azsecpack)? is lacking", _POLICY),
    Known(r".*Configuration\.enableVMAgentPlatformUpdates is lacking", _SOMETIMES),
    Known(rf"{_NIC}enableAcceleratedNetworking is lacking", _SOMETIMES),
    Known(
        r".*Configuration\.patchSettings is lacking", _SOMETIMES, at="GET virtualmachinescalesets/.*/virtualmachines"
    ),
    Known(r"header x-ms-request-charge is (lacking|new)", _SOMETIMES, at="GET"),
    Known(r".*effectiveEnableAcceleratedNetworking is lacking", _SOMETIMES),
    Known(rf"{_PROPERTIES}platformFaultDomainCount 1 is 5", _SOMETIMES, "2020-12-01"),
    Known(rf"{_SET}resources(\[\])? is lacking", _POLICY),
    # what is not emulated
    Known(r".*dataDisks\[\]\.disk(IOPS|MBps)ReadWrite is lacking", _CATALOGUE),
    Known(r".*dataDisks\[\]\.managedDisk\.storageAccountType Standard_LRS is Premium_LRS", _CATALOGUE),
    Known(r".*capacity\.maximum .*", _CATALOGUE),
    Known(r".*osDisk\.diskSizeGB .* is .*", _CATALOGUE),
    Known(r".*extensions\[\]\.substatuses(\[\])? is lacking", _GUEST),
    Known(r".*encryptionSettings(\[\])? is lacking", _GUEST),
    Known(r".*(extensions|extensionHandlers|vmAgent)(\[\])?\.status(es\[\])?\.message .* is .*", _GUEST),
    Known(r".*extensionHandlers\[\]\.status\.message is new", _GUEST),
    Known(r"\$\.(properties\.output\.)?value\[\]\.message .*|.*instanceView\.exitCode .*", _GUEST),
    # what comes at another moment
    Known(r".*provisioningState (Updating|Creating) is Succeeded", _LATER),
    Known(r".*provisioningState Succeeded is Creating", _LATER),
    Known(r"\.status InProgress is Succeeded|\$\.status InProgress is Succeeded|\$\.endTime is new", _LATER),
    Known(r".*[cC]ode ProvisioningState/(updating|deleting) is ProvisioningState/succeeded", _LATER),
    Known(r".*displayStatus (Updating|Deleting) is Provisioning succeeded", _LATER),
    Known(r".*statusesSummary\[\]\.count .*", _LATER),
    Known(r".*statuses\[\]\.time is new", _LATER),
    Known(r"\$\.(vmAgent|osVersion|osName|computerName) is new", _LATER),
    Known(r"status 404 is 200 +", _LATER, at="GET"),
    Known(r".*userAssignedIdentities\..*(clientId|principalId) is new", _AT_ONCE),
    # what the recording does not tell
    Known(
        rf"{_PROPERTIES}(modelDefinitionApplied .* is VirtualMachine|latestModelApplied True is False)",
        _DISKS,
    ),
    Known(rf"{_PROPERTIES}latestModelApplied False is True", _BEFORE),
    Known(r".* is lacking", _ELSEWHERE, at="azcli__test_vmss_create_and_modify"),
    # single exchanges
    Known(r"\$\.error\.(code|message) .*|header x-ms-failure-cause None is gateway", _LATER, at="aso__.*-NotFound"),
    Known(
        r".*configurationReference is lacking",
        "the text null stood for no reference then",
        at="azcli__test_vmss_add_ap",
    ),
    Known(
        r".*(encryptionAtHost|automaticOSUpgradePolicy|diagnosticsProfile|excludeExtensions) is lacking",
        _POLICY,
        at="azcli__.*posture",
    ),
    Known(r".*diskControllerType is new", _SOMETIMES, at="azcli__test_vmss_update_security_type"),
    Known(
        r".*osDisk\.(diskSizeGB|managedDisk\.storageAccountType) is new",
        "its disk was not there while it was evicted",
        at="javalib__canPerformSim",
    ),
    Known(r"status 202 is 409 OperationNotAllowed There is no ongoing.*", _LATER, at="(net|py)__"),
    Known(r".*(progress|runningStatus)\..* is .*|.*properties\.error is lacking", _LATER, at="(net|py)__"),
    Known(r".*instanceView is new", "$expand was passed over then", "2020-12-01"),
    Known(
        r"status 40[03] is 20[01] +",
        "policies and marketplace terms of a subscription are not emulated",
        at="(py|net)__.*",
    ),
    Known(r"\$\.error\.message Operation 'performMaintenance'.*", "names the instance that Azure looked at first"),
    Known(
        r"status 4\d\d is \d+ .*",
        _LATER,
        at="(azcli__test_vmss_simulate|py__test_mgmt_compute_vmss.test_compute_vmss_(perform|vm_2))",
    ),
    Known(r"status 409 is 202 +", "since 2024 it is allowed", at="azcli__.*2023-11-07"),
    Known(r"limits .*", "a refusal does not look at what it refuses", at="azcli__test_vmss_update_image"),
    Known(r"\$\.error\.message Etag .*", _BEFORE, at="k8scpa__"),
    Known(r".*singlePlacementGroup True is False", "it had become so before it was asked to", at="net__.*Convert"),
    Known(r".*automaticRepairsPolicy\.enabled True is False", _LATER, at="net__.*AutomaticRepairs"),
    Known(
        r".*dataDisks(\[\])? is lacking|.*is new|.*automaticOSUpgrade is lacking",
        "an image that disks and settings come from",
        at="netlib__.*FromCustomImage",
    ),
)

_MACHINES = "machines that belong to no scale set are not emulated, nor is what is inside them"
PENDING: dict[str, str] = {
    "POST virtualmachines/{}/runcommand": _MACHINES,
    "POST virtualmachines/{}/generalize": _MACHINES,
    "POST virtualmachines/{}/deallocate": _MACHINES,
    "PUT virtualmachines/{}": _MACHINES,
    "PUT virtualmachines/{}/extensions/{}": _MACHINES,
    "GET virtualmachines/{}/extensions/{}": _MACHINES,
}
"""Recorded operations that the server does not have, and why."""
