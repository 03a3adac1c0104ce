"""The order of members in the answers of Azure, as recorded (wire.md 3.1, 3.4, 3.5, 3.11), and what is never shown."""

from vmss_sdk.emulator.arm.views.common import HIDDEN, Order

__all__ = ["INSTANCE_PROPERTIES", "MACHINE_PROPERTIES", "NETWORK", "SCALE_SET", "SET_EXTENSION"]

_AS_IS: Order = {}


def _order(names: str, **inside: Order) -> Order:
    return {name: inside.get(name, _AS_IS) for name in names.split()}


NETWORK: Order = _order(
    "networkApiVersion healthProbe networkInterfaceConfigurations",
    networkInterfaceConfigurations=_order(
        "name properties",
        properties=_order(
            "primary enableAcceleratedNetworking disableTcpStateTracking networkSecurityGroup dnsSettings"
            " enableIPForwarding auxiliaryMode auxiliarySku deleteOption ipConfigurations",
            ipConfigurations=_order(
                "name properties",
                properties=_order(
                    "publicIPAddressConfiguration primary subnet privateIPAddressVersion"
                    " loadBalancerBackendAddressPools loadBalancerInboundNatPools"
                ),
            ),
        ),
    ),
)
_DISK: Order = _order(
    "lun osType name createOption caching writeAcceleratorEnabled diffDiskSettings managedDisk deleteOption diskSizeGB"
    " toBeDetached",
    managedDisk=_order("securityProfile storageAccountType diskEncryptionSet id"),
)
_LINUX = _order("disablePasswordAuthentication ssh provisionVMAgent patchSettings", ssh=_order("publicKeys"))
_IMAGE = _order("publisher offer sku version exactVersion id")


def _os_profile(first: str) -> Order:
    return {
        **_order(
            f"{first} adminUsername windowsConfiguration linuxConfiguration secrets allowExtensionOperations"
            " requireGuestProvisionSignal",
            linuxConfiguration=_LINUX,
            windowsConfiguration=_order("provisionVMAgent enableAutomaticUpdates"),
        ),
        "adminPassword": HIDDEN,
        "customData": HIDDEN,
    }


SET_EXTENSION: Order = {
    **_order(
        "provisioningState autoUpgradeMinorVersion enableAutomaticUpgrade forceUpdateTag provisionAfterExtensions"
        " publisher type typeHandlerVersion settings"
    ),
    "protectedSettings": HIDDEN,
}
_EXTENSIONS: Order = _order("extensions", extensions=_order("name properties", properties=SET_EXTENSION))
_PROFILE: Order = {
    **_order(
        "osProfile storageProfile networkProfile securityProfile diagnosticsProfile extensionProfile licenseType"
        " priority evictionPolicy billingProfile scheduledEventsProfile",
        osProfile=_os_profile("computerNamePrefix"),
        storageProfile=_order(
            "osDisk imageReference dataDisks diskControllerType", osDisk=_DISK, imageReference=_IMAGE, dataDisks=_DISK
        ),
        networkProfile=NETWORK,
        extensionProfile=_EXTENSIONS,
    ),
    "userData": HIDDEN,
}
_POLICY: Order = _order(
    "mode rollingUpgradePolicy automaticOSUpgradePolicy",
    rollingUpgradePolicy=_order(
        "maxBatchInstancePercent maxUnhealthyInstancePercent maxUnhealthyUpgradedInstancePercent"
        " pauseTimeBetweenBatches enableCrossZoneUpgrade prioritizeUnhealthyInstances maxSurge"
        " rollbackFailedInstancesOnPolicyBreach"
    ),
    automaticOSUpgradePolicy=_order("enableAutomaticOSUpgrade useRollingUpgradePolicy disableAutomaticRollback"),
)
SCALE_SET: Order = _order(
    "name id type location tags identity sku plan etag zones properties",
    sku=_order("name tier capacity"),
    properties=_order(
        "singlePlacementGroup orchestrationMode upgradePolicy automaticRepairsPolicy scaleInPolicy"
        " virtualMachineProfile proximityPlacementGroup provisioningState overprovision"
        " doNotRunExtensionsOnOverprovisionedVMs uniqueId platformFaultDomainCount constrainedMaximumCapacity"
        " zoneBalance timeCreated",
        upgradePolicy=_POLICY,
        virtualMachineProfile=_PROFILE,
    ),
)
INSTANCE_PROPERTIES: Order = {
    **_order(
        "latestModelApplied modelDefinitionApplied networkProfileConfiguration protectionPolicy provisioningState"
        " hardwareProfile resilientVMDeletionStatus vmId instanceView storageProfile osProfile"
        " securityProfile diagnosticsProfile networkProfile licenseType",
        storageProfile=_order(
            "imageReference osDisk dataDisks diskControllerType", imageReference=_IMAGE, osDisk=_DISK, dataDisks=_DISK
        ),
        osProfile=_os_profile("computerName"),
    ),
    "userData": HIDDEN,
}
MACHINE_PROPERTIES: Order = _order(
    "hardwareProfile provisioningState vmId virtualMachineScaleSet storageProfile osProfile securityProfile"
    " networkProfile diagnosticsProfile licenseType userData instanceView timeCreated"
)
"""CHOICE: where the scale set stands; no machine of a scale set was recorded."""
