/**
 * Does all of `work`, one after another. One that fails does not keep the others from being done.
 * @throws the first failure, at the end
 */
export async function eachAlone(work: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of work) await step().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
