// Layout of new nodes. Nodes that have a position keep it, whatever is added.

const LARGE = 250; // nodes above which the force layout and the canvas layers are used
const GAP = 10; // pixels between the boxes of two names
const ROUNDS = 4;

/** Lay out `fresh` nodes; all others keep their exact positions. */
function arrange(picture, fresh, anew = false) {
  const { cy } = picture;
  const held = cy.nodes().filter((node) => !fresh.has(node));
  const before = new Map(held.map((node) => [node.id(), { ...node.position() }]));
  const order = new Map(picture.data.types.map((type, number) => [type.label, number]));
  const sorted = fresh.sort(
    (a, b) =>
      b.data("centre") - a.data("centre") ||
      (order.get(a.data("label")) || 0) - (order.get(b.data("label")) || 0) ||
      (a.data("name") < b.data("name") ? -1 : 1),
  );
  const alone = held.empty() || anew;
  const large = cy.nodes().length > LARGE;
  if (alone && !large) startInRings(sorted);
  else if (!alone) startBeside(picture, sorted, held);
  if (large) {
    if (alone || fresh.length > LARGE) forceLayout(picture, fresh, alone);
  } else {
    springLayout(cy, alone ? cy.collection() : held);
    if (alone) stretch(picture, fresh);
    restorePositions(cy, before);
    spread(picture, fresh);
    if (alone) fill(picture, fresh);
  }
  restorePositions(cy, before);
  storePositions(picture);
}

/** Spring layout (fcose) for small pictures; `held` nodes are fixed. */
function springLayout(cy, held) {
  cy.layout({
    name: "fcose",
    animate: false,
    randomize: false, // deterministic: the same subgraph gives the same picture
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

/** New nodes start beside the node they are linked to, facing away from the centre of the rest. */
function startBeside(picture, fresh, held) {
  const { cy } = picture;
  const box = held.boundingBox({ includeLabels: false });
  const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  const families = new Map();
  fresh.forEach((node) => {
    const known = node.neighborhood("node").filter((other) => held.has(other));
    const parent = known.max((other) => other.data("expanded") || 0).ele || cy.nodes()[0];
    if (startInGroup(picture, node)) return;
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

/** Members of an opened group start at its position; a closed group at its members' centroid. */
function startInGroup(picture, node) {
  const known = knownPositions(picture);
  const group = openGroupOf(picture, node.id());
  if (group && known.has(group.id)) {
    const place = group.members.indexOf(node.id());
    const far = 40 * Math.sqrt(place + 1);
    const { x, y } = known.get(group.id);
    node.position({ x: x + Math.cos(place * 2.4) * far, y: y + Math.sin(place * 2.4) * far });
    return true;
  }
  const members = (node.data("members") || []).map((id) => known.get(id)).filter(Boolean);
  if (!members.length) return false;
  const mean = (axis) => members.reduce((sum, place) => sum + place[axis], 0) / members.length;
  node.position({ x: mean("x"), y: mean("y") });
  return true;
}

/** Stretch the layout to the aspect ratio of the frame. */
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

/** Scale along one axis so that the layout fills the frame. */
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

/** Push overlapping labels apart, at the zoom at which the whole picture fits the frame. */
function spread(picture, movable) {
  const { cy } = picture;
  const nodes = cy.nodes().toArray();
  const [wide, high] = frameSize(picture);
  const needed = nodes.reduce((sum, node) => sum + nameArea(node), 0);
  // Where there is no room for all labels, on a phone say, they share what there is; some overlap.
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

/** Bounding box of a node with its label, in model coordinates. */
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

/** Estimated size of a label in pixels. */
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
