// Places that are kept: while the page is open, from a saved view, and told to the page.

const PLACES = new Map(); // what was placed once is there again when the page comes back to it
const LEFT = new Map(); // what an analyst did in a picture is there again too: Undo takes it back
const REPORTED = 1000; // things of which a first arrangement is told: it is the same every time
const QUIET = 1000; // ms after the last press anywhere on the page, whose answer may be under way

function placesKnown({ data }) {
  if (!PLACES.has(data.key)) PLACES.set(data.key, new Map());
  return PLACES.get(data.key);
}

/** Keep what a picture that is taken down was in the midst of, for when it is put up again. */
function leave(picture) {
  const { cy, data, past, sent, state, answered, awaits, last, moved } = picture;
  if (!state) return;
  const view = moved ? { zoom: cy.zoom(), pan: { ...cy.pan() } } : null;
  LEFT.set(data.key, { past, sent, state, answered, awaits, last, moved, view });
}

function resume(picture, key) {
  Object.assign(picture, LEFT.get(key));
  LEFT.delete(key);
}

/** The first look at a picture: all of it, unless the analyst had looked at a part before. */
function lookAgain(picture) {
  if (picture.view) picture.cy.viewport(picture.view);
  else fit(picture);
}

function placesOf(cy) {
  return new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
}

function keepPlaces(picture) {
  const known = placesKnown(picture);
  placesOf(picture.cy).forEach((place, id) => known.set(id, place));
}

function putBack(cy, places) {
  cy.batch(() => places.forEach((place, id) => cy.getElementById(id).position({ ...place })));
}

/** A saved view says where things stand: once, so that what is moved later stays moved. */
function takeStart(picture) {
  const told = JSON.stringify(picture.data.start);
  if (told === picture.started) return;
  picture.started = told;
  const known = placesKnown(picture);
  for (const [id, [x, y]] of Object.entries(picture.data.start)) {
    known.set(id, { x, y });
    picture.cy.getElementById(id).position({ x, y });
  }
}

/** Tell the page where things stand, when they have stood still for a while and it has answered. */
function reportPlaces(picture) {
  clearTimeout(picture.reporting);
  if (!picture.ask.positions) return;
  picture.reporting = setTimeout(() => {
    if (Date.now() < Math.max(picture.awaits, picture.used + QUIET)) {
      reportPlaces(picture);
      return;
    }
    const places = [...placesOf(picture.cy)];
    picture.ask.positions(
      Object.fromEntries(places.map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]])),
    );
  }, 700);
}
