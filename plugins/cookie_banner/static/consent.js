/* Asks for consent, remembers the answer and wakes what the visitor agreed to. Everything it needs to know stands in
 * the page: sleeping markup (<template data-gate="ID …">), the banner ([data-consent]) and its checkboxes. */
(() => {
  "use strict";

  /* ---- State: pure functions. A test evaluates them where there is no document (for example in a worker). ---- */

  const LIFETIME = 183 * 24 * 60 * 60; // seconds, the same for agreeing and refusing

  const idsIn = (text) => (text || "").split("+").filter(Boolean);

  /* The choice in a cookie string: "consent=1.REVISION.TIME.AGREED+IDS.REFUSED+IDS". Null when there is none, when it
   * answers another revision of the question, or when it is too old. More fields may follow in later versions. */
  const parseChoice = (cookies, revision, now) => {
    for (const pair of cookies.split(/; */)) {
      const [head, asked, time, agreed, refused] = pair.split(".");
      if (head === "consent=1" && asked === revision && now - time < LIFETIME && time - now < 86400)
        return { time: +time, agreed: idsIn(agreed), refused: idsIn(refused) };
    }
    return null;
  };

  const serialiseChoice = ({ time, agreed, refused }, revision) =>
    ["1", revision, time, agreed.join("+"), refused.join("+")].join(".");

  /* "yes", "no" or "ask". A privacy signal of the browser refuses whatever was not chosen explicitly. */
  const verdict = (choice, signal, id) =>
    choice && choice.agreed.includes(id) ? "yes"
    : signal || (choice && choice.refused.includes(id)) ? "no"
    : "ask";

  /* Domains on which a page of this host may have set cookies; "" is the host itself, without a Domain attribute. */
  const cookieDomains = (host) => ["", ...host.split(".").map((_, at, labels) => labels.slice(at).join("."))];

  /* Declared names may hold "*" for any run of characters: "_pk_id.*" */
  const namePattern = (name) => RegExp("^" + name.replace(/[^\w*]/g, "\\$&").replace(/\*/g, ".*") + "$");

  if (typeof document === "undefined") {
    globalThis.consentState = { parseChoice, serialiseChoice, verdict, cookieDomains, namePattern };
    return;
  }

  /* ---- Page ---- */

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const [banner] = all("[data-consent]");
  if (!banner) return;
  const [status] = all("[data-consent-status]");
  const boxes = all("[data-forget]", banner);
  const { revision } = banner.dataset;
  const signal = navigator.globalPrivacyControl === true;
  const cookieEnd = "; SameSite=Lax" + (location.protocol === "https:" ? "; Secure" : "");
  const now = () => Math.floor(Date.now() / 1000);

  let choice = null; // holds for this page view even where nothing can be stored
  let opened = false; // the visitor asked for the banner
  let before = null; // what had the focus before the banner
  const running = []; // ids of services that were woken on this page, with lasting consent or once

  /* Cookies and storage throw where they are blocked; then there is nothing to read, keep or delete. */
  const ifAllowed = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };

  const storedChoice = () => ifAllowed(() => parseChoice(document.cookie, revision, now())) || choice;
  const isAgreed = (id) => verdict(choice, signal, id) === "yes";
  const sleeping = () => all("template[data-gate]");
  /* An empty list gives [""], an id that nobody can agree to: such a gate stays asleep. */
  const idsOf = (template) => template.dataset.gate.trim().split(/\s+/);

  /* Deletes what these services declared to store. */
  const forget = (ids) => {
    for (const box of boxes) {
      if (!ids.includes(box.value)) continue;
      for (const { kind, name, path } of JSON.parse(box.dataset.forget)) {
        const pattern = namePattern(name);
        ifAllowed(() => {
          if (kind === "cookie") {
            for (const pair of document.cookie.split("; ")) {
              const [key] = pair.split("=");
              if (!pattern.test(key)) continue;
              for (const domain of cookieDomains(location.hostname))
                document.cookie = `${key}=; Max-Age=0; Path=${path || "/"}${domain && "; Domain=" + domain}${cookieEnd}`;
            }
          } else {
            const store = kind === "local" ? localStorage : sessionStorage;
            for (const key of Object.keys(store)) if (pattern.test(key)) store.removeItem(key);
          }
        });
      }
    }
  };

  /* Scripts run one after another, as the parser would have run them: an inline script may use the library before it.
   * They have to be created anew for that; a cloned one would run at once, before its predecessor has arrived. */
  let queue = Promise.resolve();
  const runScript = (place, old) =>
    new Promise((done) => {
      const script = document.createElementNS(old.namespaceURI, "script");
      for (const attribute of old.attributes) script.setAttributeNode(attribute.cloneNode());
      script.textContent = old.textContent;
      const isAsync = old.hasAttribute("async");
      if (!isAsync) script.async = false;
      /* Only these block a parser. Others may never report that they have loaded (nomodule, application/json). */
      const blocks = script.src && !isAsync && !script.defer && !script.noModule &&
        /^$|\/(java|ecma)script$/i.test(script.type);
      if (blocks) script.onload = script.onerror = done;
      place.replaceWith(script);
      if (!blocks || !script.isConnected) done(); // an earlier script may have removed its place
    });

  /* Puts the original markup where it was written; returns its first element. */
  const wake = (template) => {
    running.push(...idsOf(template));
    const content = document.importNode(template.content, true);
    const first = content.firstElementChild;
    for (const element of all("[data-style]", content)) {
      element.style.cssText = element.dataset.style; // allowed by the CSP, unlike a style attribute
      element.removeAttribute("data-style");
    }
    for (const old of all("script", content)) {
      const place = document.createComment("");
      old.replaceWith(place);
      queue = queue.then(() => runScript(place, old));
    }
    document.write = document.writeln = () => {}; // in a finished page it would wipe everything
    const { parentElement } = template;
    (parentElement.matches("span.gate") ? parentElement : template).replaceWith(content);
    return first;
  };

  const refresh = () => {
    for (const template of sleeping()) if (idsOf(template).every(isAgreed)) wake(template);
    const asks = (id) => verdict(choice, signal, id) === "ask";
    banner.hidden = !opened && !sleeping().some((template) => idsOf(template).some(asks));
    for (const box of boxes) box.checked = isAgreed(box.value);
    const signalDecides = signal && boxes.some(({ value }) => verdict(choice, false, value) === "ask");
    for (const line of all("[data-consent-signal]")) line.hidden = !signalDecides;
  };

  const focusOn = (element) => {
    element.focus({ preventScroll: true });
    if (document.activeElement === element) return;
    element.tabIndex = -1; // not focusable by itself: an image, for example
    element.focus({ preventScroll: true });
  };

  /* Closes nothing by itself: `change` does. The focus leaves the banner to where it came from, else to the message. */
  const leaveBanner = (change) => {
    const active = document.activeElement;
    const moves = active === document.body || banner.contains(active);
    opened = false;
    change();
    if (moves && banner.hidden) focusOn(before && before.isConnected ? before : status);
  };

  /* What runs already can only be stopped by a new page. */
  const refreshOrReload = () => {
    if (choice && running.some((id) => choice.refused.includes(id))) location.reload();
    else refresh();
  };

  const announce = (what) => {
    status.textContent = status.dataset[what];
  };

  const choose = (agreed, refused) => {
    choice = { time: now(), agreed, refused };
    ifAllowed(() => {
      document.cookie = `consent=${serialiseChoice(choice, revision)}; Path=/; Max-Age=${LIFETIME}${cookieEnd}`;
    });
    forget(refused);
    refreshOrReload();
  };

  const chooseInBanner = (what) => {
    const agrees = (box) => what === "accept" || (what === "save" && box.checked);
    const ids = (wanted) => boxes.filter((box) => agrees(box) === wanted).map((box) => box.value);
    leaveBanner(() => {
      announce(what);
      choose(ids(true), ids(false));
    });
  };

  const load = (template, always) => {
    const ids = idsOf(template);
    const first = wake(template);
    announce("load");
    if (always) {
      const others = (list) => list.filter((id) => !ids.includes(id));
      const { agreed, refused } = storedChoice() || { agreed: [], refused: [] };
      choose(others(agreed).concat(ids), others(refused));
    } else refresh();
    if (!first) return;
    focusOn(first);
    /* A frame that gets its document in another process may lose the focus again. */
    const refocus = () => [first, document.body].includes(document.activeElement) && focusOn(first);
    first.addEventListener("load", refocus, { once: true });
  };

  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-consent-open],[data-consent-choice],[data-gate-load]");
    if (!control) return;
    const { consentChoice, gateLoad } = control.dataset;
    if (consentChoice) return banner.contains(control) && chooseInBanner(consentChoice);
    if (gateLoad) return load(control.closest(".gate").querySelector("template"), gateLoad === "always");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link, opened elsewhere
    event.preventDefault();
    choice = storedChoice(); // another tab may have changed it
    opened = true;
    refresh();
    for (const details of all("details", banner)) details.open = true;
    banner.focus();
    before = control;
  });

  banner.addEventListener("focusin", ({ relatedTarget }) => {
    if (!banner.contains(relatedTarget)) before = relatedTarget;
  });

  /* Escape puts the question away and answers nothing: the next page asks again. */
  banner.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leaveBanner(() => (banner.hidden = true));
  });

  /* A page from the back/forward cache may have missed a choice that was made meanwhile. */
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    choice = storedChoice();
    refreshOrReload();
  });

  /* The style sheet keeps room for the banner at the end of the page and around what gets the focus. */
  new ResizeObserver(() => root.style.setProperty("--consent-height", banner.offsetHeight + "px")).observe(banner);

  for (const button of all("[data-gate-load]")) button.hidden = false;
  choice = storedChoice();
  /* Also what a service wrote again while the page before was left, or what it kept after being loaded once. */
  forget(boxes.map((box) => box.value).filter((id) => !isAgreed(id)));
  refresh();
})();
