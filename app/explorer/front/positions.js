// Positions of nodes: cached while the page is open, taken from a saved view, reported to the page.

const POSITIONS = new Map(); // by data key: positions are restored when the page comes back to a picture
const SESSIONS = new Map(); // by data key: undo stack, pending requests and viewport, restored on remount
const REPORTED_MAX = 1000; // nodes up to which a first layout is reported
const SETTLE_MS = 1000; // ms after the last press anywhere on the page, whose answer may be pending

function knownPositions({ data }) {
  if (!POSITIONS.has(data.key)) POSITIONS.set(data.key, new Map());
  return POSITIONS.get(data.key);
}

/** Keep the session of a picture that is unmounted, to be resumed when it is mounted again. */
function leave(picture) {
  const { cy, data, past, sent, state, answered, awaits, last, moved } = picture;
  if (!state) return;
  const view = moved ? { zoom: cy.zoom(), pan: { ...cy.pan() } } : null;
  SESSIONS.set(data.key, { past, sent, state, answered, awaits, last, moved, view });
}

function resume(picture, key) {
  Object.assign(picture, SESSIONS.get(key));
  SESSIONS.delete(key);
}

/** Restore the viewport of the session, else fit the whole picture. */
function restoreView(picture) {
  if (picture.view) picture.cy.viewport(picture.view);
  else fit(picture);
}

function positionsOf(cy) {
  return new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
}

function storePositions(picture) {
  const known = knownPositions(picture);
  positionsOf(picture.cy).forEach((place, id) => known.set(id, place));
}

function restorePositions(cy, places) {
  cy.batch(() => places.forEach((place, id) => cy.getElementById(id).position({ ...place })));
}

/** Apply the positions of a saved view, once, so that later moves are kept. */
function applySavedPositions(picture) {
  const told = JSON.stringify(picture.data.start);
  if (told === picture.started) return;
  picture.started = told;
  const known = knownPositions(picture);
  for (const [id, [x, y]] of Object.entries(picture.data.start)) {
    known.set(id, { x, y });
    picture.cy.getElementById(id).position({ x, y });
  }
}

/** Report positions to the page, debounced, when no request is pending. */
function reportPositions(picture) {
  clearTimeout(picture.reporting);
  if (!picture.ask.positions) return;
  picture.reporting = setTimeout(() => {
    if (Date.now() < Math.max(picture.awaits, picture.used + SETTLE_MS)) {
      reportPositions(picture);
      return;
    }
    const places = [...positionsOf(picture.cy)];
    picture.ask.positions(
      Object.fromEntries(places.map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]])),
    );
  }, 700);
}
