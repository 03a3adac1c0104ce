/** Signing in as a service principal, where the emulator asks who calls. */

import { signIn, messageOf } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { textField } from "../parts/forms.js";
import { T } from "../texts.js";

export class SignIn extends HTMLElement {
  connectedCallback() {
    const id = textField({ label: T.signIn.id, attributes: { required: true, autocomplete: "off", spellcheck: "false" } });
    const secret = textField({ label: T.signIn.secret, attributes: { required: true, type: "password", autocomplete: "off" } });
    const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    const enter = async event => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        await signIn(id.input.value.trim(), secret.input.value.trim());
      } catch (error) {
        trouble.hidden = false;
        fill(trouble, messageOf(error).split("\n")[0]);
      }
    };
    fill(this, h("form", { class: "card sign-in", onsubmit: enter },
      h("h1", { tabindex: -1 }, T.signIn.title), h("p", {}, T.signIn.text), h("pre", {}, T.signIn.command),
      id, secret, trouble, h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, T.signIn.enter)),
      h("p", { class: "muted" }, T.signIn.kept)));
  }
}

customElements.define("sign-in", SignIn);
