import { existsSync, statSync } from 'node:fs'
import { findPublicSecrets } from '../../api/src/secrets/public-secrets.ts'
import { ConfigProblems, loadConfig } from '../settings/config.ts'
import { lookAtPart, type Ports, readSettingsOf, rowOfProblem } from './look-at-part.ts'
import { bad, checkWords, type PartId, type Row, type Way } from './part.ts'
import { parts } from './parts.ts'

export type CheckedPart = { part: PartId; way: Way; rows: Row[] }
export type CheckedSetup = {
  ok: boolean
  parts: CheckedPart[]
  /** What is wrong with the settings beside the integrations. */
  settings: Row[]
  /** Integrations that are simulated while real people are written to. */
  mixed: PartId[]
}

/** Looks at all that is set. `known`: rows of parts that were just looked at. */
export async function checkSetup(ports: Ports, known = new Map<PartId, Row[]>()): Promise<CheckedSetup> {
  const { values } = readSettingsOf(ports.place)
  const checked: CheckedPart[] = []
  for (const part of parts) {
    const id = part.wayOf(values)
    const way = part.ways.find((one) => one.id === id) ?? part.ways[0]
    const rows = way.isReal ? (known.get(part.id) ?? (await lookAtPart(part, {}, ports))) : []
    checked.push({ part: part.id, way, rows })
  }
  const isReal = checked.some(({ way }) => way.isReal)
  const told = checked.flatMap(({ rows }) => rows.map(({ what }) => what))
  const settings = checkSettings(ports, isReal).filter(({ what }) => !told.includes(what))
  const telegram = checked.find(({ part }) => part === 'telegram')
  return {
    ok: [...settings, ...checked.flatMap(({ rows }) => rows)].every(({ fault }) => fault === null),
    parts: checked,
    settings,
    mixed: telegram?.way.isReal
      ? checked.filter(({ way }) => way.id === 'simulated').map(({ part }) => part)
      : [],
  }
}

function checkSettings({ place, language }: Ports, isReal: boolean): Row[] {
  const words = checkWords(language)
  const { values, given } = readSettingsOf(place)
  const problems = new Set<string>()
  try {
    loadConfig(place)
  } catch (error) {
    if (!(error instanceof ConfigProblems)) return [bad(words.settings.secrets, String(error), 'npm start')]
    for (const problem of error.problems) problems.add(problem)
  }
  // In development `npm start` takes them; nobody should go live with them. The password of an own database is made, not given.
  if (isReal) {
    const own = Object.fromEntries(
      Object.entries(values).filter(([name]) => given.has(name) && name !== 'DB_HOST'),
    )
    for (const problem of findPublicSecrets(own)) problems.add(problem)
  }
  const isOpen = isReal && existsSync(place.envFile) && (statSync(place.envFile).mode & 0o077) !== 0
  return [
    ...[...problems].map((problem) => rowOfProblem(problem, words)),
    ...(isOpen ? [bad('.env', words.settings.readable, `chmod 600 ${place.envFile}`)] : []),
  ]
}
