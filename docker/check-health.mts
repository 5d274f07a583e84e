/** `node check-health.mts <address>`: exit code 0 when the address answers with 2xx. For images without curl and wget. */
const address = process.argv[2] ?? ''
try {
  const answer = await fetch(address, { signal: AbortSignal.timeout(4000) })
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`)
} catch (error) {
  console.error(`${address}: ${(error as Error).message}`)
  process.exit(1)
}
