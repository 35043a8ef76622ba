// What the page is sent, put together again: the whole, or what became of the version before.

const HELD = new Map(); // version -> { things, links }, both by id
const HELD_AT_MOST = 4;
const FACT = ["locator", "role", "says", "quote", "passage"];

/** The data with all its things and links; null when a version that is needed is not held. */
function unpacked(sent) {
  const content = HELD.get(sent.version) || put(sent);
  if (!content) return null;
  return { ...sent, things: [...content.things.values()], links: [...content.links.values()] };
}

function put(sent) {
  const base = sent.base ? HELD.get(sent.base) : { things: new Map(), links: new Map() };
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
  HELD.set(sent.version, content);
  if (HELD.size > HELD_AT_MOST) HELD.delete(HELD.keys().next().value);
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
