"""The order of members in the answers of Azure, as recorded (wire.md 3.1, 3.4, 3.5, 3.11), and what is never shown."""

from vmss_sdk.emulator.arm.views.common import HIDDEN, Order

__all__ = [
    "FLEXIBLE_SCALE_SET",
    "INSTANCE_EXTENSION",
    "INSTANCE_PROPERTIES",
    "MACHINE_PROPERTIES",
    "NETWORK",
    "RUN_COMMAND",
    "SCALE_SET",
    "SET_EXTENSION",
]

_AS_IS = Order()


def _order(names: str, **inside: Order) -> Order:
    return Order({name: inside.get(name, _AS_IS) for name in names.split()})


def _network(nic: str, address: str) -> Order:
    public = _order(
        "name properties",
        properties=_order("idleTimeoutInMinutes ipTags publicIPPrefix dnsSettings publicIPAddressVersion"),
    )
    addresses = _order("name properties", properties=_order(address, publicIPAddressConfiguration=public))
    nics = _order("name properties", properties=_order(nic, ipConfigurations=addresses))
    return _order("networkApiVersion healthProbe networkInterfaceConfigurations", networkInterfaceConfigurations=nics)


NETWORK: Order = _network(
    "primary enableAcceleratedNetworking disableTcpStateTracking networkSecurityGroup dnsSettings enableIPForwarding"
    " auxiliaryMode auxiliarySku deleteOption ipConfigurations",
    "publicIPAddressConfiguration primary subnet privateIPAddressVersion loadBalancerBackendAddressPools"
    " loadBalancerInboundNatPools applicationSecurityGroups applicationGatewayBackendAddressPools",
)
_FLEXIBLE_NETWORK: Order = _network(
    "primary enableAcceleratedNetworking disableTcpStateTracking enableIPForwarding auxiliaryMode auxiliarySku"
    " deleteOption ipConfigurations networkSecurityGroup dnsSettings",
    "primary privateIPAddressVersion publicIPAddressConfiguration subnet applicationSecurityGroups"
    " loadBalancerBackendAddressPools applicationGatewayBackendAddressPools",
)
_DISK: Order = _order(
    "lun diskIOPSReadWrite diskMBpsReadWrite vhdContainers osType diffDiskSettings name createOption vhd caching"
    " writeAcceleratorEnabled managedDisk deleteOption diskSizeGB toBeDetached",
    diffDiskSettings=_order("option placement"),
    managedDisk=_order("securityProfile diskEncryptionSet storageAccountType id"),
)
_PATCHING = _order("patchMode assessmentMode automaticByPlatformSettings")
_LINUX = _order(
    "disablePasswordAuthentication ssh provisionVMAgent patchSettings enableVMAgentPlatformUpdates",
    ssh=_order("publicKeys", publicKeys=_order("path keyData")),
    patchSettings=_PATCHING,
)
_SECURITY = _order(
    "uefiSettings proxyAgentSettings encryptionAtHost securityType encryptionIdentity",
    uefiSettings=_order("secureBootEnabled vTpmEnabled"),
)
_IMAGE = _order("publisher offer sku version exactVersion id")


def _os_profile(first: str) -> Order:
    return Order(
        {
            **_order(
                f"{first} adminUsername windowsConfiguration linuxConfiguration secrets allowExtensionOperations"
                " requireGuestProvisionSignal",
                linuxConfiguration=_LINUX,
                windowsConfiguration=_order(
                    "provisionVMAgent enableAutomaticUpdates enableVMAgentPlatformUpdates patchSettings",
                    patchSettings=_PATCHING,
                ),
            ),
            "adminPassword": HIDDEN,
            "customData": HIDDEN,
        }
    )


SET_EXTENSION: Order = Order(
    {
        **_order(
            "provisioningState autoUpgradeMinorVersion provisionAfterExtensions enableAutomaticUpgrade forceUpdateTag"
            " publisher type typeHandlerVersion settings"
        ),
        "protectedSettings": HIDDEN,
    }
)
"""As a resource of its own; in the scale set's profile the order is another one."""
_EXTENSION: Order = Order(
    {
        **_order(
            "autoUpgradeMinorVersion forceUpdateTag enableAutomaticUpgrade provisionAfterExtensions publisher type"
            " typeHandlerVersion settings"
        ),
        "protectedSettings": HIDDEN,
    }
)
INSTANCE_EXTENSION: Order = Order(
    {
        **_order(
            "autoUpgradeMinorVersion provisioningState enableAutomaticUpgrade forceUpdateTag provisionAfterExtensions"
            " publisher type typeHandlerVersion settings"
        ),
        "protectedSettings": HIDDEN,
    }
)
_EXTENSIONS: Order = _order("extensions", extensions=_order("name properties", properties=_EXTENSION))
_PROFILE: Order = Order(
    {
        **_order(
            "userData osProfile storageProfile applicationProfile networkProfile diagnosticsProfile extensionProfile"
            " licenseType priority evictionPolicy billingProfile scheduledEventsProfile securityProfile"
            " securityPostureReference timeCreated",
            osProfile=_os_profile("computerNamePrefix"),
            storageProfile=_order(
                "osDisk imageReference diskControllerType dataDisks",
                osDisk=_DISK,
                imageReference=_IMAGE,
                dataDisks=_DISK,
            ),
            networkProfile=NETWORK,
            extensionProfile=_EXTENSIONS,
            securityProfile=_SECURITY,
            applicationProfile=_order(
                "galleryApplications",
                galleryApplications=_order(
                    "tags order manuallyManaged packageReferenceId configurationReference"
                    " treatFailureAsDeploymentFailure enableAutomaticUpgrade"
                ),
            ),
            securityPostureReference=_order("id excludeExtensions isOverridable"),
            scheduledEventsProfile=_order(
                "terminateNotificationProfile osImageNotificationProfile",
                terminateNotificationProfile=_order("notBeforeTimeout enable"),
                osImageNotificationProfile=_order("notBeforeTimeout enable"),
            ),
        ),
    }
)
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
    "name id type location tags identity sku plan etag properties zones extendedLocation",
    identity=_order("type principalId tenantId userAssignedIdentities"),
    sku=_order("name tier capacity"),
    extendedLocation=_order("type name"),
    properties=_order(
        "singlePlacementGroup orchestrationMode upgradePolicy scaleInPolicy virtualMachineProfile"
        " additionalCapabilities proximityPlacementGroup provisioningState overprovision"
        " doNotRunExtensionsOnOverprovisionedVMs uniqueId zoneBalance platformFaultDomainCount"
        " constrainedMaximumCapacity skuProfile automaticRepairsPolicy timeCreated",
        upgradePolicy=_POLICY,
        additionalCapabilities=_order("ultraSSDEnabled hibernationEnabled"),
        skuProfile=_order("vmSizes allocationStrategy"),
        automaticRepairsPolicy=_order("enabled gracePeriod repairAction"),
        virtualMachineProfile=_PROFILE,
    ),
)
FLEXIBLE_SCALE_SET: Order = Order(
    {
        **SCALE_SET,
        "properties": Order(
            {
                **SCALE_SET["properties"],
                "virtualMachineProfile": Order({**_PROFILE, "networkProfile": _FLEXIBLE_NETWORK}),
            }
        ),
    }
)
INSTANCE_PROPERTIES: Order = Order(
    {
        **_order(
            "latestModelApplied modelDefinitionApplied instanceView networkProfileConfiguration protectionPolicy"
            " provisioningState hardwareProfile additionalCapabilities resilientVMDeletionStatus vmId storageProfile"
            " osProfile securityProfile diagnosticsProfile userData networkProfile priority evictionPolicy"
            " billingProfile licenseType timeCreated",
            storageProfile=_order(
                "imageReference osDisk dataDisks diskControllerType",
                imageReference=_IMAGE,
                osDisk=_DISK,
                dataDisks=_DISK,
            ),
            osProfile=_os_profile("computerName"),
            securityProfile=_SECURITY,
        ),
    }
)
MACHINE_PROPERTIES: Order = _order(
    "hardwareProfile provisioningState vmId virtualMachineScaleSet platformFaultDomain proximityPlacementGroup"
    " storageProfile osProfile securityProfile diagnosticsProfile userData networkProfile licenseType instanceView"
    " timeCreated"
)
RUN_COMMAND: Order = _order(
    "source parameters outputBlobUri errorBlobUri outputBlobManagedIdentity errorBlobManagedIdentity runAsUser"
    " timeoutInSeconds provisioningState asyncExecution treatFailureAsDeploymentFailure instanceView"
)
