import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../settings/config.ts'

/** What runs: ours, and n8n. The tools of tools/package.json run on the machines of developers only. */
export const lockFiles = ['package-lock.json', 'n8n/runtime/package-lock.json'] as const

const entrySchema = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
})
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) })

export type LockedPackage = z.output<typeof entrySchema> & { name: string; version: string }

/** Every package of the registry that a lock file holds; not our own workspaces. */
export function readLock(file: string): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(repository, file), 'utf8')))
  return Object.entries(packages).flatMap(([path, entry]) => {
    const [, name] = /.*node_modules\/(.+)$/.exec(path) ?? []
    return name && entry.version && entry.integrity && !entry.link
      ? [{ ...entry, name, version: entry.version }]
      : []
  })
}
