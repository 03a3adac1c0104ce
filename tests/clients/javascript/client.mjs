// Microsoft's clients, logged in at an emulator, and a scale set to ask them for.
import { createRequire } from "node:module";
import path from "node:path";

const load = createRequire(path.join(process.env.VMSS_NODE_MODULES, "package.json"));
const { ComputeManagementClient } = load("@azure/arm-compute");
const { NetworkManagementClient } = load("@azure/arm-network");
const { ResourceManagementClient } = load("@azure/arm-resources");
const { ClientSecretCredential } = load("@azure/identity");

const {
  AZURE_AUTHORITY_HOST: authorityHost,
  AZURE_CLIENT_ID: clientId,
  AZURE_CLIENT_SECRET: clientSecret,
  AZURE_SUBSCRIPTION_ID: subscription,
  AZURE_TENANT_ID: tenantId,
  VMSS_ENDPOINT: endpoint,
} = process.env;

export const LOCATION = "westeurope";
// Without it a client waits two seconds between two looks at an operation that does not say how long.
export const SOON = { updateIntervalInMs: 10 };

export function credential(secret = clientSecret) {
  const options = { authorityHost, disableInstanceDiscovery: true };
  return new ClientSecretCredential(tenantId, clientId, secret, options);
}

const known = [credential(), subscription, { endpoint }];
export const compute = new ComputeManagementClient(...known);
export const network = new NetworkManagementClient(...known);
export const resources = new ResourceManagementClient(...known);

let groups = 0;

/** A resource group of its own, with a network; `subnet` is the identifier of the network's only subnet. */
export async function newGroup() {
  const group = `javascript-${process.pid}-${groups++}`;
  await resources.resourceGroups.createOrUpdate(group, { location: LOCATION });
  const net = await network.virtualNetworks.beginCreateOrUpdateAndWait(group, "net", {
    location: LOCATION,
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: [{ name: "default", addressPrefix: "10.0.0.0/24" }],
  });
  return { group, subnet: net.subnets[0].id };
}

/** The model of a scale set of Ubuntu machines, in the client's own words. */
export function model(subnet, { mode = "Manual", capacity = 3, ...rest } = {}) {
  const health = {
    name: "health",
    publisher: "Microsoft.ManagedServices",
    typePropertiesType: "ApplicationHealthLinux",
    typeHandlerVersion: "1.0",
    settings: { protocol: "http", port: 80, requestPath: "/" },
  };
  return {
    location: LOCATION,
    sku: { name: "Standard_D2s_v5", capacity },
    overprovision: false,
    upgradePolicy: { mode },
    virtualMachineProfile: {
      osProfile: { computerNamePrefix: "web", adminUsername: "azureuser", adminPassword: "Correct-Horse-7" },
      storageProfile: { imageReference: image("latest"), osDisk: { createOption: "FromImage" } },
      networkProfile: {
        networkInterfaceConfigurations: [
          { name: "nic", primary: true, ipConfigurations: [{ name: "ip", subnet: { id: subnet } }] },
        ],
      },
      extensionProfile: mode === "Rolling" ? { extensions: [health] } : undefined,
    },
    ...rest,
  };
}

export function image(version) {
  return { publisher: "Canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts-gen2", version };
}

export async function all(pages) {
  const found = [];
  for await (const item of pages) found.push(item);
  return found;
}
