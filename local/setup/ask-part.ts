import { join } from 'node:path'
import { isMock, readSettings, variableNames } from '../../api/src/settings/variables.ts'
import { readEnvFile } from '../settings/env-file.ts'
import { keepVariables } from '../settings/keep-variables.ts'
import type { Interview } from '../terminal/interview.ts'
import { lookAtPart, lookFor, type Ports, readSettingsOf } from './look-at-part.ts'
import type { Part, Question, Row, SetupText, Values, Way } from './part.ts'
import { faultLines } from './show-setup.ts'

export type AskPorts = Ports & { person: Interview; text: SetupText; signal: AbortSignal }

/** The person left, or the script has no more lines. */
export class PersonLeft extends Error {
  override name = 'PersonLeft'
}

/** Asks how one integration is to run, checks it, and writes it when the check passed or the person wants it all the same. */
export async function askPart(part: Part, ports: AskPorts): Promise<Row[] | null> {
  const { person, text } = ports
  const { values } = readSettingsOf(ports.place)
  const now = part.wayOf(values)
  const way = await askWay(part, now, ports)
  let answers: Values = {}
  for (;;) {
    answers = await askValues(part, way, answers, ports)
    const changes = { ...way.fixed(values), ...answers }
    if (!way.isReal) {
      keep(changes, ports)
      return null
    }
    person.say(`\n  ${text.checking}`)
    const rows = await fillAccount(part, changes, await lookAtPart(part, changes, ports), ports)
    if (rows.every(({ fault }) => fault === null)) {
      for (const { what, has } of rows) person.say(`  ✔ ${what}: ${has}`)
      keep(changes, ports)
      return rows
    }
    for (const line of faultLines(rows)) person.say(line)
    const answer = await need(person.ask(`  ${text.whatNow}`))
    if (answer === '2') {
      keep(changes, ports)
      return rows
    }
    if (answer === '3') {
      person.say(`  ${text.leftAsItWas}`)
      return null
    }
  }
}

async function need(answer: Promise<string | null>): Promise<string> {
  const given = await answer
  if (given === null) throw new PersonLeft()
  return given
}

async function askWay(part: Part, now: Way['id'], { person, text }: AskPorts): Promise<Way> {
  // What nothing is asked for can only be kept.
  const offered = part.ways.filter((way) => !way.isReal || way.questions.length > 0 || way.id === now)
  person.say(`\n${text.parts[part.id]}`)
  for (const [index, { id }] of offered.entries())
    person.say(`  ${index}  ${text.ways[id]}${id === now ? `, ${text.now}` : ''} (${text.hints[id]})`)
  for (;;) {
    const answer = await need(person.ask(`${text.choose}: `))
    const chosen = answer === '' ? offered.find(({ id }) => id === now) : offered[Number(answer)]
    if (chosen) return chosen
    person.say(text.noSuchNumber)
  }
}

/** `last`: what was answered before and did not work; Enter keeps it. */
async function askValues(part: Part, way: Way, last: Values, ports: AskPorts): Promise<Values> {
  const answers: Values = {}
  for (const question of way.questions) {
    const { name } = question
    ports.person.say(`\n  ${name}: ${ports.text.where[name]}`)
    const present = last[name] || presentValue(question, ports)
    const before = { ...way.fixed({}), ...answers }
    answers[name] = await askValue(part, { question, present, before }, ports)
  }
  return answers
}

async function askValue(
  part: Part,
  { question, present, before }: { question: Question; present: string; before: Values },
  ports: AskPorts,
): Promise<string> {
  const { person, text } = ports
  const { name, isSecret, isOptional, tidy = (typed: string) => typed, obtain } = question
  const shown = present ? ` [${isSecret ? masked(present) : present}]` : ''
  for (;;) {
    const prompt = `  ${name}${shown}${obtain ? ` (${text.login})` : ''}: `
    const typed = unquoted(await need(isSecret ? person.askSecret(prompt) : person.ask(prompt)))
    if (obtain && (typed === 'login' || (typed === '' && !present))) {
      const got = await obtained(part, question, before, ports)
      if (got) return got
      continue
    }
    if (isOptional && (typed === '-' || (typed === '' && !present))) return ''
    const value = typed === '' ? present : tidy(typed)
    const fault = value === '' ? text.isNeeded : shapeFault(name, value, text)
    if (fault === null) return value
    person.say(`  ✘ ${fault}`)
  }
}

async function obtained(
  part: Part,
  { name, obtain }: Question,
  before: Values,
  ports: AskPorts,
): Promise<string | null> {
  const { person, text, signal } = ports
  try {
    // Its own value is not there yet, and everything beside it is looked at as a whole.
    const look = lookFor(part, { ...before, [name]: 'not-yet' }, ports)
    person.say(`  ${text.openAddress}`)
    return (await obtain?.(look, { show: (line) => person.say(`\n${line}\n`), signal })) ?? null
  } catch (error) {
    if (signal.aborted) throw new PersonLeft()
    person.say(`  ✘ ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

/** What is set and is neither a simulator's nor the example; else what is usual. */
function presentValue({ name, usual = () => '' }: Question, { place }: AskPorts): string {
  const { values, written } = readSettingsOf(place)
  const example = readEnvFile(join(place.folder, '.env.example'))[name]
  const value = values[name] ?? place.environment[name] ?? written[name] ?? ''
  return value && !isMock(value) && value !== example ? value : usual(values)
}

/** Enter is a yes. */
export const isYes = (answer: string, text: SetupText): boolean =>
  answer === '' || text.yes.split(' ').includes(answer.toLowerCase())

const masked = (secret: string) => (secret.length < 16 ? '••••' : `••••${secret.slice(-4)}`)
const unquoted = (typed: string) => /^(["'])(.*)\1$/.exec(typed)?.[2] ?? typed

/** What is wrong with a value by itself; null: nothing. */
function shapeFault(name: string, value: string, text: SetupText): string | null {
  if (isMock(value)) return text.isSimulated
  const known = variableNames.find((one) => one === name)
  return known ? (readSettings({ [known]: value }, [known]).problems[0] ?? null) : null
}

/** What the account lacks is made, when the person wants it; then it is looked at again. */
async function fillAccount(part: Part, changes: Values, rows: Row[], ports: AskPorts): Promise<Row[]> {
  const { person, text } = ports
  const lacking = rows.filter((row) => row.fault !== null && part.fill?.isOf(row))
  if (!part.fill || lacking.length === 0) return rows
  for (const { what, fault } of lacking) person.say(`  - ${what}: ${fault}`)
  if (!isYes(await need(person.ask(`  ${text.fill}: `)), text)) return rows
  for (const line of await part.fill.make(lookFor(part, changes, ports))) person.say(`  ${line}`)
  return lookAtPart(part, changes, ports)
}

/** Writes what differs from what is set now. */
function keep(changes: Values, { place, person, text }: AskPorts): void {
  const { values, written } = readSettingsOf(place)
  const different: Values = {}
  for (const [name, value] of Object.entries(changes)) {
    // Nothing has to be written for what is only the example's, nor emptied for what is not there.
    const present = value === '' ? written[name] || place.environment[name] : (values[name] ?? written[name])
    if ((present ?? '') === value) continue
    different[name] = value
    // A variable and its file are never both set.
    if (written[`${name}_FILE`] && !changes[`${name}_FILE`]) different[`${name}_FILE`] = ''
  }
  if (Object.keys(different).length === 0) return
  keepVariables(place.envFile, different)
  person.say(`  ${text.written({ names: Object.keys(different).join(', '), file: place.envFile })}`)
  for (const name of Object.keys(different))
    if (place.environment[name]) person.say(`  ! ${text.overridden(name)}`)
}
