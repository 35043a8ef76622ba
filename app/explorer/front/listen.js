// What pointer, page and frame do to the picture, and what stands out under the pointer.

const OVER = 60; // names of the things of most weight, which may stand on other things
const NAMED = 14; // things of which all names are shown, though they may stand on one another

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
  document.addEventListener("pointerup", () => (picture.used = Date.now()), hear);
  for (const name of ["pointerenter", "pointerdown"]) frame.addEventListener(name, moved, hear);
  picture.watch = new ResizeObserver(() => resized(picture));
  picture.watch.observe(frame);
  cy.on("tap", (event) => {
    if (event.target === cy) choose(picture, null);
  });
  cy.on("tap", "node", ({ target }) => {
    if (picture.from) endPath(picture, target);
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
  let before = null;
  cy.on("grab", "node", ({ target }) => (before = [target.id(), { ...target.position() }]));
  cy.on("drag", "node", ({ target }) => {
    if (!picture.large) return;
    if (picture.ground.without !== target.id()) {
      picture.ground.without = target.id();
      drawGround(picture);
    } else drawTop(picture);
  });
  cy.on("dragfree", "node", () => {
    picture.ground.without = null;
    drawGround(picture);
    remember(picture, new Map([before]));
    keepPlaces(picture);
    reportPlaces(picture);
    unclutter(picture);
    refreshTools(picture);
  });
}

/** Make what belongs to a thing or line stand out: what the pointer is on, else what is chosen. */
function highlight(picture, over) {
  const { cy } = picture;
  const one = over || chosenOne(picture);
  const near = one.empty() ? one : one.isNode() ? one.closedNeighborhood() : one.union(one.connectedNodes());
  cy.batch(() => {
    picture.marked?.removeClass("dim near over");
    picture.marked = near;
    if (one.empty()) return;
    if (!picture.traced && !picture.large) {
      picture.marked = cy.elements();
      picture.marked.not(near).addClass("dim");
    }
    if (near.nodes().length <= NAMED) near.nodes().addClass("near");
    if (over) over.addClass("over");
  });
  tellLines(picture, one);
  if (!picture.large) return;
  const lines = one.nonempty() && one.isNode() ? picture.ground.byId.get(one.id())?.lines : null;
  picture.ground.near = lines || [];
  drawTop(picture);
}

/** Roles and readings stand on the lines where there is room for them. */
function tellLines(picture, one) {
  const { cy } = picture;
  const all = picture.large ? cy.collection() : cy.edges();
  const lines = one.nonempty() ? (one.isNode() ? one.connectedEdges() : one) : all;
  const some = lines.length <= 12 || (cy.zoom() > 1.2 && !picture.large);
  cy.batch(() => {
    picture.told?.removeClass("told");
    picture.told = some ? lines : cy.collection();
    picture.told.addClass("told");
  });
}

/** Names keep their size on the screen, within reason. */
function rescale(picture, again = false) {
  clearTimeout(picture.scaling);
  const { cy } = picture;
  const scale = Math.min(Math.max(1 / cy.zoom(), 0.55), 12);
  if (again || Math.abs(scale / picture.scale - 1) > 0.04) {
    picture.scale = scale;
    if (!picture.large) cy.style().update();
  }
  const settle = () => {
    unclutter(picture);
    highlight(picture, null);
  };
  if (again) settle();
  else picture.scaling = setTimeout(settle, picture.large ? 200 : 60);
}

/** Where two names would stand on one another, the one of the thing with fewer links gives way. */
function unclutter(picture) {
  const { cy } = picture;
  const zoom = cy.zoom();
  const [wide, high] = [cy.width(), cy.height()];
  const [taken, things] = [new Boxes(), new Boxes()];
  const ranked = rankedNodes(picture);
  const named = new Set();
  for (const node of ranked) {
    const { x, y } = node.renderedPosition();
    const half = Math.min(node.width() * zoom, node.height() * zoom) * 0.25;
    things.put({ x1: x - half, x2: x + half, y1: y - half, y2: y + half, of: node.id() });
  }
  ranked.forEach((node, rank) => {
    const { x, y } = node.renderedPosition();
    if (x < -60 || y < -40 || x > wide + 60 || y > high + 20) return;
    const size = nameSize(node);
    const top = y + (node.height() * zoom) / 2 + 3;
    const box = { x1: x - size.wide / 2, x2: x + size.wide / 2, y1: top, y2: top + size.high };
    if (taken.meets(box, node.id())) return;
    if (picture.large ? named.size >= OVER : rank >= OVER && things.meets(box, node.id())) return;
    taken.put(box);
    named.add(node.id());
  });
  if (picture.large) nameRaised(picture, named);
  else cy.batch(() => cy.nodes().forEach((node) => node.toggleClass("unnamed", !named.has(node.id()))));
}

/** In a large picture the things that are named, and no others, are raised from its ground. */
function nameRaised({ cy, ground }, named) {
  const before = new Set(ground.named);
  ground.named = named;
  cy.batch(() => {
    for (const id of before) if (!named.has(id)) cy.getElementById(id).removeClass("named");
    for (const id of named) cy.getElementById(id).addClass("named").updateStyle();
  });
}

/** Nodes by how much it matters to read their names: what stands out, the centre, many links. */
function rankedNodes({ cy, traced, large, ground }) {
  const lit = new Set(traced && large ? traced.lit.map((one) => one.id()) : []);
  const weight = (node) =>
    (node.hasClass("lit") || lit.has(node.id()) ? 1e6 : 0) +
    (node.data("centre") ? 1e5 : 0) +
    (node.data("group") ? 1e4 : 0) +
    (ground.byId.get(node.id())?.lines.length || 0);
  const weighed = cy.nodes().map((node) => [weight(node), node]);
  return weighed.sort((a, b) => b[0] - a[0]).map(([, node]) => node);
}

/** Boxes on the screen, found by where they are. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  put(box) {
    this.around(box, (key) => this.cells.set(key, [...(this.cells.get(key) || []), box]));
  }

  meets(box, own) {
    let met = false;
    this.around(box, (key) => {
      met ||= (this.cells.get(key) || []).some(
        (other) =>
          other.of !== own &&
          box.x1 < other.x2 && box.x2 > other.x1 && box.y1 < other.y2 && box.y2 > other.y1,
      );
    });
    return met;
  }

  around({ x1, x2, y1, y2 }, act) {
    for (let column = Math.floor(x1 / 80); column <= Math.floor(x2 / 80); column += 1) {
      for (let row = Math.floor(y1 / 40); row <= Math.floor(y2 / 40); row += 1) act(`${column} ${row}`);
    }
  }
}
