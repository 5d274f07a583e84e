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

// nodes/AskModels/AskModels.node.ts
var AskModels_node_exports = {};
__export(AskModels_node_exports, {
  AskModels: () => AskModels
});
module.exports = __toCommonJS(AskModels_node_exports);
var import_contract5 = require("../../contract.js");
var import_n8n_workflow4 = require("n8n-workflow");

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
var askInTurn = ({ models, system, text, parse, ...asking }) => askVendors({
  ...asking,
  names: namesOf(models),
  call: (vendor, options) => models[vendor].invoke(
    [
      ["system", system],
      ["human", text]
    ],
    options
  ),
  read: parse
});
async function askOnceMore(asking, first, vendor) {
  if (first.vendor === vendor || !asking.ask.includes(vendor)) return first;
  const asked = first.calls.some((call) => call.vendor === vendor);
  if (asked) return first;
  try {
    const better = await askInTurn({ ...asking, ask: [vendor] });
    return { ...better, calls: [...first.calls, ...better.calls], ask: first.ask };
  } catch (error) {
    if (error instanceof NobodyAnswered) return first;
    throw error;
  }
}
var namesOf = (models) => ({
  openai: models.openai.model ?? "openai",
  anthropic: models.anthropic.model ?? "anthropic"
});
var byVendor = (connected) => {
  const [openai, anthropic] = connected.toReversed();
  return openai && anthropic && connected.length === import_contract3.vendors.length ? { openai, anthropic } : null;
};

// src/call-api.ts
var import_contract4 = require("../../contract.js");
var import_promises = require("node:timers/promises");
var import_n8n_workflow = require("n8n-workflow");
var import_stay_connected = require("../../stay-connected.js");
var awayMs = 3e3;
var againMs = 300;
async function callApi(context, index, operation, turn, data) {
  const { answer: answer2 } = import_contract4.operations[operation];
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
  const checked = answer2.safeParse(given);
  const rehearsed = turn?.rehearsal ? import_contract4.rehearsedSchema.safeParse(given).data : {};
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
  const { path } = import_contract4.operations[operation];
  if (operation === "rehearse")
    return path.replace("{rehearsal}", import_contract4.rehearsalSchema.parse(context.getNodeParameter("rehearsal", index)));
  return path.replace("{turn}", encodeURIComponent(String(turn?.id ?? "")));
}
function outcomeOf(operation, answer2) {
  if (operation === "complete") return answer2["done"] === true ? "done" : "superseded";
  if (operation === "act")
    return answer2["next"] === "done" ? "done" : answer2["next"] === "stop" ? "superseded" : null;
  if (operation === "fail") return "given back";
  if (operation === "journal") return String(answer2["outcome"]);
  return null;
}

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

// src/read-parameter.ts
var import_n8n_workflow3 = require("n8n-workflow");
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

// src/without-estimates.ts
var isTracing = (value) => typeof value === "object" && value !== null && "estimateTokensFromStringList" in value;
function withoutEstimates(model) {
  const { callbacks } = model;
  if (Array.isArray(callbacks)) {
    for (const one of callbacks) if (isTracing(one)) one.estimateTokensFromStringList = async () => 0;
  }
  return model;
}

// src/report-call.ts
async function reportCall(context, index, turn, call) {
  if (turn.rehearsal) return;
  await callApi(context, index, "modelCall", turn, { call }).catch(
    (error) => context.logger.warn(`A call of a model was not reported: ${String(error)}`)
  );
}

// nodes/AskModels/AskModels.node.ts
var AskModels = class {
  description = {
    displayName: "Ask Models",
    name: "askModels",
    icon: { light: "file:../../icons/askModels.svg", dark: "file:../../icons/askModels.dark.svg" },
    group: ["transform"],
    version: 1,
    subtitle: '={{ $parameter["step"] === "sales" ? "write the message" : "label what was written" }}',
    description: "Asks one model, and the other vendor when it fails, refuses, is cut short or hangs; reports each call to the Lead Processing API",
    defaults: { name: "Ask Models" },
    inputs: [
      { type: import_n8n_workflow4.NodeConnectionTypes.Main },
      { type: import_n8n_workflow4.NodeConnectionTypes.AiLanguageModel, displayName: "First", maxConnections: 1, required: true },
      { type: import_n8n_workflow4.NodeConnectionTypes.AiLanguageModel, displayName: "Other", maxConnections: 1, required: true },
      { type: import_n8n_workflow4.NodeConnectionTypes.AiOutputParser, displayName: "Answer", maxConnections: 1, required: true }
    ],
    outputs: [import_n8n_workflow4.NodeConnectionTypes.Main],
    usableAsTool: true,
    credentials: [{ name: "leadProcessingApi", required: true }],
    properties: [
      {
        displayName: "Step",
        name: "step",
        type: "options",
        noDataExpression: true,
        default: "classifier",
        options: [
          { name: "Classifier", value: "classifier", description: "Labels what the lead wrote" },
          { name: "Sales", value: "sales", description: "Writes the message and proposes one action" }
        ]
      },
      {
        displayName: "System Prompt",
        name: "system",
        type: "string",
        typeOptions: { rows: 8 },
        default: "",
        description: "What the model is and how it answers"
      },
      {
        displayName: "Text",
        name: "text",
        type: "string",
        typeOptions: { rows: 4 },
        default: "",
        description: "What this turn is about. Empty: as the API asks the classifier, or the prompt of Find Free Times."
      },
      {
        displayName: "Vendors",
        name: "ask",
        type: "json",
        default: "",
        description: 'Whom to ask, the first one first: "openai" is the first model that is connected, "anthropic" the other. Empty: whom the API names, which leaves out who is away; after the classifier, who failed in it comes last.'
      },
      {
        displayName: "Doubt",
        name: "doubt",
        type: "json",
        default: "",
        description: "Which vendor is asked once more about a label that is doubtful, or that does what cannot be taken back. Empty: as the API says; null: none."
      },
      {
        displayName: "Prompt of the Experiment",
        name: "variant",
        type: "string",
        default: "",
        description: "Takes the place of the prompt in the sales step. Empty: that of an experiment, for its leads (experiment in config/business.yaml), else the prompt itself."
      },
      {
        displayName: "Turn",
        name: "turn",
        type: "json",
        default: "",
        description: "The turn with its ID and fencing number. Empty: the one that the API dispatched."
      }
    ]
  };
  async execute() {
    const connected = await this.getInputConnectionData(import_n8n_workflow4.NodeConnectionTypes.AiLanguageModel, 0);
    const models = byVendor(isList(connected) ? connected.filter(isChatModel).map(withoutEstimates) : []);
    if (!models) throw new import_n8n_workflow4.NodeOperationError(this.getNode(), `Connect ${import_contract5.vendors.length} chat models`);
    const parser = await this.getInputConnectionData(import_n8n_workflow4.NodeConnectionTypes.AiOutputParser, 0);
    if (!isParser(parser)) throw new import_n8n_workflow4.NodeOperationError(this.getNode(), "Connect a Structured Output Parser");
    const output = [];
    for (let index = 0; index < this.getInputData().length; index++) {
      try {
        const answered = await answer(this, index, models, parser);
        if (answered) output.push({ json: { ...answered }, pairedItem: { item: index } });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!this.continueOnFail())
          throw new import_n8n_workflow4.NodeOperationError(this.getNode(), message, { itemIndex: index });
        output.push({ json: { error: message }, pairedItem: { item: index } });
      }
    }
    return [output];
  }
};
async function isStillOurs(context, index, turn) {
  try {
    const { isOurs: isOurs2 } = await callApi(context, index, "begin", turn, {});
    return isOurs2 !== false;
  } catch (error) {
    context.logger.warn(`The API was not asked before thinking: ${String(error)}`);
    return true;
  }
}
var answerIn = (parsed) => "output" in parsed && typeof parsed.output === "object" && parsed.output !== null ? parsed.output : parsed;
async function answer(context, index, models, parser) {
  let known;
  const dispatched = () => known ??= readTurn(context, index);
  const turn = readOrFind(context, "turn", index, import_contract5.turnSchema.shape.turn, () => dispatched().turn);
  const step = readStep(context, index);
  if (!turn.rehearsal && !await isStillOurs(context, index, turn)) return null;
  const asking = {
    models,
    ask: readOrFind(
      context,
      "ask",
      index,
      import_contract5.turnSchema.shape.models.shape.ask,
      () => step === "sales" && readClassifier(context, index)?.["ask"] || dispatched().models.ask
    ),
    step,
    // What never changes stands first: vendors charge less for a beginning that they have just read.
    system: `${parser.getFormatInstructions()}

${promptOf(context, index, step, dispatched)}`,
    text: readText(context, "text", index) || promptFor(context, index, step, dispatched),
    parse: async (text) => answerIn(await parser.parse(text)),
    report: (call) => reportCall(context, index, turn, call),
    signal: context.getExecutionCancelSignal()
  };
  const first = await askInTurn(asking);
  if (step !== "classifier") return first;
  const doubt = readOrFind(context, "doubt", index, import_contract5.doubtSchema.nullish(), () => dispatched().models.doubt);
  if (!doubt) return first;
  const heard = import_contract5.classificationSchema.safeParse(first.output);
  return heard.success && (0, import_contract5.isDoubtful)(heard.data, doubt) ? askOnceMore(asking, first, doubt.vendor) : first;
}
var isList = (value) => Array.isArray(value);
var isChatModel = (value) => typeof value === "object" && value !== null && "invoke" in value;
var isParser = (value) => typeof value === "object" && value !== null && "getFormatInstructions" in value && "parse" in value;
function readStep(context, index) {
  const given = context.getNodeParameter("step", index);
  const step = import_contract5.modelSteps.find((name) => name === given);
  if (!step) throw new import_n8n_workflow4.NodeOperationError(context.getNode(), `There is no step ${String(given)}`);
  return step;
}
function promptOf(context, index, step, dispatched) {
  const own = readText(context, "system", index);
  if (step !== "sales") return own;
  const given = context.getNodeParameter("variant", index, null);
  if (given === null) return own;
  return String(given) || dispatched().models.salesPrompt || own;
}
var promptFor = (context, index, step, dispatched) => step === "classifier" ? dispatched().classifierPrompt : String(context.getInputData()[index]?.json["prompt"] ?? "");
var readText = (context, name, index) => String(context.getNodeParameter(name, index));
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  AskModels
});
