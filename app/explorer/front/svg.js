// SVG export, every text escaped.

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

function lineInSvg(picture, edge) {
  const { large, colours, drawn } = picture;
  const lit = isLit(picture, edge);
  const [start, bend, end] = large ? straightWay(picture, edge) : bentWay(edge);
  const way = [start, bend, end].map(({ x, y }) => `${round(x)},${round(y)}`);
  const attributes = {
    d: `M${way[0]}Q${way[1]} ${way[2]}`,
    fill: "none",
    stroke: lit ? colours.accent : colours.line,
    "stroke-width": ROLES[edge.data("role")].width,
  };
  if (edge.data("inferred")) attributes["stroke-dasharray"] = "6 4";
  if (lit === false) attributes.opacity = 0.15;
  else if (large && !lit) attributes.opacity = round(faintness(drawn.edges.size) * 100) / 100;
  if (!edge.data("plain")) attributes["marker-end"] = "url(#arrow)";
  return tagged("path", attributes, tagged("title", {}, escapedForSvg(saidOf(edge))));
}

/** Whether something stands out: true, false when something else does, null when nothing does. */
function isLit({ traced }, one) {
  return traced ? traced.lit.has(one) : null;
}

function bentWay(edge) {
  const [start, end] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  return [start, edge.controlPoints()?.[0] || middleOf(start, end), end];
}

/** From the middle of a thing to where the line meets the box of the other. */
function straightWay({ layers }, edge) {
  const [from, to] = [edge.data("source"), edge.data("target")].map((id) => layers.byId.get(id));
  const end = meeting(from.at, to.at, to.wide, to.high);
  return [from.at, middleOf(from.at, end), end];
}

function middleOf(start, end) {
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
}

function thingInSvg(picture, node, named) {
  const { ink, page } = picture.colours;
  const { x, y } = node.position();
  const [wide, high] = [node.width(), node.height()];
  const drawn = shapeInSvg(node.data("shape"), x, y, wide, high);
  const lit = isLit(picture, node);
  const strong = node.data("group") || lit;
  const fill = { fill: node.data("colour"), stroke: ink, "stroke-width": strong ? 2.5 : 0.8 };
  const faint = lit === false ? { opacity: 0.2 } : {};
  const size = (node.data("centre") ? SMALL + 2 : SMALL) * picture.scale;
  const lines = wrapped(node.data("short"), 20).map((line, number) => {
    const place = { x: round(x), y: round(y + high / 2 + 4 + size * (0.9 + number * 1.1)) };
    return tagged("tspan", place, escapedForSvg(line));
  });
  const halo = { stroke: page, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
  const whole = tagged("title", {}, escapedForSvg(`${node.data("name")} (${node.data("kind")})`));
  const words = tagged("text", { "font-size": round(size), fill: ink, ...halo }, lines.join(""));
  const figure = whole + tagged(drawn.name, { ...drawn.attributes, ...fill });
  return tagged("g", faint, figure + (named ? words : ""));
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
