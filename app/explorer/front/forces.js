// An arrangement for large pictures: ForceAtlas2 (Jacomy, M. et al., 2014), with Barnes-Hut trees.

const NODE = 10; // numbers a node has in the matrix, by the library's layout
const EDGE = 3;
const ROOM = 74; // width of the square that a thing has on average, in the picture's units

/** Place `fresh` nodes by forces; all others stay where they are and hold what they are linked to. */
function byForces(picture, fresh, alone) {
  const { cy } = picture;
  const nodes = cy.nodes().toArray();
  const places = new Map(nodes.map((node, place) => [node.id(), place * NODE]));
  const start = alone ? 1 : 1 / ROOM;
  const nodeMatrix = new Float32Array(nodes.length * NODE);
  const edges = cy.edges().filter((edge) => !edge.source().same(edge.target())).toArray();
  const edgeMatrix = new Float32Array(edges.length * EDGE);
  nodes.forEach((node, place) => {
    const at = place * NODE;
    const turn = place * 2.4; // a sunflower: even, and the same every time
    const { x, y } = alone ? sunflower(turn, place) : node.position();
    nodeMatrix[at] = x * start;
    nodeMatrix[at + 1] = y * start;
    nodeMatrix[at + 6] = 1 + node.degree(false);
    nodeMatrix[at + 7] = 1;
    nodeMatrix[at + 8] = 1;
    nodeMatrix[at + 9] = fresh.has(node) ? 0 : 1;
  });
  edges.forEach((edge, place) => {
    edgeMatrix[place * EDGE] = places.get(edge.source().id());
    edgeMatrix[place * EDGE + 1] = places.get(edge.target().id());
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
  const rounds = nodes.length > 2000 ? 90 : 200;
  for (let round = 0; round < rounds; round += 1) {
    joinedupLibrary.forces(settings, nodeMatrix, edgeMatrix);
  }
  const scale = alone ? evenScale(nodeMatrix, nodes.length) : 1 / start;
  cy.batch(() =>
    nodes.forEach((node, place) => {
      if (!fresh.has(node)) return;
      node.position({ x: nodeMatrix[place * NODE] * scale, y: nodeMatrix[place * NODE + 1] * scale });
    }),
  );
}

function sunflower(turn, place) {
  const far = Math.sqrt(place + 1) * 10;
  return { x: Math.cos(turn) * far, y: Math.sin(turn) * far };
}

/** The scale at which a thing has `ROOM` on average, outliers apart. */
function evenScale(matrix, count) {
  const far = [];
  for (let place = 0; place < count; place += 1) {
    far.push(Math.hypot(matrix[place * NODE], matrix[place * NODE + 1]));
  }
  far.sort((a, b) => a - b);
  const reach = far[Math.floor(count * 0.95)] || 1;
  return (ROOM * Math.sqrt(count / Math.PI)) / reach;
}
