import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calendarSync } from './calendar-sync.ts'
import { applyEdit, type Edit } from './edit.ts'
import { enrich } from './enrich.ts'
import { errors } from './errors.ts'
import { leadIntake } from './lead-intake.ts'
import { leadProcessingAgent } from './lead-processing-agent.ts'
import { leadProcessing } from './lead-processing.ts'

const sources = {
  'lead-processing': leadProcessing,
  'lead-processing-agent': leadProcessingAgent,
  'lead-intake': leadIntake,
  'calendar-sync': calendarSync,
  enrich,
  errors,
}
export type WorkflowName = keyof typeof sources
export const workflowNames = Object.keys(sources) as WorkflowName[]

/** What the list of workflows says of each. */
const descriptions: Record<WorkflowName, string> = {
  'lead-processing':
    'One turn: understand what the lead wrote, find free times, write one message, book, send, keep the card true. Try it with Execute workflow: nothing is sent.',
  'lead-processing-agent':
    'The same turn with an AI Agent as its sales step: its tools find times, look up what may be stated, and propose. TURN_WORKFLOW in .env chooses it.',
  'lead-intake': "The door for amoCRM's webhooks: stored in the API while the request is open.",
  'calendar-sync': 'Once a minute: what people moved or deleted in Google Calendar comes back.',
  enrich:
    'Before the first message: asks a look-up service about the company of a lead. Off until enrich: in config/business.yaml names one.',
  errors: 'Tells the API about executions that failed.',
}

export const jsonFile = (name: WorkflowName) => join(import.meta.dirname, `${name}.json`)
/** What was adopted out of n8n's editor and no source says yet. */
export const editFile = (name: WorkflowName) => join(import.meta.dirname, 'edits', `${name}.json`)

/** A workflow as its TypeScript and the prompts of docs/ make it. */
export const buildSource = (name: WorkflowName) => ({
  ...sources[name]().toJSON(),
  description: descriptions[name],
  tags: [{ id: 'leadProcessTag01', name: 'lead-processing' }],
  active: true,
})

/** A workflow as n8n imports it: the source, with the adopted edit on top. */
export function buildWorkflow(name: WorkflowName) {
  const source = buildSource(name)
  const file = editFile(name)
  if (!existsSync(file)) return source
  return applyEdit(source, JSON.parse(readFileSync(file, 'utf8')) as Edit)
}

export const workflowText = (name: WorkflowName) => `${JSON.stringify(buildWorkflow(name), null, 2)}\n`
