// What shapes, colours and lines mean; the types in it can be turned off and on.

/** The types shown, as buttons that hide and show theirs, and what the lines mean. */
function drawLegend(picture) {
  const { legend, data, drawn } = picture;
  const without = new Set(listed(picture.state.without));
  const hidden = new Set(listed(picture.state.hide));
  const focused = legend.getRootNode().activeElement?.dataset?.type;
  const types = data.types.map((type) => {
    const ofType = data.things.filter((each) => each.label === type.label && !hidden.has(each.id));
    const count = ofType.length;
    const shown = !without.has(type.label);
    const about = { type: "button", "aria-pressed": String(shown), "data-type": type.label };
    const button = element("button", { ...about, title: `${shown ? "Hide" : "Show"} ${type.many}` });
    button.append(mark(type), element("span", {}, `${type.many} ${count}`));
    button.addEventListener("click", () => filter(picture, type));
    return button;
  });
  const roles = new Set(drawn.links.map((link) => link.role));
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
  const without = new Set(listed(picture.state.without));
  if (!without.delete(type.label)) without.add(type.label);
  const words = `${type.many} are ${without.has(type.label) ? "hidden" : "shown"}.`;
  change(picture, { without: [...without] }, words);
}
