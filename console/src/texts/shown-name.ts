/** Signs that turn the direction of what follows, and spaces of no width: people name themselves so, and lines beside them get mixed up. */
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
/** Neither a control sign nor a space. */
const seen = /[^\p{C}\p{Z}]/u

/** The name of a lead as it is shown: of a name that nobody could see, the number stays. */
export function shownName({
  id,
  name,
  contactName,
}: {
  id: number
  name: string
  contactName?: string | null
}) {
  const clean = [contactName, name].map((one) => one?.replaceAll(unseen, '').trim() ?? '')
  return clean.find((one) => seen.test(one)) ?? `#${id}`
}
