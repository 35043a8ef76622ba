// The picture as an SVG: written by hand, every word escaped.

/** A shape round a centre: the name of its SVG element and its attributes. */
function shapeInSvg(shape, x, y, wide, high) {
  const points = OUTLINES[shape];
  if (points) {
    const pairs = [];
    for (let place = 0; place < points.length; place += 2) {
      pairs.push(`${round(x + (points[place] * wide) / 2)},${round(y + (points[place + 1] * high) / 2)}`);
    }
    return { name: "polygon", attributes: { points: pairs.join(" ") } };
  }
  if (CURVED[shape] === "ellipse") {
    return { name: "ellipse", attributes: { cx: round(x), cy: round(y), rx: wide / 2, ry: high / 2 } };
  }
  const around = { x: round(x - wide / 2), y: round(y - high / 2), width: wide, height: high };
  const bow = shape === "cylinder" ? { rx: wide / 2, ry: high / 5 } : {};
  return { name: "rect", attributes: { ...around, ...bow } };
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function escapedForSvg(words) {
  return String(words).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function tagged(name, attributes, inside = "") {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapedForSvg(value)}"`)
    .join("");
  return `<${name}${written}>${inside}</${name}>`;
}

/** What is visible, as the text of an SVG file. */
function svgOf(picture) {
  const { cy } = picture;
  const { ink, page } = picture.colours;
  const box = cy.elements(":visible").boundingBox();
  const parts = [];
  cy.edges(":visible").forEach((edge) => parts.push(lineInSvg(edge)));
  cy.nodes(":visible").forEach((node) => parts.push(thingInSvg(node, ink, page)));
  const head = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: [box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40].map(round).join(" "),
    "font-family": "sans-serif",
    "text-anchor": "middle",
  };
  const ground = { x: box.x1 - 20, y: box.y1 - 20, width: box.w + 40, height: box.h + 40, fill: page };
  const arrow = tagged("path", { d: "M0,0L8,4L0,8z", fill: picture.colours.line });
  const marker = { id: "arrow", markerWidth: 8, markerHeight: 8, refX: 7, refY: 4, orient: "auto" };
  const defs = tagged("defs", {}, tagged("marker", { ...marker, markerUnits: "userSpaceOnUse" }, arrow));
  const title = tagged("title", {}, escapedForSvg(picture.data.title));
  return tagged("svg", head, title + defs + tagged("rect", ground) + parts.join(""));
}

function lineInSvg(edge) {
  const start = edge.sourceEndpoint();
  const end = edge.targetEndpoint();
  const bend = edge.controlPoints()?.[0] || { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const way = [start, bend, end].map(({ x, y }) => `${round(x)},${round(y)}`);
  const attributes = {
    d: `M${way[0]}Q${way[1]} ${way[2]}`,
    fill: "none",
    stroke: edge.style("line-color"),
    "stroke-width": ROLES[edge.data("role")].width,
  };
  if (edge.data("inferred")) attributes["stroke-dasharray"] = "6 4";
  if (!edge.data("plain")) attributes["marker-end"] = "url(#arrow)";
  return tagged("path", attributes, tagged("title", {}, escapedForSvg(edge.data("said"))));
}

function thingInSvg(node, ink, page) {
  const { x, y } = node.position();
  const [wide, high] = [node.width(), node.height()];
  const drawn = shapeInSvg(node.data("shape"), x, y, wide, high);
  const fill = { fill: node.data("colour"), stroke: ink, "stroke-width": 0.8 };
  const size = parseFloat(node.style("font-size"));
  const lines = wrapped(node.data("short"), 20).map((line, number) => {
    const place = { x: round(x), y: round(y + high / 2 + 4 + size * (0.9 + number * 1.1)) };
    return tagged("tspan", place, escapedForSvg(line));
  });
  const halo = { stroke: page, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
  const whole = tagged("title", {}, escapedForSvg(`${node.data("name")} (${node.data("kind")})`));
  const words = tagged("text", { "font-size": round(size), fill: ink, ...halo }, lines.join(""));
  return tagged("g", {}, whole + tagged(drawn.name, { ...drawn.attributes, ...fill }) + words);
}

function wrapped(words, longest) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= longest) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  }
  return lines;
}
