/** Whatever there is, and each of it as JSON; the activity log and the deployments are lists as well. */

import { get, list } from "../core/api.js";
import { h } from "../core/dom.js";
import { badge, when } from "../core/format.js";
import { linkTo } from "../core/router.js";
import { heading, Page } from "../parts/page.js";
import { PortalTable } from "../parts/table.js";
import { drawer } from "../parts/twin.js";
import { T } from "../texts.js";
import { everywhere, groupOf } from "./home.js";

/** A page that is one list. */
class ListPage extends Page {
  /** @returns {{title: string, subtitle?: string, empty: string, key: (row: any) => string, columns: import("../parts/table.js").Column[]}} */
  get about() {
    throw new Error("a subclass says what it lists");
  }

  show(rows) {
    const { title, subtitle, columns, key, empty } = this.about;
    this.table = new PortalTable({ label: title, columns, key, empty });
    this.append(heading(title, subtitle), this.table);
    this.table.show(rows);
  }

  async refresh() {
    this.table?.show(await this.load());
  }
}

export class ResourcesPage extends ListPage {
  get about() {
    const open = one => h("a", { href: one.type === "Microsoft.Compute/virtualMachineScaleSets" ? linkTo("overview", { id: one.id }) : linkTo("resource", { resource: one.id }) }, one.name);
    return { title: T.pages.resources, subtitle: this.place.group ?? "", empty: T.resources.none, key: one => one.id, columns: [
      { key: "name", title: T.home.name, value: one => one.name, cell: open }, { key: "type", title: T.resources.type, value: one => one.type },
      { key: "group", title: T.home.group, value: one => groupOf(one.id) }, { key: "location", title: T.home.location, value: one => one.location }] };
  }

  async load() {
    return this.place.group ? list(`${this.place.group}/resources`, this.gone.signal) : everywhere("resources", this.gone.signal);
  }
}

export class ResourcePage extends Page {
  get setId() {
    return "";
  }

  async load() {
    return get(this.place.resource, this.gone.signal);
  }

  show(found) {
    this.text = h("pre", { class: "json", tabindex: 0, role: "region", "aria-label": T.pages.resource }, JSON.stringify(found, null, 2));
    this.append(heading(found.name ?? T.pages.resource, found.type), this.text,
      drawer(() => ({ az: `az resource show --ids ${this.place.resource}`, rest: ["GET", this.place.resource] })));
  }

  async refresh() {
    const text = JSON.stringify(await this.load(), null, 2);
    if (this.text.textContent !== text) this.text.textContent = text;
  }
}

export class ActivityPage extends ListPage {
  get about() {
    const text = one => one.httpRequest.method + " " + one.resourceId.split("/").slice(-2).join("/");
    return { title: T.pages.activity, subtitle: T.activity.subtitle, empty: T.activity.none, key: one => one.eventDataId, columns: [
      { key: "time", title: T.time.at, value: one => one.eventTimestamp, cell: one => when(one.eventTimestamp) },
      { key: "operation", title: T.activity.operation, value: one => one.operationName.localizedValue },
      { key: "status", title: T.instances.status, value: one => one.status.value, cell: one => badge(one.status.value) },
      { key: "what", title: T.activity.what, value: text }, { key: "caller", title: T.activity.caller, value: one => one.caller || "–" }] };
  }

  async load() {
    const about = this.place.id ? ` and resourceUri eq '${this.place.id}'` : "";
    const path = `providers/Microsoft.Insights/eventtypes/management/values?$filter=${encodeURIComponent(`eventTimestamp ge '1970-01-01T00:00:00Z'${about}`)}`;
    if (this.place.id) return list(`/subscriptions/${this.place.id.split("/")[2]}/${path}`, this.gone.signal);
    return everywhere(path, this.gone.signal);
  }
}

export class DeploymentsPage extends ListPage {
  get about() {
    return { title: T.pages.deployments, subtitle: T.deployments.subtitle, empty: T.deployments.none, key: one => one.id, columns: [
      { key: "name", title: T.home.name, value: one => one.name, cell: one => h("a", { href: linkTo("resource", { resource: one.id }) }, one.name) },
      { key: "group", title: T.home.group, value: one => groupOf(one.id) },
      { key: "state", title: T.home.state, value: one => one.properties.provisioningState, cell: one => badge(one.properties.provisioningState) },
      { key: "time", title: T.time.at, value: one => one.properties.timestamp, cell: one => when(one.properties.timestamp) },
      { key: "error", title: T.deployments.error, value: one => one.properties.error?.message ?? "" }] };
  }

  async load() {
    const groups = await everywhere("resourceGroups", this.gone.signal);
    const found = await Promise.all(groups.map(group => list(`${group.id}/providers/Microsoft.Resources/deployments`, this.gone.signal)));
    return found.flat();
  }
}

customElements.define("resources-page", ResourcesPage);
customElements.define("resource-page", ResourcePage);
customElements.define("activity-page", ActivityPage);
customElements.define("deployments-page", DeploymentsPage);
