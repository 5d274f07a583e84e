type Tree = Record<string, unknown>

/** Several hooks as one body: items of the same entity and action follow each other, the account is said once. */
export function joinTrees(trees: Tree[]): Tree {
  const joined: Record<string, Record<string, unknown[]>> = {}
  let account: unknown
  for (const { account: own, ...entities } of trees) {
    account ??= own
    for (const [entity, actions] of Object.entries(entities)) {
      for (const [action, items] of Object.entries(actions as Record<string, unknown[]>)) {
        const group = (joined[entity] ??= {})
        group[action] = [...(group[action] ?? []), ...items]
      }
    }
  }
  return { account, ...joined }
}
