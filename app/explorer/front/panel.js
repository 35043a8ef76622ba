// What is chosen, in words: a thing with its links, or a line with everything it rests on.

const LISTED = 40;

function refreshPanel(picture) {
  const { panel, cy } = picture;
  const chosen = cy.$(":selected").first();
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
  panel.replaceChildren(close, ...(chosen.isNode() ? ofThing(picture, chosen) : ofLine(chosen)));
  panel.scrollTop = 0;
}

function ofThing(picture, node) {
  const id = node.id();
  const parts = [
    element("h3", {}, node.data("name")),
    element("p", { class: "quiet" }, `${node.data("kind")} · ${id}`),
  ];
  const ways = element("p", { class: "ways" });
  if (picture.ask.expand && !node.data("expanded")) {
    const button = element("button", { type: "button" }, "Add what it is linked to");
    button.addEventListener("click", () => expand(picture));
    ways.append(button);
  }
  if (picture.ask.explore && !node.data("centre")) {
    const link = element("a", { href: `?id=${encodeURIComponent(id)}` }, "Explore from here");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      picture.ask.explore(id);
    });
    ways.append(link);
  }
  if (ways.childElementCount) parts.push(ways);
  const lines = node.connectedEdges(":visible").toArray();
  parts.push(element("h4", {}, lines.length === 1 ? "1 link" : `${lines.length} links`));
  const list = element("ul");
  for (const line of lines.slice(0, LISTED)) {
    const button = element("button", { type: "button", class: "told" }, line.data("said"));
    button.addEventListener("click", () => choose(picture, line));
    const item = element("li");
    item.append(button);
    list.append(item);
  }
  parts.push(list);
  if (lines.length > LISTED) {
    parts.push(element("p", { class: "quiet" }, `${lines.length - LISTED} more are in the table.`));
  }
  return parts;
}

function ofLine(edge) {
  const facts = edge.data("facts");
  const places = facts.length === 1 ? "Said in 1 place" : `Said in ${facts.length} places`;
  const list = element("ol");
  for (const fact of facts) {
    const item = element("li");
    item.append(element("strong", {}, fact.title), element("span", {}, fact.locator));
    item.append(element("span", { class: "quiet" }, fact.sure));
    if (fact.role) item.append(element("span", {}, `as ${fact.role}`));
    if (fact.says) item.append(element("span", {}, fact.says));
    if (fact.quote) item.append(element("q", {}, fact.quote));
    list.append(item);
  }
  return [element("h3", {}, edge.data("said")), element("h4", {}, places), list];
}
