import { findPublicSecrets } from '../../api/src/secrets/public-secrets.ts'
import { keepVariables, reasonNotToKeep } from '../settings/keep-variables.ts'
import { type AskPorts, askPart, isYes, PersonLeft } from './ask-part.ts'
import { type CheckedSetup, checkSetup } from './check-setup.ts'
import { readSettingsOf } from './look-at-part.ts'
import type { PartId, Row } from './part.ts'
import { parts } from './parts.ts'
import { showSetup } from './show-setup.ts'

/** Secrets that may be made anew without anything being lost. */
const replaceable = ['N8N_BASIC_AUTH_PASSWORD', 'API_TOKEN', 'DISPATCH_SECRET']

/**
 * Asks for everything that may be real, one integration after the other. What was checked is written at once, so that whoever leaves
 * keeps it.
 * @returns null when the person left, or nothing can be written
 */
export async function runSetup(ports: AskPorts): Promise<CheckedSetup | null> {
  const { person, text, place } = ports
  const reason = reasonNotToKeep(place.envFile)
  if (reason !== null) {
    person.say(text.notWritable({ file: place.envFile, reason }))
    return null
  }
  person.say(text.intro(place.envFile))
  const known = new Map<PartId, Row[]>()
  try {
    for (const part of parts) {
      const rows = await askPart(part, ports)
      if (rows) known.set(part.id, rows)
    }
    await askSecrets(ports)
  } catch (error) {
    if (!(error instanceof PersonLeft)) throw error
    person.say(`\n${text.left(place.envFile)}`)
    return null
  }
  const checked = await checkSetup(ports, known)
  person.say(showSetup(checked, text))
  return checked
}

/** What anybody can guess is emptied, when the person wants it: the next start makes a secret in its place. */
async function askSecrets({ person, text, place }: AskPorts): Promise<void> {
  const { written } = readSettingsOf(place)
  for (const name of replaceable) {
    if (findPublicSecrets({ [name]: written[name] }).length === 0) continue
    const answer = await person.ask(`\n${text.publicSecret(name)}: `)
    if (answer === null) throw new PersonLeft()
    if (isYes(answer, text)) keepVariables(place.envFile, { [name]: '' })
  }
}
