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

// credentials/LeadProcessingApi.credentials.ts
var LeadProcessingApi_credentials_exports = {};
__export(LeadProcessingApi_credentials_exports, {
  LeadProcessingApi: () => LeadProcessingApi
});
module.exports = __toCommonJS(LeadProcessingApi_credentials_exports);
var import_stay_connected = require("../stay-connected.js");
var LeadProcessingApi = class {
  name = "leadProcessingApi";
  displayName = "Lead Processing API";
  documentationUrl = "https://github.com/lead-processing-system/lead-processing-system/blob/main/docs/n8n.md";
  icon = { light: "file:../icons/leadApi.svg", dark: "file:../icons/leadApi.dark.svg" };
  properties = [
    {
      displayName: "Base URL",
      name: "baseUrl",
      type: "string",
      default: "http://localhost:3000",
      required: true
    },
    {
      displayName: "Token",
      name: "token",
      type: "string",
      typeOptions: { password: true },
      default: "",
      required: true,
      description: "The API_TOKEN of the API server"
    }
  ];
  // A function: as an expression it would cost n8n more than the request.
  authenticate = async ({ baseUrl, token }, request) => {
    (0, import_stay_connected.stayConnected)(String(baseUrl), String(token));
    return {
      ...request,
      baseURL: request.baseURL ?? String(baseUrl).replace(/\/$/, ""),
      headers: { ...request.headers, Authorization: `Bearer ${String(token)}` }
    };
  };
  // It answers 401 without the token, and needs no database.
  test = {
    request: { baseURL: "={{$credentials.baseUrl}}", url: "/rehearsals/first_touch", method: "POST" }
  };
};
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  LeadProcessingApi
});
