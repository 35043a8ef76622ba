// Drawing edges and nodes on a canvas, batched by style.

const FINEST = 0.6; // pixels that a line is wide at least
const STRONG = { alpha: 0.85, arrows: true, least: 1.2 };

function drawLines(picture, context, lines, { alpha, arrows, colour, least = FINEST }) {
  const zoom = picture.cy.zoom();
  const alike = new Map();
  for (const line of lines) {
    const key = `${line.role} ${line.inferred}`;
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(line);
  }
  context.strokeStyle = context.fillStyle = colour;
  for (const group of alike.values()) {
    const { role, inferred } = group[0];
    const wide = Math.max(ROLES[role].width, least / zoom);
    context.globalAlpha = alpha;
    context.lineWidth = wide;
    context.setLineDash(inferred ? [6, 4].map((part) => Math.max(part, part / zoom / 2)) : []);
    for (const { from, to } of group) {
      context.beginPath(); // one by one: where many cross it is darker
      context.moveTo(from.at.x, from.at.y);
      if (from === to) context.arc(from.at.x + from.wide, from.at.y - from.high, from.high, 0, 7);
      else context.lineTo(to.at.x, to.at.y);
      context.stroke();
    }
    if (!arrows) continue;
    context.setLineDash([]);
    context.globalAlpha = Math.max(alpha, 0.6);
    context.beginPath();
    for (const line of group) if (!line.plain && line.from !== line.to) arrowhead(context, line, Math.max(wide * 3, 7 / zoom));
    context.fill();
  }
  context.setLineDash([]);
}

/** A triangle where a line meets the box of the thing that it leads to. */
function arrowhead(context, { from, to }, long) {
  const { x, y, across, down } = meeting(from.at, to.at, to.wide, to.high);
  context.moveTo(x, y);
  context.lineTo(x - across * long - (down * long) / 2.5, y - down * long + (across * long) / 2.5);
  context.lineTo(x - across * long + (down * long) / 2.5, y - down * long - (across * long) / 2.5);
}

/** Where a straight line meets the box round its end (half as wide and high as said), and its way. */
function meeting(start, end, wide, high) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const far = Math.hypot(dx, dy) || 1;
  const [across, down] = [dx / far, dy / far];
  const reach = Math.min(wide / (Math.abs(across) || 1e-9), high / (Math.abs(down) || 1e-9), far * 0.8);
  return { x: end.x - across * reach, y: end.y - down * reach, across, down };
}

function drawThings({ cy, layers }, context, things, edge, pixels = 1) {
  const zoom = cy.zoom();
  const { x1, x2, y1, y2 } = cy.extent();
  const alike = new Map();
  for (const thing of things) {
    const { at, wide, high, id, colour, shape } = thing;
    if (at.x + wide < x1 || at.x - wide > x2 || at.y + high < y1 || at.y - high > y2 || layers.without === id) continue;
    const key = `${shape} ${colour}`;
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(thing);
  }
  context.strokeStyle = edge;
  context.lineWidth = Math.max(1, pixels / zoom);
  for (const group of alike.values()) {
    context.beginPath();
    for (const thing of group) outline(context, thing);
    context.fillStyle = group[0].colour;
    context.fill();
    if (zoom > 0.3 || pixels > 1) context.stroke();
  }
}

function outline(context, { at: { x, y }, wide, high, shape }) {
  const points = OUTLINES[shape];
  if (points) {
    context.moveTo(x + points[0] * wide, y + points[1] * high);
    for (let place = 2; place < points.length; place += 2) context.lineTo(x + points[place] * wide, y + points[place + 1] * high);
    context.closePath();
  } else if (CURVED[shape] === "ellipse") {
    context.moveTo(x + wide, y);
    context.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI);
  } else context.rect(x - wide, y - high, 2 * wide, 2 * high);
}
