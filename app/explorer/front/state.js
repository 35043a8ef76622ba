// What is shown, in the words of the page's address; every change can be taken back.

const KEPT = 100; // steps that can be taken back
const PATIENCE = 15_000; // ms until an answer is no longer waited for

/** Change what is shown; the page hears of it, and what needs no page is done at once. */
function change(picture, words, said) {
  remember(picture);
  const state = { ...picture.state };
  for (const [name, value] of Object.entries(words)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) state[name] = text;
    else delete state[name];
  }
  become(picture, state);
  if (said) say(picture, said);
}

function become(picture, state) {
  picture.state = state;
  if (picture.ask.state) {
    picture.sent.push(sameWords(state));
    askOf(picture, "state", state);
  }
  bringInStep(picture);
}

/**
 * Ask the page for another address. Until it answers nothing is told it unasked: a message carries
 * the address of its moment, and one sent too early would bring the page back to the one before.
 */
function askOf(picture, name, value) {
  picture.awaits = Date.now() + PATIENCE;
  picture.ask[name](value);
}

/**
 * The page says what is shown: in answer to a change made here, or because it was changed there.
 * While a change is under way, what it said last is no news: it answers something earlier.
 */
function adoptState(picture, state) {
  const told = sameWords(state);
  const before = picture.answered;
  picture.answered = told;
  if (!picture.state) picture.state = state;
  const place = picture.sent.lastIndexOf(told);
  if (place >= 0) picture.sent.splice(0, place + 1);
  else if (told === before && Date.now() < picture.awaits) return;
  else if (told !== sameWords(picture.state)) {
    remember(picture);
    picture.sent = [];
    picture.state = state;
  }
  if (!picture.sent.length) picture.awaits = 0;
}

function sameWords(state) {
  return JSON.stringify(Object.entries(state).sort());
}

/** Keep what is shown now, and with `places` also where things stand. */
function remember(picture, places = null) {
  picture.past.push({ state: { ...picture.state }, places });
  if (picture.past.length > KEPT) picture.past.shift();
}

function undo(picture) {
  const back = picture.past.pop();
  if (!back) return;
  if (back.places) {
    putBack(picture.cy, back.places);
    keepPlaces(picture);
    changed(picture);
  }
  if (sameWords(back.state) !== sameWords(picture.state)) become(picture, back.state);
  say(picture, "The last step is taken back.");
}

/** What the analyst chose to see of one thing. */
function chosenThing(picture) {
  const one = chosenOne(picture);
  return one.nonempty() && one.isNode() ? one : picture.cy.collection();
}

/** Ask for what the chosen thing is linked to; with `turn` take it away again if it is there. */
function expand(picture, turn = false) {
  const node = chosenThing(picture);
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

/** Hide what is chosen; of a group, all its members. */
function hide(picture) {
  const node = chosenThing(picture);
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
  const node = chosenThing(picture);
  if (node.empty()) return;
  const pins = listed(picture.state.pin);
  const free = pins.includes(node.id());
  const now = free ? pins.filter((id) => id !== node.id()) : [...pins, node.id()];
  change(picture, { pin: now }, `${node.data("name")} is ${free ? "free again" : "pinned"}.`);
}

function arrangeAll(picture) {
  const { cy } = picture;
  remember(picture, placesOf(cy));
  arrange(picture, cy.nodes().not(".pinned"), true);
  reportPlaces(picture);
  fitAgain(picture);
  changed(picture);
}
