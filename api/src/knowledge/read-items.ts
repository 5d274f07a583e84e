import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One thing that may be stated as a fact. A reply names it by its id. */
export type KnowledgeItem = { id: string; title: string; text: string }

export const itemId = /^[a-z0-9][a-z0-9-]{0,39}$/

/**
 * The items of config/knowledge/*.md: a heading begins one, `{#id}` at its end names it; else it is called after the file, with its number.
 * @throws Error that names file and line, for an id that is not one or that is there twice
 */
export function readItems(folder: string): KnowledgeItem[] {
  if (!existsSync(folder)) return []
  const items = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .flatMap((name) => itemsOf(name, readFileSync(join(folder, name), 'utf8')))
  for (const [index, { id, place }] of items.entries()) {
    const first = items.findIndex((item) => item.id === id)
    if (first !== index) throw new Error(`${place}: the id ${id} is there already, at ${items[first]?.place}`)
  }
  return items.map(({ id, title, text }) => ({ id, title, text }))
}

type Placed = KnowledgeItem & { place: string }

function itemsOf(name: string, content: string): Placed[] {
  const file =
    name
      .replace(/\.md$/, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'file'
  const found: (Omit<Placed, 'text'> & { lines: string[] })[] = []
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    const heading = /^#{1,6}\s+(.*?)\s*(?:\{#([^}]*)\})?\s*$/.exec(line)
    const place = `knowledge/${name}:${index + 1}`
    if (heading) {
      const id = heading[2] ?? `${file.slice(0, 34)}-${found.length + 1}`
      if (!itemId.test(id))
        throw new Error(
          `${place}: the id ${JSON.stringify(id)} must be small Latin letters, digits and -, at most 40`,
        )
      found.push({ id, title: heading[1] ?? '', place, lines: [] })
    } else if (line.trim()) {
      if (found.length === 0) found.push({ id: `${file.slice(0, 34)}-0`, title: '', place, lines: [] })
      found.at(-1)?.lines.push(line.replace(/^\s*[-*]\s+/, '').trim())
    }
  }
  return found
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, ...item }) => ({ ...item, text: lines.join('\n') }))
}
