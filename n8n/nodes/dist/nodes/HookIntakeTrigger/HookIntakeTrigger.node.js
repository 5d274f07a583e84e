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

// nodes/HookIntakeTrigger/HookIntakeTrigger.node.ts
var HookIntakeTrigger_node_exports = {};
__export(HookIntakeTrigger_node_exports, {
  HookIntakeTrigger: () => HookIntakeTrigger
});
module.exports = __toCommonJS(HookIntakeTrigger_node_exports);
var import_n8n_workflow = require("n8n-workflow");
var import_stay_connected = require("../../stay-connected.js");
var storeMs = 1800;
var largestBytes = 1048576;
var saidAsIs = /* @__PURE__ */ new Set([400, 413]);
var HookIntakeTrigger = class {
  description = {
    displayName: "Hook Intake Trigger",
    name: "hookIntakeTrigger",
    icon: {
      light: "file:../../icons/hookIntakeTrigger.svg",
      dark: "file:../../icons/hookIntakeTrigger.dark.svg"
    },
    group: ["trigger"],
    // n8n asks nodes of version 1 by an expression whether their body is binary: most of the 100 ms that a hook then takes.
    version: 2,
    subtitle: "amoCRM → inbox",
    description: "Stores a raw amoCRM hook in the API server. Starts no execution",
    eventTriggerDescription: "Hooks are stored while the workflow is published; none starts an execution",
    defaults: { name: "Hook Intake Trigger" },
    inputs: [],
    outputs: [import_n8n_workflow.NodeConnectionTypes.Main],
    credentials: [{ name: "leadProcessingApi", required: true }],
    // No expression: each would cost a hook an isolate of its own.
    webhooks: [
      {
        name: "default",
        httpMethod: "POST",
        responseMode: "onReceived",
        path: "amocrm/:secret",
        isFullPath: true
      }
    ],
    properties: []
  };
  // The hook is subscribed in amoCRM by the API server (`npm run amocrm -- subscribe`), with a token that n8n does not have.
  webhookMethods = {
    default: {
      // Asked when n8n has started: from then on the API knows that it is there.
      async checkExists() {
        const { baseUrl, token } = await this.getCredentials(
          "leadProcessingApi"
        );
        (0, import_stay_connected.stayConnected)(baseUrl, token);
        return true;
      },
      create: async () => true,
      delete: async () => true
    }
  };
  async webhook() {
    this.getResponseObject().writeHead(await handOn(this)).end();
    return { noWebhookResponse: true };
  }
};
async function handOn(context) {
  const request = context.getRequestObject();
  const { secret = "" } = context.getParamsData();
  try {
    if (!request.rawBody) await request.readRawBody();
    const body = request.rawBody ?? Buffer.alloc(0);
    if (body.length > largestBytes) return 413;
    const { baseUrl } = await context.getCredentials("leadProcessingApi");
    const answer = await context.helpers.httpRequest({
      method: "POST",
      url: `${baseUrl.replace(/\/$/, "")}/hooks/amocrm/${encodeURIComponent(secret)}`,
      body,
      // Under its own type n8n would take the bytes apart and build the form anew.
      headers: { "content-type": "application/octet-stream" },
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      json: false,
      timeout: storeMs
    });
    if (answer.statusCode >= 500) return 503;
    if (answer.statusCode < 300) return 200;
    return saidAsIs.has(answer.statusCode) ? answer.statusCode : 403;
  } catch (error) {
    const { statusCode, message } = error;
    if (statusCode && saidAsIs.has(statusCode)) return statusCode;
    context.logger.warn(`A hook was not stored: ${message ?? "unknown"}`);
    return 503;
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  HookIntakeTrigger
});
