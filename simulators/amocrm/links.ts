import type { Lead } from './world.ts'

type Link = { id: number; is_main?: boolean | undefined }

/** A lead's contacts after linking more: one of them is the main one, the first unless another is named. */
export function linkContacts(current: Lead['contacts'], more: Link[]): Lead['contacts'] {
  const ids = new Set([...current, ...more].map((link) => link.id))
  const named = more.find((link) => link.is_main)?.id ?? current.find((link) => link.is_main)?.id
  return withMain([...ids], named)
}

/** A lead's contacts without some; when the main one goes, the first that is left takes its place. */
export function unlinkContacts(current: Lead['contacts'], ids: number[]): Lead['contacts'] {
  const left = current.filter((link) => !ids.includes(link.id))
  return withMain(
    left.map((link) => link.id),
    left.find((link) => link.is_main)?.id,
  )
}

const withMain = (ids: number[], main = ids[0]) => ids.map((id) => ({ id, is_main: id === main }))
