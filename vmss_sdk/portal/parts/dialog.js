/** Dialogs, and what is said to screen readers. */

import { fill, h, newId } from "../core/dom.js";
import { messageOf } from "../core/api.js";
import { T } from "../texts.js";

const speaker = h("p", { class: "unseen", role: "status", "aria-live": "polite" });

/** @param {string} text said once, shown to nobody */
export function say(text) {
  if (!speaker.isConnected) document.body.append(speaker);
  speaker.textContent = "";
  setTimeout(() => { speaker.textContent = text; }, 50);
}

/**
 * @typedef {object} Asked
 * @property {HTMLElement} body
 * @property {HTMLButtonElement} confirm
 * @property {(text: string) => void} complain
 * @property {() => void} close
 */

/**
 * Opens a dialog. The promise is over when it is closed: true when its button was used and did not fail.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.confirm what its button says
 * @param {boolean} [options.dangerous]
 * @param {(asked: Asked) => void} options.build
 * @param {() => Promise<any> | any} options.act what the button does; the dialog stays when it fails
 * @returns {Promise<boolean>}
 */
export function ask({ title, confirm, dangerous, build, act }) {
  const name = newId("title");
  const body = h("div", { class: "content" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const button = h("button", { type: "submit", class: dangerous ? "danger" : "primary" }, confirm);
  const cancel = h("button", { onclick: () => dialog.close() }, T.dialog.cancel);
  let done = false;
  const form = h("form", { method: "dialog", onsubmit: async event => {
    event.preventDefault();
    trouble.hidden = true;
    button.disabled = true;
    try {
      await act();
      done = true;
      dialog.close();
    } catch (error) {
      complain(messageOf(error));
      button.disabled = false;
    }
  } }, h("h2", { id: name }, title), body, trouble, h("div", { class: "buttons" }, button, cancel));
  const dialog = h("dialog", { "aria-labelledby": name }, form);
  const complain = (/** @type {string} */ text) => {
    trouble.hidden = false;
    fill(trouble, text);
  };
  build({ body, confirm: button, complain, close: () => dialog.close() });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(closed => dialog.addEventListener("close", () => {
    dialog.remove();
    closed(done);
  }));
}

/**
 * A list of tabs.
 * @param {string} label
 * @param {[string, () => import("../core/dom.js").Child][]} parts
 */
export function tabs(label, parts) {
  const panel = h("div", { role: "tabpanel", id: newId("panel"), tabindex: 0 });
  /** @type {HTMLButtonElement[]} */
  const buttons = parts.map(([title], at) => h("button", {
    role: "tab", id: newId("tab"), "aria-controls": panel.id, onclick: () => choose(at),
    onkeydown: event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose((at + step + parts.length) % parts.length, true);
    },
  }, title));
  const choose = (/** @type {number} */ at, focus = false) => {
    buttons.forEach((button, place) => {
      button.setAttribute("aria-selected", String(place === at));
      button.tabIndex = place === at ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[at].id);
    fill(panel, parts[at][1]());
    if (focus) buttons[at].focus();
  };
  choose(0);
  return h("div", { class: "tabs" }, h("div", { role: "tablist", "aria-label": label }, buttons), panel);
}
