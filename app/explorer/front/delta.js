// Data from the page: decoded from a whole version, or from a delta on a version held here.

const VERSIONS = new Map(); // version -> { things, links }, both by id
const MAX_VERSIONS = 4;
const FACT = ["locator", "role", "says", "quote", "passage"];

/** The data with all its things and links; null when the base version of the delta is not held. */
function unpack(sent) {
  const content = VERSIONS.get(sent.version) || put(sent);
  if (!content) return null;
  return { ...sent, things: [...content.things.values()], links: [...content.links.values()] };
}

function put(sent) {
  const base = sent.base ? VERSIONS.get(sent.base) : { things: new Map(), links: new Map() };
  if (!base) return null;
  const content = { things: new Map(base.things), links: new Map(base.links) };
  for (const id of sent.gone || []) {
    content.things.delete(id);
    content.links.delete(id);
  }
  for (const thing of sent.things) content.things.set(thing.id, wholeThing(thing));
  for (const link of sent.links) {
    const made = wholeLink(link, content.things, sent.words);
    content.links.set(made.id, made);
  }
  VERSIONS.set(sent.version, content);
  if (VERSIONS.size > MAX_VERSIONS) VERSIONS.delete(VERSIONS.keys().next().value);
  return content;
}

function wholeThing(thing) {
  return { centre: false, expanded: false, short: thing.name, ...thing };
}

function wholeLink(link, things, words) {
  const facts = link.facts.map(([title, sure, ...row]) => {
    const fact = { title: words[title], sure: words[sure] };
    FACT.forEach((name, place) => (fact[name] = row[place] || ""));
    return fact;
  });
  const [from, to] = [things.get(link.source), things.get(link.target)];
  const roles = [...new Set(facts.map((fact) => fact.role).filter(Boolean))];
  const as = roles.length ? ` (${link.words})` : "";
  const made = { role: "", plain: false, supports: 0, inferred: false, ...link, facts };
  made.id = `${link.source} ${link.type} ${link.target}`;
  made.said = `${from.name} ${link.reads} ${to.name}${as}`;
  return made;
}
