// Parses a Mermaid file with Mermaid's own parser and prints its nodes and lines.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [modules, file] = process.argv.slice(2);
const require = createRequire(path.join(modules, "index.js"));
const { JSDOM } = require("jsdom");
const page = new JSDOM("");
globalThis.window = page.window;
globalThis.document = page.window.document;
const main = path.join(modules, "mermaid", "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(main));
mermaid.initialize({ maxEdges: 100000, maxTextSize: 100000000 });
const diagram = await mermaid.mermaidAPI.getDiagramFromText(readFileSync(file, "utf8"));
const nodes = [...diagram.db.getVertices().values()];
const found = {
  type: diagram.type,
  nodes: nodes.map(({ id, text, classes }) => ({ id, text, classes })),
  edges: diagram.db
    .getEdges()
    .map(({ start, end, text, stroke, type }) => ({ start, end, text, stroke, type })),
};
process.stdout.write(JSON.stringify(found));
