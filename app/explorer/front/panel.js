// The details panel: a thing with its links, or a line with all its evidence.

const LISTED = 40;

function refreshPanel(picture) {
  const { panel } = picture;
  const chosen = selectedElement(picture);
  panel.hidden = chosen.empty();
  if (chosen.empty()) {
    panel.replaceChildren();
    return;
  }
  const close = element("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => {
    choose(picture, null);
    picture.frame.focus();
  });
  const parts = chosen.isEdge() ? ofLine(chosen) : chosen.data("group") ? ofGroup(picture, chosen) : ofThing(picture, chosen);
  panel.replaceChildren(close, ...parts);
  panel.scrollTop = 0;
}

function ofThing(picture, node) {
  const id = node.id();
  const parts = [
    element("h3", {}, node.data("name")),
    element("p", { class: "quiet" }, `${node.data("kind")} · ${id}`),
  ];
  const ways = element("p", { class: "ways" });
  if (picture.ask.state && !node.data("expanded")) {
    ways.append(way("Add what it is linked to", () => expand(picture)));
  }
  const group = openGroupOf(picture, id);
  if (group) ways.append(way(`Close the group ${group.name}`, () => closeGroup(picture, group.id)));
  if (picture.ask.explore && !node.data("centre")) {
    const link = element("a", { href: `?id=${encodeURIComponent(id)}` }, "Explore from here");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      request(picture, "explore", id);
    });
    ways.append(link);
  }
  if (picture.ask.explore) {
    ways.append(element("a", { href: `thing?id=${encodeURIComponent(id)}`, target: "_self" }, "Look it up"));
  }
  if (ways.childElementCount) parts.push(ways);
  parts.push(...linesOf(picture, node));
  return parts;
}

function way(words, act) {
  const button = element("button", { type: "button" }, words);
  button.addEventListener("click", act);
  return button;
}

function linesOf(picture, node) {
  const lines = node.connectedEdges().toArray();
  const list = element("ul");
  for (const line of lines.slice(0, LISTED)) {
    const item = element("li");
    const button = element("button", { type: "button", class: "statement" }, saidOf(line));
    button.addEventListener("click", () => choose(picture, line));
    item.append(button);
    list.append(item);
  }
  const parts = [element("h4", {}, lines.length === 1 ? "1 link" : `${lines.length} links`), list];
  if (lines.length > LISTED) {
    parts.push(element("p", { class: "quiet" }, `${lines.length - LISTED} more are in the table.`));
  }
  return parts;
}

function ofGroup(picture, node) {
  const members = node.data("members");
  const list = element("ul");
  for (const id of members.slice(0, LISTED)) list.append(element("li", {}, nameOf(picture, id)));
  const ways = element("p", { class: "ways" });
  ways.append(way("Open the group", () => openGroup(picture, node.id())));
  const parts = [element("h3", {}, node.data("name")), ways, list];
  if (members.length > LISTED) {
    parts.push(element("p", { class: "quiet" }, `and ${members.length - LISTED} more.`));
  }
  return [...parts, ...linesOf(picture, node)];
}

function ofLine(edge) {
  const of = edge.data("of");
  const count = edge.data("facts").length;
  const parts = [
    element("h3", {}, saidOf(edge)),
    element("h4", {}, count === 1 ? "Said in 1 place" : `Said in ${count} places`),
  ];
  for (const link of of.slice(0, LISTED)) {
    if (of.length > 1) parts.push(element("h4", {}, link.said));
    const list = element("ol");
    for (const fact of link.facts) list.append(ofFact(fact));
    parts.push(list);
  }
  if (of.length > LISTED) {
    parts.push(element("p", { class: "quiet" }, `${of.length - LISTED} more links are in the table.`));
  }
  return parts;
}

/** One source that says it: document, place, how sure, and its words where they are at hand. */
function ofFact(fact) {
  const item = element("li");
  item.append(element("strong", {}, fact.title), element("span", {}, fact.locator));
  item.append(element("span", { class: "quiet" }, fact.sure));
  if (fact.role) item.append(element("span", {}, `as ${fact.role}`));
  if (fact.says) item.append(element("span", {}, fact.says));
  if (fact.passage) item.append(element("blockquote", {}, fact.passage));
  else if (fact.quote) item.append(element("q", {}, fact.quote));
  return item;
}
