// Instances: lists and their pages, power, protection, deletion, and the machines of a Flexible scale set.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SOON, all, compute, model, newGroup, resources } from "./client.mjs";

const sets = compute.virtualMachineScaleSets;
const machines = compute.virtualMachineScaleSetVMs;
let group, subnet;

before(async () => {
  ({ group, subnet } = await newGroup());
  await sets.beginCreateOrUpdateAndWait(group, "web", model(subnet, { capacity: 4 }), SOON);
});

after(async () => {
  await resources.resourceGroups.beginDeleteAndWait(group, SOON);
  assert.equal((await resources.resourceGroups.checkExistence(group)).body, false);
});

function codes(view) {
  return view.statuses.map((status) => status.code);
}

test("a list has the view of each instance when it is asked for", async () => {
  const found = await all(machines.list(group, "web", { expand: "instanceView" }));
  assert.deepEqual(found.map((one) => one.instanceId), ["0", "1", "2", "3"]);
  for (const one of found) assert.deepEqual(codes(one.instanceView), ["ProvisioningState/succeeded", "PowerState/running"]);
});

test("a long list is read page by page, and from a page in the middle", async () => {
  const wide = model(subnet, { capacity: 130, singlePlacementGroup: false });
  await sets.beginCreateOrUpdateAndWait(group, "many", wide, SOON);
  let continuationToken;
  let total = 0;
  let first;
  for await (const page of machines.list(group, "many").byPage()) {
    first ??= page.length;
    continuationToken ??= page.continuationToken;
    total += page.length;
  }
  assert.equal(total, 130);
  let rest = 0;
  for await (const page of machines.list(group, "many").byPage({ continuationToken })) rest += page.length;
  assert.equal(rest, 130 - first);
});

test("the power of one, of some and of all", async () => {
  await sets.beginPowerOffAndWait(group, "web", { vmInstanceIDs: { instanceIds: ["0"] }, skipShutdown: true, ...SOON });
  await machines.beginDeallocateAndWait(group, "web", "1", SOON);
  assert.ok(codes(await machines.getInstanceView(group, "web", "0")).includes("PowerState/stopped"));
  assert.ok(codes(await machines.getInstanceView(group, "web", "1")).includes("PowerState/deallocated"));
  await sets.beginStartAndWait(group, "web", SOON);
  await sets.beginRestartAndWait(group, "web", SOON);
  const found = await all(machines.list(group, "web", { expand: "instanceView" }));
  for (const one of found) assert.ok(codes(one.instanceView).includes("PowerState/running"));
});

test("an instance that was read, changed and written back is protected", async () => {
  const machine = await machines.get(group, "web", "1");
  machine.protectionPolicy = { protectFromScaleIn: true, protectFromScaleSetActions: true };
  const answer = await machines.beginUpdateAndWait(group, "web", "1", machine, SOON);
  assert.deepEqual({ ...answer.protectionPolicy }, { protectFromScaleIn: true, protectFromScaleSetActions: true });
});

test("an operation is taken up again from what was written down of it", async () => {
  const poller = await sets.beginRestart(group, "web", SOON);
  const later = await sets.beginRestart(group, "web", { ...SOON, resumeFrom: poller.toString() });
  await later.pollUntilDone();
  assert.equal(later.isDone(), true);
  assert.equal(later.getOperationState().status, "succeeded");
});

test("an instance that is deleted is gone from the list and from the capacity", async () => {
  await sets.beginDeleteInstancesAndWait(group, "web", { instanceIds: ["3"] }, { forceDeletion: true, ...SOON });
  assert.deepEqual((await all(machines.list(group, "web"))).map((one) => one.instanceId), ["0", "1", "2"]);
  assert.equal((await sets.get(group, "web")).sku.capacity, 3);
});

test("the machines of a Flexible scale set are found by its identifier", async () => {
  const flexible = { orchestrationMode: "Flexible", platformFaultDomainCount: 1, capacity: 2 };
  const wanted = model(subnet, flexible);
  delete wanted.overprovision;
  wanted.virtualMachineProfile.networkProfile.networkApiVersion = "2020-11-01";
  const { id } = await sets.beginCreateOrUpdateAndWait(group, "flex", wanted, SOON);
  const filter = `'virtualMachineScaleSet/id' eq '${id}'`;
  const found = await all(compute.virtualMachines.list(group, { filter }));
  assert.equal(found.length, 2);
  const [{ name }] = found;
  await compute.virtualMachines.beginReimageAndWait(group, name, SOON);
  const machine = await compute.virtualMachines.get(group, name, { expand: "instanceView" });
  assert.equal(machine.virtualMachineScaleSet.id.toLowerCase(), id.toLowerCase());
  assert.ok(codes(machine.instanceView).includes("PowerState/running"));
});
