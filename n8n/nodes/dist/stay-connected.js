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

// src/stay-connected.ts
var stay_connected_exports = {};
__export(stay_connected_exports, {
  stayConnected: () => stayConnected,
  thisProcess: () => thisProcess
});
module.exports = __toCommonJS(stay_connected_exports);
var import_node_crypto = require("node:crypto");
var import_node_http = require("node:http");
var import_node_https = require("node:https");
var againMs = 400;
var refusedMs = 1e4;
var thisProcess = (0, import_node_crypto.randomUUID)();
var place = null;
function stayConnected(baseUrl, token) {
  const isFirst = place === null;
  place = { baseUrl, token };
  if (isFirst) connect();
}
function connect() {
  const later = (ms) => void setTimeout(connect, ms).unref();
  if (!place) return;
  try {
    const url = new URL(`${place.baseUrl.replace(/\/$/, "")}/n8n/processes/${thisProcess}`);
    const send = url.protocol === "https:" ? import_node_https.request : import_node_http.request;
    const asked = send(url, { agent: false, headers: { authorization: `Bearer ${place.token}` } });
    let isTaken = true;
    asked.on("socket", (socket) => socket.setKeepAlive(true, 1e4).unref());
    asked.on("response", (answer) => {
      isTaken = answer.statusCode === 200;
      answer.on("error", () => {
      }).resume();
    });
    asked.on("error", () => {
    });
    asked.on("close", () => later(isTaken ? againMs : refusedMs));
    asked.end();
  } catch {
    later(refusedMs);
  }
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  stayConnected,
  thisProcess
});
