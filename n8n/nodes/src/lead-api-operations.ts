import { type Operation, operationNames, operations } from '@lead/contract'

/** How each report to the API server reads in n8n's editor. Paths and answers stand in the contract. */
const labels: Record<Operation, { name: string; description: string }> = {
  begin: {
    name: 'Begin to Think',
    description:
      "Asks whether the turn is still the execution's own, before a model is asked; the AI steps do it by themselves",
  },
  journal: {
    name: 'Journal the Decision',
    description: 'Stores what the AI decided, before any effect. The answer says whether to go on',
  },
  askBusy: {
    name: 'Are Busy Times Known by Now',
    description:
      'Gives the busy times when another turn has just asked for them, or says that this one is to ask Google',
  },
  rememberBusy: {
    name: 'Remember Busy Times',
    description:
      'Puts an answer of Google freeBusy into the shared cache and gives back the busy times per seller',
  },
  lookUp: {
    name: 'Look up Knowledge',
    description:
      'Gives what may be stated about a question, each line with the ID that a sentence of it must name',
  },
  enrich: {
    name: 'Report What Was Found',
    description: 'Gives what a look-up found of a lead to its first message, when it is still waited for',
  },
  calendar: {
    name: 'Next Calendar Step',
    description:
      'Reports the last answer of Google Calendar and asks what to do next, until the booking is confirmed',
  },
  act: {
    name: 'Act on the Decision',
    description:
      'Reports the last answer of Google Calendar and asks what to do next there; when nothing is left, the message and the card are on their way and the turn is done',
  },
  modelCall: {
    name: 'Report a Model Call',
    description: 'Says how a call of a model ended; the AI steps do it by themselves',
  },
  send: {
    name: 'Send in Telegram',
    description: 'Puts the journaled message of this turn on its way to the lead, once',
  },
  updateCrm: {
    name: 'Update amoCRM',
    description: 'Puts stage, fields, note and task of the journaled decision on their way to amoCRM, once',
  },
  complete: { name: 'Complete the Turn', description: 'Ends the turn' },
  fail: {
    name: 'Report a Failure',
    description: 'Gives the turn back: it is tried again later, and in the end goes to a human',
  },
  planSync: {
    name: 'Plan the Calendar Sync',
    description: 'Which requests to Google bring what changed in the calendars, one item each',
  },
  takeSyncPage: {
    name: 'Take a Page of Changes',
    description: 'Follows what humans moved or deleted, and says whether there is another page',
  },
  rehearse: {
    name: 'Make an Example Turn',
    description:
      'A turn of a person who does not exist, to try the workflow with: nothing is sent, booked or stored',
  },
  reportError: { name: 'Report an Execution Error', description: 'Tells the API that an execution died' },
}

/** The choices of the Lead API node. */
export const operationOptions = operationNames.map((value) => ({
  ...labels[value],
  value,
  action: labels[value].name,
}))

/** The operation in words, below the name of the node. */
export const operationSubtitle = `={{ (${JSON.stringify(
  Object.fromEntries(operationNames.map((name) => [name, labels[name].name.toLowerCase()])),
)})[$parameter["operation"]] }}`

/** Operations that act for one turn: they carry its id and fencing number. */
export const turnOperations = operationNames.filter((name) => operations[name].ofTurn)
