/** What n8n asks of a node package that it could verify: both of its lint plugins, all rules of theirs that fit a package. */
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes'
import * as parser from '@typescript-eslint/parser'
import nodesBase from 'eslint-plugin-n8n-nodes-base'

const languageOptions = { parser, parserOptions: { extraFileExtensions: ['.json'] } }
const rulesOf = (config) => nodesBase.configs[config].rules

export default [
  // src/ is bundled into the nodes; nothing of it is loaded by n8n.
  { ignores: ['**/src/**', '**/dist/**', '**/build.mts', '**/calendar-helpers.js'] },
  { files: ['**/*.ts', '**/package.json'], languageOptions, ...n8nCommunityNodesPlugin.configs.recommended },
  {
    files: ['**/package.json'],
    languageOptions,
    plugins: { 'n8n-nodes-base': nodesBase },
    rules: rulesOf('community'),
  },
  {
    files: ['**/credentials/*.ts'],
    languageOptions,
    plugins: { 'n8n-nodes-base': nodesBase },
    rules: {
      ...rulesOf('credentials'),
      // For n8n's own credentials, whose address is a word; ours is an address.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
    },
  },
  {
    files: ['**/nodes/*/*.node.ts'],
    languageOptions,
    plugins: { 'n8n-nodes-base': nodesBase },
    rules: {
      ...rulesOf('nodes'),
      // Older than NodeConnectionTypes, which the other plugin asks for.
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
    },
  },
]
