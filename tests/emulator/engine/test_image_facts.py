"""What the names of marketplace images say. Expected values: recorded answers, documentation, azure-cli's own tests."""

import pytest

from vmss_sdk.emulator.engine.platform.image_facts import facts_of, image_facts

BOTH = "TrustedLaunchAndConfidentialVmSupported"


@pytest.mark.parametrize(
    ("urn", "generation"),
    [
        # recorded: the instance's view, or `diskControllerType`, which only the second generation has
        ("Canonical:0001-com-ubuntu-confidential-vm-jammy:22_04-lts-cvm", "V2"),
        ("Canonical:0001-com-ubuntu-server-focal:20_04-lts-gen2", "V2"),
        ("MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition", "V2"),
        ("MicrosoftWindowsServer:WindowsServer:2022-datacenter-smalldisk-g2", "V2"),
        ("microsoftwindowsserver:windowsserver:2019-datacenter-zhcn", "V1"),
        ("MicrosoftWindowsServer:WindowsServer:2019-Datacenter", "V1"),
        ("Debian:debian-10:10", "V1"),
        ("OpenLogic:CentOS:7.5", "V1"),
        # documented
        ("Canonical:ubuntu-24_04-lts:server", "V2"),
        ("Canonical:ubuntu-24_04-lts:server-gen1", "V1"),
        ("Canonical:0001-com-ubuntu-server-jammy:22_04-lts", "V1"),
        ("Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64", "V2"),
        ("MicrosoftWindowsServer:WindowsServer:2019-datacenter-gensecond", "V2"),
        ("MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition-core", "V2"),
        ("MicrosoftWindowsDesktop:windows-11:win11-24h2-ent", "V2"),
        ("MicrosoftWindowsDesktop:windows-10:win10-22h2-pro", "V1"),
        ("thefreebsdfoundation:freebsd-14_4:14_4-release-amd64-gen2-ufs", "V2"),
        ("microsoftazurelinux:azurelinux-4:4-gen1", "V1"),
    ],
)
def test_generation(urn: str, generation: str) -> None:
    """The hypervisor's generation."""
    assert facts_of(*urn.split(":")).generation == generation


@pytest.mark.parametrize(
    ("urn", "security"),
    [
        ("Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2", "TrustedLaunchSupported"),
        ("MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition", BOTH),
        ("MicrosoftWindowsDesktop:windows-11:win11-24h2-ent", BOTH),
        ("Canonical:ubuntu-24_04-lts:cvm", "ConfidentialVmSupported"),
        ("Canonical:0001-com-ubuntu-server-jammy:22_04-lts", ""),
        ("thefreebsdfoundation:freebsd-14_4:14_4-release-amd64-gen2-ufs", ""),
        ("Debian:debian-10:10-gen2", ""),
        ("somebody:something:new-gen2", None),
    ],
)
def test_security_type(urn: str, security: str | None) -> None:
    """The value of the feature ``SecurityType``: empty is none, None that nobody knows."""
    assert facts_of(*urn.split(":")).security == security


@pytest.mark.parametrize(
    ("urn", "system"),
    [
        ("MicrosoftSQLServer:sql2022-ws2022:sqldev-gen2", "Windows"),
        ("MicrosoftSQLServer:sql2019-ubuntu2004:sqldev", "Linux"),
        ("microsoft-dsvm:dsvm-win-2019:winserver-2019", "Windows"),
        ("MicrosoftVisualStudio:visualstudio2022:vs-2022-comm-latest-win11-n-gen2", "Windows"),
        ("debian:darwin-tools:12", "Linux"),
    ],
)
def test_operating_system(urn: str, system: str) -> None:
    """What is on the image."""
    assert facts_of(*urn.split(":")).os == system


def test_an_image_by_its_identifier_has_no_facts() -> None:
    """Its name is its owner's."""
    assert image_facts({"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/g2"}) is None


@pytest.mark.parametrize(
    ("urn", "kinds"),
    [
        ("Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2", {"TrustedLaunch"}),
        ("MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2", {"TrustedLaunch", "ConfidentialVM"}),
        ("Canonical:ubuntu-24_04-lts:cvm", {"ConfidentialVM"}),
        ("somebody:something:new-gen2", {"TrustedLaunch", "ConfidentialVM"}),
        ("Debian:debian-10:10", set()),
    ],
)
def test_what_can_be_made_of_it(urn: str, kinds: set[str]) -> None:
    """A security type that the image's feature names; Standard always, and any where nobody knows."""
    facts = facts_of(*urn.split(":"))
    assert {kind for kind in ("TrustedLaunch", "ConfidentialVM") if facts.supports(kind)} == kinds
    assert facts.supports("Standard")
    assert facts.supports("")
