import { storableText } from '../text/storable.ts'

/** One thing that a hook says, by entity and action, for instance leads / add. */
export type HookItem = { entity: string; action: string; fields: HookTree }
export type HookTree = { [key: string]: string | HookTree }

/** So many fields are kept; of a larger body only those that name cards, which are then read from amoCRM. */
const maxPairs = 5000
const maxDepth = 12
const hostileNames = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads amoCRM's form-encoded body with PHP bracket keys: `leads[add][0][id]=501`. Any number of entities, actions and
 * items in one body. Every leaf is a text. A body of more fields than we keep is read for its ids.
 * @throws Error that names the key, for a body that is not of this form
 */
export function parseHook(body: string): { accountId: string | null; items: HookItem[] } {
  const tree = parseTree(body)
  const account = tree['account']
  const accountId = typeof account === 'object' && typeof account['id'] === 'string' ? account['id'] : null
  const items = Object.entries(tree)
    .filter(([entity]) => entity !== 'account')
    .flatMap(([entity, actions]) =>
      typeof actions === 'string'
        ? []
        : Object.entries(actions).flatMap(([action, list]) =>
            typeof list === 'string'
              ? []
              : Object.values(list)
                  .filter((fields): fields is HookTree => typeof fields === 'object')
                  .map((fields) => ({ entity, action, fields })),
          ),
    )
  if (items.length === 0)
    throw new Error('No entity with items in the body; expected keys such as leads[add][0][id]')
  return { accountId, items }
}

function parseTree(body: string): HookTree {
  const tree: HookTree = emptyTree()
  const pairs = [...new URLSearchParams(body)]
  for (const [key, value] of pairs.length > maxPairs ? pairs.filter(([name]) => namesCard.test(name)) : pairs)
    setAt(tree, pathOf(storableText(key)), storableText(value))
  return tree
}

/** What says which cards a hook is about, and nothing of what they hold. */
const namesCard =
  /^(?:account\[id\]|\w+\[\w+\]\[[^\][]*\](?:\[(?:id|type|action|lead_id|pipeline_id|old_pipeline_id)\]|\[accept_result\]\[leads\]\[[^\][]*\]|\[note\]\[(?:id|element_id|note_type)\](?:\[\])?))$/

const bracketKey = /^[^[\]]+(?:\[[^[\]]*\])*$/

function pathOf(key: string): string[] {
  if (!bracketKey.test(key))
    throw new Error(`The key ${JSON.stringify(key.slice(0, 80))} is not of the form a[b][c]`)
  const open = key.indexOf('[')
  const path = open < 0 ? [key] : [key.slice(0, open), ...key.slice(open + 1, -1).split('][')]
  if (path.length > maxDepth)
    throw new Error(`The key ${JSON.stringify(key.slice(0, 80))} is nested too deep`)
  if (path.some((part) => hostileNames.has(part))) throw new Error('The body has a forbidden key')
  return path
}

/** A key may be a text and a parent at once (seen in notes): the text then lives under the empty name. */
function setAt(tree: HookTree, path: string[], value: string): void {
  let node = tree
  const last = path.at(-1) ?? ''
  for (let depth = 0; depth < path.length - 1; depth++) {
    const part = path[depth] ?? ''
    const next = node[part]
    if (typeof next === 'object') node = next
    else {
      const child = emptyTree()
      if (typeof next === 'string') child[''] = next
      node[part] = child
      node = child
    }
  }
  const present = node[last]
  if (typeof present === 'object') present[''] = value
  else node[last] = value
}

const emptyTree = (): HookTree => Object.create(null)
