// Keyboard control.

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function onKey(picture, event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "z") {
    event.preventDefault();
    undo(picture);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    Enter: () => pressEnter(picture),
    Delete: () => hide(picture),
    Backspace: () => hide(picture),
    "+": () => zoomBy(picture, 1.3),
    "=": () => zoomBy(picture, 1.3),
    "-": () => zoomBy(picture, 1 / 1.3),
    0: () => fitAgain(picture),
    Escape: () => (picture.from ? stopPath(picture) : choose(picture, null)),
    l: () => nextLine(picture),
  };
  const arrow = ARROWS[event.key];
  const act = arrow ? () => step(picture, arrow) : acts[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function pressEnter(picture) {
  const node = selectedNode(picture);
  if (picture.from && node.nonempty()) endPath(picture, node);
  else expand(picture);
}

/** Select the nearest node in a direction: a linked one first, any other where there is none. */
function step(picture, [right, down]) {
  const { cy } = picture;
  const from = lastThing(picture);
  if (from.empty()) return;
  if (selectedNode(picture).empty()) {
    choose(picture, from);
    return;
  }
  const { x, y } = from.position();
  const nearest = (nodes) => {
    let best = null;
    let least = Infinity;
    nodes.forEach((node) => {
      const to = node.position();
      const ahead = (to.x - x) * right + (to.y - y) * down;
      const aside = Math.abs((to.x - x) * down) + Math.abs((to.y - y) * right);
      if (ahead <= 0 || aside > ahead * 2) return;
      const far = ahead + aside * 1.5;
      if (far < least) [best, least] = [node, far];
    });
    return best;
  };
  const others = cy.nodes().not(from);
  const next = nearest(from.neighborhood("node")) || nearest(others);
  if (!next) {
    say(picture, "Nothing further in this direction.");
    return;
  }
  choose(picture, next);
  keepInSight(picture, next);
}

/** The selected node, else the one selected before the selected edge, else the middle one. */
function lastThing(picture) {
  const { cy } = picture;
  const chosen = selectedNode(picture);
  if (chosen.nonempty()) return chosen;
  const last = picture.last ? cy.getElementById(picture.last) : cy.collection();
  if (last.nonempty()) return last;
  const centre = cy.nodes().filter((node) => node.data("centre"));
  return centre.nonempty() ? centre.first() : cy.nodes().first();
}

/** Cycle through the edges of a node. */
function nextLine(picture) {
  const from = lastThing(picture);
  const lines = from.connectedEdges();
  if (lines.empty()) return;
  const chosen = lines.toArray().findIndex((line) => line.selected());
  choose(picture, lines[(chosen + 1) % lines.length]);
}
