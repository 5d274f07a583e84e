"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// nodes/TurnBranch/TurnBranch.node.ts
var TurnBranch_node_exports = {};
__export(TurnBranch_node_exports, {
  TurnBranch: () => TurnBranch
});
module.exports = __toCommonJS(TurnBranch_node_exports);
var import_n8n_workflow = require("n8n-workflow");
var TurnBranch = class {
  description = {
    displayName: "Turn Branch",
    name: "turnBranch",
    icon: { light: "file:../../icons/leadApi.svg", dark: "file:../../icons/leadApi.dark.svg" },
    group: ["transform"],
    version: 1,
    subtitle: "where the turn begins",
    description: "Says where a turn begins: its decision is stored already, there are new messages to understand, or there is nothing new",
    defaults: { name: "Turn Branch" },
    inputs: [import_n8n_workflow.NodeConnectionTypes.Main],
    outputs: [import_n8n_workflow.NodeConnectionTypes.Main, import_n8n_workflow.NodeConnectionTypes.Main, import_n8n_workflow.NodeConnectionTypes.Main],
    outputNames: ["decided", "new messages", "nothing new"],
    // It decides where a workflow goes.
    usableAsTool: void 0,
    properties: []
  };
  async execute() {
    const outputs = [[], [], []];
    for (const [index, { json }] of this.getInputData().entries())
      outputs[waysOut.indexOf(beginOf(json))]?.push({ json, pairedItem: { item: index } });
    return outputs;
  }
};
var waysOut = ["decided", "new messages", "nothing new"];
function beginOf({ body }) {
  if (body?.decided) return "decided";
  return body?.turn.kind === "answer" ? "new messages" : "nothing new";
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  TurnBranch
});
