// Entry point: the picture of a subgraph, created once and then updated with its data.
// Text from documents reaches the page on a canvas or as textContent, never as HTML.

/**
 * Draw `sent` into the element `.explorer` below `root`, or update the picture that is there.
 * `ask` holds callbacks of the page, each taking one value: state, explore, search, positions, whole;
 * any of them may be missing.
 */
function explorer(root, sent, ask) {
  const host = root.querySelector(".explorer");
  const picture = host.picture || build(host, ask);
  picture.ask = ask;
  const data = unpack(sent);
  if (!data) {
    ask.whole?.(String(Math.random()));
    return picture;
  }
  if (picture.data?.key !== data.key) {
    if (picture.data) leave(picture);
    resetPicture(picture);
    resume(picture, data.key);
  }
  picture.data = data;
  receiveState(picture, data.state);
  recolour(picture);
  update(picture);
  return picture;
}

function build(host, ask) {
  const picture = { host, ask, past: [], sent: [], state: null, scale: 1, moved: false, awaits: 0, used: 0 };
  host.picture = picture;
  picture.frame = element("div", { class: "picture", tabindex: "0", role: "application" });
  picture.panel = element("section", { class: "panel", "aria-label": "What is chosen" });
  picture.panel.hidden = true;
  picture.banner = element("div", { class: "banner" });
  picture.banner.hidden = true;
  picture.legend = element("div", { class: "legend", role: "group", "aria-label": "Legend" });
  picture.live = element("div", { class: "live", role: "status", "aria-live": "polite" });
  picture.table = tableOf(picture);
  const sheet = element("div", { class: "sheet" });
  sheet.append(picture.frame, picture.panel, picture.table.host);
  const board = element("div", { class: "board" });
  board.append(sheet, picture.legend);
  host.replaceChildren(toolbar(picture), picture.banner, board, picture.live);
  picture.colours = colours(host);
  picture.cy = joinedupLibrary.cytoscape({
    container: picture.frame,
    minZoom: 0.02,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
    userZoomingEnabled: false, // until the picture has the focus: else the wheel scrolls the page
  });
  // Outlines of our own have no entry under this name, and measuring them asks for one.
  picture.cy.renderer().nodeShapes.polygon ??= { hasMiterBounds: false };
  createLayers(picture);
  listen(picture);
  return picture;
}

function resized(picture) {
  const { cy } = picture;
  cy.resize();
  if (!isOnScreen(cy)) return;
  if (picture.waiting) update(picture);
  else if (!picture.moved) fit(picture);
  drawBaseLayer(picture);
}

function recolour(picture) {
  if (!picture.data) return;
  picture.colours = colours(picture.host);
  const large = picture.data.things.length > LARGE;
  if (large !== picture.large) picture.cy.elements().removeClass(MARKS); // each kind has its own
  picture.large = large;
  const told = JSON.stringify([picture.colours, picture.large, picture.data.types]);
  if (told === picture.look) return;
  picture.look = told;
  picture.cy.style(picture.large ? raisedSheet(picture) : styleSheet(picture));
  drawBaseLayer(picture);
}

/** Add new elements and remove those that are gone; all others keep their positions. */
function update(picture) {
  const { cy, data } = picture;
  picture.frame.setAttribute("aria-label", `${data.title}. ${data.help}`);
  picture.waiting = !isOnScreen(cy);
  if (picture.waiting) return; // not visible yet
  applySavedPositions(picture);
  const first = cy.nodes().empty();
  const drawn = wanted(picture);
  const known = knownPositions(picture);
  const fresh = putElements(picture, drawn, known);
  picture.drawn = drawn;
  indexElements(picture);
  if (fresh.nonempty()) arrange(picture, fresh);
  lockPinned(picture);
  if (first) restoreView(picture);
  else if (fresh.nonempty()) {
    fit(picture, true);
    say(picture, fresh.length === 1 ? "1 thing is added." : `${fresh.length} things are added.`);
  }
  if (fresh.nonempty() && (!first || fresh.length <= REPORTED_MAX)) reportPositions(picture);
  trace(picture);
  changed(picture);
}

/** Set the elements to those wanted; returns the nodes that have no position yet. */
function putElements({ cy, drawn }, { nodes, edges }, known) {
  const fresh = [];
  const added = [];
  cy.batch(() => {
    cy.elements()
      .filter((each) => !(each.isNode() ? nodes : edges).has(each.id()))
      .remove();
    for (const [group, wantedOnes] of [["nodes", nodes], ["edges", edges]]) {
      for (const [id, data] of wantedOnes) {
        const there = cy.getElementById(id);
        if (there.nonempty()) {
          if (!sameDrawing(drawn?.[group].get(id), data)) there.data({ ...data });
        } else {
          const place = group === "nodes" && known.get(id);
          if (group === "nodes" && !place) fresh.push(id);
          added.push({ group, data: { ...data }, ...(place ? { position: { ...place } } : {}) });
        }
      }
    }
    cy.add(added);
  });
  const wantedFresh = new Set(fresh);
  return cy.nodes().filter((node) => wantedFresh.has(node.id()));
}

function sameDrawing(before, now) {
  if (!before) return false;
  if (now.of) return before.of.length === now.of.length && now.of.every((link, n) => link === before.of[n]);
  return JSON.stringify(before) === JSON.stringify(now);
}

function lockPinned({ cy, state }) {
  const pins = new Set(listed(state.pin));
  cy.batch(() =>
    cy.nodes().forEach((node) => {
      const pinned = pins.has(node.id());
      if (pinned === node.hasClass("pinned")) return;
      node.toggleClass("pinned", pinned);
      if (pinned) node.lock();
      else node.unlock();
    }),
  );
}

/** Reset for the picture of another thing. */
function resetPicture(picture) {
  picture.cy.elements().remove();
  indexElements(picture);
  Object.assign(picture, { past: [], sent: [], state: null, answered: null, awaits: 0 });
  Object.assign(picture, { moved: false, last: null, from: null, view: null, drawn: null });
}

/** Redraw everything that depends on what is visible: legend, tools, table, labels, panel. */
function changed(picture) {
  drawLegend(picture);
  drawTable(picture);
  clearTimeout(picture.choosing); // the announcement of the change is not overwritten
  chosen(picture, false);
  rescale(picture, true);
  drawBaseLayer(picture);
}

/** Select a node or an edge; null clears the selection. */
function choose(picture, one) {
  const { cy } = picture;
  cy.batch(() => {
    selectedElement(picture).unselect();
    if (one) one.select();
  });
  clearTimeout(picture.choosing);
  chosen(picture);
}

/** The selected element; an empty collection when none is. */
function selectedElement({ cy }) {
  const all = cy.mutableElements(); // not by a selector: this is a hot path on many elements
  for (let place = 0; place < all.length; place += 1) if (all[place].selected()) return all[place];
  return cy.collection();
}

function chosen(picture, aloud = true) {
  const one = selectedElement(picture);
  if (one.nonempty() && one.isNode()) picture.last = one.id();
  highlight(picture, null);
  refreshTools(picture);
  refreshPanel(picture);
  markRows(picture, one);
  if (!aloud) return;
  if (one.empty()) say(picture, "Nothing is chosen.");
  else if (one.isNode()) {
    const count = one.connectedEdges().length;
    const links = count === 1 ? "1 link" : `${count} links`;
    const more = one.data("expanded") ? ", expanded" : "";
    say(picture, `${one.data("name")}, ${one.data("kind")}, ${links}${more}`);
  } else say(picture, `${saidOf(one)}. ${one.data("facts").length} pieces of evidence.`);
}

/** The sentence of an edge; a bundled edge says how many links it stands for. */
function saidOf(edge) {
  const of = edge.data("of");
  if (of.length === 1) return of[0].said;
  const { name: from } = edge.source().data();
  const { name: to } = edge.target().data();
  return `${from} ${edge.data("reads")} ${to}: ${of.length} links`;
}

function say(picture, words) {
  picture.live.textContent = words;
}

function destroyPicture(picture) {
  leave(picture);
  picture.watch.disconnect();
  picture.listeners.abort();
  for (const name of ["scaling", "choosing", "reporting"]) clearTimeout(picture[name]);
  clearTimeout(picture.layers.settling);
  cancelAnimationFrame(picture.layers.frame);
  picture.cy.destroy();
  delete picture.host.picture;
}
