// Event listeners: pointer, page and frame; highlighting and labels.

const OVER = 60; // labels of highest priority, which may overlap nodes
const NAMED = 14; // highlighted nodes up to which all labels are shown, overlapping or not

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
  // cytoscape caches the position of its container and gets no scroll events of the page around it.
  picture.listeners = new AbortController();
  const moved = () => cy.renderer().invalidateContainerClientCoordsCache();
  const options = { capture: true, passive: true, signal: picture.listeners.signal };
  document.addEventListener("scroll", moved, options);
  document.addEventListener("pointerup", () => (picture.used = Date.now()), options);
  for (const name of ["pointerenter", "pointerdown"]) frame.addEventListener(name, moved, options);
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
    if (picture.layers.without !== target.id()) {
      picture.layers.without = target.id();
      drawBaseLayer(picture);
    } else drawHighlights(picture);
  });
  cy.on("dragfree", "node", () => {
    picture.layers.without = null;
    drawBaseLayer(picture);
    pushUndo(picture, new Map([before]));
    storePositions(picture);
    reportPositions(picture);
    declutterLabels(picture);
    refreshTools(picture);
  });
}

/** Highlight the neighbourhood of the hovered element, else of the selected one. */
function highlight(picture, over) {
  const { cy } = picture;
  const one = over || selectedElement(picture);
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
  labelEdges(picture, one);
  if (!picture.large) return;
  const lines = one.nonempty() && one.isNode() ? picture.layers.byId.get(one.id())?.lines : null;
  picture.layers.near = lines || [];
  drawHighlights(picture);
}

/** Label edges with roles and readings where there is room for them. */
function labelEdges(picture, one) {
  const { cy } = picture;
  const all = picture.large ? cy.collection() : cy.edges();
  const lines = one.nonempty() ? (one.isNode() ? one.connectedEdges() : one) : all;
  const some = lines.length <= 12 || (cy.zoom() > 1.2 && !picture.large);
  cy.batch(() => {
    picture.labelled?.removeClass("labelled");
    picture.labelled = some ? lines : cy.collection();
    picture.labelled.addClass("labelled");
  });
}

/** Keep labels at a readable size whatever the zoom, within limits. */
function rescale(picture, again = false) {
  clearTimeout(picture.scaling);
  const { cy } = picture;
  const scale = Math.min(Math.max(1 / cy.zoom(), 0.55), 12);
  if (again || Math.abs(scale / picture.scale - 1) > 0.04) {
    picture.scale = scale;
    if (!picture.large) cy.style().update();
  }
  const settle = () => {
    declutterLabels(picture);
    highlight(picture, null);
  };
  if (again) settle();
  else picture.scaling = setTimeout(settle, picture.large ? 200 : 60);
}

/** Where two labels would overlap, hide that of the node with fewer links. */
function declutterLabels(picture) {
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

/** In a large picture only the labelled nodes are raised to cytoscape. */
function nameRaised({ cy, layers }, named) {
  const before = new Set(layers.named);
  layers.named = named;
  cy.batch(() => {
    for (const id of before) if (!named.has(id)) cy.getElementById(id).removeClass("named");
    for (const id of named) cy.getElementById(id).addClass("named").updateStyle();
  });
}

/** Nodes by label priority: highlighted, the centre, groups, then degree. */
function rankedNodes({ cy, traced, large, layers }) {
  const lit = new Set(traced && large ? traced.lit.map((one) => one.id()) : []);
  const weight = (node) =>
    (node.hasClass("lit") || lit.has(node.id()) ? 1e6 : 0) +
    (node.data("centre") ? 1e5 : 0) +
    (node.data("group") ? 1e4 : 0) +
    (layers.byId.get(node.id())?.lines.length || 0);
  const weighed = cy.nodes().map((node) => [weight(node), node]);
  return weighed.sort((a, b) => b[0] - a[0]).map(([, node]) => node);
}

/** Boxes on the screen in a grid (spatial hash), for overlap tests. */
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
