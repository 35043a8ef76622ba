// The picture by keyboard.

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function onKey(picture, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    Enter: () => expand(picture),
    Delete: () => hide(picture),
    Backspace: () => hide(picture),
    "+": () => zoomBy(picture, 1.3),
    "=": () => zoomBy(picture, 1.3),
    "-": () => zoomBy(picture, 1 / 1.3),
    0: () => fitAgain(picture),
    Escape: () => choose(picture, null),
    l: () => nextLine(picture),
  };
  const arrow = ARROWS[event.key];
  const act = arrow ? () => step(picture, arrow) : acts[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** Choose the nearest thing in a direction: a linked one first, any other where there is none. */
function step(picture, [right, down]) {
  const { cy } = picture;
  const from = lastThing(picture);
  if (from.empty()) return;
  if (cy.$("node:selected").empty()) {
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
  const others = cy.nodes(":visible").not(from);
  const next = nearest(from.neighborhood("node:visible")) || nearest(others);
  if (!next) {
    say(picture, "Nothing further in this direction.");
    return;
  }
  choose(picture, next);
  keepInSight(picture, next);
}

/** The thing that is chosen, else the one before the line that is, else the middle one. */
function lastThing(picture) {
  const { cy } = picture;
  const chosen = cy.$("node:selected").first();
  if (chosen.nonempty()) return chosen;
  const last = picture.last ? cy.getElementById(picture.last) : cy.collection();
  if (last.nonempty() && last.visible()) return last;
  const centre = cy.nodes(":visible").filter((node) => node.data("centre"));
  return centre.nonempty() ? centre.first() : cy.nodes(":visible").first();
}

/** Go round the lines of a thing. */
function nextLine(picture) {
  const from = lastThing(picture);
  const lines = from.connectedEdges(":visible");
  if (lines.empty()) return;
  const chosen = lines.toArray().findIndex((line) => line.selected());
  choose(picture, lines[(chosen + 1) % lines.length]);
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
