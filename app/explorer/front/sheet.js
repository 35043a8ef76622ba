// The picture as a document: title, date and filters above, legend and sources below.

const MARGIN = 24;
const NARROWEST = 640; // pixels, so that the words below have room
const LINE = 17;

/** What is shown, as the text of an SVG file and its size in pixels. */
function svgFile(picture) {
  const { cy } = picture;
  const { page } = picture.colours;
  const named = namedInFile(picture);
  const box = (picture.large ? cy.nodes() : cy.elements()).boundingBox({ includeLabels: true });
  const scale = 1 / picture.scale; // names are as large as on the screen
  const drawnWide = box.w * scale;
  const wide = Math.max(NARROWEST, drawnWide + 2 * MARGIN);
  const above = headLines(picture, wide);
  const below = footLines(picture, wide);
  const top = MARGIN + above.high;
  const parts = [
    ...cy.edges().map((edge) => lineInSvg(picture, edge)),
    ...cy.nodes().map((node) => thingInSvg(picture, node, named.has(node.id()))),
  ];
  const across = (wide - drawnWide) / 2 - box.x1 * scale;
  const down = top - box.y1 * scale;
  const move = { transform: `translate(${round(across)} ${round(down)}) scale(${scale.toFixed(4)})` };
  const figure = tagged("g", { ...move, "text-anchor": "middle" }, parts.join(""));
  const foot = tagged("g", { transform: `translate(0 ${round(top + box.h * scale + 16)})` }, below.text);
  const high = top + box.h * scale + 16 + below.high + MARGIN;
  const head = {
    xmlns: "http://www.w3.org/2000/svg",
    width: round(wide),
    height: round(high),
    viewBox: `0 0 ${round(wide)} ${round(high)}`,
    "font-family": "sans-serif",
  };
  const arrow = tagged("path", { d: "M0,0L8,4L0,8z", fill: picture.colours.line });
  const marker = { id: "arrow", markerWidth: 8, markerHeight: 8, refX: 7, refY: 4, orient: "auto" };
  const defs = tagged("defs", {}, tagged("marker", { ...marker, markerUnits: "userSpaceOnUse" }, arrow));
  const title = tagged("title", {}, escapedForSvg(picture.data.title));
  const ground = tagged("rect", { width: round(wide), height: round(high), fill: page });
  return { text: tagged("svg", head, title + defs + ground + above.text + figure + foot), wide, high };
}

/** The nodes whose names are in the file: all of a small picture, of a large one those on screen. */
function namedInFile({ cy, large }) {
  const nodes = large ? cy.nodes(".named") : cy.nodes();
  return new Set(nodes.map((node) => node.id()));
}

function headLines(picture, wide) {
  const { about } = picture.data;
  const { shown, links } = picture.drawn;
  const lines = [{ words: about.title, size: 20, bold: true }];
  const count = `${shown.size.toLocaleString("en-GB")} things and ${links.length.toLocaleString("en-GB")} lines.`;
  const made = about.made ? ` Made with joinedup on ${about.made}.` : "";
  lines.push({ words: count + made, size: 13 });
  if (about.filters) lines.push({ words: `${about.filters}.`, size: 13 });
  if (picture.state.hide || picture.state.without) {
    lines.push({ words: "Some things were hidden by hand.", size: 13 });
  }
  if (picture.traced) lines.push({ words: picture.traced.words, size: 13 });
  return linesInSvg(picture, lines, wide);
}

function footLines(picture, wide) {
  const { ink, line } = picture.colours;
  const { data, drawn } = picture;
  const there = new Set([...drawn.shown.values()].map((thing) => thing.label));
  const roles = new Set(drawn.links.map((link) => link.role));
  const items = data.types.filter((type) => there.has(type.label)).map((type) => {
    const [w, h] = sizeOf(type.shape);
    const shape = shapeInSvg(type.shape, 12, 0, w * 0.6, h * 0.6);
    const fill = { fill: type.colour, stroke: ink, "stroke-width": 0.8 };
    return { drawn: tagged(shape.name, { ...shape.attributes, ...fill }), words: type.many };
  });
  const stroke = (role, more = {}) =>
    tagged("line", { x1: 0, y1: 0, x2: 26, y2: 0, stroke: line, "stroke-width": ROLES[role].width, ...more });
  for (const role of Object.keys(ROLES)) {
    if (role && roles.has(role)) items.push({ drawn: stroke(role), words: role });
  }
  items.push({ drawn: stroke("", { "stroke-dasharray": "6 4" }), words: "dashed: inferred" });
  let [x, y] = [MARGIN, 8];
  const parts = [];
  for (const item of items) {
    const room = 34 + item.words.length * 7.2 + 16;
    if (x + room > wide - MARGIN && x > MARGIN) [x, y] = [MARGIN, y + 22];
    const words = tagged("text", { x: 34, y: 4, "font-size": 13, fill: ink }, escapedForSvg(item.words));
    parts.push(tagged("g", { transform: `translate(${round(x)} ${y})` }, item.drawn + words));
    x += room;
  }
  const lines = [];
  if (data.about.left) lines.push({ words: data.about.left, size: 12 });
  if (data.about.sources.length) lines.push({ words: `Sources: ${data.about.sources.join(" ")}`, size: 12 });
  const said = linesInSvg(picture, lines, wide);
  const moved = tagged("g", { transform: `translate(0 ${y + 16})` }, said.text);
  return { text: parts.join("") + moved, high: y + 16 + said.high };
}

/** Lines of words, each broken where the sheet ends. */
function linesInSvg(picture, lines, wide) {
  let high = 0;
  const parts = [];
  for (const { words, size, bold } of lines) {
    for (const line of wrapped(words, Math.floor((wide - 2 * MARGIN) / (size * 0.54)))) {
      high += Math.max(LINE, size * 1.35);
      const look = { x: MARGIN, y: round(high), "font-size": size, fill: picture.colours.ink };
      if (bold) look["font-weight"] = "bold";
      parts.push(tagged("text", look, escapedForSvg(line)));
    }
  }
  return { text: parts.join(""), high: high + 10 };
}
