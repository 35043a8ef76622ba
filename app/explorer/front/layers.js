// The canvas layers of a large picture: a base layer with all nodes and edges beneath cytoscape, and
// a layer for highlights. cytoscape draws elements one by one and hit-tests each on every move of the
// pointer; in a large picture it gets only the raised elements, the rest is drawn and hit-tested here.

const ARROWED = 3000; // lines in the frame up to which each shows its direction,
const NEARBY = 0.35; // from this zoom on: further off there would be more arrows than lines
const FEW = 400; // or where there are no more lines than this
const SWIFT = 1500; // edges in the frame up to which they are redrawn while it moves
const MARKS = "named unnamed dim near over labelled found lit unlit"; // classes that come and go
const STILL = 140; // ms without a move after which the layers are redrawn (debounce)

function createLayers(picture) {
  const canvas = () => element("canvas", { class: "layer", "aria-hidden": "true" });
  picture.layers = { base: canvas(), top: canvas(), nodes: [], edges: [], byId: new Map(), near: [], named: new Set(), view: null };
  picture.frame.prepend(picture.layers.base, picture.layers.top);
  const { cy } = picture;
  const renderer = cy.renderer();
  const whole = {};
  for (const name of ["getCachedZSortedEles", "findNearestElements", "recalculateRenderedStyle"]) {
    whole[name] = renderer[name].bind(renderer);
  }
  renderer.getCachedZSortedEles = (again) => {
    if (!picture.large) return whole.getCachedZSortedEles(again);
    renderer.cachedZSortedEles = raisedOf(picture);
    renderer.updateCachedGrabbedEles();
    return renderer.cachedZSortedEles;
  };
  renderer.findNearestElements = (x, y, only, touch) =>
    picture.large ? elementAt(picture, x, y, touch) : whole.findNearestElements(x, y, only, touch);
  renderer.recalculateRenderedStyle = (elements, cached) =>
    whole.recalculateRenderedStyle(picture.large ? [...elements].filter(isRaised) : elements, cached);
  cy.on("viewport", () => panLayers(picture));
}

/** Whether cytoscape draws this element too: labelled, selected, hovered, dragged or marked. */
function isRaised(one) {
  const { classes, data, rscratch } = one[0]._private;
  return classes.size > 0 || one.selected() || one.grabbed() || data.centre || data.group || rscratch.inDragLayer;
}

/** The raised elements in drawing order (z-order). */
function raisedOf({ cy }) {
  const raised = [];
  const all = cy.mutableElements();
  for (let place = 0; place < all.length; place += 1) if (isRaised(all[place])) raised.push(all[place]);
  const height = (one) => (one.isNode() ? 2 : 0) + (one.selected() || one.hasClass("over") ? 1 : 0);
  raised.sort((a, b) => height(a) - height(b));
  raised.interactive = raised;
  return raised;
}

/** Index the picture's elements; to be called whenever they have changed. */
function indexElements(picture) {
  const { layers, cy } = picture;
  layers.nodes = cy.nodes().map((node) => {
    const { id, wide, high, shape, colour } = node.data();
    return { id, node, at: node.position(), wide: wide / 2, high: high / 2, shape, colour, lines: [] };
  });
  layers.byId = new Map(layers.nodes.map((each) => [each.id, each]));
  layers.edges = cy.edges().map((edge) => {
    const { source, target, role, inferred, plain } = edge.data();
    const made = { edge, from: layers.byId.get(source), to: layers.byId.get(target), role, inferred, plain };
    made.from.lines.push(made);
    if (made.to !== made.from) made.to.lines.push(made);
    return made;
  });
  layers.near = [];
}

/** While the frame moves: redraw where that is quick, else shift what is drawn (CSS transform). */
function panLayers(picture) {
  const { cy, layers } = picture;
  if (!picture.large || !layers.view) return;
  if (layers.swift) {
    layers.frame ??= requestAnimationFrame(() => drawBaseLayer(picture));
    return;
  }
  const { x, y, zoom } = layers.view;
  const scale = cy.zoom() / zoom;
  const pan = cy.pan();
  const shift = `translate(${pan.x - x * scale}px, ${pan.y - y * scale}px) scale(${scale})`;
  for (const canvas of [layers.base, layers.top]) canvas.style.transform = shift;
  clearTimeout(layers.settling);
  layers.settling = setTimeout(() => drawBaseLayer(picture), STILL);
}

/** Draw the base layer for the current viewport; nothing in a small picture. */
function drawBaseLayer(picture) {
  const { cy, layers } = picture;
  cancelAnimationFrame(layers.frame);
  clearTimeout(layers.settling);
  layers.frame = undefined;
  layers.view = picture.large && cy.width() ? { ...cy.pan(), zoom: cy.zoom() } : null;
  const context = cleared(picture, layers.base);
  if (layers.view) {
    const resting = ({ from, to }) => from.id !== layers.without && to.id !== layers.without;
    const seen = seenIn(picture, layers.edges).filter(resting);
    layers.swift = seen.length <= SWIFT;
    const alpha = picture.traced ? 0.08 : faintness(seen.length);
    const readable = seen.length <= FEW || (seen.length <= ARROWED && cy.zoom() > NEARBY);
    const arrows = readable && !picture.traced;
    drawLines(picture, context, seen, { alpha, arrows, colour: picture.colours.line });
    context.globalAlpha = picture.traced ? 0.3 : 1;
    drawThings(picture, context, layers.nodes, picture.colours.line);
  }
  drawHighlights(picture);
}

/** Draw the highlights: selection or hover, a trace, search results. */
function drawHighlights(picture) {
  const { layers, traced } = picture;
  const { accent } = picture.colours;
  const context = cleared(picture, layers.top);
  if (!layers.view) return;
  if (traced) {
    const lit = traced.lit.map((one) => one.id());
    const nodes = lit.map((id) => layers.byId.get(id)).filter(Boolean);
    const ids = new Set(lit);
    const lines = seenIn(picture, layers.edges.filter(({ edge }) => ids.has(edge.id())));
    drawLines(picture, context, lines, { ...STRONG, colour: accent });
    context.globalAlpha = 1;
    drawThings(picture, context, nodes, accent, 2);
  }
  const shown = seenIn(picture, layers.near);
  drawLines(picture, context, shown, { ...STRONG, colour: accent });
  context.globalAlpha = 1;
  const ends = new Set(shown.flatMap(({ from, to }) => [from, to]));
  drawThings(picture, context, [...ends], accent, 1.5);
  const found = (picture.found || []).map((id) => layers.byId.get(id)).filter(Boolean);
  drawThings(picture, context, found, accent, 3);
}

function cleared({ cy, layers }, canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [cy.width(), cy.height()].map((side) => Math.round(side * ratio));
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  canvas.style.transform = "";
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide, high);
  if (layers.view) {
    const { x, y, zoom } = layers.view;
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  }
  return context;
}

/** The edges that cross the frame. */
function seenIn({ cy }, lines) {
  const { x1, x2, y1, y2 } = cy.extent();
  return lines.filter(
    ({ from: { at: a }, to: { at: b } }) =>
      !(a.x < x1 && b.x < x1) && !(a.x > x2 && b.x > x2) && !(a.y < y1 && b.y < y1) && !(a.y > y2 && b.y > y2),
  );
}

/** Hit test: the element at a point of the picture, nodes before edges; a list of one or none. */
function elementAt({ cy, layers }, x, y, touch) {
  const zoom = cy.zoom();
  const room = (touch ? 8 : 2) / zoom;
  let best = null;
  let least = Infinity;
  for (const { node, at, wide, high } of layers.nodes) {
    const [across, down] = [Math.abs(x - at.x), Math.abs(y - at.y)];
    if (across > wide + room || down > high + room) continue;
    const far = across * across + down * down - (isRaised(node) ? 1e6 : 0);
    if (far < least) [best, least] = [node, far];
  }
  if (best) return [best];
  for (const id of layers.named) {
    const { node, at, high } = layers.byId.get(id) || {};
    if (!node) continue;
    const size = nameSize(node);
    const top = at.y + high + 3 / zoom;
    if (Math.abs(x - at.x) <= size.wide / zoom / 2 && y >= top && y <= top + size.high / zoom) return [node];
  }
  least = ((touch ? 16 : 5) / zoom) ** 2;
  for (const { edge, from: { at: a }, to: { at: b } } of layers.edges) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const part = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const far = (a.x + part * dx - x) ** 2 + (a.y + part * dy - y) ** 2;
    if (far < least) [best, least] = [edge, far];
  }
  return best ? [best] : [];
}
