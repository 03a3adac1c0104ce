// Upgrades of each mode, and what brings an instance to the newest model.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SOON, all, compute, image, model, newGroup } from "./client.mjs";

const sets = compute.virtualMachineScaleSets;
const machines = compute.virtualMachineScaleSetVMs;
const upgrades = compute.virtualMachineScaleSetRollingUpgrades;

async function created(options) {
  const { group, subnet } = await newGroup();
  const answer = await sets.beginCreateOrUpdateAndWait(group, "web", model(subnet, options), SOON);
  assert.equal(answer.provisioningState, "Succeeded");
  return group;
}

async function applied(group) {
  return (await all(machines.list(group, "web"))).map((machine) => machine.latestModelApplied);
}

const newImage = { virtualMachineProfile: { storageProfile: { imageReference: image("22.04.202404090") } } };

test("a new image goes over a Rolling scale set by itself", async () => {
  const group = await created({ mode: "Rolling", capacity: 4 });
  await sets.beginUpdateAndWait(group, "web", newImage, SOON);
  const upgrade = await upgrades.getLatest(group, "web");
  assert.equal(upgrade.runningStatus.code, "Completed");
  assert.equal(upgrade.progress.successfulInstanceCount, 4);
  assert.deepEqual(await applied(group), [true, true, true, true]);
});

test("a Manual scale set waits until its instances are named", async () => {
  const group = await created();
  await sets.beginUpdateAndWait(group, "web", newImage, SOON);
  assert.deepEqual(await applied(group), [false, false, false]);
  await sets.beginUpdateInstancesAndWait(group, "web", { instanceIds: ["0", "1"] }, SOON);
  assert.deepEqual(await applied(group), [true, true, false]);
  await sets.beginUpdateInstancesAndWait(group, "web", { instanceIds: ["*"] }, SOON);
  assert.deepEqual(await applied(group), [true, true, true]);
});

test("the instances of an Automatic scale set follow at once", async () => {
  const group = await created({ mode: "Automatic" });
  await sets.beginUpdateAndWait(group, "web", newImage, SOON);
  assert.deepEqual(await applied(group), [true, true, true]);
});

test("there is nothing to cancel when no rolling upgrade runs", async () => {
  const group = await created({ mode: "Rolling", capacity: 1 });
  await assert.rejects(upgrades.beginCancelAndWait(group, "web", SOON), { name: "RestError", statusCode: 409 });
});

test("an upgrade of the OS image takes what `latest` is now", async () => {
  const group = await created({ mode: "Rolling", capacity: 2 });
  await upgrades.beginStartOSUpgradeAndWait(group, "web", SOON);
  const versions = (await all(machines.list(group, "web"))).map((one) => one.storageProfile.imageReference.exactVersion);
  assert.equal(new Set(versions).size, 1);
  assert.match(versions[0], /^22\.04\.\d{9}$/);
});

test("a reimage of instances that are named, and of all", async () => {
  const group = await created();
  await sets.beginReimageAndWait(group, "web", { vmScaleSetReimageInput: { instanceIds: ["0", "1"] }, ...SOON });
  await sets.beginReimageAllAndWait(group, "web", SOON);
  await machines.beginReimageAndWait(group, "web", "2", SOON);
  assert.deepEqual(await applied(group), [true, true, true]);
});
