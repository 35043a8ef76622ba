// The tools above the picture, and the legend below it.

function toolbar(picture) {
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": "Tools of the picture" });
  const tools = {
    fit: ["Fit", "Show the whole picture (0)", () => fitAgain(picture)],
    expand: ["Expand", "Add what the chosen thing is linked to (Enter)", () => expand(picture, true)],
    hide: ["Hide", "Take the chosen thing out of the picture (Delete)", () => hide(picture)],
    pin: ["Pin", "Keep the chosen thing where it stands", () => pin(picture)],
    arrange: ["Arrange", "Place everything anew that is not pinned", () => arrangeAll(picture)],
    undo: ["Undo", "Take back the last step", () => undo(picture)],
    png: ["Download PNG", "Save the picture as an image", () => savePng(picture)],
    svg: ["SVG", "Save the picture as a drawing", () => saveSvg(picture)],
  };
  if (!picture.ask.expand) delete tools.expand;
  picture.buttons = {};
  for (const [name, [words, about, act]] of Object.entries(tools)) {
    const button = element("button", { type: "button", title: about }, words);
    button.addEventListener("click", act);
    picture.buttons[name] = button;
    bar.append(button);
  }
  picture.buttons.pin.setAttribute("aria-pressed", "false");
  picture.buttons.svg.setAttribute("aria-label", "Download SVG");
  bar.append(searchBox(picture));
  return bar;
}

/** Only what can be done now can be pressed. */
function refreshTools(picture) {
  const { buttons, cy } = picture;
  const chosen = cy.$("node:selected");
  if (buttons.expand) {
    const back = chosen.nonempty() && chosen.data("expanded") && !chosen.data("centre");
    buttons.expand.textContent = back ? "Collapse" : "Expand";
    buttons.expand.disabled = chosen.empty() || (chosen.data("expanded") && !back);
  }
  buttons.hide.disabled = chosen.empty();
  buttons.pin.disabled = chosen.empty();
  buttons.pin.setAttribute("aria-pressed", String(chosen.nonempty() && chosen.hasClass("pinned")));
  buttons.undo.disabled = picture.past.length === 0;
}

function searchBox(picture) {
  const box = element("input", {
    type: "search",
    placeholder: "Find in the picture",
    "aria-label": "Find in the picture",
    autocomplete: "off",
  });
  let place = -1;
  box.addEventListener("input", () => {
    place = -1;
    const found = matching(picture, box.value);
    picture.cy.nodes().removeClass("found");
    found.addClass("found");
    if (box.value.trim()) say(picture, found.empty() ? "Nothing has a name like this." : `${found.length} found. Enter goes to the next.`);
    if (found.length === 1) centreOn(picture, found[0]);
  });
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      box.value = "";
      picture.cy.nodes().removeClass("found");
    }
    if (event.key !== "Enter") return;
    const found = matching(picture, box.value);
    if (found.empty()) return;
    place = (place + 1) % found.length;
    choose(picture, found[place]);
    centreOn(picture, found[place]);
  });
  return box;
}

function matching(picture, words) {
  const wanted = plainWords(words);
  if (!wanted) return picture.cy.collection();
  return picture.cy.nodes(":visible").filter((node) => plainWords(node.data("name")).includes(wanted));
}

function plainWords(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Ask for what the chosen thing is linked to; with `turn` take it away again if it is there. */
function expand(picture, turn = false) {
  const node = picture.cy.$("node:selected").first();
  if (node.empty() || !picture.ask.expand) return;
  if (turn && node.data("expanded") && !node.data("centre")) {
    picture.ask.collapse(node.id());
    return;
  }
  if (node.data("expanded")) {
    say(picture, `${node.data("name")} is expanded already.`);
    return;
  }
  const id = node.id();
  say(picture, `Expanding ${node.data("name")}.`);
  remember(picture, () => picture.ask.collapse(id));
  picture.ask.expand(id);
}

function hide(picture) {
  const node = picture.cy.$("node:selected").first();
  if (node.empty()) return;
  node.unselect().addClass("hidden");
  remember(picture, () => node.removeClass("hidden"));
  say(picture, `${node.data("name")} is hidden. Undo shows it again.`);
  changed(picture);
}

function pin(picture) {
  const node = picture.cy.$("node:selected").first();
  if (node.empty()) return;
  const turn = () => {
    node.toggleClass("pinned");
    if (node.hasClass("pinned")) node.lock();
    else node.unlock();
  };
  turn();
  remember(picture, turn);
  say(picture, `${node.data("name")} is ${node.hasClass("pinned") ? "pinned" : "free again"}.`);
  changed(picture);
}

function arrangeAll(picture) {
  const { cy } = picture;
  const before = new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  arrange(picture, cy.nodes().not(".pinned"));
  remember(picture, () => putBack(cy, before));
  fitAgain(picture);
}

function fitAgain(picture) {
  picture.moved = false;
  fit(picture, true);
}

function remember(picture, back) {
  picture.past.push(back);
  if (picture.past.length > 100) picture.past.shift();
  refreshTools(picture);
}

function undo(picture) {
  const back = picture.past.pop();
  if (!back) return;
  back();
  say(picture, "The last step is taken back.");
  changed(picture);
  keepPlaces(picture);
}

function savePng(picture) {
  const options = { output: "blob", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000 };
  save(picture, "png", picture.cy.png({ ...options, bg: picture.colours.page }));
}

function saveSvg(picture) {
  save(picture, "svg", new Blob([svgOf(picture)], { type: "image/svg+xml" }));
}

function save(picture, ending, blob) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: `${picture.data.file}.${ending}` });
  picture.host.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The types shown, as buttons that hide and show theirs, and what the lines mean. */
function drawLegend(picture) {
  const { legend, cy, without } = picture;
  const focused = legend.getRootNode().activeElement?.dataset?.type;
  const types = picture.data.types.map((type) => {
    const count = cy.nodes().filter((node) => node.data("label") === type.label).length;
    const shown = !without.has(type.label);
    const about = { type: "button", "aria-pressed": String(shown), "data-type": type.label };
    const button = element("button", { ...about, title: `${shown ? "Hide" : "Show"} ${type.many}` });
    button.append(mark(type), element("span", {}, `${type.many} ${count}`));
    button.addEventListener("click", () => filter(picture, type));
    return button;
  });
  const roles = new Set(cy.edges().map((edge) => edge.data("role")));
  const lines = Object.keys(ROLES)
    .filter((role) => role && roles.has(role))
    .map((role) => lineNote(lineMark(role, false), role));
  lines.push(lineNote(lineMark("", true), "dashed line: inferred"));
  legend.replaceChildren(...types, ...lines);
  if (focused) types.find((button) => button.dataset.type === focused)?.focus();
}

function lineNote(drawn, words) {
  const note = element("span", { class: "line" });
  note.append(drawn, element("span", {}, words));
  return note;
}

function filter(picture, type) {
  const { without } = picture;
  if (!without.delete(type.label)) without.add(type.label);
  say(picture, `${type.many} are ${without.has(type.label) ? "hidden" : "shown"}.`);
  changed(picture);
}
