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

// nodes/TurnModels/TurnModels.node.ts
var TurnModels_node_exports = {};
__export(TurnModels_node_exports, {
  TurnModels: () => TurnModels
});
module.exports = __toCommonJS(TurnModels_node_exports);
var import_contract5 = require("../../contract.js");
var import_n8n_workflow3 = require("n8n-workflow");

// src/ask-in-turn.ts
var import_contract3 = require("../../contract.js");

// src/ask-vendors.ts
var import_contract2 = require("../../contract.js");

// src/judge-model.ts
var import_contract = require("../../contract.js");
function judgeReply(reply) {
  const { finish_reason: finish, stop_reason: stop, status } = reply.response_metadata ?? {};
  const ends = [finish, stop];
  const refusal = reply.additional_kwargs?.refusal;
  if (refusal || ends.some((end) => end === "refusal" || end === "content_filter"))
    return { outcome: "refusal", reason: refusal?.slice(0, 300) ?? "the model refused to answer" };
  if (ends.some((end) => end === "length" || end === "max_tokens") || status === "incomplete")
    return { outcome: "length", reason: "the answer was cut at the limit of tokens" };
  if (textOf(reply).trim() === "" && !reply.tool_calls?.length)
    return { outcome: "empty", reason: "the answer is empty" };
  return null;
}
function textOf({ text, content }) {
  if (text !== void 0) return text;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((block) => hasText(block) ? block.text : "").join("");
}
var hasText = (block) => typeof block === "object" && block !== null && "text" in block && typeof block.text === "string";
function tokensOf({ usage_metadata: usage }) {
  if (!usage) return null;
  return {
    input: usage.input_tokens,
    cached: usage.input_token_details?.cache_read ?? 0,
    output: usage.output_tokens
  };
}
var readReply = (given) => import_contract.modelReplySchema.parse(given);
var unpaid = /quota|billing|credit balance|payment/i;
function judgeError(error) {
  const status = statusOf(error);
  const reason = `${status === null ? "" : `${status}: `}${wordsOf(error)}`.slice(0, 300);
  if (status === null) return { outcome: "unreachable", reason };
  if (status === 402 || [400, 403, 429].includes(status) && unpaid.test(wordsOf(error) + codeOf(error)))
    return { outcome: "unpaid", reason };
  if ([401, 403, 404].includes(status)) return { outcome: "denied", reason };
  if (status >= 500 || [408, 409, 425, 429].includes(status)) return { outcome: "overloaded", reason };
  return { outcome: "rejected", reason };
}
var property = (value, name) => typeof value === "object" && value !== null ? Reflect.get(value, name) : void 0;
function* layersOf(error) {
  let layer = error;
  for (let depth = 0; depth < 5 && layer; depth += 1) {
    yield layer;
    layer = property(layer, "cause");
  }
}
function statusOf(error) {
  for (const layer of layersOf(error))
    for (const given of [
      property(layer, "status"),
      property(layer, "statusCode"),
      property(layer, "httpCode"),
      property(property(layer, "response"), "status")
    ]) {
      const status = Number(given);
      if (Number.isInteger(status) && status >= 400 && status < 600) return status;
    }
  return null;
}
function wordsOf(error) {
  const words = [...layersOf(error)].flatMap((layer) => {
    const inner = property(property(property(layer, "error"), "error"), "message");
    const message = inner ?? property(property(layer, "error"), "message") ?? property(layer, "message");
    return typeof message === "string" && message !== "" ? [message] : [];
  });
  return words.at(-1) ?? "no reason given";
}
var codeOf = (error) => [...layersOf(error)].map((layer) => String(property(layer, "code") ?? "")).join(" ");

// src/ask-vendors.ts
var NobodyAnswered = class extends Error {
  name = "NobodyAnswered";
  calls;
  constructor(calls) {
    super(
      calls.map(({ model, outcome, reason }) => `${model}: ${outcome}${reason ? ` (${reason})` : ""}`).join("; ")
    );
    this.calls = calls;
  }
};
async function askVendors(asking) {
  const calls = [];
  for (const vendor of asking.ask) {
    const { call, output } = await askOne(asking, vendor);
    calls.push(call);
    await asking.report(call);
    if (output) return { output, vendor, calls, ask: goodFirst(asking.ask, failedOf(calls)) };
    asking.signal?.throwIfAborted();
  }
  throw new NobodyAnswered(calls);
}
var goodFirst = (ask, failed) => [
  ...ask.filter((vendor) => !failed.includes(vendor)),
  ...ask.filter((vendor) => failed.includes(vendor))
];
var failedOf = (calls) => calls.filter(({ outcome }) => outcome !== "ok").map(({ vendor }) => vendor);
async function askOne({ names, step, call: ask, read, signal, timeoutMs = import_contract2.vendorTimeoutMs }, vendor) {
  const begun = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const known = { step, vendor, model: names[vendor], tokens: null };
  const ms = () => Math.round(performance.now() - begun);
  try {
    const given = await ask(vendor, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      maxRetries: 0
    });
    const reply = readReply(given);
    const call = { ...known, ms: ms(), tokens: tokensOf(reply) };
    const judged = judgeReply(reply);
    if (judged) return { call: { ...call, ...judged }, output: null };
    try {
      return { call: { ...call, outcome: "ok", reason: null }, output: await read(textOf(reply), given) };
    } catch {
      const reason = "the answer does not have the form that was asked for";
      return { call: { ...call, outcome: "unreadable", reason }, output: null };
    }
  } catch (error) {
    const judged = timeout.aborted ? { outcome: "timeout", reason: `no answer in ${Math.round(timeoutMs / 1e3)} s` } : judgeError(error);
    return { call: { ...known, ms: ms(), ...judged }, output: null };
  }
}

// src/ask-in-turn.ts
var namesOf = (models) => ({
  openai: models.openai.model ?? "openai",
  anthropic: models.anthropic.model ?? "anthropic"
});
var byVendor = (connected) => {
  const [openai, anthropic] = connected.toReversed();
  return openai && anthropic && connected.length === import_contract3.vendors.length ? { openai, anthropic } : null;
};

// src/agent-model.ts
function agentModel({ models, ...asking }) {
  const names = namesOf(models);
  return {
    lc_namespace: ["lead_processing", "chat_models"],
    _modelType: () => "base_chat_model",
    bindTools: (tools, options) => {
      const bound = {
        openai: models.openai.bindTools(tools, options),
        anthropic: models.anthropic.bindTools(tools, options)
      };
      return async (input, config = {}) => {
        const { output } = await askVendors({
          ...asking,
          names,
          call: (vendor, call) => bound[vendor].invoke(input, { ...config, ...call }),
          read: (_text, given) => messageOf(given),
          signal: config.signal
        });
        return output;
      };
    }
  };
}
function messageOf(given) {
  if (typeof given !== "object" || given === null) throw new Error("no message");
  return given;
}

// src/read-parameter.ts
var import_n8n_workflow = require("n8n-workflow");
function readParameter(context, name, itemIndex, schema) {
  return check(context, name, itemIndex, schema, toValue(context, name, itemIndex));
}
function check(context, name, itemIndex, schema, value) {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${[name, ...path].join(".")}: ${message}`);
  throw new import_n8n_workflow.NodeOperationError(context.getNode(), problems.join("; "), { itemIndex });
}
function toValue(context, name, itemIndex) {
  const value = context.getNodeParameter(name, itemIndex, null);
  if (typeof value !== "string") return value ?? null;
  if (value.trim() === "") return null;
  try {
    return JSON.parse(value);
  } catch {
    throw new import_n8n_workflow.NodeOperationError(context.getNode(), `${name} is not JSON`, { itemIndex });
  }
}

// src/call-api.ts
var import_contract4 = require("../../contract.js");
var import_promises = require("node:timers/promises");
var import_n8n_workflow2 = require("n8n-workflow");
var import_stay_connected = require("../../stay-connected.js");
var awayMs = 3e3;
var againMs = 300;
async function callApi(context, index, operation, turn, data) {
  const { answer } = import_contract4.operations[operation];
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
    throw new import_n8n_workflow2.NodeApiError(context.getNode(), error, { itemIndex: index });
  });
  const checked = answer.safeParse(given);
  const rehearsed = turn?.rehearsal ? import_contract4.rehearsedSchema.safeParse(given).data : {};
  if (!checked.success || !rehearsed) {
    const reason = `The API server's answer to ${operation} is none that this version of the node knows`;
    throw new import_n8n_workflow2.NodeOperationError(context.getNode(), reason, { itemIndex: index });
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
  const { path } = import_contract4.operations[operation];
  if (operation === "rehearse")
    return path.replace("{rehearsal}", import_contract4.rehearsalSchema.parse(context.getNodeParameter("rehearsal", index)));
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

// src/report-call.ts
async function reportCall(context, index, turn, call) {
  if (turn.rehearsal) return;
  await callApi(context, index, "modelCall", turn, { call }).catch(
    (error) => context.logger.warn(`A call of a model was not reported: ${String(error)}`)
  );
}

// nodes/TurnModels/TurnModels.node.ts
var TurnModels = class {
  description = {
    displayName: "Turn Models",
    name: "turnModels",
    icon: { light: "file:../../icons/turnModels.svg", dark: "file:../../icons/turnModels.dark.svg" },
    group: ["transform"],
    version: 1,
    subtitle: "one, else the other",
    description: "A chat model for an AI Agent out of two: the other vendor is asked when the first fails, refuses, is cut short or hangs; reports each call to the Lead Processing API",
    defaults: { name: "Turn Models" },
    inputs: [
      { type: import_n8n_workflow3.NodeConnectionTypes.AiLanguageModel, displayName: "First", maxConnections: 1, required: true },
      { type: import_n8n_workflow3.NodeConnectionTypes.AiLanguageModel, displayName: "Other", maxConnections: 1, required: true }
    ],
    outputs: [import_n8n_workflow3.NodeConnectionTypes.AiLanguageModel],
    outputNames: ["Model"],
    // A model is no tool.
    usableAsTool: void 0,
    credentials: [{ name: "leadProcessingApi", required: true }],
    properties: [
      {
        displayName: "Vendors",
        name: "ask",
        type: "json",
        default: "={{ $('Turn').first().json.body.models.ask }}",
        description: 'Whom to ask, the first one first: "openai" is the first model that is connected, "anthropic" the other. The API leaves out who is away.'
      },
      {
        displayName: "Turn",
        name: "turn",
        type: "json",
        default: "={{ $('Turn').first().json.body.turn }}",
        description: "The turn as the API dispatched it, with its ID and fencing number"
      }
    ]
  };
  async supplyData(itemIndex) {
    const connected = await this.getInputConnectionData(import_n8n_workflow3.NodeConnectionTypes.AiLanguageModel, itemIndex);
    const models = byVendor(Array.isArray(connected) ? connected.filter(isToolModel) : []);
    if (!models)
      throw new import_n8n_workflow3.NodeOperationError(
        this.getNode(),
        `Connect ${import_contract5.vendors.length} chat models that can call tools`,
        { itemIndex }
      );
    const turn = readParameter(this, "turn", itemIndex, import_contract5.turnSchema.shape.turn);
    const ask = readParameter(this, "ask", itemIndex, import_contract5.turnSchema.shape.models.shape.ask);
    return { response: modelOf(this, itemIndex, { models, turn, ask }) };
  }
};
var failedKey = "vendorsThatFailed";
function modelOf(context, index, { models, turn, ask }) {
  const failed = String(context.customData.get(failedKey) ?? "").split(" ");
  const knownToFail = import_contract5.vendors.filter((vendor) => failed.includes(vendor));
  return agentModel({
    models,
    ask: goodFirst(ask, knownToFail),
    step: "sales",
    report: async (call) => {
      if (call.outcome !== "ok" && !knownToFail.includes(call.vendor)) {
        knownToFail.push(call.vendor);
        context.customData.set(failedKey, knownToFail.join(" "));
      }
      await reportCall(context, index, turn, call);
    }
  });
}
var isToolModel = (value) => typeof value === "object" && value !== null && "bindTools" in value;
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  TurnModels
});
