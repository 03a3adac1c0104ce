// What goes wrong reaches the caller with Azure's status and code, and as the client's own types.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { SOON, compute, credential, model, newGroup } from "./client.mjs";

const sets = compute.virtualMachineScaleSets;
let group;

before(async () => {
  const made = await newGroup();
  group = made.group;
  await sets.beginCreateOrUpdateAndWait(group, "web", model(made.subnet, { capacity: 1 }), SOON);
});

test("a scale set that is not there", async () => {
  await assert.rejects(sets.get(group, "none"), { name: "RestError", statusCode: 404, code: "ResourceNotFound" });
});

test("an instance that is not there", async () => {
  const wanted = { vmScaleSetReimageInput: { instanceIds: ["99"] }, ...SOON };
  await assert.rejects(sets.beginReimageAndWait(group, "web", wanted), { statusCode: 400, code: "InvalidParameter" });
});

test("a model that somebody else has changed meanwhile", async () => {
  const stale = { ifMatch: '"0"', ...SOON };
  await assert.rejects(sets.beginUpdateAndWait(group, "web", { tags: { a: "1" } }, stale), { statusCode: 412 });
});

test("a secret that is wrong", async () => {
  await assert.rejects(credential("wrong").getToken("https://management.azure.com/.default"), /AADSTS7000215/);
});
