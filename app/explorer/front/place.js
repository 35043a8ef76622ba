// Where things stand. What has a place keeps it; only what is new is placed.

const GAP = 10; // pixels between the boxes of two names
const ROUNDS = 4;

/** Place `fresh` nodes; all others stay exactly where they are. */
function arrange(picture, fresh) {
  const { cy } = picture;
  const held = cy.nodes().filter((node) => !fresh.has(node));
  const before = new Map(held.map((node) => [node.id(), { ...node.position() }]));
  const order = new Map(picture.data.types.map((type, number) => [type.label, number]));
  const sorted = fresh.sort(
    (a, b) =>
      b.data("centre") - a.data("centre") ||
      order.get(a.data("label")) - order.get(b.data("label")) ||
      (a.data("name") < b.data("name") ? -1 : 1),
  );
  if (held.empty()) startInRings(sorted);
  else startBeside(sorted, held, cy);
  if (fresh.nonempty()) {
    cy.layout({
      name: "fcose",
      animate: false,
      randomize: false, // from the start given: the same excerpt gives the same picture
      fit: false,
      packComponents: false,
      nodeDimensionsIncludeLabels: true,
      idealEdgeLength: 90,
      nodeRepulsion: 9000,
      gravity: 0.3,
      fixedNodeConstraint: held.empty()
        ? undefined
        : held.map((node) => ({ nodeId: node.id(), position: { ...node.position() } })),
    }).run();
  }
  if (held.empty()) stretch(picture, fresh);
  putBack(cy, before);
  spread(picture, fresh);
  if (held.empty()) fill(picture, fresh);
  putBack(cy, before);
  keepPlaces(picture);
}

function putBack(cy, places) {
  cy.batch(() => places.forEach((place, id) => cy.getElementById(id).position(place)));
}

function startInRings(sorted) {
  let ring = 0;
  let inRing = 0;
  let room = 1;
  sorted.forEach((node) => {
    if (inRing === room) {
      ring += 1;
      inRing = 0;
      room = Math.min(24 * ring, Math.max(sorted.length - 1, 1));
    }
    const turn = (inRing / room) * 2 * Math.PI - Math.PI / 2;
    node.position({ x: Math.cos(turn) * ring * 180, y: Math.sin(turn) * ring * 180 });
    inRing += 1;
  });
}

/** New things start beside the thing they belong to, on the side away from all others. */
function startBeside(fresh, held, cy) {
  const box = held.boundingBox({ includeLabels: false });
  const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  const families = new Map();
  fresh.forEach((node) => {
    const known = node.neighborhood("node").filter((other) => held.has(other));
    const parent = known.max((other) => other.data("expanded") || 0).ele || cy.nodes()[0];
    families.set(parent, [...(families.get(parent) || []), node]);
  });
  families.forEach((members, parent) => {
    const { x, y } = parent.position();
    const outwards = Math.atan2(y - middle.y, x - middle.x);
    const fan = Math.min(members.length * 0.35, Math.PI * 1.2);
    members.forEach((node, number) => {
      const turn = outwards + (members.length > 1 ? (number / (members.length - 1) - 0.5) * fan : 0);
      const far = 150 + (number % 3) * 60;
      node.position({ x: x + Math.cos(turn) * far, y: y + Math.sin(turn) * far });
    });
  });
}

/** Give the picture the proportions of its frame. */
function stretch(picture, nodes) {
  const { cy } = picture;
  const box = nodes.boundingBox({ includeLabels: false });
  if (box.w < 1 || box.h < 1 || nodes.length < 4) return;
  const wanted = cy.width() / Math.max(cy.height(), 1) / (box.w / box.h);
  const more = Math.sqrt(Math.min(Math.max(wanted, 0.4), 3));
  cy.batch(() =>
    nodes.forEach((node) => {
      const { x, y } = node.position();
      node.position({ x: x * more, y: y / more });
    }),
  );
}

/** Use all of the frame: room that is left at the sides or above and below is shared out. */
function fill(picture, nodes) {
  const box = nodes.boundingBox({ includeLabels: false });
  if (box.w < 1 || box.h < 1 || nodes.length < 4) return;
  const [wide, high] = frameSize(picture);
  const wanted = wide / high / (box.w / box.h);
  const [moreX, moreY] = wanted > 1 ? [Math.min(wanted, 1.6), 1] : [1, Math.min(1 / wanted, 1.6)];
  picture.cy.batch(() =>
    nodes.forEach((node) => {
      const { x, y } = node.position();
      node.position({ x: x * moreX, y: y * moreY });
    }),
  );
}

/** Push names apart that would stand on one another when the whole picture is in its frame. */
function spread(picture, movable) {
  const { cy } = picture;
  const nodes = cy.nodes(":visible").toArray();
  const [wide, high] = frameSize(picture);
  const needed = nodes.reduce((sum, node) => sum + nameArea(node), 0);
  // Where the names cannot all have room, on a phone say, they get what there is; some give way.
  const share = Math.min(1, Math.sqrt((0.55 * wide * high) / Math.max(needed, 1)));
  for (let time = 0; time < ROUNDS; time += 1) {
    const zoom = fittingZoom(picture) / share;
    const boxes = nodes.map((node) => nameBox(node, zoom, movable.has(node)));
    let moved = false;
    for (let step = 0; step < 40; step += 1) {
      const again = pushApart(boxes);
      moved = moved || again;
      if (!again) break;
    }
    if (!moved) return;
    cy.batch(() =>
      boxes.forEach((box, place) => {
        if (box.free) nodes[place].position({ x: box.x, y: box.y - box.down });
      }),
    );
  }
}

/** The room a thing and its name take, in the units of the picture, around its middle. */
function nameBox(node, zoom, free) {
  const { x, y } = node.position();
  const name = nameSize(node);
  const wide = Math.max(name.wide / zoom, node.width()) + GAP / zoom;
  const high = node.height() + (name.high + GAP) / zoom;
  const down = (high - node.height()) / 2;
  return { x, y: y + down, down, wide, high, free };
}

function nameArea(node) {
  const { wide, high } = nameSize(node);
  return (wide + GAP) * (high + GAP + 20);
}

/** Pixels that a name takes on the screen. */
function nameSize(node) {
  const lines = wrapped(node.data("short"), 20);
  const size = node.data("centre") ? SMALL + 2 : SMALL;
  const longest = Math.max(...lines.map((line) => line.length));
  return { wide: Math.min(longest * size * 0.56, 118), high: lines.length * size * 1.2 };
}

function pushApart(boxes) {
  let moved = false;
  for (let one = 0; one < boxes.length; one += 1) {
    for (let two = one + 1; two < boxes.length; two += 1) {
      const [a, b] = [boxes[one], boxes[two]];
      if (!a.free && !b.free) continue;
      const overX = (a.wide + b.wide) / 2 - Math.abs(a.x - b.x);
      const overY = (a.high + b.high) / 2 - Math.abs(a.y - b.y);
      if (overX <= 0.5 || overY <= 0.5) continue;
      const [axis, over] = overX < overY ? ["x", overX] : ["y", overY];
      const way = a[axis] < b[axis] || (a[axis] === b[axis] && one < two) ? -1 : 1;
      const share = a.free && b.free ? 0.5 : 1;
      if (a.free) a[axis] += way * over * share;
      if (b.free) b[axis] -= way * over * share;
      moved = true;
    }
  }
  return moved;
}

/** The zoom at which the whole picture is in its frame. */
function fittingZoom({ cy }) {
  const box = cy.elements(":visible").boundingBox({ includeLabels: false });
  const [wide, high] = frameSize({ cy });
  return Math.min(Math.max(Math.min(wide / (box.w || 1), high / (box.h || 1)), 0.1), MOST_ZOOM);
}

/** The pixels of the frame that the middles of things can be in, with room for their names. */
function frameSize({ cy }) {
  return [cy.width() - Math.min(120, cy.width() * 0.22), cy.height() - 90];
}

const MOST_ZOOM = 1.4;

/** Bring the whole picture into its frame. */
function fit(picture, gently = false) {
  const { cy } = picture;
  const shown = cy.elements(":visible");
  if (shown.empty() || !cy.width()) return;
  const box = shown.boundingBox({ includeLabels: false });
  const zoom = fittingZoom(picture);
  const room = 14; // names hang below their things
  const pan = {
    x: cy.width() / 2 - (zoom * (box.x1 + box.x2)) / 2,
    y: (cy.height() - room) / 2 - (zoom * (box.y1 + box.y2)) / 2,
  };
  go(picture, { zoom, pan }, gently);
}

function go(picture, view, gently) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  picture.cy.stop();
  if (gently && !still) picture.cy.animate({ ...view, duration: 250 });
  else picture.cy.viewport(view);
}

/** Bring one thing to the middle, at a zoom at which it can be read. */
function centreOn(picture, node) {
  const { cy } = picture;
  const zoom = Math.max(cy.zoom(), 0.8);
  const { x, y } = node.position();
  go(picture, { zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } }, true);
}

const PLACES = new Map(); // what was placed once is there again when the page comes back to it

function keepPlaces(picture) {
  const places = PLACES.get(picture.data.key) || new Map();
  picture.cy.nodes().forEach((node) => places.set(node.id(), { ...node.position() }));
  PLACES.set(picture.data.key, places);
}
