/* What was chosen, and what follows from it. Pure functions, which need no page: tests/cookie_banner/test_state.py runs
 * this file alone. The build puts it before page.js, and both into one function. */

const LIFETIME = 183 * 24 * 60 * 60; // seconds, the same for agreeing and refusing

const idsIn = (text) => (text || "").split("+").filter(Boolean);
const without = (ids, others) => ids.filter((id) => !others.includes(id));

/* The choice in a cookie string: "consent=1.REVISION.TIME.AGREED+IDS.REFUSED+IDS.ID.METHOD.LANGUAGE.WORDING". Nothing
 * when there is none, when it answers another revision of the question, or when it is too old. More fields may follow later. */
const parseChoice = (cookies, revision, now) => {
  for (const pair of cookies.split("; ")) {
    const [head, asked, time, agreed, refused, ...how] = pair.split(".");
    if (head === "consent=1" && asked === revision && now - time < LIFETIME && time - now < 86400)
      return { time: +time, agreed: idsIn(agreed), refused: idsIn(refused), how };
  }
};

const serialiseChoice = ({ time, agreed, refused, how }, revision) =>
  [1, revision, time, agreed.join("+"), refused.join("+"), ...how].join(".");

/* What an answer makes of the former choice. The banner's (accept, save, anything else refuses) are about all services;
 * a placeholder's (always) adds the services that it names and leaves open what was open. */
const answered = (former, method, ids, named) => {
  if (method === "always") {
    const { agreed = [], refused = [] } = former || {};
    return { agreed: without(agreed, named).concat(named), refused: without(refused, named) };
  }
  const agreed = method === "accept" ? ids : method === "save" ? named : [];
  return { agreed, refused: without(ids, agreed) };
};

/* Whether a service may load; null where the visitor has to be asked. A privacy signal of the browser refuses whatever was
 * not chosen explicitly. */
const verdict = (choice, signal, id) =>
  choice?.agreed.includes(id) || (signal || choice?.refused.includes(id) ? false : null);

/* The record of a choice, as the visitor can keep it. What was not asked yet is in neither list, and not in here. */
const record = ({ time, agreed, refused, how: [id, method, language, wording] }, revision, site, text) => {
  const choices = {};
  for (const service of agreed) choices[service] = true;
  for (const service of refused) choices[service] = false;
  return JSON.stringify(
    { id, time: new Date(time * 1000).toISOString(), site, revision, language, wording, method, choices, text }, null, 1
  );
};

/* Google Consent Mode v2: its four types, granted where a service that was agreed to has them. */
const consentMode = (granted) => {
  const mode = {};
  for (const type of ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"])
    mode[type] = granted.includes(type) ? "granted" : "denied";
  return mode;
};

/* Domains on which a page of this host may have set cookies; "" is the host itself, without a Domain attribute. */
const cookieDomains = (host) => ["", ...host.split(".").map((_, at, labels) => labels.slice(at).join("."))];

/* Declared names may hold "*" for any run of characters: "_pk_id.*" */
const namePattern = (name) => RegExp("^" + name.replace(/\W/g, "\\$&").replaceAll("\\*", ".*") + "$");
