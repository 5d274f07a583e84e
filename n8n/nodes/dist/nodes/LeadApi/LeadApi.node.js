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
var import_contract4 = require("../../contract.js");
var import_n8n_workflow4 = require("n8n-workflow");

// src/call-api.ts
var import_contract = require("../../contract.js");
var import_promises = require("node:timers/promises");
var import_n8n_workflow = require("n8n-workflow");
var import_stay_connected = require("../../stay-connected.js");
var awayMs = 3e3;
var againMs = 300;
async function callApi(context, index, operation, turn, data) {
  const { answer } = import_contract.operations[operation];
  const body = {
    ...data,
    ...turn && {
      fencing: turn.fencing,
      turnId: turn.id,
      executionId: context.getExecutionId(),
      workflowId: context.getWorkflow().id ?? null,
      n8nProcess: import_stay_connected.thisProcess
    },
    ...operation === "send" && { action: "send" },
    // What the clock executes once a minute shows that executions run; what a person executes runs elsewhere.
    ...operation === "planSync" && context.getMode() !== "manual" && { n8nProcess: import_stay_connected.thisProcess }
  };
  if (turn && !turn.rehearsal)
    context.customData.setAll({ lead: String(turn.leadId), turn: String(turn.id), kind: turn.kind });
  const request = {
    method: "POST",
    // Its address and its token are one credential, which each reading costs n8n a look into its database: it is read where the token is added.
    url: pathOf(context, index, operation, turn),
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
  if (operation === "act")
    return answer["next"] === "done" ? "done" : answer["next"] === "stop" ? "superseded" : null;
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
  act: {
    name: "Act on the Decision",
    description: "Reports the last answer of Google Calendar and asks what to do next there; when nothing is left, the message and the card are on their way and the turn is done"
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

// src/read-before.ts
var import_n8n_workflow2 = require("n8n-workflow");
var mostOutputs = 8;
function readFrom(context, index, isIt, outputs = Array.from({ length: mostOutputs }, (_nothing, output) => output)) {
  const nodes = context.getParentNodes(context.getNode().name, { includeNodeParameters: true });
  const found = nodes.filter(isIt);
  if (found.length === 0) return null;
  const proxy = context.getWorkflowDataProxy(index);
  for (const { name } of found) {
    const json = outputOf(proxy, name, outputs);
    if (json) return json;
  }
  return null;
}
function outputOf(proxy, name, outputs) {
  if (!proxy.$(name).isExecuted) return null;
  for (const output of outputs) {
    try {
      const item = proxy.$(name).first(output);
      if (item) return item.json;
    } catch {
    }
  }
  return null;
}
var isOurs = ({ type }, name) => type.endsWith(`.${name}`);
var does = ({ parameters }, ...operations4) => operations4.includes(String(parameters?.["operation"]));
function readTurn(context, index) {
  const json = readFrom(context, index, (node) => isOurs(node, "turnBranch")) ?? outputOf(context.getWorkflowDataProxy(index), "Turn", [0]);
  const { body } = json ?? {};
  if (!body)
    throw new import_n8n_workflow2.NodeOperationError(context.getNode(), "There is no turn before this node", {
      description: "Connect it behind a Turn Branch node, or give it a turn",
      itemIndex: index
    });
  return body;
}
var readClassifier = (context, index) => readFrom(context, index, (node) => isOurs(node, "askModels") && node.parameters?.["step"] !== "sales", [0]);
var readFreeTimes = (context, index) => readFrom(
  context,
  index,
  (node) => isOurs(node, "calendarHelpers") && (node.parameters?.["operation"] === void 0 || does(node, "freeTimes")),
  [0]
);

// src/read-parameter.ts
var import_n8n_workflow3 = require("n8n-workflow");
function readParameter(context, name, itemIndex, schema) {
  return check(context, name, itemIndex, schema, toValue(context, name, itemIndex));
}
function readOrFind(context, name, itemIndex, schema, find) {
  const given = context.getNodeParameter(name, itemIndex, null);
  const isEmpty = typeof given === "string" && given.trim() === "";
  return check(context, name, itemIndex, schema, isEmpty ? find() : toValue(context, name, itemIndex));
}
function check(context, name, itemIndex, schema, value) {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${[name, ...path].join(".")}: ${message}`);
  throw new import_n8n_workflow3.NodeOperationError(context.getNode(), problems.join("; "), { itemIndex });
}
function toValue(context, name, itemIndex) {
  const value = context.getNodeParameter(name, itemIndex, null);
  if (typeof value !== "string") return value ?? null;
  if (value.trim() === "") return null;
  try {
    return JSON.parse(value);
  } catch {
    throw new import_n8n_workflow3.NodeOperationError(context.getNode(), `${name} is not JSON`, { itemIndex });
  }
}

// src/what-to-report.ts
var longestError = 500;
function whatToReport(context, index, operation) {
  const input = context.getInputData()[index]?.json ?? {};
  if (operation === "journal") return proposalOf(context, index, input);
  if (operation === "act" || operation === "calendar") return answerOfGoogle(input);
  return {};
}
function proposalOf(context, index, { output }) {
  const { offers, wishFree, notFree, wishUnclear, plan } = readFreeTimes(context, index) ?? {};
  const classification = readClassifier(context, index)?.["output"] ?? null;
  return { classification, sales: output, offers, wishFree, notFree, wishUnclear, plan };
}
function answerOfGoogle({ error, statusCode, body }) {
  if (error !== void 0) return { answer: { status: 0, error: textOf(error).slice(0, longestError) } };
  return statusCode === void 0 ? {} : { answer: { status: statusCode, body } };
}
var textOf = (error) => typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);

// src/ways-out.ts
var import_contract3 = require("../../contract.js");
var outputsOfOperation = `={{ (${JSON.stringify(
  Object.fromEntries(
    import_contract3.branchingOperations.map((name) => [
      name,
      (0, import_contract3.waysOutOf)(name).map((displayName) => ({ type: "main", displayName }))
    ])
  )
)})[$parameter["branch"] === true ? $parameter["operation"] : ""] ?? ["main"] }}`;
var wayOf = {
  askBusy: ({ ask }) => ask === true ? "ask" : "known",
  journal: ({ outcome }) => outcome,
  act: ({ next }) => next
};
var isBranching = (operation) => operation in wayOf;
function branchOf(operation, answer) {
  if (!isBranching(operation)) return { of: 1, to: 0 };
  const ways = (0, import_contract3.waysOutOf)(operation);
  const to = ways.indexOf(String(wayOf[operation]({ ...answer })));
  return { of: ways.length, to: to < 0 ? null : to };
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
    inputs: [import_n8n_workflow4.NodeConnectionTypes.Main],
    outputs: outputsOfOperation,
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
        options: import_contract4.rehearsalNames.map((value) => ({ name: import_contract4.rehearsals[value], value })),
        description: "Of a person who does not exist: nothing is sent, booked or stored",
        displayOptions: { show: { operation: ["rehearse"] } }
      },
      {
        displayName: "Turn",
        name: "turn",
        type: "json",
        default: "",
        description: "The turn with its ID and fencing number. Empty: the one that the API dispatched.",
        displayOptions: { show: { operation: [...turnOperations] } }
      },
      {
        displayName: "Data",
        name: "data",
        type: "json",
        default: "{}",
        description: "What this step reports. {}: the journal takes what this execution thought, the acting step takes the answer of Google that comes in.",
        displayOptions: { hide: { operation: ["rehearse"] } }
      },
      {
        displayName: "Branch",
        name: "branch",
        type: "boolean",
        default: false,
        description: "Whether each answer goes out by a way of its own",
        displayOptions: { show: { operation: [...import_contract4.branchingOperations] } }
      }
    ]
  };
  async execute() {
    const outputs = [];
    for (let index = 0; index < this.getInputData().length; index++) {
      const operation = import_contract4.operationSchema.parse(this.getNodeParameter("operation", index));
      const given = readParameter(this, "data", index, import_contract4.reportDataSchema.nullable()) ?? {};
      const data = Object.keys(given).length > 0 ? given : whatToReport(this, index, operation);
      const turn = import_contract4.operations[operation].ofTurn ? readOrFind(this, "turn", index, import_contract4.turnSchema.shape.turn, () => readTurn(this, index).turn) : void 0;
      const before = this.getInputData()[index]?.json;
      const report = turn?.rehearsal ? { ...data, rehearsed: before?.["rehearsed"] ?? null } : data;
      const answer = await callApi(this, index, operation, turn, report);
      if (operation === "fail") Object.assign(answer, data);
      const items = "requests" in answer ? answer.requests : [answer];
      const isBranch = this.getNodeParameter("branch", index, false) === true;
      for (const json of items) {
        const way = isBranch ? branchOf(operation, json) : { of: 1, to: 0 };
        while (outputs.length < way.of) outputs.push([]);
        if (way.to !== null) outputs[way.to]?.push({ json, pairedItem: { item: index } });
      }
    }
    return outputs.length > 0 ? outputs : [[]];
  }
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  LeadApi
});
