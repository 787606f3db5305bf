/* Passkeys: asks the server what is to be signed, asks the device, and sends the answer with an
   ordinary form. Without this script, or in a browser without passkeys, the page says that the
   password works. A button with data-passkey is worked by one press:
     login  the options of the login page, then the answer
     sign   what the step would sign, shown before the device asks; then the answer
     add    the options for a new key, after the password or a key one has already */
(() => {
  "use strict";

  const buttons = document.querySelectorAll("button[data-passkey]");
  if (!buttons.length) return;
  const able = typeof PublicKeyCredential === "function" && navigator.credentials && isSecureContext;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function asked(options) {
    const given = { ...options, challenge: bytes(options.challenge) };
    if (given.user) given.user = { ...given.user, id: bytes(given.user.id) };
    for (const name of ["allowCredentials", "excludeCredentials"]) {
      if (given[name]) given[name] = given[name].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return { publicKey: given };
  }

  function answered(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      const value = credential.response[name];
      if (value && value.byteLength) response[name] = text(value);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  }

  class Told extends Error {
    constructor(message, field) {
      super(message);
      this.field = field;
    }
  }

  async function ask(form, url, more) {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const field = Object.keys(said.fields || {})[0];
      const reasons = (said.refusals || []).map((one) => one.reason);
      throw new Told((field && said.fields[field]) || reasons.join(" ") || said.message || "", field);
    }
    return said;
  }

  function hide(form, name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    input.dataset.answer = "";
    form.append(input);
  }

  function show(statement, challenge) {
    const told = { ...statement, challenge, opening: statement.opening.hash };
    for (const place of document.querySelectorAll("[data-statement]")) {
      place.textContent = told[place.dataset.statement] ?? place.textContent;
    }
    for (const row of document.querySelectorAll("[data-drawn]")) row.hidden = false;
    const shown = document.querySelector("[data-digest]");
    return !shown || !shown.dataset.digest || shown.dataset.digest === statement.digest;
  }

  const doings = {
    async login(button, form) {
      const { options } = await ask(form, form.getAttribute("action"), { action: "options" });
      hide(form, "passkey", answered(await navigator.credentials.get(asked(options))));
    },
    async sign(button, form) {
      const said = await ask(form, button.dataset.url, {});
      if (!show(said.statement, said.challenge)) throw new Told(button.dataset.changed);
      const credential = await navigator.credentials.get(asked(said.options));
      const password = form.querySelector("input[type=password]");
      if (password) password.value = "";
      hide(form, "passkey", answered(credential));
    },
    async add(button, form) {
      const password = form.querySelector("input[type=password]");
      const url = form.getAttribute("action");
      const more = { action: "options" };
      if (button.dataset.with === "passkey") {
        const { options } = await ask(form, url, { action: "confirm", password: "" });
        more.passkey = answered(await navigator.credentials.get(asked(options)));
        more.password = "";
      }
      const { options } = await ask(form, url, more);
      const credential = await navigator.credentials.create(asked(options));
      password.value = "";
      hide(form, "action", "add");
      hide(form, "credential", answered(credential));
    },
  };

  for (const button of buttons) {
    const form = button.form;
    const problem = document.getElementById(button.dataset.problem);
    const tell = (message, field) => {
      problem.textContent = message;
      problem.parentElement.hidden = false;
      const input = field && form.elements[field];
      if (input && input.focus) input.focus();
      else problem.parentElement.focus();
    };
    const here = button.dataset.origin === location.origin;
    if (here && !able) continue;
    document.getElementById(button.dataset.without)?.setAttribute("hidden", "");
    const elsewhere = document.getElementById(button.dataset.elsewhere);
    if (elsewhere) elsewhere.hidden = here;
    if (!here) continue;
    button.hidden = false;
    // Fields for a new key are nothing to fill in where no key can be made.
    form.hidden = false;
    // Back on the page by the back button: nothing of the last time counts.
    window.addEventListener("pageshow", () => {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      for (const old of form.querySelectorAll("[data-answer]")) old.remove();
    });
    // The page for a new key has no submit button of its own, and Enter in a field is to do what it says.
    if (button.dataset.passkey === "add" && !button.dataset.with) {
      form.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        button.click();
      });
    }
    button.addEventListener("click", async () => {
      problem.parentElement.hidden = true;
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      try {
        await doings[button.dataset.passkey](button, form);
        // Not requestSubmit(): the password the form asks for is not needed.
        HTMLFormElement.prototype.submit.call(form);
        return;
      } catch (error) {
        // What a browser says of a cancelled or unknown passkey is in its own language, and for nobody.
        if (error instanceof Told) tell(error.message || button.dataset.cancelled, error.field);
        else if (error.name === "InvalidStateError") tell(button.dataset.there || button.dataset.cancelled);
        else tell(button.dataset.cancelled);
      }
      button.disabled = false;
      button.removeAttribute("aria-busy");
    });
  }
})();
