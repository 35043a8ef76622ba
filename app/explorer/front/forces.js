// Force layout for large pictures: ForceAtlas2 (Jacomy, M. et al., 2014), with Barnes-Hut trees.

const NODE = 10; // numbers a node has in the matrix, by the library's layout
const EDGE = 3;
const ROOM = 74; // width of the square that a thing has on average, in the picture's units

/** Lay out `fresh` nodes by forces; all others are fixed and attract what they are linked to. */
function forceLayout(picture, fresh, alone) {
  const { cy } = picture;
  const nodes = cy.nodes().toArray();
  const rows = new Map(nodes.map((node, place) => [node.id(), place * NODE]));
  const start = alone ? 1 : 1 / ROOM;
  const matrix = new Float32Array(nodes.length * NODE);
  const edges = picture.layers.edges.filter(({ from, to }) => from !== to);
  const edgeMatrix = new Float32Array(edges.length * EDGE);
  nodes.forEach((node, place) => {
    const at = place * NODE;
    const turn = place * 2.4; // a sunflower: even, and the same every time
    const { x, y } = alone ? sunflower(turn, place) : node.position();
    matrix[at] = x * start;
    matrix[at + 1] = y * start;
    matrix[at + 6] = 1 + picture.layers.byId.get(node.id()).lines.length;
    matrix[at + 7] = 1;
    matrix[at + 8] = 1;
    matrix[at + 9] = fresh.has(node) ? 0 : 1;
  });
  edges.forEach((edge, place) => {
    edgeMatrix[place * EDGE] = rows.get(edge.from.id);
    edgeMatrix[place * EDGE + 1] = rows.get(edge.to.id);
    edgeMatrix[place * EDGE + 2] = 1;
  });
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0,
    scalingRatio: 10,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(nodes.length),
    barnesHutOptimize: nodes.length > 500,
    barnesHutTheta: 0.8,
  };
  const rounds = nodes.length > 2000 ? 60 : 120;
  for (let round = 0; round < rounds; round += 1) {
    joinedupLibrary.forces(settings, matrix, edgeMatrix);
  }
  const places = alone ? evenPlaces(picture, matrix, nodes.length) : matrixPlaces(matrix, nodes.length, 1 / start);
  cy.batch(() =>
    nodes.forEach((node, place) => {
      if (fresh.has(node)) node.position(places[place]);
    }),
  );
}

function sunflower(turn, place) {
  const far = Math.sqrt(place + 1) * 10;
  return { x: Math.cos(turn) * far, y: Math.sin(turn) * far };
}

function matrixPlaces(matrix, count, scale) {
  return Array.from({ length: count }, (_, place) => ({
    x: matrix[place * NODE] * scale,
    y: matrix[place * NODE + 1] * scale,
  }));
}

/**
 * The same directions from the middle and the same order of distances, evenly filled: forces pile
 * up what has many links and throw far out what has few. The disc has the frame's proportions.
 */
function evenPlaces({ cy }, matrix, count) {
  const places = matrixPlaces(matrix, count, 1);
  const mean = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / count;
  const [middleX, middleY] = [mean("x"), mean("y")];
  const order = places
    .map(({ x, y }, place) => ({ place, far: Math.hypot(x - middleX, y - middleY) }))
    .sort((a, b) => a.far - b.far || a.place - b.place);
  const room = count > 2000 ? ROOM * 0.7 : ROOM;
  const wider = Math.sqrt(Math.min(Math.max(cy.width() / Math.max(cy.height(), 1), 0.5), 2));
  order.forEach(({ place, far }, rank) => {
    const { x, y } = places[place];
    const reach = (room * Math.sqrt((rank + 0.5) / Math.PI)) / (far || 1);
    places[place] = { x: (x - middleX) * reach * wider, y: ((y - middleY) * reach) / wider };
  });
  return places;
}
