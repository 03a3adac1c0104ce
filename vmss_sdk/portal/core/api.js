/** Requests: the same that every other client of the emulator sends. */

import { notify, store, update } from "./store.js";
import { T } from "../texts.js";

export const COMPUTE = "2024-11-01";
/** @type {[RegExp, string][]} */
const VERSIONS = [
  [/\/Microsoft\.Authorization\/permissions$/i, "2022-04-01"],
  [/\/Microsoft\.Insights\/eventtypes\//i, "2015-04-01"],
  [/\/Microsoft\.Resources\/deployments(\/|$)/i, "2021-04-01"],
  [/\/providers\/Microsoft\.Compute\//i, COMPUTE],
];
const PAUSE = 400;
const LONGEST = 3000;

/** A request that was refused, or that did not get an answer: then its status is 0. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? T.api.noAnswer);
    this.status = status;
    this.code = error?.code ?? "";
    this.details = error?.details ?? [];
  }
}

/** Kept in this page's memory, and nowhere else. @type {{tenant: string, id: string, secret: string, token: string, until: number} | null} */
let session = null;
let tenant = "";

/**
 * Signs in as a service principal.
 * @param {string} id
 * @param {string} secret
 */
export async function signIn(id, secret) {
  session = await freshSession(tenant, id, secret);
  update({ principal: id, mustSignIn: false });
}

export function signOut() {
  session = null;
  rights.clear();
  update({ principal: null, mustSignIn: true });
}

async function freshSession(where, id, secret) {
  const form = new URLSearchParams({
    grant_type: "client_credentials", client_id: id, client_secret: secret,
    scope: "https://management.azure.com/.default",
  });
  const answer = await answered(`/${where}/oauth2/v2.0/token`, { method: "POST", body: form });
  const document = await answer.json();
  if (!answer.ok) throw new ApiError(answer.status, { code: document.error, message: document.error_description });
  const until = Date.now() + (document.expires_in - 30) * 1000;
  return { tenant: where, id, secret, token: document.access_token, until };
}

async function answered(path, options) {
  try {
    return await fetch(path, { ...options, cache: "no-store", credentials: "omit" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, null);
  }
}

/** @param {string} path with the api-version that its provider is asked in */
export function versioned(path) {
  if (path.startsWith("/_emulator/") || path.includes("api-version=")) return path;
  const bare = path.split("?")[0];
  const version = VERSIONS.find(([pattern]) => pattern.test(bare))?.[1] ?? "2021-04-01";
  return `${path}${path.includes("?") ? "&" : "?"}api-version=${version}`;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, signal?: AbortSignal, headers?: Record<string, string>}} [options]
 * @returns {Promise<{status: number, headers: Headers, document: any}>}
 */
export async function request(method, path, { body, signal, headers } = {}) {
  if (session && Date.now() > session.until) session = await freshSession(session.tenant, session.id, session.secret);
  const sent = { ...headers };
  if (session) sent.Authorization = `Bearer ${session.token}`;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await answered(versioned(path), { method, headers: sent, body: text, signal });
  if (answer.status === 401) expectSignIn(answer);
  const written = answer.status === 204 ? "" : await answer.text();
  const document = parsed(written);
  if (!answer.ok) throw new ApiError(answer.status, document?.error ?? { message: written });
  return { status: answer.status, headers: answer.headers, document };
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** @param {Response} answer */
function expectSignIn(answer) {
  const found = /authorization_uri="[^"]*\/([^"/]+)"/.exec(answer.headers.get("WWW-Authenticate") ?? "");
  tenant = found?.[1] ?? tenant;
  session = null;
  update({ mustSignIn: true, principal: null });
}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
export const get = async (path, signal) => (await request("GET", path, { signal })).document;

/**
 * All items of a list, page by page.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any[]>}
 */
export async function list(path, signal) {
  const found = [];
  /** @type {string | undefined} */
  let next = path;
  while (next) {
    const page = await get(next, signal);
    found.push(...page.value);
    next = page.nextLink && local(page.nextLink);
  }
  return found;
}

/** @param {string} url of this server, as a path */
const local = url => new URL(url, location.origin).pathname + new URL(url, location.origin).search;

/**
 * Sends a request and waits for the operation that it begins; the notices tell of it.
 * @param {string} title
 * @param {string} method
 * @param {string} path
 * @param {any} [body]
 */
export async function carryOut(title, method, path, body) {
  const ended = notify(title);
  try {
    const begun = await request(method, path, { body });
    const poll = begun.headers.get("Azure-AsyncOperation");
    if (poll) await finished(local(poll));
    ended("done");
    return begun.document;
  } catch (error) {
    ended("failed", messageOf(error));
    throw error;
  }
}

/** @param {string} path of the operation */
async function finished(path) {
  for (let pause = PAUSE; ; pause = Math.min(LONGEST, pause * 1.3)) {
    await new Promise(done => setTimeout(done, pause));
    const found = await get(path).catch(error => {
      if (error.status === 0) return { status: "InProgress" };  // the page recovers, and so does this
      throw error;
    });
    if (found.status === "Succeeded") return;
    if (found.status === "Failed" || found.status === "Canceled") throw new ApiError(409, found.error);
  }
}

export const messageOf = error => [error?.code, error?.message].filter(Boolean).join(": ");

/** What the caller may do in a scope, once for each. @type {Map<string, Promise<any[]>>} */
const rights = new Map();

/**
 * Whether the caller may do something there, by its role.
 * @param {string} scope
 * @param {string} action such as `Microsoft.Compute/virtualMachineScaleSets/write`
 */
export async function may(scope, action) {
  if (!store.principal) return true;
  const path = `${scope}/providers/Microsoft.Authorization/permissions`;
  if (!rights.has(scope)) rights.set(scope, list(path).catch(() => []));
  const permissions = await /** @type {Promise<any[]>} */ (rights.get(scope));
  return permissions.some(one => matches(one.actions, action) && !matches(one.notActions, action));
}

function matches(patterns, action) {
  const expression = (/** @type {string} */ pattern) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`, "i");
  return patterns.some(pattern => expression(pattern).test(action));
}
