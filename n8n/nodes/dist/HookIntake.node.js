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

// src/HookIntake.node.ts
var HookIntake_node_exports = {};
__export(HookIntake_node_exports, {
  HookIntake: () => HookIntake
});
module.exports = __toCommonJS(HookIntake_node_exports);
var HookIntake = class {
  description = {
    displayName: "Hook Intake",
    name: "hookIntake",
    icon: "fa:inbox",
    group: ["transform"],
    version: 1,
    description: "Stores a raw amoCRM hook in the API server",
    defaults: { name: "Hook Intake" },
    inputs: ["main"],
    outputs: ["main", "main"],
    outputNames: ["stored", "refused"],
    credentials: [{ name: "leadProcessingApi", required: true }],
    properties: []
  };
  async execute() {
    const stored = [];
    const refused = [];
    const { baseUrl } = await this.getCredentials("leadProcessingApi");
    for (const [index, item] of this.getInputData().entries()) {
      const { params } = item.json;
      const answer = await this.helpers.httpRequestWithAuthentication.call(this, "leadProcessingApi", {
        method: "POST",
        url: `${baseUrl.replace(/\/$/, "")}/hooks/amocrm/${encodeURIComponent(params?.secret ?? "")}`,
        body: await this.helpers.getBinaryDataBuffer(index, "data"),
        // Under its own type n8n would take the bytes apart and build the form anew.
        headers: { "content-type": "application/octet-stream" },
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        json: false,
        timeout: 1800
      });
      if (answer.statusCode >= 500) throw new Error(`The API server answered ${answer.statusCode}`);
      const target = answer.statusCode < 300 ? stored : refused;
      target.push({ json: { status: answer.statusCode }, pairedItem: { item: index } });
    }
    return [stored, refused];
  }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  HookIntake
});
