// What is drawn of the data: hidden things left out, closed groups as one thing each.

/** The groups that are drawn as one, each with those of its members that are not hidden. */
function closedGroups({ data, state }, shown) {
  const opened = new Set(listed(state.open));
  return data.groups
    .filter((group) => !opened.has(group.id))
    .map((group) => ({ ...group, members: group.members.filter((id) => shown.has(id)) }))
    .filter((group) => group.members.length > 1);
}

/** The things that are neither hidden by hand nor turned off in the legend, by id. */
function shownThings({ data, state }) {
  const hidden = new Set(listed(state.hide));
  const without = new Set(listed(state.without));
  const shown = data.things.filter((thing) => !hidden.has(thing.id) && !without.has(thing.label));
  return new Map(shown.map((thing) => [thing.id, thing]));
}

/** The links between things that are shown. */
function shownLinks({ data }, shown) {
  return data.links.filter((link) => shown.has(link.source) && shown.has(link.target));
}

/** What the picture should hold: { nodes, edges, shown, links }, nodes and edges by id. */
function wanted(picture) {
  const shown = shownThings(picture);
  const links = shownLinks(picture, shown);
  const types = new Map(picture.data.types.map((type) => [type.label, type]));
  const within = new Map();
  const nodes = new Map();
  const edges = new Map();
  for (const group of closedGroups(picture, shown)) {
    for (const id of group.members) within.set(id, group);
    nodes.set(group.id, groupNode(group));
  }
  for (const thing of shown.values()) {
    if (within.has(thing.id)) continue;
    const { colour, shape } = types.get(thing.label);
    const [wide, high] = sizeOf(shape);
    const grow = thing.centre ? 1.4 : 1;
    nodes.set(thing.id, { ...thing, colour, shape, wide: wide * grow, high: high * grow });
  }
  for (const link of links) {
    const source = within.get(link.source)?.id || link.source;
    const target = within.get(link.target)?.id || link.target;
    if (source === target && link.source !== link.target) continue; // inside a closed group
    const alone = source === link.source && target === link.target;
    const id = alone ? link.id : `${source} ${link.type} ${target}`;
    const there = edges.get(id);
    edges.set(id, there ? together(there, link) : { ...link, id, source, target, of: [link] });
  }
  return { nodes, edges, shown, links };
}

function groupNode(group) {
  const count = group.members.length;
  const [wide, high] = sizeOf(group.shape);
  const grow = 1.3 + 0.6 * Math.log10(count);
  return {
    ...group,
    name: `${group.name} (${count} things)`,
    short: `${group.short} (${count})`,
    kind: "group",
    group: true,
    centre: false,
    expanded: false,
    wide: wide * grow,
    high: high * grow,
  };
}

/** Two links of one type between the same two ends: one line that knows the facts of both. */
function together(line, link) {
  const strongest = Object.keys(ROLES).find((role) => role === line.role || role === link.role);
  const of = [...line.of, link];
  return {
    ...line,
    of,
    role: strongest,
    inferred: line.inferred && link.inferred,
    words: line.words === link.words ? line.words : `${of.length} links`,
    facts: [...line.facts, ...link.facts],
  };
}

/** The group that a thing is drawn out of, when that group is open. */
function openGroupOf({ data, state }, id) {
  const opened = new Set(listed(state.open));
  return data.groups.find((group) => opened.has(group.id) && group.members.includes(id));
}

function openGroup(picture, id) {
  const group = picture.data.groups.find((each) => each.id === id);
  if (!group) return;
  change(picture, { open: [...listed(picture.state.open), id] }, `${group.name} is open.`);
}

function closeGroup(picture, id) {
  const open = listed(picture.state.open).filter((each) => each !== id);
  change(picture, { open }, "The group is closed.");
}

function listed(words) {
  return words ? words.split(",") : [];
}
