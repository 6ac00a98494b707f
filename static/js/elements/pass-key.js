// <pass-key task="get|create" options="#id or address" failed="words">: a button that asks the device for a passkey and
// sends it with the form it stands in, to the button's formaction. Stays hidden where the browser cannot do it.

class PassKey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.ask());
  }

  async ask() {
    const words = this.querySelector("[role=alert]");
    words.hidden = true;
    this.button.disabled = true;
    try {
      const credential = await this.credential((await this.options()).publicKey);
      this.send(JSON.stringify(credential));
    } catch {
      words.textContent = this.getAttribute("failed");
      words.hidden = false;
      this.button.disabled = false;
    }
  }

  async options() {
    const from = this.getAttribute("options");
    if (from.startsWith("#")) return JSON.parse(document.querySelector(from).textContent);
    const answer = await fetch(from, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }

  credential(options) {
    if (this.getAttribute("task") === "get") {
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    }
    // A passkey, not a mere second key: kept on the device, opened by finger, face or PIN.
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }

  send(credential) {
    const form = this.button.form;
    form.elements.credential.value = credential;
    form.action = this.button.formAction;
    form.submit(); // not requestSubmit: the form's other fields need not be filled in for this
  }
}

customElements.define("pass-key", PassKey);
