"""What Azure refuses of a new scale set, and what it takes: the two lists stand side by side."""

from __future__ import annotations

from tests.emulator.arm.azure import (
    BALANCED_ADDRESS,
    BALANCER,
    FLEXIBLE,
    GROUP,
    PROBED,
    SUBNET,
)
from tests.emulator.arm.refusal_parts import (
    AUTOMATIC_OS,
    COMMUNITY,
    COMPUTE,
    GALLERY,
    IMAGE,
    KEYS,
    KEYS_ONLY,
    MANAGED,
    MISSING,
    NET,
    NETWORK,
    NICS,
    NO_LOGIN,
    NO_USER,
    NOT_LATEST,
    OS,
    POLICY,
    PROFILE,
    SHARED,
    STORAGE,
    TOGETHER,
    UBUNTU,
    WINDOWS,
    Changes,
    Refusal,
    address,
    automatic_os,
    forbidden,
    invalid,
    malformed,
    missing,
    nic,
    no_platform_image,
)

REFUSED: dict[str, tuple[Changes, Refusal]] = {
    # image references
    "image: id and version": (
        {IMAGE: {"id": GALLERY, "version": "1.0.0"}},
        (400, "InvalidParameter", "imageReference", TOGETHER.format("id", "version")),
    ),
    "image: id and sku": (
        {IMAGE: {"id": GALLERY, "sku": "x"}},
        (400, "InvalidParameter", "imageReference", TOGETHER.format("id", "sku")),
    ),
    "image: id and a community's": (
        {IMAGE: {"id": GALLERY, "communityGalleryImageId": COMMUNITY}},
        (400, "InvalidParameter", "imageReference", TOGETHER.format("id", "communityGalleryImageId")),
    ),
    "image: shared and community": (
        {IMAGE: {"sharedGalleryImageId": SHARED, "communityGalleryImageId": COMMUNITY}},
        (400, "InvalidParameter", "imageReference", TOGETHER.format("sharedGalleryImageId", "communityGalleryImageId")),
    ),
    "image: shared and platform": (
        {IMAGE: {**UBUNTU, "sharedGalleryImageId": SHARED}},
        (400, "InvalidParameter", "imageReference", TOGETHER.format("sharedGalleryImageId", "version")),
    ),
    "image: none": ({IMAGE: None}, missing("imageReference")),
    "image: empty": ({IMAGE: {}}, missing("imageReference")),
    "image: publisher alone": ({IMAGE: {"publisher": "Canonical"}}, missing("imageReference.offer")),
    "image: no publisher": ({IMAGE: {**UBUNTU, "publisher": None}}, missing("imageReference.publisher")),
    "image: no sku": ({IMAGE: {**UBUNTU, "sku": None}}, missing("imageReference.sku")),
    "image: no version": ({IMAGE: {**UBUNTU, "version": None}}, missing("imageReference.version")),
    "image: an id of nothing": ({IMAGE: {"id": "/foo/bar"}}, malformed("/foo/bar", f"{IMAGE}.id")),
    "image: a disk": ({IMAGE: {"id": f"{COMPUTE}/disks/d"}}, invalid("imageReference.id")),
    "image: a gallery": ({IMAGE: {"id": f"{COMPUTE}/galleries/golden"}}, invalid("imageReference.id")),
    "image: of no gallery": (
        {IMAGE: {"sharedGalleryImageId": GALLERY}},
        invalid("imageReference.sharedGalleryImageId"),
    ),
    "image: of no community": (
        {IMAGE: {"communityGalleryImageId": SHARED}},
        invalid("imageReference.communityGalleryImageId"),
    ),
    "image: a version of another release": (
        {IMAGE: {**UBUNTU, "version": "16.04.201801090"}},
        no_platform_image("16.04.201801090"),
    ),
    "image: a version of tomorrow": (
        {IMAGE: {**UBUNTU, "version": "22.04.209901010"}},
        no_platform_image("22.04.209901010"),
    ),
    "image: a version of no day": (
        {IMAGE: {**UBUNTU, "version": "22.04.202313450"}},
        no_platform_image("22.04.202313450"),
    ),
    "image: an invented version": (
        {IMAGE: {**WINDOWS, "version": "10.0.1234"}},
        no_platform_image("10.0.1234", WINDOWS),
    ),
    "automatic OS upgrades: a version": (automatic_os({**UBUNTU, "version": "22.04.202403010"}), NOT_LATEST),
    "automatic OS upgrades: a gallery's version": (automatic_os({"id": f"{GALLERY}/versions/1.0.0"}), NOT_LATEST),
    "automatic OS upgrades: a managed image": (automatic_os({"id": MANAGED}), NOT_LATEST),
    "automatic OS upgrades: a community's version": (
        automatic_os({"communityGalleryImageId": f"{COMMUNITY}/Versions/1.0.0"}),
        NOT_LATEST,
    ),
    "automatic OS upgrades: Linux patched by the platform": (
        automatic_os(UBUNTU, **{f"{OS}.linuxConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}}}),
        (
            400,
            "BadRequest",
            AUTOMATIC_OS,
            "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because its patchMode is"
            " AutomaticByPlatform.",
        ),
    ),
    "automatic OS upgrades: Windows patched by the platform": (
        automatic_os(
            WINDOWS, **{f"{OS}.windowsConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}}}
        ),
        (
            400,
            "BadRequest",
            "",
            "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because automatic updates are"
            " enabled in its windowsConfiguration.",
        ),
    ),
    # what a creation needs
    "policy: none": ({POLICY: None}, missing("upgradePolicy")),
    "policy: empty": ({POLICY: {}}, missing("upgradePolicy.mode")),
    "policy: without its mode": ({POLICY: {"rollingUpgradePolicy": {}}}, missing("upgradePolicy.mode")),
    "policy: Automatic without a profile": (
        {"properties": {"orchestrationMode": "Flexible", "upgradePolicy": {"mode": "Automatic"}}, "sku": None},
        (
            400,
            "BadRequest",
            "",
            "Virtual Machine Scale Set with 'Automatic' Upgrade Mode must contain a VM Profile",
        ),
    ),
    "policy: Rolling without a profile": (
        {"properties": {"orchestrationMode": "Flexible", "upgradePolicy": {"mode": "Rolling"}}, "sku": None},
        (400, "BadRequest", "", "Virtual Machine Scale Set with 'Rolling' Upgrade Mode must contain a VM Profile"),
    ),
    "login: no password on Linux": ({f"{OS}.adminPassword": None}, missing("adminPassword")),
    "login: no password on Windows": ({f"{OS}.adminPassword": None, IMAGE: WINDOWS}, missing("adminPassword")),
    "login: no password on Flexible": ({**FLEXIBLE, f"{OS}.adminPassword": None}, missing("adminPassword")),
    "login: keys only, without one": (KEYS_ONLY, NO_LOGIN),
    "login: keys only, without one, on Flexible": ({**FLEXIBLE, **KEYS_ONLY}, NO_LOGIN),
    "login: keys only, with an empty list": (
        {**KEYS_ONLY, f"{OS}.linuxConfiguration.ssh": {"publicKeys": []}},
        NO_LOGIN,
    ),
    "login: root": ({f"{OS}.adminUsername": "root"}, NO_USER),
    "login: Administrator": ({f"{OS}.adminUsername": "Administrator", IMAGE: WINDOWS}, NO_USER),
    "login: a long name on Windows": ({f"{OS}.adminUsername": "a" * 21, IMAGE: WINDOWS}, NO_USER),
    "login: a name with a full stop at its end on Windows": (
        {f"{OS}.adminUsername": "ops.", IMAGE: WINDOWS},
        NO_USER,
    ),
    "login: no name": (
        {f"{OS}.adminUsername": None},
        (400, "InvalidParameter", f"{OS}.adminUsername", MISSING.format("adminUsername")),
    ),
    "login: no profile": ({OS: None}, (400, "InvalidParameter", OS, MISSING.format("osProfile"))),
    "login: no profile for a managed image": (
        {OS: None, IMAGE: {"id": MANAGED}},
        (400, "InvalidParameter", OS, MISSING.format("osProfile")),
    ),
    "network: no interface": ({NICS: []}, missing("networkInterfaceConfigurations")),
    "network: no interface on Flexible": ({**FLEXIBLE, NICS: []}, missing("networkInterfaceConfigurations")),
    "network: no subnet": (
        {NICS: address(subnet=None)},
        (
            400,
            "SubnetIsRequired",
            "",
            "Subnet reference is required for ipconfiguration"
            " web/networkInterfaceConfigurations/nic/ipConfigurations/ip.",
        ),
    ),
    "network: two interfaces are the first": (
        {NICS: [nic("a", primary=True), nic("b", primary=True)]},
        (
            400,
            "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
            "networkInterfaceConfigurations",
            "Exactly one network interface configuration must be primary when there are several.",
        ),
    ),
    "network: none of two interfaces is the first": (
        {NICS: [nic("a", primary=False), nic("b", primary=False)]},
        (
            400,
            "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
            "networkInterfaceConfigurations",
            "Exactly one network interface configuration must be primary when there are several.",
        ),
    ),
    "network: interfaces in two networks": (
        {
            NICS: [
                nic("a", primary=True),
                nic("b", primary=False, subnet=f"{NET}/virtualNetworks/other/subnets/default"),
            ]
        },
        (
            400,
            "SubnetsNotInSameVnet",
            "networkInterfaceConfigurations",
            "All network interface configurations of a Virtual Machine Scale Set must have their subnets in the same"
            " virtual network.",
        ),
    ),
    "network: a probe without its balancer": (
        {f"{NETWORK}.healthProbe": {"id": f"{BALANCER}/probes/web"}},
        (
            400,
            "CannotUseHealthProbeWithoutLoadBalancing",
            "",
            f"VM scale set web cannot use health probe {BALANCER}/probes/web because none of its network interface"
            " configurations is in a backend address pool of that load balancer.",
        ),
    ),
    "network: a probe of another balancer": (
        {**PROBED, f"{NETWORK}.healthProbe": {"id": f"{NET}/loadBalancers/other/probes/web"}},
        (
            400,
            "CannotUseHealthProbeWithoutLoadBalancing",
            "",
            f"VM scale set web cannot use health probe {NET}/loadBalancers/other/probes/web because none of its network"
            " interface configurations is in a backend address pool of that load balancer.",
        ),
    ),
    # ids
    "id: a subnet that is none": (
        {NICS: address(subnet={"id": "subnet"})},
        malformed("subnet", f"{NICS}[0].properties.ipConfigurations[0].properties.subnet.id"),
    ),
    "id: a network for a subnet": (
        {NICS: address(subnet={"id": SUBNET.rpartition("/subnets/")[0]})},
        invalid("subnet.id"),
    ),
    "id: a balancer for a pool": (
        {NICS: address(loadBalancerBackendAddressPools=[{"id": BALANCER}])},
        invalid("loadBalancerBackendAddressPools.id"),
    ),
    "id: a gateway's pool for a balancer's": (
        {NICS: address(loadBalancerBackendAddressPools=[{"id": f"{NET}/applicationGateways/g/backendAddressPools/b"}])},
        invalid("loadBalancerBackendAddressPools.id"),
    ),
    "id: a balancer's pool for a gateway's": (
        {NICS: address(applicationGatewayBackendAddressPools=[{"id": f"{BALANCER}/backendAddressPools/web"}])},
        invalid("applicationGatewayBackendAddressPools.id"),
    ),
    "id: a rule for a pool of NAT": (
        {NICS: address(loadBalancerInboundNatPools=[{"id": f"{BALANCER}/inboundNatRules/ssh"}])},
        invalid("loadBalancerInboundNatPools.id"),
    ),
    "id: a network's security group that is of applications": (
        {f"{NICS}": [nic("a", primary=True, networkSecurityGroup={"id": f"{NET}/applicationSecurityGroups/x"})]},
        invalid("networkSecurityGroup.id"),
    ),
    "id: a pool for a probe": (
        {**PROBED, f"{NETWORK}.healthProbe": {"id": f"{BALANCER}/backendAddressPools/web"}},
        invalid("healthProbe.id"),
    ),
    "id: a probe that is none": (
        {f"{NETWORK}.healthProbe": {"id": "/probe"}},
        malformed("/probe", f"{NETWORK}.healthProbe.id"),
    ),
    "id: an availability set for a proximity placement group": (
        {"properties.proximityPlacementGroup": {"id": f"{COMPUTE}/availabilitySets/a"}},
        invalid("proximityPlacementGroup.id"),
    ),
    "id: a host for its group": (
        {"properties.hostGroup": {"id": f"{COMPUTE}/hostGroups/g/hosts/h"}},
        invalid("hostGroup.id"),
    ),
    "id: a reservation for its group": (
        {
            f"{PROFILE}.capacityReservation.capacityReservationGroup": {
                "id": f"{COMPUTE}/capacityReservationGroups/g/capacityReservations/r"
            }
        },
        invalid("capacityReservationGroup.id"),
    ),
    "id: a disk for an encryption set": (
        {
            f"{STORAGE}.osDisk.createOption": "FromImage",
            f"{STORAGE}.osDisk.managedDisk.diskEncryptionSet": {"id": f"{COMPUTE}/disks/d"},
        },
        invalid("diskEncryptionSet.id"),
    ),
    "id: a secret for its vault": (
        {f"{OS}.secrets": [{"sourceVault": {"id": f"{GROUP}/providers/Microsoft.KeyVault/vaults/v/secrets/s"}}]},
        invalid("sourceVault.id"),
    ),
    "id: an application without its version": (
        {
            f"{PROFILE}.applicationProfile.galleryApplications": [
                {"packageReferenceId": f"{COMPUTE}/galleries/g/applications/a"}
            ]
        },
        invalid("galleryApplications.packageReferenceId"),
    ),
    "id: a machine for an identity": (
        {"identity": {"type": "UserAssigned", "userAssignedIdentities": {f"{COMPUTE}/virtualMachines/m": {}}}},
        invalid("identity.userAssignedIdentities"),
    ),
    # orchestration modes
    "Flexible: no networkApiVersion": (
        {"properties.orchestrationMode": "Flexible"},
        (
            400,
            "NetworkApiVersionMustBeSpecifiedWithNetworkInterfaceConfigurations",
            "networkProfile.networkApiVersion",
            "networkApiVersion must be specified in the networkProfile when networkInterfaceConfigurations are"
            " specified.",
        ),
    ),
    "Flexible: overprovision": ({**FLEXIBLE, "properties.overprovision": True}, forbidden("overprovision")),
    "Flexible: no extensions on overprovisioned machines": (
        {**FLEXIBLE, "properties.doNotRunExtensionsOnOverprovisionedVMs": True},
        forbidden("doNotRunExtensionsOnOverprovisionedVMs"),
    ),
    "Flexible: an identity of its own": (
        {**FLEXIBLE, "identity": {"type": "SystemAssigned"}},
        forbidden("identity.type"),
    ),
    "Flexible: a probe": ({**PROBED, **FLEXIBLE}, forbidden("healthProbe")),
    "Flexible: a pool of NAT": (
        {NICS: address(loadBalancerInboundNatPools=[{"id": f"{BALANCER}/inboundNatPools/ssh"}]), **FLEXIBLE},
        forbidden("loadBalancerInboundNatPools"),
    ),
    "Flexible: disks in storage accounts": (
        {
            **FLEXIBLE,
            f"{STORAGE}.osDisk": {
                "createOption": "FromImage",
                "name": "os",
                "vhdContainers": ["https://a.blob.core.windows.net/vhds"],
            },
        },
        forbidden("vhdContainers"),
    ),
    "Uniform: networkApiVersion": (
        {f"{NETWORK}.networkApiVersion": "2020-11-01"},
        (
            400,
            "InvalidJson",
            "",
            "Could not find member 'networkApiVersion' on object of type 'VMScaleSetNetworkProfile'. Path"
            " 'Properties.UpdateGroups[0].NetworkProfile.networkApiVersion'.",
        ),
    ),
    "Uniform: a mix of sizes": (
        {"sku.name": "Mix", "properties.skuProfile": {"vmSizes": [{"name": "Standard_D2s_v5"}]}},
        forbidden("skuProfile"),
    ),
    "Uniform: a mix of priorities": (
        {"properties.priorityMixPolicy": {"baseRegularPriorityCount": 2}, f"{PROFILE}.priority": "Spot"},
        forbidden("priorityMixPolicy"),
    ),
    "Uniform: constrainedMaximumCapacity": (
        {"properties.constrainedMaximumCapacity": True},
        forbidden("constrainedMaximumCapacity"),
    ),
    # zones
    "zoneBalance: true without zones": ({"properties.zoneBalance": True}, invalid("zoneBalance")),
    "zoneBalance: false without zones": ({"properties.zoneBalance": False}, invalid("zoneBalance")),
    "zoneBalance: true with one zone": (
        {"location": "westus2", "zones": ["1"], "properties.zoneBalance": True},
        invalid("zoneBalance"),
    ),
    "zoneBalance: on Flexible without zones": (
        {**FLEXIBLE, "properties.zoneBalance": True},
        invalid("zoneBalance"),
    ),
    "proximity placement group in two zones": (
        {
            "location": "westus2",
            "zones": ["1", "2"],
            "properties.proximityPlacementGroup": {"id": f"{COMPUTE}/proximityPlacementGroups/near"},
        },
        (
            400,
            "BadRequest",
            "proximityPlacementGroup",
            "A Virtual Machine Scale Set with a proximity placement group can be in one zone at most.",
        ),
    ),
}

ACCEPTED: dict[str, Changes] = {
    "image: platform": {IMAGE: UBUNTU},
    "image: a listed version": {IMAGE: {**UBUNTU, "version": "22.04.202403010"}},
    "image: an older version that is not listed": {IMAGE: {**UBUNTU, "version": "22.04.202301050"}},
    "image: an older build of Windows": {IMAGE: {**WINDOWS, "version": "20348.1547.230207"}},
    "image: a version of single digits": {IMAGE: {**UBUNTU, "version": "9.9.9"}},
    "image: of an unknown publisher": {
        IMAGE: {"publisher": "contoso", "offer": "box", "sku": "s", "version": "2026.1.77"}
    },
    "image: managed": {IMAGE: {"id": MANAGED}},
    "image: of a gallery": {IMAGE: {"id": GALLERY}},
    "image: a gallery's version": {IMAGE: {"id": f"{GALLERY}/versions/2026.1.77"}},
    "image: shared": {IMAGE: {"sharedGalleryImageId": SHARED}},
    "image: a community's latest": {IMAGE: {"communityGalleryImageId": f"{COMMUNITY}/Versions/latest"}},
    "image: the blob of the disk": {
        IMAGE: None,
        f"{STORAGE}.osDisk": {
            "createOption": "FromImage",
            "name": "os",
            "osType": "Linux",
            "image": {"uri": "https://a.blob.core.windows.net/v/o"},
        },
    },
    "automatic OS upgrades: platform": automatic_os(UBUNTU),
    "automatic OS upgrades: gallery": automatic_os({"id": GALLERY}),
    "automatic OS upgrades: shared": automatic_os({"sharedGalleryImageId": f"{SHARED}/versions/latest"}),
    "automatic OS upgrades: patches by the image": automatic_os(
        UBUNTU, **{f"{OS}.linuxConfiguration": {"patchSettings": {"patchMode": "ImageDefault"}}}
    ),
    "patches by the platform without automatic OS upgrades": {
        f"{OS}.linuxConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}}
    },
    "policy: none on Flexible": {**FLEXIBLE, POLICY: None},
    "policy: Manual without a profile": {
        "properties": {"orchestrationMode": "Flexible", "upgradePolicy": {"mode": "Manual"}},
        "sku": None,
    },
    "login: keys only": {**KEYS_ONLY, f"{OS}.linuxConfiguration.ssh": {"publicKeys": KEYS}},
    "login: keys and password": {f"{OS}.linuxConfiguration": {"ssh": {"publicKeys": KEYS}}},
    "login: keys without a word on passwords": {
        f"{OS}.adminPassword": None,
        f"{OS}.linuxConfiguration": {"ssh": {"publicKeys": KEYS}},
    },
    "login: a specialized image of a gallery": {OS: None, IMAGE: {"id": GALLERY}},
    "login: a user whose name begins like one that is not allowed": {f"{OS}.adminUsername": "admin123"},
    "network: the only interface is not called the first": {NICS: [nic("a", primary=False)]},
    "network: two interfaces": {NICS: [nic("a", primary=True), nic("b", primary=False)]},
    "network: two subnets of one network": {
        NICS: [
            nic("a", primary=True),
            nic("b", primary=False, subnet=f"{SUBNET.rpartition('/')[0]}/other"),
        ]
    },
    "network: a second address of IPv6 without a subnet": {
        NICS: [
            {
                "name": "nic",
                "properties": {
                    "primary": True,
                    "ipConfigurations": [
                        {"name": "four", "properties": {"subnet": {"id": SUBNET}}},
                        {"name": "six", "properties": {"privateIPAddressVersion": "IPv6"}},
                    ],
                },
            }
        ]
    },
    "network: a probe of the balancer": PROBED,
    "network: a probe in another spelling": {
        **PROBED,
        f"{NETWORK}.healthProbe": {"id": f"{BALANCER}/probes/web".replace("resourceGroups", "resourcegroups").upper()},
    },
    "id: of another subscription": {
        NICS: address(
            subnet={"id": SUBNET},
            applicationSecurityGroups=[
                {"id": "/subscriptions/other/resourceGroups/g/providers/microsoft.network/applicationsecuritygroups/a"}
            ],
        )
    },
    "id: an address prefix": {
        NICS: address(
            publicIPAddressConfiguration={
                "name": "pub",
                "properties": {"publicIPPrefix": {"id": f"{NET}/publicIPPrefixes/p"}},
            }
        )
    },
    "id: a host group": {"properties.hostGroup": {"id": f"{COMPUTE}/hostGroups/g"}},
    "id: an encryption set": {
        f"{STORAGE}.osDisk.createOption": "FromImage",
        f"{STORAGE}.osDisk.managedDisk.diskEncryptionSet": {"id": f"{COMPUTE}/diskEncryptionSets/d"},
    },
    "id: a community's security posture": {
        f"{PROFILE}.securityPostureReference": {
            "id": "/CommunityGalleries/public-1/securityPostures/lock/versions/latest"
        }
    },
    "Flexible: overprovision false": {**FLEXIBLE, "properties.overprovision": False},
    "Flexible: a user's identity": {
        **FLEXIBLE,
        "identity": {
            "type": "UserAssigned",
            "userAssignedIdentities": {f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i": {}},
        },
    },
    "Flexible: a pool": {NICS: [{"name": "nic", "properties": {"ipConfigurations": [BALANCED_ADDRESS]}}], **FLEXIBLE},
    "Flexible: no platformFaultDomainCount": FLEXIBLE,
    "Flexible: one placement group": {**FLEXIBLE, "properties.singlePlacementGroup": True},
    "Uniform: overprovision": {"properties.overprovision": True},
    "Uniform: an identity of its own": {"identity": {"type": "SystemAssigned"}},
    "Uniform: a pool of NAT": {NICS: address(loadBalancerInboundNatPools=[{"id": f"{BALANCER}/inboundNatPools/ssh"}])},
    "zoneBalance: with two zones": {"location": "westus2", "zones": ["1", "2"], "properties.zoneBalance": True},
    "proximity placement group in one zone": {
        "location": "westus2",
        "zones": ["1"],
        "properties.proximityPlacementGroup": {"id": f"{COMPUTE}/proximityPlacementGroups/near"},
    },
}
