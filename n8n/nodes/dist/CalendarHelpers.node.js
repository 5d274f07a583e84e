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

// src/CalendarHelpers.node.ts
var CalendarHelpers_node_exports = {};
__export(CalendarHelpers_node_exports, {
  CalendarHelpers: () => CalendarHelpers
});
module.exports = __toCommonJS(CalendarHelpers_node_exports);
var import_n8n_workflow = require("n8n-workflow");
var import_find_free_times = require("../calendar-helpers.js");
var import_read_wishes = require("../calendar-helpers.js");
var import_sales_prompt = require("../calendar-helpers.js");
var CalendarHelpers = class {
  description = {
    displayName: "Calendar Helpers",
    name: "calendarHelpers",
    icon: "fa:calendar",
    group: ["transform"],
    version: 1,
    subtitle: '={{$parameter["operation"]}}',
    description: "Reads the lead's words about time and finds free times to offer",
    defaults: { name: "Calendar Helpers" },
    inputs: ["main"],
    outputs: ["main"],
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
          }
        ]
      },
      {
        displayName: "Calendar",
        name: "calendar",
        type: "json",
        default: "={{ $('Turn').first().json.body.calendar }}",
        description: "Rules, zones, sellers and what was offered, as the API dispatched them"
      },
      {
        displayName: "Classification",
        name: "classification",
        type: "json",
        default: "={{ $json.output }}",
        description: "What the classifier answered, or null when there was nothing to classify"
      },
      {
        displayName: "Wishes",
        name: "wishes",
        type: "json",
        default: "={{ null }}",
        description: "What Read Time Wishes found, or null",
        displayOptions: { show: { operation: ["freeTimes"] } }
      },
      {
        displayName: "Busy Times",
        name: "busy",
        type: "json",
        default: "={{ $json.busy }}",
        description: "Busy times per seller, or null when unknown: nothing is offered then",
        displayOptions: { show: { operation: ["freeTimes"] } }
      },
      {
        displayName: "Brief",
        name: "brief",
        type: "json",
        default: "={{ $('Turn').first().json.body.brief }}",
        description: "What the sales prompt is told besides the times",
        displayOptions: { show: { operation: ["freeTimes"] } }
      }
    ]
  };
  async execute() {
    const output = this.getInputData().map((_item, index) => {
      const read = (name) => readJson(this, name, index);
      const calendar = read("calendar");
      if (!calendar) throw new import_n8n_workflow.NodeOperationError(this.getNode(), "Calendar is empty", { itemIndex: index });
      const classification = read("classification");
      const json = this.getNodeParameter("operation", index) === "readWishes" ? (0, import_read_wishes.readWishes)(classification, calendar) : withPrompt(
        (0, import_find_free_times.findFreeTimes)(calendar, read("busy"), read("wishes")),
        (free) => (0, import_sales_prompt.salesPrompt)(read("brief") ?? {}, classification, free)
      );
      return { json, pairedItem: { item: index } };
    });
    return [output];
  }
};
var withPrompt = (free, prompt) => ({
  ...free,
  prompt: prompt(free)
});
function readJson(context, name, index) {
  const value = context.getNodeParameter(name, index, null);
  if (typeof value !== "string") return value ?? null;
  return value.trim() === "" ? null : JSON.parse(value);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  CalendarHelpers
});
