"""What az makes beside a scale set with other providers' types."""

from pathlib import Path

from tests.az.az import Az


def test_disk_create(az: Az, group: str) -> None:
    """``az disk create`` takes 200 and 202 alone, and waits for its operation."""
    made = az(f"disk create -g {group} -n data --size-gb 8 --sku StandardSSD_LRS -l westus2")
    assert (made["diskSizeGB"], made["diskState"], made["provisioningState"]) == (8, "Unattached", "Succeeded")
    az(f"disk delete -g {group} -n data --yes")


def test_storage_account(az: Az, group: str) -> None:
    """A storage account: its name is checked, it is made, and its keys are listed."""
    name = f"{group}data"
    assert az(f"storage account check-name -n {name}")["nameAvailable"] is True
    made = az(f"storage account create -g {group} -n {name} -l westus2 --sku Standard_LRS")
    assert made["primaryEndpoints"]["blob"] == f"https://{name}.blob.core.windows.net/"
    keys = az(f"storage account keys list -g {group} -n {name}")
    assert [key["keyName"] for key in keys] == ["key1", "key2"]
    taken = az(f"storage account check-name -n {name}")
    assert (taken["nameAvailable"], taken["reason"]) == (False, "AlreadyExists")


def test_ssh_key(az: Az, group: str, folder: Path) -> None:
    """``az sshkey create`` has a pair made, and writes both keys into files."""
    made = az(f"sshkey create -g {group} -n ops -l westus2")
    assert made["publicKey"].startswith("ssh-rsa ")
    assert az(f"sshkey show -g {group} -n ops")["publicKey"] == made["publicKey"]


def test_internal_load_balancer(az: Az, group: str) -> None:
    """The frontend of an internal load balancer has an address of its subnet."""
    az(f"network vnet create -g {group} -n net --subnet-name blue --subnet-prefixes 10.0.9.0/24")
    az(f"network lb create -g {group} -n inner --vnet-name net --subnet blue --sku Standard")
    shown = az(f"network lb show -g {group} -n inner")
    assert shown["frontendIPConfigurations"][0]["privateIPAddress"].startswith("10.0.9.")


def test_log_analytics_workspace(az: Az, group: str) -> None:
    """A workspace's keys are listed."""
    made = az(f"monitor log-analytics workspace create -g {group} -n logs -l westus2")
    assert len(made["customerId"]) == 36
    assert az(f"monitor log-analytics workspace get-shared-keys -g {group} -n logs")["primarySharedKey"]


def test_connections_to_instances(az: Az, group: str) -> None:
    """By the NAT rule that it made for the pool of a new load balancer az finds how to reach each instance."""
    az(
        f"vmss create -g {group} -n web --image Debian11 --instance-count 2 --admin-username ops --generate-ssh-keys"
        " --lb-sku Standard --vm-domain-name lbl --public-ip-per-vm --orchestration-mode Uniform"
    )
    found = az(f"vmss list-instance-connection-info -g {group} -n web")
    (front,) = (item["ipAddress"] for item in az(f"network public-ip list -g {group}"))
    assert found == {"instance 0": f"{front}:50000", "instance 1": f"{front}:50001"}
    balancer = az(f"network lb show -g {group} -n webLB")
    assert len(balancer["backendAddressPools"][0]["loadBalancerBackendAddresses"]) == 2
    names = [item["dnsSettings"]["domainNameLabel"] for item in az(f"vmss list-instance-public-ips -g {group} -n web")]
    assert names == ["vm0.lbl", "vm1.lbl"]
    assert len(az(f"vmss nic list -g {group} --vmss-name web")) == 2
    # az writes a load balancer back as it read it
    az(f"network lb probe create -g {group} --lb-name webLB -n alive --protocol tcp --port 80")
    assert az(f"vmss list-instance-connection-info -g {group} -n web") == found
