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

// nodes/CalendarHelpers/CalendarHelpers.node.ts
var CalendarHelpers_node_exports = {};
__export(CalendarHelpers_node_exports, {
  CalendarHelpers: () => CalendarHelpers
});
module.exports = __toCommonJS(CalendarHelpers_node_exports);
var import_contract2 = require("../../contract.js");
var import_n8n_workflow3 = require("n8n-workflow");

// src/find-agent-times.ts
var import_contract = require("../../contract.js");
var import_find_free_times = require("../../../calendar-helpers.js");
var import_read_wishes = require("../../../calendar-helpers.js");
var nothing = { offers: [], wishFree: null, notFree: [], wishUnclear: false };
function findAgentTimes({
  calendar,
  busy,
  classification,
  brief,
  plan
}, said) {
  const quote = said.trim();
  if (quote && !brief.newMessages.some(({ text }) => plain(text).includes(plain(quote))))
    return { found: nothing, told: { problem: `the lead did not write ${JSON.stringify(quote)}` } };
  if (!busy) return { found: nothing, told: { problem: "the calendar is not known now" } };
  const quotes = classification?.timeQuotes ?? [];
  const isNew = quote !== "" && !quotes.some((one) => plain(one).includes(plain(quote)));
  const wishes = (0, import_read_wishes.readWishes)(
    {
      intent: classification?.intent ?? "other",
      language: classification?.language ?? brief.language,
      timeQuotes: isNew ? [...quotes, quote] : quotes
    },
    calendar
  );
  const found = (0, import_find_free_times.findFreeTimes)(calendar, busy, { ...wishes, needCalendar: true });
  const isTooEarly = plan.offer === "not yet" && calendar.offered.length === 0;
  return {
    found,
    told: {
      offers: (isTooEarly ? [] : found.offers).map(({ id, label }) => ({ id, label })),
      ...isTooEarly && { problem: "it is too early to offer times: see plan" },
      wishFree: found.wishFree,
      notFree: (0, import_contract.explainNotFree)(found.notFree, brief.language),
      wishUnclear: found.wishUnclear
    }
  };
}
var plain = (text) => text.toLowerCase().replaceAll(/\s+/g, " ");

// nodes/CalendarHelpers/CalendarHelpers.node.ts
var import_find_free_times2 = require("../../../calendar-helpers.js");

// src/read-before.ts
var import_n8n_workflow = require("n8n-workflow");
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
var does = ({ parameters }, ...operations) => operations.includes(String(parameters?.["operation"]));
function readTurn(context, index) {
  const json = readFrom(context, index, (node) => isOurs(node, "turnBranch")) ?? outputOf(context.getWorkflowDataProxy(index), "Turn", [0]);
  const { body } = json ?? {};
  if (!body)
    throw new import_n8n_workflow.NodeOperationError(context.getNode(), "There is no turn before this node", {
      description: "Connect it behind a Turn Branch node, or give it a turn",
      itemIndex: index
    });
  return body;
}
var readClassifier = (context, index) => readFrom(context, index, (node) => isOurs(node, "askModels") && node.parameters?.["step"] !== "sales", [0]);
var readTimeWishes = (context, index) => readFrom(context, index, (node) => isOurs(node, "calendarHelpers") && does(node, "readWishes"), [0, 1]);
function readProblem(context, index) {
  for (const operations of [["journal"], ["act", "calendar"]]) {
    const json = readFrom(context, index, (node) => isOurs(node, "leadApi") && does(node, ...operations));
    const problem = json?.["problem"];
    if (typeof problem === "string") return problem;
  }
  return void 0;
}

// src/read-parameter.ts
var import_n8n_workflow2 = require("n8n-workflow");
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

// nodes/CalendarHelpers/CalendarHelpers.node.ts
var import_read_wishes2 = require("../../../calendar-helpers.js");
var import_sales_prompt = require("../../../calendar-helpers.js");
var CalendarHelpers = class {
  description = {
    displayName: "Calendar Helpers",
    name: "calendarHelpers",
    icon: {
      light: "file:../../icons/calendarHelpers.svg",
      dark: "file:../../icons/calendarHelpers.dark.svg"
    },
    group: ["transform"],
    version: 1,
    subtitle: '={{ ({ readWishes: "read time wishes", freeTimes: "find free times", brief: "brief the agent", agentTimes: "find free times" })[$parameter["operation"]] }}',
    description: "Reads the lead's words about time and finds free times to offer",
    defaults: { name: "Calendar Helpers" },
    inputs: [import_n8n_workflow3.NodeConnectionTypes.Main],
    outputs: '={{ $parameter["operation"] === "readWishes" && $parameter["branch"] === true ? [{ type: "main", displayName: "known" }, { type: "main", displayName: "ask Google" }, { type: "main", displayName: "not understood" }] : ["main"] }}',
    usableAsTool: true,
    properties: [
      {
        displayName: "Operation",
        name: "operation",
        type: "options",
        noDataExpression: true,
        default: "freeTimes",
        options: [
          {
            name: "Read Time Wishes",
            value: "readWishes",
            action: "Read time wishes",
            description: "Turns the lead's words into intervals, and says whether Google must be asked"
          },
          {
            name: "Find Free Times",
            value: "freeTimes",
            action: "Find free times",
            description: "Working hours minus busy times, few and spread, near the wish"
          },
          {
            name: "Brief the Agent",
            value: "brief",
            action: "Brief the agent",
            description: "The turn as an AI Agent reads it, and what its message is for"
          },
          {
            name: "Find Times for the Agent",
            value: "agentTimes",
            action: "Find times for the agent",
            description: "Free times near what the lead wrote. For people's eyes and later nodes all of them are in the node's context, as `found`."
          }
        ]
      },
      {
        displayName: "Branch",
        name: "branch",
        type: "boolean",
        default: false,
        description: "Whether a turn for which Google must be asked goes out by a way of its own",
        displayOptions: { show: { operation: ["readWishes"] } }
      },
      {
        displayName: "Said",
        name: "said",
        type: "string",
        default: "",
        description: "The lead's own words about a time, quoted; empty: what the classifier quoted",
        displayOptions: { show: { operation: ["agentTimes"] } }
      },
      {
        displayName: "Plan",
        name: "plan",
        type: "json",
        default: "={{ $('Brief the agent').first().json.plan }}",
        description: "What the message is for, as Brief the Agent found",
        displayOptions: { show: { operation: ["agentTimes"] } }
      },
      {
        displayName: "Calendar",
        name: "calendar",
        type: "json",
        default: "",
        description: "Rules, zones, sellers and what was offered. Empty: as the API dispatched them."
      },
      {
        displayName: "Classification",
        name: "classification",
        type: "json",
        default: "",
        description: "What the classifier answered; null: there was nothing to classify. Empty: what it answered in this execution."
      },
      {
        displayName: "Wishes",
        name: "wishes",
        type: "json",
        default: "",
        description: "What Read Time Wishes found, or null. Empty: what it found in this execution.",
        displayOptions: { show: { operation: ["freeTimes"] } }
      },
      {
        displayName: "Busy Times",
        name: "busy",
        type: "json",
        default: "",
        description: "Busy times per seller, or null when unknown: nothing is offered then. Empty: what comes in, else as the API dispatched them.",
        displayOptions: { show: { operation: ["freeTimes", "brief", "agentTimes"] } }
      },
      {
        displayName: "Brief",
        name: "brief",
        type: "json",
        default: "",
        description: "What the sales prompt is told besides the times. Empty: as the API dispatched it, with why the last try could not be used.",
        displayOptions: { show: { operation: ["freeTimes", "brief", "agentTimes"] } }
      }
    ]
  };
  async execute() {
    const isBranch = this.getNodeParameter("operation", 0) === "readWishes" && this.getNodeParameter("branch", 0, false) === true;
    const output = this.getInputData().map((_item, index) => {
      try {
        return { json: work(this, index), pairedItem: { item: index } };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!isBranch && !this.continueOnFail())
          throw new import_n8n_workflow3.NodeOperationError(this.getNode(), message, { itemIndex: index });
        return { json: { error: message }, pairedItem: { item: index } };
      }
    });
    if (!isBranch) return [output];
    const ways = [[], [], []];
    for (const item of output)
      ways["error" in item.json ? 2 : item.json["askGoogle"] === true ? 1 : 0]?.push(item);
    return ways;
  }
};
function work(context, index) {
  const calendar = readOrFind(
    context,
    "calendar",
    index,
    import_contract2.turnCalendarSchema,
    () => readTurn(context, index).calendar
  );
  const classification = readOrFind(
    context,
    "classification",
    index,
    import_contract2.classificationSchema.nullable(),
    () => readClassifier(context, index)?.["output"] ?? null
  );
  const given = { context, index, calendar, classification };
  switch (context.getNodeParameter("operation", index)) {
    case "readWishes":
      return (0, import_read_wishes2.readWishes)(classification, calendar);
    case "brief":
      return briefAgent(given);
    case "agentTimes":
      return agentTimes(given);
    default:
      return freeTimes(given);
  }
}
var readBusy = ({ context, index, calendar }) => readOrFind(
  context,
  "busy",
  index,
  import_contract2.busySchema.nullable(),
  () => context.getInputData()[index]?.json["busy"] ?? calendar.busy
);
var readBrief = ({ context, index }) => readOrFind(context, "brief", index, import_contract2.briefSchema, () => ({
  ...readTurn(context, index).brief,
  problem: readProblem(context, index)
}));
function withPick({ classification, calendar: { picked, offered } }) {
  if (!classification || !offered.some(({ id }) => id === picked)) return classification;
  return { ...classification, intent: "picks_time", pickedOfferId: picked };
}
var planOf = ({ calendar }, heard, brief, wishes) => (0, import_contract2.planMessage)({
  kind: brief.kind,
  hasMeeting: brief.meeting !== null,
  known: brief.facts,
  classification: heard,
  saysTime: calendar.picked !== null || wishes?.unclear === true || (wishes?.wishes.length ?? 0) > 0,
  standing: brief.standing
});
function freeTimes(given) {
  const { context, index, calendar } = given;
  const wishes = readOrFind(
    context,
    "wishes",
    index,
    import_contract2.wishesSchema.nullable(),
    () => readTimeWishes(context, index)
  );
  const brief = readBrief(given);
  const free = (0, import_find_free_times2.findFreeTimes)(calendar, readBusy(given), wishes);
  const heard = withPick(given);
  const plan = planOf(given, heard, brief, wishes);
  const hasList = calendar.offered.length > 0;
  return { ...free, plan, prompt: (0, import_sales_prompt.salesPrompt)(brief, heard, free, { plan, hasList }) };
}
function briefAgent(given) {
  const brief = readBrief(given);
  const heard = withPick(given);
  const wishes = heard && (0, import_read_wishes2.readWishes)(heard, given.calendar);
  const plan = planOf(given, heard, brief, wishes);
  return { prompt: (0, import_sales_prompt.agentPrompt)(brief, heard, plan), plan, busy: readBusy(given) };
}
function agentTimes(given) {
  const { context, index, calendar } = given;
  const said = String(context.getNodeParameter("said", index, "") ?? "");
  const { told, found } = findAgentTimes(
    {
      calendar,
      busy: readBusy(given),
      classification: withPick(given),
      brief: readBrief(given),
      plan: readParameter(context, "plan", index, import_contract2.planSchema)
    },
    said
  );
  context.getContext("node")["found"] = found;
  return told;
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  CalendarHelpers
});
