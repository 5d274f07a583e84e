/**
 * What calendar-helpers.js offers: the calendar rules as plain functions, bundled for CommonJS, for our n8n node and for
 * anyone who wants them in an n8n Code node or a script.
 */
export { findSlots, formatSlot, offerSlots, readTime } from '@lead/scheduling'
export { findFreeTimes } from './find-free-times.ts'
export { readWishes } from './read-wishes.ts'
export { agentPrompt, salesPrompt } from './sales-prompt.ts'
