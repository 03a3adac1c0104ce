"""Small documents in the shapes that Azure answers with."""

from typing import Any

SCALE_SET_ID = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web"


def scale_set() -> dict[str, Any]:
    """A Uniform scale set, api-version 2024-07-01, with members that no model here has."""
    return {
        "name": "web",
        "id": SCALE_SET_ID,
        "type": "Microsoft.Compute/virtualMachineScaleSets",
        "location": "eastus2",
        "tags": {"team": "shop"},
        "sku": {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 3},
        "etag": '"1"',
        "zones": ["1", "2"],
        "futureMember": {"kept": [1, None, "x"]},
        "properties": {
            "singlePlacementGroup": True,
            "orchestrationMode": "Uniform",
            "upgradePolicy": {
                "mode": "Rolling",
                "rollingUpgradePolicy": {
                    "maxBatchInstancePercent": 20,
                    "maxUnhealthyInstancePercent": 20,
                    "maxUnhealthyUpgradedInstancePercent": 20,
                    "pauseTimeBetweenBatches": "PT1M",
                    "maxSurge": False,
                    "futurePolicy": "kept",
                },
            },
            "virtualMachineProfile": {
                "osProfile": {"computerNamePrefix": "web", "adminUsername": "ops", "secrets": []},
                "storageProfile": {
                    "osDisk": {
                        "osType": "Linux",
                        "createOption": "FromImage",
                        "caching": "ReadWrite",
                        "managedDisk": {"storageAccountType": "Premium_LRS"},
                        "diskSizeGB": 30,
                    },
                    "imageReference": {
                        "publisher": "Canonical",
                        "offer": "0001-com-ubuntu-server-jammy",
                        "sku": "22_04-lts",
                        "version": "latest",
                    },
                },
                "extensionProfile": {
                    "extensions": [
                        {
                            "name": "health",
                            "properties": {
                                "publisher": "Microsoft.ManagedServices",
                                "type": "ApplicationHealthLinux",
                                "typeHandlerVersion": "1.0",
                                "settings": {"protocol": "http", "port": 80, "requestPath": "/"},
                            },
                        }
                    ],
                },
                "timeCreated": "2024-08-26T08:27:24.2869511+00:00",
            },
            "provisioningState": "Succeeded",
            "timeCreated": "2001-02-03T04:05:06Z",
        },
    }


def rolling_upgrade() -> dict[str, Any]:
    """A rolling upgrade that was cancelled; id and name are absent, as on Azure."""
    return {
        "type": "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades",
        "location": "southcentralus",
        "properties": {
            "policy": {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT0S"},
            "runningStatus": {
                "lastAction": "Cancel",
                "lastActionTime": "2020-03-19T06:37:16.5585383-07:00",
                "code": "Cancelled",
                "startTime": "2020-03-19T06:37:16.5116865-07:00",
            },
            "progress": {"successfulInstanceCount": 0, "failedInstanceCount": 1, "pendingInstanceCount": 1},
            "error": {
                "details": [{"code": "RollingUpgradeCanceled", "target": "web/virtualMachines/0"}],
                "code": "RollingUpgradeInternalError",
            },
        },
    }


def instance() -> dict[str, Any]:
    """An instance of a zonal Uniform scale set with its instance view."""
    return {
        "name": "web_0",
        "instanceId": "0",
        "location": "eastus2",
        "zones": ["2"],
        "properties": {
            "latestModelApplied": True,
            "modelDefinitionApplied": "VirtualMachineScaleSet",
            "hardwareProfile": {"vmSize": "Standard_D2s_v3"},
            "provisioningState": "Succeeded",
            "protectionPolicy": {"protectFromScaleIn": True, "protectFromScaleSetActions": False},
            "instanceView": {
                "platformUpdateDomain": 0,
                "vmHealth": {"status": {"code": "HealthState/healthy", "level": "Info"}},
                "statuses": [
                    {"code": "ProvisioningState/succeeded", "level": "Info", "time": "2020-03-19T03:47:05-07:00"},
                    {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"},
                ],
            },
        },
    }
