/**
 * The clock that the system decides by. CLOCK_AHEAD_MS moves it ahead of the machine's, so that a test knows which day "tomorrow" is;
 * like FAULT_POINT_FILE it is for tests only. What PostgreSQL measures (debounce, leases, waits) goes by the machine's clock.
 */
export function createNow(aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0)): () => Date {
  return () => new Date(Date.now() + aheadMs)
}
