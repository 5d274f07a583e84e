import type { System } from './system.ts'

/** A one-time link for the first owner of the console; null when there is one. A link that was not used ends with the next start. */
export async function ownerLink({ urls, config }: Pick<System, 'urls' | 'config'>): Promise<string | null> {
  const response = await fetch(`${urls.api}/console/owner-link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${config.settings.API_TOKEN}` },
  })
  if (!response.ok) throw new Error(`The API made no link for the console: ${response.status}`)
  const { path, hasOwner } = (await response.json()) as { path: string; hasOwner: boolean }
  return hasOwner ? null : `${urls.api}${path}`
}
