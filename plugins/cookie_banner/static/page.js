/* Asks for consent, remembers the answer and wakes what the visitor agreed to. Everything it needs to know stands in the
 * page: sleeping markup (<template data-gate="ID …">), the banner ([data-consent]) and its checkboxes. The build puts it
 * after state.js into one function, so that a `return` ends it. */

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const [banner] = all("[data-consent]");
if (!banner) return;
const [status] = all("[data-consent-status]");
const boxes = all("[data-forget]", banner); // one for each service
const services = boxes.map((box) => box.value);
const { revision, wording } = banner.dataset;
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
    // undefined: as if there were nothing
  }
};

/* As it is stored now: another tab may have changed it. */
const recall = () => (choice = ifAllowed(() => parseChoice(document.cookie, revision, now())) || choice);
const isAgreed = (id) => verdict(choice, signal, id);
const sleeping = () => all("template[data-gate]");
/* An empty list gives [""], an id that nobody can agree to: such a gate stays asleep. */
const idsOf = (template) => template.dataset.gate.split(" ");
const show = (selector, isShown) => {
  for (const element of all(selector)) element.hidden = !isShown;
};

/* ---- Google Consent Mode, where a service of Google is declared. Basic: all is denied before any tag, and no tag loads
 * without consent. It has to be the first entry of the list that the tags read. ---- */

const google = all("[data-grants]", banner);
const tellGoogle = (what) => {
  const types = google.filter((box) => isAgreed(box.value)).flatMap((box) => box.dataset.grants.split(" "));
  /* The tags want the arguments of a function; an array would not do. */
  if (google[0]) (function () { (window.dataLayer ||= []).push(arguments); })("consent", what, consentMode(types));
};
tellGoogle("default");

/* Deletes what these services declared to store: [kind, pattern of the name, path of a cookie]. */
const forget = (ids) => {
  for (const box of boxes) {
    if (!ids.includes(box.value)) continue;
    for (const [kind, name, path = "/"] of JSON.parse(box.dataset.forget)) {
      const pattern = namePattern(name);
      ifAllowed(() => {
        if (kind === "cookie") {
          /* Also by the declared name: a cookie of another path cannot be seen from here. */
          for (const key of [name, ...document.cookie.split("; ").map((pair) => pair.split("=")[0])])
            if (pattern.test(key))
              for (const domain of cookieDomains(location.hostname))
                document.cookie = `${key}=; Max-Age=0; Path=${path}${domain && "; Domain=" + domain}${cookieEnd}`;
        } else if (kind === "indexeddb") {
          /* What a running script has open goes once it is gone: the next page comes by here again. Reading
           * localStorage throws first where storage is blocked: there Chromium has an error that nobody could catch. */
          const drop = (found) => pattern.test(found.name) && indexedDB.deleteDatabase(found.name);
          if (indexedDB.databases) indexedDB.databases(localStorage).then((found) => found.forEach(drop));
          else drop({ name }); // Firefox before 126 lists none: what is declared by its whole name goes
        } else {
          const store = window[kind + "Storage"];
          for (const key of Object.keys(store)) if (pattern.test(key)) delete store[key];
        }
      });
    }
  }
};

/* Scripts run one after another, as the parser would have run them: an inline script may use the library before it.
 * Each gets its place only when its predecessor has arrived. */
let queue = Promise.resolve();
const runScript = (place, script) =>
  new Promise((done) => {
    const isAsync = (script.async = script.hasAttribute("async")); // what no parser has made is async otherwise
    /* Only these block a parser. Others may never report that they have loaded (nomodule, application/json). */
    const blocks = script.src && !isAsync && !script.defer && !script.noModule &&
      /^$|\/(java|ecma)script$/i.test(script.type);
    if (blocks) script.onload = script.onerror = done;
    place.replaceWith(script);
    if (!blocks || !script.isConnected) done(); // an earlier script may have removed its place
  });

/* Puts the original markup where it was written; returns its first element, of scripts alone nothing. */
const wake = (template) => {
  running.push(...idsOf(template));
  const content = document.importNode(template.content, true);
  for (const element of all("[data-style]", content)) {
    element.style.cssText = element.dataset.style; // allowed by the CSP, unlike a style attribute
    element.removeAttribute("data-style");
  }
  for (const script of all("script", content)) {
    const place = new Comment();
    script.replaceWith(place);
    queue = queue.then(() => runScript(place, script));
  }
  document.write = document.writeln = () => {}; // in a finished page it would wipe everything
  const first = content.firstElementChild;
  const gate = template.closest("span.gate") || template;
  const [room] = all("svg[viewBox]", gate);
  const { offsetHeight } = gate;
  gate.replaceWith(content);
  /* Few browsers can tell a frame by a style sheet to keep the proportions that its attributes have. */
  if (room && first.offsetHeight !== offsetHeight)
    first.style.cssText += ";box-sizing:border-box;max-width:100%;height:auto;aspect-ratio:" +
      room.getAttribute("viewBox").slice(4).replace(" ", "/");
  return first;
};

/* The first box of a group is its purpose's: it shows whether all, some or none of its services are ticked. */
const showPurposes = () => {
  for (const group of all("fieldset", banner)) {
    const [purpose, ...own] = all("input", group);
    const ticked = own.filter((box) => box.checked);
    purpose.checked = !own[ticked.length];
    purpose.indeterminate = ticked[0] && !purpose.checked;
  }
};

const refresh = () => {
  for (const template of sleeping()) if (idsOf(template).every(isAgreed)) wake(template);
  const asks = (id) => verdict(choice, signal, id) === null;
  banner.hidden = !opened && !sleeping().some((template) => idsOf(template).some(asks));
  for (const box of boxes) box.checked = isAgreed(box.value);
  showPurposes();
  show("[data-consent-signal]", signal && services.some((id) => verdict(choice, false, id) === null));
  show("[data-consent-withdraw]", services.some(isAgreed));
  show("[data-consent-choice=record]", choice || signal);
};

const focusOn = (element) => {
  element.focus({ preventScroll: true });
  if (document.activeElement === element) return;
  element.tabIndex = -1; // not focusable by itself: an image, for example
  element.focus({ preventScroll: true });
};

const announce = (what) => {
  status.textContent = status.dataset[what];
};

/* Closes nothing by itself: `change` does. What is hidden now must not keep the focus: it goes back to where it came
 * from, else to the message. */
const leaveBanner = (change) => {
  const active = document.activeElement;
  opened = false;
  change();
  if (active === document.body || active.closest("[hidden]"))
    focusOn(before?.isConnected ? before : status);
  before = null;
};

/* What runs already can only be stopped by a new page. It says what was chosen on this one. "always" refuses nothing,
 * and takes nothing away that was refused before and then loaded once. */
const refreshOrReload = (said) => {
  if (choice) tellGoogle("update");
  if (said === "always" || !choice?.refused.some((id) => running.includes(id))) return refresh();
  ifAllowed(() => history.replaceState({ ...history.state, consent: said }, ""));
  location.reload();
};

const answer = (method, named) => ({
  ...answered(recall(), method, services, named),
  time: now(),
  /* A new number each time: it names the record, not the visitor. */
  how: [crypto.getRandomValues(new Uint32Array(4)).join(""), method, banner.lang, wording],
});

/* Before anything is loaded: what comes after a choice was chosen. */
const keep = (method, named) => {
  choice = answer(method, named);
  ifAllowed(() => {
    document.cookie = `consent=${serialiseChoice(choice, revision)}; Path=/; Max-Age=${LIFETIME}${cookieEnd}`;
  });
  if (banner.dataset.record)
    fetch(banner.dataset.record, {
      method: "POST",
      mode: "no-cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: true, // the page may be left at once
      body: record(choice, revision, location.origin, banner.innerText),
    });
  forget(choice.refused);
};

const chooseInBanner = (method) => {
  const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
  leaveBanner(() => {
    announce(method);
    keep(method, ticked);
    refreshOrReload(method);
  });
};

/* The browser's signal is no choice and is not kept, but whoever sends it can have it in writing. */
const download = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([record(choice || answer("signal", []), revision, location.origin)]));
  link.download = "consent.json";
  link.click();
};

const load = (template, always) => {
  if (always) keep("always", idsOf(template));
  const first = wake(template);
  announce("load");
  if (always) refreshOrReload("always");
  else refresh();
  focusOn(first || status);
  /* A frame that gets its document in another process may lose the focus again. */
  first?.addEventListener(
    "load", () => [first, document.body].includes(document.activeElement) && focusOn(first), { once: true }
  );
};

addEventListener("click", (event) => {
  const control = event.target.closest("[data-consent-open],[data-consent-choice],[data-gate-load]");
  if (!control) return;
  const { consentChoice, gateLoad } = control.dataset;
  if (consentChoice === "record") return download();
  if (consentChoice) return (banner.contains(control) || consentChoice === "reject") && chooseInBanner(consentChoice);
  if (gateLoad) return load(all("template", control.closest("span.gate"))[0], gateLoad === "always");
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link, opened elsewhere
  event.preventDefault();
  const [choices] = all("[data-consent-choices]");
  choices.hidden = false;
  if (banner.contains(control)) choices.focus();
  else {
    recall();
    opened = true;
    refresh();
    banner.focus();
    before = control;
  }
  choices.scrollIntoView(); // on a small screen they open below what can be seen of the banner
});

banner.addEventListener("change", ({ target }) => {
  if (!target.dataset.forget) for (const box of all("input", target.closest("fieldset"))) box.checked = target.checked;
  showPurposes();
});

banner.addEventListener("focusin", ({ relatedTarget }) => {
  if (!banner.contains(relatedTarget)) before = relatedTarget;
});

/* Escape puts the question away and answers nothing: the next page asks again. */
banner.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") leaveBanner(() => (banner.hidden = true));
});

/* A page in another tab, or from the back/forward cache, may have missed a choice that was made meanwhile. */
const catchUp = () => {
  if (choice?.how[0] !== recall()?.how[0]) refreshOrReload();
};
addEventListener("focus", catchUp);
addEventListener("pageshow", catchUp);

/* The style sheet keeps room for the banner, or for the message, at the end of the page and around what gets the focus.
 * The message is one pixel high where it is not seen. */
const resized = new ResizeObserver(() =>
  document.documentElement.style.setProperty("--consent-height", banner.offsetHeight + status.offsetHeight - 1 + "px"));
resized.observe(banner);
resized.observe(status);

show("[data-gate-load]", true);
recall();
/* Also what a service wrote again while the page before was left, or what it kept after being loaded once. */
forget(services.filter((id) => !isAgreed(id)));
refreshOrReload();
const { consent: said, ...state } = history.state || {};
if (said) {
  history.replaceState(state, "");
  announce(said);
  focusOn(status);
}
