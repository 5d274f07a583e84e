import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../local/settings/config.ts'

type Edit = { file: string; find: string; replace: string }

/**
 * Builds of the API with one guard taken out. A harness that passes such a build proves nothing about the others. Each guard is
 * the only one of its promise: where two stand behind each other, both are taken out.
 */
export const brokenBuilds = {
  /** A message that may have been sent already is sent with another random id. */
  'random-id': [
    {
      file: 'api/src/telegram/userbot/random-id.ts',
      find: '`tg:${accountId}:${key}`',
      replace: '`tg:${accountId}:${key}:${Math.random()}`',
    },
  ],
  /** A step that is repeated makes another effect instead of finding its own. */
  'effect-key': [
    {
      file: 'api/src/turns/turn-effects.ts',
      find: 'key: `turn:${turn.id}:send`',
      replace: 'key: `turn:${turn.id}:send:${Math.random()}`',
    },
  ],
  /** A report of an execution that lost the turn is taken, and a stored decision is overwritten. */
  fencing: [
    {
      file: 'api/src/turns/engine/lock-turn.sql',
      find: "t.id = $1 and t.fencing = $2 and t.state = 'running'",
      replace: 't.id = $1 and $2::int is not null',
    },
    {
      file: 'api/src/turns/journal-decision.ts',
      find: "if (turn.decision) return { outcome: 'accepted' }\n",
      replace: '\n',
    },
    {
      file: 'api/src/turns/turn-effects.ts',
      find: 'key: `turn:${turn.id}:send`',
      replace: 'key: `turn:${turn.id}:${turn.fencing}:send`',
    },
  ],
  /** What was thought before a newer message is said all the same. */
  'newer-message': [
    {
      file: 'api/src/turns/reason-for-silence.ts',
      find: "  if (rows[0]?.newer) return 'a newer message came in'\n",
      replace: '',
    },
    {
      file: 'api/src/telegram/reason-not-to-send.ts',
      find: 'if (found.outdated && attempts === 1) return',
      replace: 'if (found.outdated && attempts < 0) return',
    },
  ],
  /** Nobody is ever left alone. */
  silence: [
    {
      file: 'api/src/leads/lead.ts',
      find: '  if (lead.opted_out_at) return false\n',
      replace: '  if (lead.id > 0) return true\n',
    },
  ],
  /** What a push did not bring is never asked for. */
  'catch-up': [
    {
      file: 'api/src/process/work.ts',
      find: 'repeat(app, signal, 60_000, () => findMissedLeads(app)),',
      replace: '',
    },
  ],
} satisfies Record<string, Edit[]>

export type BrokenBuild = keyof typeof brokenBuilds

/** Copies what the API runs from into `folder`, with the guard taken out. @returns the copy's root */
export function makeBrokenBuild(name: BrokenBuild, folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const part of ['api', 'config', 'db', 'docs', 'scheduling', 'texts', 'package.json'])
    cpSync(join(repository, part), join(folder, part), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  for (const edit of brokenBuilds[name]) {
    const path = join(folder, edit.file)
    writeFileSync(path, applyEdit(readFileSync(path, 'utf8'), edit))
  }
  return folder
}

/** @throws when the text to replace is not there exactly once: the code has moved on, and the edit must follow */
export function applyEdit(source: string, { file, find, replace }: Edit): string {
  const [before, after, ...more] = source.split(find)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not have this text exactly once: ${find}`)
  return before + replace + after
}
