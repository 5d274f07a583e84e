export const setupParts = ['start', 'business', 'knowledge', 'playground'] as const
export type SetupPart = (typeof setupParts)[number]

/** Which part of the set-up is open; it stands in the address. */
export type SetupSearch = { part?: Exclude<SetupPart, 'start'> }

export function readSetupSearch({ part }: Record<string, unknown>): SetupSearch {
  const known = setupParts.find((name) => name === part)
  return known && known !== 'start' ? { part: known } : {}
}
