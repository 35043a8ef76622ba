// The toolbar above the picture.

function toolbar(picture) {
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": "Tools of the picture" });
  const tools = {
    fit: ["Fit", "Show the whole picture (0)", () => fitAgain(picture)],
    expand: ["Expand", "Add what the chosen thing is linked to (Enter)", () => expand(picture, true)],
    hide: ["Hide", "Take the chosen thing out of the picture (Delete)", () => hide(picture)],
    show: ["Show all", "Show again what was hidden", () => showHidden(picture)],
    pin: ["Pin", "Keep the chosen thing where it stands", () => pin(picture)],
    path: ["Paths", "Show the shortest paths from the chosen thing to another", () => startPath(picture)],
    rests: ["What rests on it", "Show all that rests on the chosen thing", () => restsOn(picture)],
    arrange: ["Arrange", "Place everything anew that is not pinned", () => arrangeAll(picture)],
    undo: ["Undo", "Take back the last step (Control with Z)", () => undo(picture)],
    png: ["Download PNG", "Save the picture as an image", () => savePng(picture)],
    svg: ["SVG", "Save the picture as a drawing", () => saveSvg(picture)],
  };
  picture.buttons = {};
  for (const [name, [words, about, act]] of Object.entries(tools)) {
    const button = element("button", { type: "button", title: about }, words);
    button.addEventListener("click", act);
    picture.buttons[name] = button;
    bar.append(button);
  }
  picture.buttons.pin.setAttribute("aria-pressed", "false");
  picture.buttons.svg.setAttribute("aria-label", "Download SVG");
  picture.buttons.expand.hidden = !picture.ask.state;
  bar.append(searchBox(picture));
  return bar;
}

/** Enable the buttons that apply now. */
function refreshTools(picture) {
  const { buttons, state } = picture;
  const node = selectedNode(picture);
  const none = node.empty();
  const back = !none && listed(state.more).includes(node.id());
  const group = !none && node.data("group");
  buttons.expand.textContent = group ? "Open" : back ? "Collapse" : "Expand";
  buttons.expand.hidden = !picture.ask.state && !picture.data.groups.length;
  buttons.expand.disabled = none || (!group && !back && (node.data("expanded") || !picture.ask.state));
  for (const name of ["hide", "pin", "path", "rests"]) buttons[name].disabled = none;
  const pinned = !none && node.hasClass("pinned");
  buttons.pin.setAttribute("aria-pressed", String(pinned));
  buttons.show.hidden = !state.hide && !state.without;
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
    markFound(picture, found);
    if (box.value.trim()) say(picture, found.empty() ? "Nothing has a name like this." : `${found.length} found. Enter goes to the next.`);
    if (found.length === 1) centreOn(picture, found[0]);
  });
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      box.value = "";
      markFound(picture, picture.cy.collection());
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

function markFound(picture, found) {
  picture.cy.nodes(".found").removeClass("found");
  picture.found = found.map((node) => node.id());
  if (picture.large) drawHighlights(picture);
  else found.addClass("found");
}

/** What has such a name; of a closed group, the group when one of its members has. */
function matching(picture, words) {
  const wanted = plainWords(words);
  if (!wanted) return picture.cy.collection();
  const has = (name) => plainWords(name).includes(wanted);
  return picture.cy.nodes().filter((node) => {
    if (has(node.data("name"))) return true;
    return (node.data("members") || []).some((id) => has(nameOf(picture, id)));
  });
}

function plainWords(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
