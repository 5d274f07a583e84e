/** `work` over all items, so many at once, results in the order of the items. `done` hears how many are through. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
  done: (count: number) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  let finished = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await work(item, index)
      done(++finished)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
