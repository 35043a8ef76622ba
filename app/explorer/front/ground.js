// The ground of a large picture: its things and lines, drawn at once beneath what stands out.
// cytoscape draws one element after another and looks at each for every move of the pointer. In a
// large picture it is given only what stands out; the rest is drawn and found here.

const ARROWED = 3000; // lines in the frame up to which each shows its direction
const SWIFT = 4000; // lines in the frame up to which they are drawn anew while it moves
const STILL = 140; // ms without a move after which the ground is drawn anew

function layGround(picture) {
  const canvas = () => element("canvas", { class: "ground", "aria-hidden": "true" });
  picture.ground = { base: canvas(), top: canvas(), nodes: [], edges: [], byId: new Map(), near: [], named: new Set(), view: null };
  picture.frame.prepend(picture.ground.base, picture.ground.top);
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
    picture.large ? groundAt(picture, x, y, touch) : whole.findNearestElements(x, y, only, touch);
  renderer.recalculateRenderedStyle = (elements, cached) =>
    whole.recalculateRenderedStyle(picture.large ? [...elements].filter(isRaised) : elements, cached);
  cy.on("viewport", () => moveGround(picture));
}

/** Whether cytoscape draws it too: it is named, chosen, pointed at, dragged or otherwise marked. */
function isRaised(one) {
  const { classes, data, rscratch } = one[0]._private;
  return classes.size > 0 || one.selected() || one.grabbed() || data.centre || data.group || rscratch.inDragLayer;
}

/** What is raised, in the order in which it is drawn. */
function raisedOf({ cy }) {
  const raised = [];
  const all = cy.mutableElements();
  for (let place = 0; place < all.length; place += 1) if (isRaised(all[place])) raised.push(all[place]);
  const height = (one) => (one.isNode() ? 2 : 0) + (one.selected() || one.hasClass("over") ? 1 : 0);
  raised.sort((a, b) => height(a) - height(b));
  raised.interactive = raised;
  return raised;
}

/** Take up what is in the picture; to be called when that has changed. */
function surveyGround(picture) {
  const { ground, cy } = picture;
  ground.nodes = cy.nodes().map((node) => {
    const { id, wide, high, shape, colour } = node.data();
    return { id, node, at: node.position(), wide: wide / 2, high: high / 2, shape, colour, lines: [] };
  });
  ground.byId = new Map(ground.nodes.map((each) => [each.id, each]));
  ground.edges = cy.edges().map((edge) => {
    const { source, target, role, inferred, plain } = edge.data();
    const made = { edge, from: ground.byId.get(source), to: ground.byId.get(target), role, inferred, plain };
    made.from.lines.push(made);
    if (made.to !== made.from) made.to.lines.push(made);
    return made;
  });
  ground.near = [];
}

/** While the frame moves: drawn anew where that is quick, else what is drawn is shifted. */
function moveGround(picture) {
  const { cy, ground } = picture;
  if (!picture.large || !ground.view) return;
  if (ground.swift) {
    ground.frame ??= requestAnimationFrame(() => drawGround(picture));
    return;
  }
  const { x, y, zoom } = ground.view;
  const scale = cy.zoom() / zoom;
  const pan = cy.pan();
  const shift = `translate(${pan.x - x * scale}px, ${pan.y - y * scale}px) scale(${scale})`;
  for (const canvas of [ground.base, ground.top]) canvas.style.transform = shift;
  clearTimeout(ground.settling);
  ground.settling = setTimeout(() => drawGround(picture), STILL);
}

/** Draw the ground of the picture as it is in its frame now; nothing in a small picture. */
function drawGround(picture) {
  const { cy, ground } = picture;
  cancelAnimationFrame(ground.frame);
  clearTimeout(ground.settling);
  ground.frame = undefined;
  ground.view = picture.large && cy.width() ? { ...cy.pan(), zoom: cy.zoom() } : null;
  const context = cleared(picture, ground.base);
  if (ground.view) {
    const resting = ({ from, to }) => from.id !== ground.without && to.id !== ground.without;
    const seen = seenIn(picture, ground.edges).filter(resting);
    ground.swift = seen.length <= SWIFT;
    const alpha = picture.traced ? 0.08 : faintness(seen.length);
    drawLines(picture, context, seen, { alpha, arrows: seen.length <= ARROWED, colour: picture.colours.line });
    context.globalAlpha = picture.traced ? 0.3 : 1;
    drawThings(picture, context, ground.nodes, picture.colours.line);
  }
  drawTop(picture);
}

/** Draw what stands out of the ground: what is chosen or pointed at, a trace, what was found. */
function drawTop(picture) {
  const { ground, traced } = picture;
  const { accent } = picture.colours;
  const context = cleared(picture, ground.top);
  if (!ground.view) return;
  if (traced) {
    const lit = traced.lit.map((one) => one.id());
    const nodes = lit.map((id) => ground.byId.get(id)).filter(Boolean);
    const ids = new Set(lit);
    const lines = seenIn(picture, ground.edges.filter(({ edge }) => ids.has(edge.id())));
    drawLines(picture, context, lines, { ...STRONG, colour: accent });
    context.globalAlpha = 1;
    drawThings(picture, context, nodes, accent, 2);
  }
  const shown = seenIn(picture, ground.near);
  drawLines(picture, context, shown, { ...STRONG, colour: accent });
  context.globalAlpha = 1;
  const ends = new Set(shown.flatMap(({ from, to }) => [from, to]));
  drawThings(picture, context, [...ends], accent, 1.5);
  const found = (picture.found || []).map((id) => ground.byId.get(id)).filter(Boolean);
  drawThings(picture, context, found, accent, 3);
}

function cleared({ cy, ground }, canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [cy.width(), cy.height()].map((side) => Math.round(side * ratio));
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  canvas.style.transform = "";
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide, high);
  if (ground.view) {
    const { x, y, zoom } = ground.view;
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  }
  return context;
}

/** The lines that cross the frame. */
function seenIn({ cy }, lines) {
  const { x1, x2, y1, y2 } = cy.extent();
  return lines.filter(
    ({ from: { at: a }, to: { at: b } }) =>
      !(a.x < x1 && b.x < x1) && !(a.x > x2 && b.x > x2) && !(a.y < y1 && b.y < y1) && !(a.y > y2 && b.y > y2),
  );
}

/** What is at a place of the picture, things before lines: a list of one, or of nothing. */
function groundAt({ cy, ground }, x, y, touch) {
  const zoom = cy.zoom();
  const room = (touch ? 8 : 2) / zoom;
  let best = null;
  let least = Infinity;
  for (const { node, at, wide, high } of ground.nodes) {
    const [across, down] = [Math.abs(x - at.x), Math.abs(y - at.y)];
    if (across > wide + room || down > high + room) continue;
    const far = across * across + down * down - (isRaised(node) ? 1e6 : 0);
    if (far < least) [best, least] = [node, far];
  }
  if (best) return [best];
  for (const id of ground.named) {
    const { node, at, high } = ground.byId.get(id) || {};
    if (!node) continue;
    const size = nameSize(node);
    const top = at.y + high + 3 / zoom;
    if (Math.abs(x - at.x) <= size.wide / zoom / 2 && y >= top && y <= top + size.high / zoom) return [node];
  }
  least = ((touch ? 16 : 5) / zoom) ** 2;
  for (const { edge, from: { at: a }, to: { at: b } } of ground.edges) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const part = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const far = (a.x + part * dx - x) ** 2 + (a.y + part * dy - y) ** 2;
    if (far < least) [best, least] = [edge, far];
  }
  return best ? [best] : [];
}
