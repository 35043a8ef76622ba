// How things and lines look: the one place that knows colours, shapes and widths.
// The files of this folder are joined into one script in the order of the package's PARTS; each
// declares functions and constants only.

const SMALL = 11; // pixels of the words on the screen, at any zoom near that of the whole picture

// Outlines as points between -1 and 1; the others are shapes of their own in cytoscape and in SVG.
const OUTLINES = {
  hexagon: [-0.6, -1, 0.6, -1, 1, 0, 0.6, 1, -0.6, 1, -1, 0],
  diamond: [0, -1, 1, 0, 0, 1, -1, 0],
  cds: [-1, -1, 0.45, -1, 1, 0, 0.45, 1, -1, 1],
  note: [-1, -1, 0.45, -1, 1, -0.3, 1, 1, -1, 1],
  component: [
    -0.7, -1, 1, -1, 1, 1, -0.7, 1, -0.7, 0.7, -1, 0.7, -1, 0.2, -0.7, 0.2, -0.7, -0.2, -1, -0.2,
    -1, -0.7, -0.7, -0.7,
  ],
  house: [0, -1, 1, -0.15, 1, 1, -1, 1, -1, -0.15],
  tab: [-1, -1, 0, -1, 0, -0.5, 1, -0.5, 1, 1, -1, 1],
};
const SIZES = {
  box: [32, 20], ellipse: [34, 20], circle: [24, 24], hexagon: [32, 22], diamond: [30, 30],
  cylinder: [24, 28], cds: [34, 20], note: [26, 24], component: [34, 22], house: [28, 28],
  tab: [30, 22],
};
const CURVED = { ellipse: "ellipse", circle: "ellipse", cylinder: "barrel" };

// Width of a line and the arrow at its end, by what the first of its roles is.
const ROLES = {
  lead: { width: 4, arrow: "triangle" },
  joint: { width: 3, arrow: "triangle-backcurve" },
  support: { width: 2, arrow: "vee" },
  consulted: { width: 1.5, arrow: "circle" },
  "": { width: 1.2, arrow: "triangle" },
};

/** The more lines there are in the frame, the fainter each is. */
function faintness(count) {
  return Math.min(Math.max(600 / Math.max(count, 1), 0.12), 0.55);
}

function sizeOf(shape) {
  return SIZES[shape] || [30, 20];
}

/** The colours of the page that holds the picture, as it is now: light or dark. */
function colours(host) {
  const style = getComputedStyle(host);
  return {
    ink: style.color,
    page: style.backgroundColor,
    line: style.borderTopColor,
    accent: style.outlineColor,
  };
}

function outlineStyle(shape) {
  const points = OUTLINES[shape];
  if (points) return { shape: "polygon", "shape-polygon-points": points.join(" ") };
  return { shape: CURVED[shape] || "rectangle" };
}

/** A small drawing of a type's shape and colour, for the legend. */
function mark(type) {
  const [wide, high] = sizeOf(type.shape);
  const drawn = shapeInSvg(type.shape, 11, 9, wide * 0.6, high * 0.6);
  const outline = svgElement(drawn.name, { ...drawn.attributes, fill: type.colour });
  const box = svgElement("svg", { viewBox: "0 0 22 18", width: 22, height: 18, "aria-hidden": "true" });
  box.append(outline);
  return box;
}

function lineMark(role, dashed) {
  const width = ROLES[role].width;
  const box = svgElement("svg", { viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true" });
  const dash = dashed ? { "stroke-dasharray": "6 4" } : {};
  box.append(svgElement("line", { x1: 1, y1: 6, x2: 29, y2: 6, "stroke-width": width, ...dash }));
  return box;
}

function svgElement(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
}

/** An HTML element; `words` become text and nothing else. */
function element(name, attributes = {}, words = null) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (words !== null) made.textContent = words;
  return made;
}
