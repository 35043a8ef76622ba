// The picture of an excerpt of the graph: made once, then kept in step with its data.
// Names from documents reach the page as words on a canvas or as textContent, never as HTML.

const NAMED = 14; // things of which all names are shown, though they may stand on one another

/**
 * Draw `data` into the element `.explorer` below `root`, or bring what is there in step with it.
 * `ask` holds what the page can do: expand(id), collapse(id), explore(id); each may be missing.
 */
function explorer(root, data, ask) {
  const host = root.querySelector(".explorer");
  const picture = host.picture || build(host, data, ask);
  picture.ask = ask;
  picture.data = data;
  recolour(picture);
  bringInStep(picture);
  return picture;
}

function build(host, data, ask) {
  const picture = { host, data, ask, past: [], without: new Set(), scale: 1, moved: false };
  host.picture = picture;
  picture.frame = element("div", { class: "picture", tabindex: "0", role: "application" });
  picture.panel = element("section", { class: "panel", "aria-label": "What is chosen" });
  picture.panel.hidden = true;
  picture.legend = element("div", { class: "legend", role: "group", "aria-label": "Legend" });
  picture.live = element("div", { class: "live", role: "status", "aria-live": "polite" });
  const sheet = element("div", { class: "sheet" });
  sheet.append(picture.frame, picture.panel);
  host.replaceChildren(toolbar(picture), sheet, picture.legend, picture.live);
  picture.colours = colours(host);
  picture.cy = joinedupLibrary.cytoscape({
    container: picture.frame,
    style: styleSheet(picture),
    minZoom: 0.1,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
    userZoomingEnabled: false, // until the picture has the focus: else the wheel scrolls the page
  });
  // Outlines of our own have no entry under this name, and measuring them asks for one.
  picture.cy.renderer().nodeShapes.polygon ??= { hasMiterBounds: false };
  listen(picture);
  return picture;
}

function listen(picture) {
  const { cy, frame, host } = picture;
  frame.addEventListener("keydown", (event) => onKey(picture, event));
  // At the end of a click: cytoscape takes the focus away at its beginning.
  frame.addEventListener("pointerup", () => frame.focus({ preventScroll: true }));
  frame.addEventListener("focus", () => cy.userZoomingEnabled(true));
  frame.addEventListener("blur", () => cy.userZoomingEnabled(false));
  host.addEventListener("transitionend", (event) => {
    if (event.target === host) recolour(picture); // the page turned dark or light
  });
  // cytoscape remembers where its frame is, and does not hear the page scroll round a component.
  picture.heard = new AbortController();
  const moved = () => cy.renderer().invalidateContainerClientCoordsCache();
  const hear = { capture: true, passive: true, signal: picture.heard.signal };
  document.addEventListener("scroll", moved, hear);
  for (const name of ["pointerenter", "pointerdown"]) frame.addEventListener(name, moved, hear);
  picture.watch = new ResizeObserver(() => resized(picture));
  picture.watch.observe(frame);
  cy.on("tap", (event) => {
    if (event.target === cy) choose(picture, null);
  });
  cy.on("select unselect", () => {
    clearTimeout(picture.choosing);
    picture.choosing = setTimeout(() => chosen(picture), 0);
  });
  cy.on("dbltap", "node", (event) => {
    choose(picture, event.target);
    expand(picture);
  });
  cy.on("mouseover", "node, edge", (event) => highlight(picture, event.target));
  cy.on("mouseout", "node, edge", () => highlight(picture, null));
  cy.on("dragpan scrollzoom pinchzoom", () => (picture.moved = true));
  cy.on("zoom", () => rescale(picture));
  let grabbed = null;
  cy.on("grab", "node", ({ target }) => (grabbed = { ...target.position() }));
  cy.on("dragfree", "node", ({ target }) => {
    const before = grabbed;
    remember(picture, () => target.position(before));
    keepPlaces(picture);
    unclutter(picture);
  });
}

function resized(picture) {
  const { cy } = picture;
  cy.resize();
  if (!cy.width()) return;
  if (picture.waiting) bringInStep(picture);
  else if (!picture.moved) fit(picture);
}

function recolour(picture) {
  picture.colours = colours(picture.host);
  picture.cy.style(styleSheet(picture));
}

/** Add what is new, take out what is gone; all else stays where it is. */
function bringInStep(picture) {
  const { cy, data } = picture;
  picture.frame.setAttribute("aria-label", `${data.title}. ${data.help}`);
  picture.waiting = !cy.width();
  if (picture.waiting) return; // not on the screen yet
  if (picture.key !== data.key) startAfresh(picture);
  const first = cy.nodes().empty();
  const shapes = new Map(data.types.map((type) => [type.label, type]));
  const wanted = new Set([...data.things, ...data.links].map((each) => each.id));
  const fresh = cy.collection();
  const known = PLACES.get(data.key) || new Map();
  cy.batch(() => {
    cy.elements().filter((each) => !wanted.has(each.id())).remove();
    for (const thing of data.things) {
      const { colour, shape } = shapes.get(thing.label);
      const [wide, high] = sizeOf(shape);
      const about = { ...thing, colour, shape, wide, high };
      const there = cy.getElementById(thing.id);
      if (there.nonempty()) there.data(about);
      else {
        const node = cy.add({ group: "nodes", data: about });
        if (known.has(thing.id)) node.position({ ...known.get(thing.id) });
        else fresh.merge(node);
      }
    }
    for (const link of data.links) {
      const there = cy.getElementById(link.id);
      if (there.nonempty()) there.data({ ...link });
      else cy.add({ group: "edges", data: { ...link } });
    }
  });
  if (fresh.nonempty()) arrange(picture, fresh);
  if (first) fit(picture);
  else if (fresh.nonempty()) {
    fit(picture, true);
    say(picture, fresh.length === 1 ? "1 thing is added." : `${fresh.length} things are added.`);
  }
  changed(picture);
}

/** The picture of another thing: nothing of the one before stays. */
function startAfresh(picture) {
  picture.cy.elements().remove();
  picture.key = picture.data.key;
  picture.past = [];
  picture.without.clear();
  picture.moved = false;
  picture.last = null;
}

/** What is visible may have changed: legend, tools, names, panel. */
function changed(picture) {
  const { cy, without } = picture;
  cy.batch(() => {
    cy.nodes().forEach((node) => {
      node.toggleClass("filtered", without.has(node.data("label")));
    });
    cy.$(":selected").not(":visible").unselect();
  });
  drawLegend(picture);
  clearTimeout(picture.choosing); // what was said of the change is not said over
  chosen(picture, false);
  rescale(picture, true);
}

/** Choose a thing or a line; null chooses nothing. */
function choose(picture, one) {
  const { cy } = picture;
  cy.batch(() => {
    cy.$(":selected").unselect();
    if (one) one.select();
  });
  clearTimeout(picture.choosing);
  chosen(picture);
}

function chosen(picture, aloud = true) {
  const { cy } = picture;
  const one = cy.$(":selected").first();
  if (one.nonempty() && one.isNode()) picture.last = one.id();
  highlight(picture, null);
  refreshTools(picture);
  refreshPanel(picture);
  if (!aloud) return;
  if (one.empty()) say(picture, "Nothing is chosen.");
  else if (one.isNode()) {
    const count = one.connectedEdges(":visible").length;
    const links = count === 1 ? "1 link" : `${count} links`;
    const more = one.data("expanded") ? ", expanded" : "";
    say(picture, `${one.data("name")}, ${one.data("kind")}, ${links}${more}`);
  } else say(picture, `${one.data("said")}. ${one.data("facts").length} pieces of evidence.`);
}

/** Make what belongs to a thing or line stand out: what the pointer is on, else what is chosen. */
function highlight(picture, over) {
  const { cy } = picture;
  const one = over || cy.$(":selected").first();
  cy.batch(() => {
    cy.elements().removeClass("dim near over");
    if (one.nonempty()) {
      const near = one.isNode() ? one.closedNeighborhood() : one.union(one.connectedNodes());
      cy.elements().not(near).addClass("dim");
      if (near.nodes().length <= NAMED) near.nodes().addClass("near");
      if (over) over.addClass("over");
    }
  });
  tellLines(picture, one);
}

/** Roles and readings stand on the lines where there is room for them. */
function tellLines(picture, one) {
  const { cy } = picture;
  const shown = cy.edges(":visible");
  const near = one.nonempty() ? (one.isNode() ? one.connectedEdges() : one) : shown;
  const some = near.length <= 12 || cy.zoom() > 1.2;
  cy.batch(() => {
    cy.edges().removeClass("told");
    if (some) near.addClass("told");
  });
}

function say(picture, words) {
  picture.live.textContent = words;
}

/** Names keep their size on the screen, within reason. */
function rescale(picture, again = false) {
  clearTimeout(picture.scaling);
  const { cy } = picture;
  const scale = Math.min(Math.max(1 / cy.zoom(), 0.55), 3.5);
  if (again || Math.abs(scale / picture.scale - 1) > 0.04) {
    picture.scale = scale;
    cy.style().update();
  }
  picture.scaling = setTimeout(() => {
    unclutter(picture);
    highlight(picture, null);
  }, 60);
}

/** Where two names would stand on one another, the one of the thing with fewer links gives way. */
function unclutter({ cy }) {
  const zoom = cy.zoom();
  const placed = [];
  const nodes = cy.nodes(":visible").sort(
    (a, b) => b.data("centre") - a.data("centre") || b.degree() - a.degree(),
  );
  cy.batch(() =>
    nodes.forEach((node) => {
      const { x, y } = node.renderedPosition();
      const { wide, high } = nameSize(node);
      const top = y + (node.height() * zoom) / 2 + 3;
      const box = { x1: x - wide / 2, x2: x + wide / 2, y1: top, y2: top + high };
      const over = placed.some(
        (other) => box.x1 < other.x2 && box.x2 > other.x1 && box.y1 < other.y2 && box.y2 > other.y1,
      );
      node.toggleClass("unnamed", over);
      if (!over) placed.push(box);
    }),
  );
}

function takeDown(picture) {
  picture.watch.disconnect();
  picture.heard.abort();
  clearTimeout(picture.scaling);
  clearTimeout(picture.choosing);
  picture.cy.destroy();
  delete picture.host.picture;
}
