// Traces: the shortest paths between two things, or everything that rests on one.

/** Start a path: the next node selected is its other end. */
function startPath(picture) {
  const node = selectedNode(picture);
  if (node.empty()) return;
  picture.from = node.id();
  picture.frame.classList.add("choosing");
  say(picture, `Choose the thing to which paths from ${node.data("name")} shall lead.`);
  drawBanner(picture);
}

function stopPath(picture) {
  picture.from = null;
  picture.frame.classList.remove("choosing");
  drawBanner(picture);
}

/** The other end is selected: show the paths. */
function endPath(picture, node) {
  const from = picture.from;
  stopPath(picture);
  if (from === node.id()) return;
  change(picture, { path: [from, node.id()], rests: "" });
  say(picture, picture.traced?.words || "");
}

function restsOn(picture) {
  const node = selectedNode(picture);
  if (node.empty()) return;
  change(picture, { rests: node.id(), path: "" });
  say(picture, picture.traced?.words || "");
}

function clearTrace(picture) {
  change(picture, { rests: "", path: "" }, "Nothing stands out any more.");
}

/** Recompute the trace and dim the rest. */
function trace(picture) {
  const { cy, state } = picture;
  picture.traced = null;
  if (state.path) picture.traced = tracePaths(picture, ...listed(state.path));
  else if (state.rests) picture.traced = traceRests(picture, state.rests);
  cy.batch(() => {
    cy.elements(".lit, .unlit").removeClass("lit unlit");
    if (!picture.traced || picture.large) return; // a large picture's layers tells it
    picture.traced.lit.addClass("lit");
    cy.elements().not(picture.traced.lit).addClass("unlit");
  });
  drawBanner(picture);
}

/** The node that a thing is drawn as: itself, or the closed group it is in. */
function nodeOf({ cy }, id) {
  const own = cy.getElementById(id);
  if (own.nonempty()) return own;
  return cy.nodes("[?group]").filter((node) => node.data("members").includes(id)).first();
}

function nameOf(picture, id) {
  return picture.data.things.find((thing) => thing.id === id)?.name || id;
}

function tracePaths(picture, first, second) {
  const { cy } = picture;
  const names = `${nameOf(picture, first)} and ${nameOf(picture, second)}`;
  const none = (words) => ({ lit: cy.collection(), words, ends: [first, second] });
  const [a, b] = [nodeOf(picture, first), nodeOf(picture, second)];
  if (a.empty() || b.empty()) return none(`One end of the paths between ${names} is not shown.`);
  const near = distances(a, b);
  const far = distances(b, a);
  const length = near.get(b.id());
  if (length === undefined) return none(`There is no path between ${names} in this picture.`);
  const on = (id, other) => near.get(id) + 1 + far.get(other) === length;
  const lit = cy.collection().merge(a).merge(b);
  cy.edges().forEach((edge) => {
    const [s, t] = [edge.source().id(), edge.target().id()];
    if (on(s, t) || on(t, s)) lit.merge(edge).merge(edge.connectedNodes());
  });
  const steps = length === 1 ? "1 link" : `${length} links`;
  return { lit, words: `The shortest paths between ${names}: ${steps} long, ${lit.nodes().length} things.` };
}

/** Steps from `start` to everything; documents and places join what has nothing else in common. */
function distances(start, end) {
  const far = new Map([[start.id(), 0]]);
  let ring = [start];
  while (ring.length) {
    const next = [];
    for (const node of ring) {
      const through = !["Document", "Place"].includes(node.data("label"));
      if (node !== start && !through && !node.same(end)) continue;
      node.neighborhood("node").forEach((other) => {
        if (far.has(other.id())) return;
        far.set(other.id(), far.get(node.id()) + 1);
        next.push(other);
      });
    }
    ring = next;
  }
  return far;
}

function traceRests(picture, id) {
  const { cy } = picture;
  const start = nodeOf(picture, id);
  if (start.empty()) return { lit: cy.collection(), words: `${nameOf(picture, id)} is not shown.` };
  const lit = cy.collection().merge(start);
  const there = new Set([start.id()]);
  const queue = [start];
  while (queue.length) {
    const node = queue.pop();
    node.connectedEdges().forEach((edge) => {
      const down = edge.data("supports") === 1 ? "target" : edge.data("supports") === -1 ? "source" : null;
      if (!down || edge[down]().same(node)) return;
      const other = edge[down]();
      lit.merge(edge).merge(other);
      if (there.has(other.id())) return;
      there.add(other.id());
      queue.push(other);
    });
  }
  const count = there.size - 1;
  const rest = count === 1 ? "1 thing in this picture rests" : `${count} things in this picture rest`;
  return { lit, words: `${rest} on ${start.data("name")}, directly or through others.` };
}

/** One line above the picture: what stands out, or what is to be chosen next. */
function drawBanner(picture) {
  const { banner, traced } = picture;
  const parts = [];
  const press = (words, act) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", act);
    parts.push(button);
  };
  if (picture.from) {
    const words = `Choose the other end of the paths from ${nameOf(picture, picture.from)}.`;
    parts.push(element("span", {}, words));
    press("Cancel", () => stopPath(picture));
  } else if (traced) {
    parts.push(element("span", {}, traced.words));
    if (traced.ends && picture.ask.search) {
      press("Search the whole graph", () => request(picture, "search", traced.ends));
    }
    press("Clear", () => clearTrace(picture));
  } else if (picture.data.note) parts.push(element("span", {}, picture.data.note));
  banner.hidden = parts.length === 0;
  banner.replaceChildren(...parts);
}
