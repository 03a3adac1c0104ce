"""``az vmss create``: it looks up images, networks and sizes, and deploys a template of its own."""

from typing import Any

import pytest

from tests.az.az import Az
from vmss_sdk import VirtualMachineScaleSet, VmssClient

PASSWORD = "Correct-Horse-7"
PLAIN = f"--admin-username ops --admin-password {PASSWORD} --authentication-type password"


def created(az: Az, client: VmssClient, group: str, options: str) -> tuple[dict[str, Any], VirtualMachineScaleSet]:
    """What az printed for ``vmss create``, and the scale set that is there now."""
    printed = az(f"vmss create -g {group} -n web {PLAIN} {options}")
    return printed["vmss"], client.scale_set(group, "web").get()


def kinds(az: Az, group: str) -> set[str]:
    """The types of the resources in a group."""
    return {item["type"].rpartition("/")[2] for item in az(f"resource list -g {group}")}


def test_uniform(az: Az, client: VmssClient, group: str) -> None:
    """Two instances behind a load balancer, in Manual mode (az-cli 4, recorded-az)."""
    printed, web = created(az, client, group, "--orchestration-mode Uniform --image Ubuntu2204")
    assert printed["provisioningState"] == "Succeeded"
    assert printed["upgradePolicy"]["mode"] == "Manual"
    assert web.orchestration_mode == "Uniform"
    assert len(list(client.scale_set(group, "web").instances())) == 2
    names = {"virtualMachineScaleSets", "virtualNetworks", "loadBalancers", "publicIPAddresses"}
    assert names <= kinds(az, group)
    rules = az(f"network lb show -g {group} -n webLB")
    assert [rule["name"] for rule in rules["inboundNatRules"]] == ["NatRule"]


def test_flexible(az: Az, client: VmssClient, group: str) -> None:
    """The default orchestration mode; instances are virtual machines (az-cli 4)."""
    _, web = created(az, client, group, "--image Debian:debian-12:12-gen2:latest --instance-count 3")
    assert web.orchestration_mode == "Flexible"
    assert len(az(f"vm list -g {group}")) == 3


def test_flexible_without_image(az: Az, client: VmssClient, group: str) -> None:
    """Without an image there is neither a size nor a profile; it is empty (az-cli 4)."""
    az(f"vmss create -g {group} -n web --orchestration-mode Flexible --platform-fault-domain-count 1")
    web = client.scale_set(group, "web")
    assert (web.get().sku, web.get().virtual_machine_profile, list(web.instances())) == (None, None, [])


@pytest.mark.parametrize("orchestration", ["Uniform", "Flexible"])
@pytest.mark.parametrize("mode", ["Manual", "Automatic", "Rolling"])
def test_upgrade_policy_modes(az: Az, client: VmssClient, group: str, mode: str, orchestration: str) -> None:
    """Each mode; for Rolling az adds the health extension by itself (az-cli 4)."""
    options = f"--image Ubuntu2204 --orchestration-mode {orchestration} --upgrade-policy-mode {mode}"
    if mode == "Rolling":
        options += " --max-batch-instance-percent 50"
    printed, web = created(az, client, group, options)
    assert printed["upgradePolicy"]["mode"] == mode
    assert web.upgrade_policy is not None
    assert web.upgrade_policy.mode == mode
    if mode == "Rolling":
        assert web.upgrade_policy.rolling_upgrade_policy is not None
        assert web.upgrade_policy.rolling_upgrade_policy.max_batch_instance_percent == 50
        extensions = az(f"vmss extension list -g {group} --vmss-name web")
        assert "ApplicationHealthLinux" in [item["name"] for item in extensions]


def test_zones(az: Az, client: VmssClient, group: str) -> None:
    """With zones and no region az looks the size's zones up (az-cli 4)."""
    _, web = created(az, client, group, "--orchestration-mode Uniform --image Win2022Datacenter --zones 1 2 3")
    assert web.zones == ["1", "2", "3"]
    zones = [zone for instance in client.scale_set(group, "web").instances() for zone in instance.zones or ()]
    assert len(set(zones)) == 2


def test_without_load_balancer_and_with_keys(az: Az, client: VmssClient, group: str) -> None:
    """``--lb ""``: a network and the scale set only; with SSH keys instead of a password (recorded-az)."""
    az(
        f"vmss create -g {group} -n web --orchestration-mode Uniform --image Ubuntu2204 --lb '' --instance-count 1"
        " --disable-overprovision --admin-username ops --generate-ssh-keys"
    )
    assert kinds(az, group) & {"loadBalancers", "publicIPAddresses"} == set()
    profile = client.scale_set(group, "web").get().virtual_machine_profile
    assert profile is not None
    assert profile.os_profile is not None
    assert profile.os_profile.linux_configuration is not None
    assert profile.os_profile.linux_configuration.disable_password_authentication is True


def test_network_of_ones_own(az: Az, client: VmssClient, group: str) -> None:
    """A network that is there is used, none is made."""
    az(f"network vnet create -g {group} -n mine --address-prefixes 10.1.0.0/16 --subnet-name blue")
    az(f"network lb create -g {group} -n front --sku Standard --backend-pool-name pool")
    options = "--orchestration-mode Uniform --image Ubuntu2204 --vnet-name mine --subnet blue --lb front"
    created(az, client, group, options)
    assert [item["name"] for item in az(f"network vnet list -g {group}")] == ["mine"]
    assert [item["name"] for item in az(f"network lb list -g {group}")] == ["front"]


def test_validate(az: Az, client: VmssClient, group: str) -> None:
    """``--validate`` creates nothing."""
    az(f"vmss create -g {group} -n web {PLAIN} --image Ubuntu2204 --validate")
    assert not client.scale_set(group, "web").exists()
    assert kinds(az, group) == set()


def test_no_wait(az: Az, client: VmssClient, group: str) -> None:
    """``--no-wait`` sends the template only; the deployment goes on by itself."""
    az(f"vmss create -g {group} -n web {PLAIN} --image Ubuntu2204 --orchestration-mode Uniform --no-wait")
    client.emulator.clock.settle()
    assert client.scale_set(group, "web").get().provisioning_state == "Succeeded"


def test_no_secret_in_the_deployment(az: Az, group: str) -> None:
    """The password is in no answer."""
    az(f"vmss create -g {group} -n web {PLAIN} --image Ubuntu2204 --orchestration-mode Uniform")
    name = az(f"deployment group list -g {group}")[0]["name"]
    assert PASSWORD not in az.run(f"deployment group show -g {group} -n {name}").output
    assert PASSWORD not in az.run(f"vmss show -g {group} -n web").output


def test_failing_template(az: Az, client: VmssClient, group: str) -> None:
    """What the service refuses while the template is deployed makes the command fail with its words."""
    line = f"vmss create -g {group} -n web {PLAIN} --orchestration-mode Uniform --image Ubuntu2204"
    error = az.fails(f"{line} --lb '' --single-placement-group true --instance-count 101")
    assert "100" in error
    assert not client.scale_set(group, "web").exists()


def test_unknown_image(az: Az, group: str) -> None:
    """An image by a name that nothing has is found missing before anything is created."""
    error = az.fails(f"vmss create -g {group} -n web {PLAIN} --image no-such-image", status=2)
    assert "no-such-image" in error


def test_trusted_launch(az: Az, client: VmssClient, group: str) -> None:
    """An image says that it supports it. az 2.91 looks, and yet has to be told; then it adds what belongs to it."""
    image = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest"
    features = az(f"vm image show -l westus2 --urn {image}")["features"]
    assert {"name": "SecurityType", "value": "TrustedLaunchSupported"} in features
    options = f"--image {image} --instance-count 0 --security-type TrustedLaunch"
    printed, _ = created(az, client, group, options)
    security = printed["virtualMachineProfile"]["securityProfile"]
    assert security["securityType"] == "TrustedLaunch"
    assert security["uefiSettings"] == {"secureBootEnabled": True, "vTpmEnabled": True}


def test_a_confidential_image(az: Az, client: VmssClient, group: str) -> None:
    """Of the second generation, as its name does not say (azure-cli's own test of a TPM that is not persisted)."""
    image = "Canonical:0001-com-ubuntu-confidential-vm-jammy:22_04-lts-cvm:latest"
    assert az(f"vm image show -l westus2 --urn {image}")["hyperVGeneration"] == "V2"
    confidential = "--security-type ConfidentialVM --os-disk-security-encryption-type NonPersistedTPM"
    options = f"--image {image} --vm-sku Standard_DC2es_v5 --enable-vtpm --enable-secure-boot --instance-count 0"
    printed, _ = created(az, client, group, f"{options} {confidential}")
    assert printed["virtualMachineProfile"]["securityProfile"]["securityType"] == "ConfidentialVM"


def test_both_kinds_of_identity(az: Az, client: VmssClient, group: str) -> None:
    """Az writes the type without a blank."""
    az(f"identity create -g {group} -n me")
    options = "--orchestration-mode Uniform --image Ubuntu2204 --instance-count 0 --assign-identity me [system]"
    printed, _ = created(az, client, group, options)
    assert printed["virtualMachineProfile"]
    assert az(f"vmss identity show -g {group} -n web")["type"] == "SystemAssigned, UserAssigned"
