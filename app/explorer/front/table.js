// The table of what is shown: every link with its evidence, or every thing; always in step.

const ROWS = 100; // rows that are made at first, and with each wish for more
const BROUGHT = 50; // rows of what is chosen that are listed before their turn
const LINK_COLUMNS = ["From", "Link", "To", "Document", "Locator", "How sure"];
const THING_COLUMNS = ["Name", "What it is", "Links"];

function tableOf(picture) {
  const host = element("section", { class: "listing", "aria-label": "Table of what is shown" });
  const kinds = element("div", { class: "kinds", role: "group", "aria-label": "What the table lists" });
  const scroll = element("div", { class: "scroll", tabindex: "0", role: "region" });
  const more = element("button", { type: "button", class: "more" });
  const table = { host, kinds, scroll, more, kind: "links", rows: ROWS, all: [], sort: null, buttons: {} };
  for (const kind of ["links", "things"]) {
    const button = element("button", { type: "button" });
    button.addEventListener("click", () => {
      Object.assign(table, { kind, rows: ROWS, sort: null });
      drawTable(picture);
    });
    table.buttons[kind] = button;
    kinds.append(button);
  }
  more.addEventListener("click", () => {
    table.rows += ROWS * 5;
    drawTable(picture);
  });
  host.append(kinds, scroll, more);
  return table;
}

function drawTable(picture) {
  const { table, drawn } = picture;
  if (!drawn) return;
  const facts = drawn.links.flatMap((link) => link.facts.map((fact) => ({ link, fact })));
  const counts = { links: facts.length, things: drawn.shown.size };
  for (const [kind, button] of Object.entries(table.buttons)) {
    const word = counts[kind] === 1 ? kind.slice(0, -1) : kind;
    button.textContent = `${counts[kind].toLocaleString("en-GB")} ${word}`;
    button.setAttribute("aria-pressed", String(table.kind === kind));
  }
  const links = table.kind === "links";
  const columns = links ? LINK_COLUMNS : THING_COLUMNS;
  const all = links ? factRows(drawn, facts) : thingRows(drawn);
  if (table.sort) sortRows(all, columns.indexOf(table.sort.column), table.sort.down);
  const head = element("tr");
  for (const column of columns) head.append(headOf(picture, column));
  table.all = all;
  const body = element("tbody");
  for (const row of all.slice(0, table.rows)) body.append(rowOf(picture, row));
  const thead = element("thead");
  thead.append(head);
  const made = element("table");
  made.append(thead, body);
  table.scroll.setAttribute("aria-label", links ? "Links, each with its evidence" : "Things");
  table.scroll.replaceChildren(made);
  table.more.hidden = all.length <= table.rows;
  table.more.textContent = `Show more: ${table.rows} of ${all.length.toLocaleString("en-GB")} are listed`;
  markRows(picture, selectedElement(picture));
}

function factRows({ shown }, facts) {
  return facts.map(({ link, fact }) => ({
    id: link.id,
    ends: [link.source, link.target],
    cells: [
      shown.get(link.source).name,
      fact.role ? `${link.reads} (${fact.role})` : link.reads,
      shown.get(link.target).name,
      fact.title,
      fact.locator,
      fact.sure,
    ],
  }));
}

function thingRows({ shown, links }) {
  const counts = new Map();
  for (const { source, target } of links) {
    for (const id of new Set([source, target])) counts.set(id, (counts.get(id) || 0) + 1);
  }
  return [...shown.values()].map(({ id, name, kind }) => ({
    id,
    ends: [id],
    cells: [name, kind, counts.get(id) || 0],
  }));
}

function sortRows(rows, column, down) {
  const order = new Intl.Collator("en-GB", { numeric: true });
  rows.sort((a, b) => order.compare(a.cells[column], b.cells[column]) * (down ? -1 : 1));
}

function headOf(picture, column) {
  const { table } = picture;
  const cell = element("th", { scope: "col" });
  const sorted = table.sort?.column === column;
  if (sorted) cell.setAttribute("aria-sort", table.sort.down ? "descending" : "ascending");
  const sign = sorted ? (table.sort.down ? " ↓" : " ↑") : "";
  const button = element("button", { type: "button", title: `Sort by ${column.toLowerCase()}` }, column + sign);
  button.addEventListener("click", () => {
    table.sort = { column, down: sorted && !table.sort.down };
    drawTable(picture);
  });
  cell.append(button);
  return cell;
}

function rowOf(picture, { id, ends, cells }) {
  const row = element("tr");
  row.dataset.ends = JSON.stringify(ends);
  row.dataset.id = id;
  cells.forEach((words, place) => {
    const cell = element(place ? "td" : "th", place ? {} : { scope: "row" });
    if (place) cell.textContent = words;
    else {
      const button = element("button", { type: "button", title: "Show it in the picture" }, words);
      button.addEventListener("click", () => showRow(picture, id, ends));
      cell.append(button);
    }
    row.append(cell);
  });
  return row;
}

/** Choose in the picture what a row tells of; what is in a closed group, the group. */
function showRow(picture, id, ends) {
  const { cy } = picture;
  const line = cy.edges().filter((edge) => edge.data("of").some((link) => link.id === id)).first();
  const one = line.nonempty() ? line : nodeOf(picture, ends[0]);
  if (one.empty()) return;
  choose(picture, one);
  keepInSight(picture, one.isNode() ? one : one.source());
}

/** Mark the rows of what is chosen; those that are not listed yet are brought to the top. */
function markRows(picture, one) {
  const { table, drawn } = picture;
  if (!drawn) return;
  const lines = new Set(one.nonempty() && one.isEdge() ? one.data("of").map((link) => link.id) : []);
  const things = new Set(one.nonempty() && one.isNode() ? one.data("members") || [one.id()] : []);
  const meant = ({ id, ends }) => lines.has(id) || ends.some((end) => things.has(end));
  for (const row of table.scroll.querySelectorAll("tr[data-brought]")) row.remove();
  let first = null;
  for (const row of table.scroll.querySelectorAll("tbody tr")) {
    const on = meant({ id: row.dataset.id, ends: JSON.parse(row.dataset.ends) });
    if (on) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    if (on) first ??= row;
  }
  const later = lines.size + things.size ? table.all.slice(table.rows).filter(meant).slice(0, BROUGHT) : [];
  for (const brought of later.reverse()) {
    first = rowOf(picture, brought);
    first.dataset.brought = "true";
    first.setAttribute("aria-current", "true");
    table.scroll.querySelector("tbody").prepend(first);
  }
  if (first) scrollToRow(table.scroll, first);
}

/** Bring a row into sight within its table; the page itself stays where it is. */
function scrollToRow(scroll, row) {
  const head = scroll.querySelector("thead").offsetHeight;
  const [top, high] = [row.offsetTop - head, row.offsetHeight];
  if (top < scroll.scrollTop || top + head + high > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top;
}
