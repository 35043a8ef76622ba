// Reads a Cytoscape JSON file with cytoscape.js itself and prints what it holds.
const fs = require("fs");
const [library, file] = process.argv.slice(2);
const cytoscape = require(library);
const said = JSON.parse(fs.readFileSync(file, "utf8"));
const graph = cytoscape({ headless: true, elements: said.elements, data: said.data });
const found = {
  nodes: graph.nodes().map((node) => node.data()),
  edges: graph.edges().map((edge) => edge.data()),
  data: graph.data(),
};
process.stdout.write(JSON.stringify(found));
