// Viewport: pan, zoom and fit.

const MOST_ZOOM = 1.4;

/** The room that all things take; of a small picture also its lines, which bend outwards. */
function roomOf({ cy, large, layers }) {
  if (!large) return cy.elements().boundingBox({ includeLabels: false });
  let [x1, x2, y1, y2] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { at, wide, high } of layers.nodes) {
    [x1, x2] = [Math.min(x1, at.x - wide), Math.max(x2, at.x + wide)];
    [y1, y2] = [Math.min(y1, at.y - high), Math.max(y2, at.y + high)];
  }
  return { x1, x2, y1, y2, w: x2 - x1, h: y2 - y1 };
}

/** The zoom at which the whole picture is in its frame. */
function fittingZoom(picture) {
  const { cy } = picture;
  const box = roomOf(picture);
  const [wide, high] = frameSize({ cy });
  return Math.min(Math.max(Math.min(wide / (box.w || 1), high / (box.h || 1)), 0.02), MOST_ZOOM);
}

/** The pixels of the frame that the middles of things can be in, with room for their names. */
function frameSize({ cy }) {
  return [cy.width() - Math.min(120, cy.width() * 0.22), cy.height() - 90];
}

/** Whether the frame has a size: without one nothing can be placed in its proportions. */
function isOnScreen(cy) {
  return cy.width() > 0 && cy.height() > 0;
}

/** Bring the whole picture into its frame. */
function fit(picture, gently = false) {
  const { cy } = picture;
  if (cy.mutableElements().empty() || !isOnScreen(cy)) return;
  const box = roomOf(picture);
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

function fitAgain(picture) {
  picture.moved = false;
  fit(picture, true);
}

function zoomBy(picture, much) {
  const { cy } = picture;
  picture.moved = true;
  cy.zoom({
    level: cy.zoom() * much,
    renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
  });
}

function keepInSight(picture, node) {
  const { cy } = picture;
  const { x, y } = node.renderedPosition();
  const inside = x > 40 && y > 40 && x < cy.width() - 40 && y < cy.height() - 40;
  if (!inside) centreOn(picture, node);
}
