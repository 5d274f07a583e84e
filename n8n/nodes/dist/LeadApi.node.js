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

// src/LeadApi.node.ts
var LeadApi_node_exports = {};
__export(LeadApi_node_exports, {
  LeadApi: () => LeadApi
});
module.exports = __toCommonJS(LeadApi_node_exports);
var import_n8n_workflow = require("n8n-workflow");

// src/lead-api-operations.ts
var operations = [
  {
    value: "journal",
    name: "Journal the Decision",
    path: "/turns/{turn}/decision",
    description: "Stores what the AI decided, before any effect. The answer says whether to go on"
  },
  {
    value: "askBusy",
    name: "Are Busy Times Known by Now",
    path: "/turns/{turn}/busy/ask",
    description: "Gives the busy times when another turn has just asked for them, or says that this one is to ask Google"
  },
  {
    value: "rememberBusy",
    name: "Remember Busy Times",
    path: "/turns/{turn}/busy",
    description: "Puts an answer of Google freeBusy into the shared cache and gives back the busy times per seller"
  },
  {
    value: "calendar",
    name: "Next Calendar Step",
    path: "/turns/{turn}/calendar",
    description: "Reports the last answer of Google Calendar and asks what to do next, until the booking is confirmed"
  },
  {
    value: "send",
    name: "Send in Telegram",
    path: "/telegram/userbot",
    description: "Puts the journaled message of this turn on its way to the lead, once"
  },
  {
    value: "updateCrm",
    name: "Update amoCRM",
    path: "/amocrm/update",
    description: "Puts stage, fields, note and task of the journaled decision on their way to amoCRM, once"
  },
  {
    value: "complete",
    name: "Complete the Turn",
    path: "/turns/{turn}/complete",
    description: "Ends the turn"
  },
  {
    value: "fail",
    name: "Report a Failure",
    path: "/turns/{turn}/failure",
    description: "Gives the turn back: it is tried again later, and in the end goes to a human"
  },
  {
    value: "planSync",
    name: "Plan the Calendar Sync",
    path: "/calendar/sync/plan",
    description: "Which requests to Google bring what changed in the calendars, one item each"
  },
  {
    value: "takeSyncPage",
    name: "Take a Page of Changes",
    path: "/calendar/sync/page",
    description: "Follows what humans moved or deleted, and says whether there is another page"
  },
  {
    value: "reportError",
    name: "Report an Execution Error",
    path: "/n8n/errors",
    description: "Tells the API that an execution died"
  }
];
var turnOperations = operations.map((operation) => operation.value).filter((value) => !["planSync", "takeSyncPage", "reportError"].includes(value));

// src/LeadApi.node.ts
var LeadApi = class {
  description = {
    displayName: "Lead API",
    name: "leadApi",
    icon: "fa:comments",
    group: ["transform"],
    version: 1,
    subtitle: '={{$parameter["operation"]}}',
    description: "Steps of the Lead Processing API server: journal, calendar, send, CRM, complete",
    defaults: { name: "Lead API" },
    inputs: ["main"],
    outputs: ["main"],
    credentials: [{ name: "leadProcessingApi", required: true }],
    properties: [
      {
        displayName: "Operation",
        name: "operation",
        type: "options",
        noDataExpression: true,
        default: "journal",
        options: operations.map(({ name, value, description }) => ({
          name,
          value,
          action: name,
          description
        }))
      },
      {
        displayName: "Turn",
        name: "turn",
        type: "json",
        default: "={{ $('Turn').first().json.body.turn }}",
        description: "The turn as the API dispatched it, with its id and lease",
        displayOptions: { show: { operation: [...turnOperations] } }
      },
      {
        displayName: "Data",
        name: "data",
        type: "json",
        default: "{}",
        description: "What this step reports"
      }
    ]
  };
  async execute() {
    const output = [];
    for (let index = 0; index < this.getInputData().length; index++) {
      const operation = this.getNodeParameter("operation", index);
      const data = asObject(this.getNodeParameter("data", index));
      const turn = turnOperations.includes(operation) ? asObject(this.getNodeParameter("turn", index)) : void 0;
      const answer = await callApi(this, index, operation, turn, data);
      if (operation === "fail") Object.assign(answer, data);
      const items = operation === "planSync" ? answer["requests"] : [answer];
      for (const json of items) output.push({ json, pairedItem: { item: index } });
    }
    return [output];
  }
};
async function callApi(context, index, operation, turn, data) {
  const { baseUrl } = await context.getCredentials("leadProcessingApi", index);
  const { path } = operations.find((row) => row.value === operation);
  const body = { ...data };
  if (turn) {
    body.lease = turn.lease;
    body.turnId = turn.id;
  }
  if (operation === "send") body.action = "send";
  const request = {
    method: "POST",
    url: baseUrl.replace(/\/$/, "") + path.replace("{turn}", encodeURIComponent(String(turn?.id ?? ""))),
    body,
    json: true,
    timeout: 2e4
  };
  try {
    return await context.helpers.httpRequestWithAuthentication.call(context, "leadProcessingApi", request);
  } catch (error) {
    throw new import_n8n_workflow.NodeApiError(context.getNode(), error, { itemIndex: index });
  }
}
function asObject(value) {
  return typeof value === "string" ? JSON.parse(value || "{}") : value ?? {};
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  LeadApi
});
