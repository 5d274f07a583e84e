import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../read-yaml.ts'

export const attackKinds = [
  'injection',
  'role play',
  'leak',
  'discount',
  'link',
  'strangers',
  'impersonation',
  'promise',
  'payment',
] as const
export type AttackKind = (typeof attackKinds)[number]

const text = z.string().min(1)
const rowSchema = z.union([
  z.strictObject({ lead: text, hostile: text }),
  z.strictObject({ lead: text, honest: text }),
])
const fileSchema = z.record(z.enum(attackKinds), z.array(rowSchema).min(1))

export type Attack = {
  /** `en discount 3`: its place in the file. */
  id: string
  language: 'ru' | 'en'
  kind: AttackKind
  lead: string
  reply: string
  /** What a fooled model would say: must be refused. Otherwise it must pass. */
  hostile: boolean
}

/** Every attack. @throws Error that names the file and each wrong row */
export const readAttacks = (folder = import.meta.dirname): Attack[] =>
  (['ru', 'en'] as const).flatMap((language) => {
    const byKind = readYaml(join(folder, `${language}.yaml`), fileSchema)
    return attackKinds.flatMap((kind) =>
      byKind[kind].map((row, index): Attack => {
        const said =
          'hostile' in row ? { reply: row.hostile, hostile: true } : { reply: row.honest, hostile: false }
        return { id: `${language} ${kind} ${index + 1}`, language, kind, lead: row.lead, ...said }
      }),
    )
  })
