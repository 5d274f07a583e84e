import { z } from 'zod'
import { nextId } from './next-id.ts'
import type { FieldEntity, World } from './world.ts'

/** A tag as written: by id or by name. */
export const tagsSchema = z
  .array(z.strictObject({ id: z.int().optional(), name: z.string().optional(), color: z.string().nullish() }))
  .nullish()
type TagsInput = z.output<typeof tagsSchema>

type TagChanges = { replace?: TagsInput; add?: TagsInput; remove?: TagsInput }

/** The tag ids after a change: a replacement first, then additions, then removals. New names become new tags. */
export function changeTags(
  world: World,
  entity: FieldEntity,
  current: number[],
  changes: TagChanges,
): number[] {
  const idOf = (tag: NonNullable<TagsInput>[number]) => findOrAdd(world, entity, tag)
  const base = changes.replace === undefined ? current : (changes.replace ?? []).map(idOf)
  const added = [...base, ...(changes.add ?? []).map(idOf)]
  const removed = new Set((changes.remove ?? []).map(idOf))
  return [...new Set(added)].filter((id) => id !== 0 && !removed.has(id))
}

function findOrAdd(
  world: World,
  entity: FieldEntity,
  tag: { id?: number | undefined; name?: string | undefined },
): number {
  const known = world.tags.find(
    (one) => one.entity === entity && (tag.id ? one.id === tag.id : one.name === tag.name),
  )
  if (known) return known.id
  if (!tag.name) return 0
  const created = { id: nextId(world, 'tag'), name: tag.name, entity }
  world.tags.push(created)
  return created.id
}

/** The tags with these ids, in that order. */
export const tagsOf = (world: World, ids: number[]): { id: number; name: string }[] =>
  ids.flatMap((id) => {
    const tag = world.tags.find((one) => one.id === id)
    return tag ? [{ id: tag.id, name: tag.name }] : []
  })
