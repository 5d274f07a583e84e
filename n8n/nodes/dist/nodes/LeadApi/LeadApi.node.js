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

// nodes/LeadApi/LeadApi.node.ts
var LeadApi_node_exports = {};
__export(LeadApi_node_exports, {
  LeadApi: () => LeadApi
});
module.exports = __toCommonJS(LeadApi_node_exports);
var import_contract3 = require("../../contract.js");
var import_n8n_workflow3 = require("n8n-workflow");

// src/call-api.ts
var import_contract = require("../../contract.js");
var import_promises = require("node:timers/promises");
var import_n8n_workflow = require("n8n-workflow");
var import_stay_connected = require("../../stay-connected.js");
var awayMs = 3e3;
var againMs = 300;
async function callApi(context, index, operation, turn, data) {
  const credentials = await context.getCredentials(
    "leadProcessingApi",
    index
  );
  const { baseUrl, token } = credentials;
  const { answer } = import_contract.operations[operation];
  const body = {
    ...data,
    ...turn && {
      fencing: turn.fencing,
      turnId: turn.id,
      executionId: context.getExecutionId(),
      workflowId: context.getWorkflow().id ?? null,
      n8nProcess: (0, import_stay_connected.stayConnected)(baseUrl, token)
    },
    ...operation === "send" && { action: "send" },
    // What the clock executes once a minute shows that executions run; what a person executes runs elsewhere.
    ...operation === "planSync" && context.getMode() !== "manual" && { n8nProcess: (0, import_stay_connected.stayConnected)(baseUrl, token) }
  };
  if (turn && !turn.rehearsal)
    context.customData.setAll({ lead: String(turn.leadId), turn: String(turn.id), kind: turn.kind });
  const request = {
    method: "POST",
    url: baseUrl.replace(/\/$/, "") + pathOf(context, index, operation, turn),
    body,
    json: true,
    timeout: 2e4
  };
  const ask = () => context.helpers.httpRequestWithAuthentication.call(context, "leadProcessingApi", request);
  const given = await whileAway(ask).catch((error) => {
    throw new import_n8n_workflow.NodeApiError(context.getNode(), error, { itemIndex: index });
  });
  const checked = answer.safeParse(given);
  const rehearsed = turn?.rehearsal ? import_contract.rehearsedSchema.safeParse(given).data : {};
  if (!checked.success || !rehearsed) {
    const reason = `The API server's answer to ${operation} is none that this version of the node knows`;
    throw new import_n8n_workflow.NodeOperationError(context.getNode(), reason, { itemIndex: index });
  }
  const outcome = outcomeOf(operation, checked.data);
  if (turn && !turn.rehearsal && outcome) context.customData.set("outcome", outcome);
  return { ...checked.data, ...rehearsed };
}
async function whileAway(ask) {
  const until = Date.now() + awayMs;
  for (; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error;
      await (0, import_promises.setTimeout)(againMs);
    }
  }
}
function isAway(error) {
  if (typeof error !== "object" || error === null) return false;
  const { httpCode, statusCode, status, code } = error;
  const said = Number(httpCode ?? statusCode ?? status ?? code);
  return Number.isNaN(said) || said >= 502 && said <= 504;
}
function pathOf(context, index, operation, turn) {
  if (turn?.rehearsal) return `/rehearsals/${turn.rehearsal}/${operation}`;
  const { path } = import_contract.operations[operation];
  if (operation === "rehearse")
    return path.replace("{rehearsal}", import_contract.rehearsalSchema.parse(context.getNodeParameter("rehearsal", index)));
  return path.replace("{turn}", encodeURIComponent(String(turn?.id ?? "")));
}
function outcomeOf(operation, answer) {
  if (operation === "complete") return answer["done"] === true ? "done" : "superseded";
  if (operation === "fail") return "given back";
  if (operation === "journal") return String(answer["outcome"]);
  return null;
}

// src/lead-api-operations.ts
var import_contract2 = require("../../contract.js");
var labels = {
  begin: {
    name: "Begin to Think",
    description: "Asks whether the turn is still the execution's own, before a model is asked; the AI steps do it by themselves"
  },
  journal: {
    name: "Journal the Decision",
    description: "Stores what the AI decided, before any effect. The answer says whether to go on"
  },
  askBusy: {
    name: "Are Busy Times Known by Now",
    description: "Gives the busy times when another turn has just asked for them, or says that this one is to ask Google"
  },
  rememberBusy: {
    name: "Remember Busy Times",
    description: "Puts an answer of Google freeBusy into the shared cache and gives back the busy times per seller"
  },
  lookUp: {
    name: "Look up Knowledge",
    description: "Gives what may be stated about a question, each line with the ID that a sentence of it must name"
  },
  enrich: {
    name: "Report What Was Found",
    description: "Gives what a look-up found of a lead to its first message, when it is still waited for"
  },
  calendar: {
    name: "Next Calendar Step",
    description: "Reports the last answer of Google Calendar and asks what to do next, until the booking is confirmed"
  },
  modelCall: {
    name: "Report a Model Call",
    description: "Says how a call of a model ended; the AI steps do it by themselves"
  },
  send: {
    name: "Send in Telegram",
    description: "Puts the journaled message of this turn on its way to the lead, once"
  },
  updateCrm: {
    name: "Update amoCRM",
    description: "Puts stage, fields, note and task of the journaled decision on their way to amoCRM, once"
  },
  complete: { name: "Complete the Turn", description: "Ends the turn" },
  fail: {
    name: "Report a Failure",
    description: "Gives the turn back: it is tried again later, and in the end goes to a human"
  },
  planSync: {
    name: "Plan the Calendar Sync",
    description: "Which requests to Google bring what changed in the calendars, one item each"
  },
  takeSyncPage: {
    name: "Take a Page of Changes",
    description: "Follows what humans moved or deleted, and says whether there is another page"
  },
  rehearse: {
    name: "Make an Example Turn",
    description: "A turn of a person who does not exist, to try the workflow with: nothing is sent, booked or stored"
  },
  reportError: { name: "Report an Execution Error", description: "Tells the API that an execution died" }
};
var operationOptions = import_contract2.operationNames.map((value) => ({
  ...labels[value],
  value,
  action: labels[value].name
}));
var operationSubtitle = `={{ (${JSON.stringify(
  Object.fromEntries(import_contract2.operationNames.map((name) => [name, labels[name].name.toLowerCase()]))
)})[$parameter["operation"]] }}`;
var turnOperations = import_contract2.operationNames.filter((name) => import_contract2.operations[name].ofTurn);

// src/read-parameter.ts
var import_n8n_workflow2 = require("n8n-workflow");
function readParameter(context, name, itemIndex, schema) {
  const parsed = schema.safeParse(toValue(context, name, itemIndex));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${[name, ...path].join(".")}: ${message}`);
  throw new import_n8n_workflow2.NodeOperationError(context.getNode(), problems.join("; "), { itemIndex });
}
function toValue(context, name, itemIndex) {
  const value = context.getNodeParameter(name, itemIndex, null);
  if (typeof value !== "string") return value ?? null;
  if (value.trim() === "") return null;
  try {
    return JSON.parse(value);
  } catch {
    throw new import_n8n_workflow2.NodeOperationError(context.getNode(), `${name} is not JSON`, { itemIndex });
  }
}

// nodes/LeadApi/LeadApi.node.ts
var LeadApi = class {
  description = {
    displayName: "Lead API",
    name: "leadApi",
    icon: { light: "file:../../icons/leadApi.svg", dark: "file:../../icons/leadApi.dark.svg" },
    group: ["transform"],
    version: 1,
    subtitle: operationSubtitle,
    description: "Steps of the Lead Processing API server: journal, calendar, send, CRM, complete",
    defaults: { name: "Lead API" },
    inputs: [import_n8n_workflow3.NodeConnectionTypes.Main],
    outputs: [import_n8n_workflow3.NodeConnectionTypes.Main],
    usableAsTool: true,
    credentials: [{ name: "leadProcessingApi", required: true }],
    properties: [
      {
        displayName: "Operation",
        name: "operation",
        type: "options",
        noDataExpression: true,
        default: "journal",
        options: operationOptions
      },
      {
        displayName: "Example",
        name: "rehearsal",
        type: "options",
        noDataExpression: true,
        default: "first_touch",
        options: import_contract3.rehearsalNames.map((value) => ({ name: import_contract3.rehearsals[value], value })),
        description: "Of a person who does not exist: nothing is sent, booked or stored",
        displayOptions: { show: { operation: ["rehearse"] } }
      },
      {
        displayName: "Turn",
        name: "turn",
        type: "json",
        default: "={{ $('Turn').first().json.body.turn }}",
        description: "The turn as the API dispatched it, with its ID and fencing number",
        displayOptions: { show: { operation: [...turnOperations] } }
      },
      {
        displayName: "Data",
        name: "data",
        type: "json",
        default: "{}",
        description: "What this step reports",
        displayOptions: { hide: { operation: ["rehearse"] } }
      }
    ]
  };
  async execute() {
    const output = [];
    for (let index = 0; index < this.getInputData().length; index++) {
      const operation = import_contract3.operationSchema.parse(this.getNodeParameter("operation", index));
      const data = readParameter(this, "data", index, import_contract3.reportDataSchema.nullable()) ?? {};
      const turn = import_contract3.operations[operation].ofTurn ? readParameter(this, "turn", index, import_contract3.turnSchema.shape.turn) : void 0;
      const before = this.getInputData()[index]?.json;
      const report = turn?.rehearsal ? { ...data, rehearsed: before?.["rehearsed"] ?? null } : data;
      const answer = await callApi(this, index, operation, turn, report);
      if (operation === "fail") Object.assign(answer, data);
      const items = "requests" in answer ? answer.requests : [answer];
      for (const json of items) output.push({ json, pairedItem: { item: index } });
    }
    return [output];
  }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  LeadApi
});
