// The style sheets of the picture: one for what can be read name by name, one for what is raised
// above the canvas layers of a large picture (layers.js).

/** The style sheet of the picture; sizes of words follow the zoom, so that they can be read. */
function styleSheet(picture) {
  const { ink, page, line, accent } = picture.colours;
  const words = {
    color: ink,
    "font-family": getComputedStyle(picture.host).fontFamily,
    "text-background-color": page,
    "text-background-shape": "round-rectangle",
    "text-background-padding": 1,
  };
  const outlines = picture.data.types.map((type) => ({
    selector: `node[shape = "${type.shape}"]`,
    style: outlineStyle(type.shape),
  }));
  const roles = Object.entries(ROLES).map(([role, { width, arrow }]) => ({
    selector: `edge[role = "${role}"]`,
    style: { width, "target-arrow-shape": arrow },
  }));
  return [
    {
      selector: "node",
      style: {
        ...words,
        "background-color": "data(colour)",
        width: "data(wide)",
        height: "data(high)",
        "border-width": 1,
        "border-color": line,
        label: "data(short)",
        "font-size": (node) => (node.data("centre") ? SMALL + 2 : SMALL) * picture.scale,
        "font-weight": (node) => (node.data("centre") ? "bold" : "normal"),
        "text-wrap": "wrap",
        "text-max-width": () => 118 * picture.scale,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-background-opacity": 0.8,
        "z-index": 1, // above what has no name: a name is not to be covered
      },
    },
    ...outlines,
    {
      selector: "edge",
      style: {
        ...words,
        "line-color": line,
        "target-arrow-color": line,
        "arrow-scale": 0.9,
        "curve-style": "bezier",
        "font-size": () => (SMALL - 1) * picture.scale,
        "text-rotation": "autorotate",
        "text-background-opacity": 0.9,
      },
    },
    ...roles,
    { selector: "edge[?plain]", style: { "target-arrow-shape": "none" } },
    { selector: "edge[?inferred]", style: { "line-style": "dashed", "line-dash-pattern": [6, 4] } },
    { selector: "edge.labelled", style: { label: "data(words)" } },
    { selector: "node.unnamed", style: { label: "", "z-index": 0 } },
    {
      selector: "node[?group]",
      style: { "border-style": "double", "border-width": 6, "font-weight": "bold" },
    },
    { selector: ".dim", style: { opacity: 0.25 } },
    { selector: "node.near", style: { label: "data(short)", "z-index": 5 } },
    { selector: "node.found", style: { "border-width": 4, "border-color": accent } },
    { selector: "node.pinned", style: { "border-style": "double", "border-width": 4 } },
    {
      selector: "node:selected, node.over",
      style: { label: "data(name)", "border-width": 4, "border-color": accent, "z-index": 9 },
    },
    {
      selector: "edge:selected",
      style: { "line-color": accent, "target-arrow-color": accent, label: "data(words)" },
    },
    { selector: ".unlit", style: { opacity: 0.15 } },
    { selector: "edge.lit", style: { "line-color": accent, "target-arrow-color": accent } },
    { selector: "node.lit", style: { "border-color": accent, "border-width": 3 } },
    { selector: ":active", style: { "overlay-opacity": 0.08, "overlay-color": accent } },
    { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
  ];
}

/**
 * The style sheet of a large picture: sizes for all, all else only for what is raised. Thousands of
 * things and lines that have next to no style are made in a fraction of the time.
 */
function raisedSheet(picture) {
  const whole = styleSheet(picture);
  const own = (selector) => whole.find((rule) => rule.selector === selector).style;
  const outlined = (name) => (node) => outlineStyle(node.data("shape"))[name] ?? "";
  const marked = ["named", "near", "over"].map((name) => `node.${name}`);
  const things = [...marked, "node:selected", "node.pinned", "node[?centre]", "node[?group]"].join(", ");
  const lines = ["labelled", "over"].map((name) => `edge.${name}`);
  const specific = whole.slice(whole.findIndex((rule) => rule.selector === "edge[?plain]"));
  return [
    { selector: "node", style: { width: "data(wide)", height: "data(high)" } },
    { selector: things, style: { ...own("node"), shape: outlined("shape") } },
    ...whole.filter((rule) => rule.selector.startsWith("node[shape")).map(({ selector, style }) => ({ selector, style })),
    { selector: "edge", style: { "curve-style": "straight" } },
    {
      selector: [...lines, "edge:selected"].join(", "),
      style: {
        ...own("edge"),
        "curve-style": "straight",
        width: (edge) => ROLES[edge.data("role")].width,
        "target-arrow-shape": (edge) => ROLES[edge.data("role")].arrow,
      },
    },
    ...specific,
  ];
}
