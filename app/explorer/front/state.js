// The state of the picture as query parameters of the page's address, with undo.

const UNDO_STEPS = 100; // steps on the undo stack
const ANSWER_TIMEOUT_MS = 15_000; // after which a missing answer of the page is no longer waited for

/** Change the state: the page is notified, and what needs no round trip is drawn at once. */
function change(picture, words, said) {
  pushUndo(picture);
  const state = { ...picture.state };
  for (const [name, value] of Object.entries(words)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) state[name] = text;
    else delete state[name];
  }
  applyState(picture, state);
  if (said) say(picture, said);
}

function applyState(picture, state) {
  picture.state = state;
  if (picture.ask.state) {
    picture.sent.push(serialised(state));
    request(picture, "state", state);
  }
  update(picture);
}

/**
 * Request another address from the page. Until it answers nothing else is sent: a message carries the
 * address of its moment, and one sent too early would take the page back to the address before.
 */
function request(picture, name, value) {
  picture.awaits = Date.now() + ANSWER_TIMEOUT_MS;
  picture.ask[name](value);
}

/**
 * The state from the page: the answer to a change made here, or a change made there. While a change is
 * pending, a repetition of the last state is stale: it answers something earlier.
 */
function receiveState(picture, state) {
  const told = serialised(state);
  const before = picture.answered;
  picture.answered = told;
  if (!picture.state) picture.state = state;
  const place = picture.sent.lastIndexOf(told);
  if (place >= 0) picture.sent.splice(0, place + 1);
  else if (told === before && Date.now() < picture.awaits) return;
  else if (told !== serialised(picture.state)) {
    pushUndo(picture);
    picture.sent = [];
    picture.state = state;
  }
  if (!picture.sent.length) picture.awaits = 0;
}

function serialised(state) {
  return JSON.stringify(Object.entries(state).sort());
}

/** Push the current state to the undo stack, with `places` the positions of nodes too. */
function pushUndo(picture, places = null) {
  picture.past.push({ state: { ...picture.state }, places });
  if (picture.past.length > UNDO_STEPS) picture.past.shift();
}

function undo(picture) {
  const back = picture.past.pop();
  if (!back) return;
  if (back.places) {
    restorePositions(picture.cy, back.places);
    storePositions(picture);
    changed(picture);
  }
  if (serialised(back.state) !== serialised(picture.state)) applyState(picture, back.state);
  say(picture, "Undone.");
}

/** The selected node; an empty collection when an edge or nothing is selected. */
function selectedNode(picture) {
  const one = selectedElement(picture);
  return one.nonempty() && one.isNode() ? one : picture.cy.collection();
}

/** Expand the selected node by its neighbours; with `turn` collapse it again if it is expanded. */
function expand(picture, turn = false) {
  const node = selectedNode(picture);
  if (node.empty()) return;
  if (node.data("group")) {
    openGroup(picture, node.id());
    return;
  }
  if (!picture.ask.state) return;
  const more = listed(picture.state.more);
  if (more.includes(node.id())) {
    if (turn) change(picture, { more: more.filter((id) => id !== node.id()) });
    else say(picture, `${node.data("name")} is expanded already.`);
  } else if (node.data("expanded")) {
    say(picture, `${node.data("name")} is expanded already.`);
  } else {
    change(picture, { more: [...more, node.id()] }, `Expanding ${node.data("name")}.`);
  }
}

/** Hide the selected node; of a group, all its members. */
function hide(picture) {
  const node = selectedNode(picture);
  if (node.empty()) return;
  const ids = node.data("group") ? node.data("members") : [node.id()];
  const words = `${node.data("name")} is hidden. Undo shows it again.`;
  choose(picture, null);
  change(picture, { hide: [...new Set([...listed(picture.state.hide), ...ids])] }, words);
}

function showHidden(picture) {
  change(picture, { hide: "", without: "" }, "Everything is shown again.");
}

function pin(picture) {
  const node = selectedNode(picture);
  if (node.empty()) return;
  const pins = listed(picture.state.pin);
  const free = pins.includes(node.id());
  const now = free ? pins.filter((id) => id !== node.id()) : [...pins, node.id()];
  change(picture, { pin: now }, `${node.data("name")} is ${free ? "free again" : "pinned"}.`);
}

function arrangeAll(picture) {
  const { cy } = picture;
  pushUndo(picture, positionsOf(cy));
  arrange(picture, cy.nodes().not(".pinned"), true);
  reportPositions(picture);
  fitAgain(picture);
  changed(picture);
}
