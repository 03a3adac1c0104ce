/** The frame around the pages: head, menu, notices, and which page the address means. */

import { request, signOut } from "./core/api.js";
import { fill, h, icon } from "./core/dom.js";
import { follow, unfollow } from "./core/live.js";
import { here, linkTo } from "./core/router.js";
import { store, subscribe } from "./core/store.js";
import { ClockWidget } from "./parts/clock.js";
import { Notices } from "./parts/notices.js";
import { CreatePage } from "./pages/create.js";
import { DecisionsPage } from "./pages/decisions.js";
import { FaultsPage } from "./pages/faults.js";
import { HomePage } from "./pages/home.js";
import { InstancePage } from "./pages/instance.js";
import { InstancesPage } from "./pages/instances.js";
import { ModelPage } from "./pages/model.js";
import { OverviewPage } from "./pages/overview.js";
import { PolicyPage } from "./pages/policy.js";
import { ActivityPage, DeploymentsPage, ResourcePage, ResourcesPage } from "./pages/resources.js";
import { RollingPage } from "./pages/rolling.js";
import { ExtensionsPage, HealthPage, ScalingPage } from "./pages/scaling.js";
import { SignIn } from "./pages/signin.js";
import { T } from "./texts.js";

/** @type {Record<string, any>} */
const PAGES = {
  home: HomePage,
  create: CreatePage,
  deployments: DeploymentsPage,
  activity: ActivityPage,
  resources: ResourcesPage,
  resource: ResourcePage,
  service: FaultsPage,
  overview: OverviewPage,
  instances: InstancesPage,
  instance: InstancePage,
  scaling: ScalingPage,
  policy: PolicyPage,
  rolling: RollingPage,
  health: HealthPage,
  extensions: ExtensionsPage,
  model: ModelPage,
  decisions: DecisionsPage,
  faults: FaultsPage,
};
const GENERAL = ["home", "create", "deployments", "activity", "resources", "service"];
/** The menu of a scale set, in Azure's words. @type {[string, string[]][]} */
const MENU = [
  ["", ["overview", "activity"]],
  [T.menu.settings, ["instances", "scaling", "policy", "rolling", "health", "extensions", "model"]],
  [T.menu.emulator, ["decisions", "faults"]],
];

const menu = h("nav", { class: "menu-bar", "aria-label": T.menu.label });
const main = h("main", { id: "main", tabindex: -1 });
const line = h("p", { class: "connection", role: "status" });
const account = h("span", { class: "account" });

function frame() {
  const skip = h("a", { href: "#main", class: "skip", onclick: event => {
    event.preventDefault();
    main.focus();
  } }, T.frame.skip);
  const head = h("header", { class: "head" },
    h("button", { class: "burger", "aria-label": T.menu.toggle, "aria-expanded": "false", onclick: toggleMenu }, icon("M1 3h14v2H1zm0 4h14v2H1zm0 4h14v2H1z")),
    h("a", { href: linkTo("home"), class: "brand" }, T.frame.title), line, new ClockWidget(), new Notices(), account);
  document.body.append(skip, head, h("div", { class: "columns" }, menu, main));
}

/** @param {any} event */
function toggleMenu(event) {
  const open = menu.classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", String(open));
}

/** @param {string} page @param {Record<string, string>} place */
function drawMenu(page, place) {
  const entry = (/** @type {string} */ name, /** @type {Record<string, string>} */ where) => h("li", {},
    h("a", { href: linkTo(name, where), "aria-current": name === page || (page === "instance" && name === "instances") ? "page" : null }, T.pages[name]));
  const general = h("ul", {}, GENERAL.map(name => entry(name, {})));
  if (!place.id || page === "resource") return fill(menu, general);
  const groups = MENU.map(([title, names]) => [title && h("h2", {}, title), h("ul", {}, names.map(name => entry(name, { id: place.id })))]);
  const home = h("ul", {}, h("li", {}, h("a", { href: linkTo("home") }, T.menu.back)));
  fill(menu, home, h("p", { class: "set-name" }, place.id.split("/").pop()), groups);
}

function draw() {
  const { page, place } = here();
  menu.classList.remove("open");
  if (store.mustSignIn) {
    fill(menu);
    fill(main, new SignIn());
    return;
  }
  drawMenu(page, place);
  const name = place.id ? place.id.split("/").pop() : "";
  document.title = [place.instance, name, T.pages[page], T.frame.title].filter(Boolean).join(" · ");
  fill(main, new (PAGES[page] ?? HomePage)(place));
  scrollTo(0, 0);
}

/** @param {Partial<import("./core/store.js").Shared>} changed */
function react(changed) {
  if ("connection" in changed) {
    line.className = `connection ${store.connection}`;
    fill(line, T.connection[store.connection]);
  }
  if ("principal" in changed || "mustSignIn" in changed) {
    fill(account, store.principal && h("button", { title: store.principal, onclick: leave }, T.frame.signOut));
    draw();
    if (!store.mustSignIn) follow();
  }
}

function leave() {
  unfollow();
  location.hash = "";
  signOut();
}

async function start() {
  frame();
  subscribe(react);
  addEventListener("hashchange", () => {
    draw();
    main.focus();
  });
  await request("GET", "/subscriptions").catch(() => null);  // says whether one has to sign in
  if (!store.mustSignIn) {
    follow();
    draw();
  }
}

start();
