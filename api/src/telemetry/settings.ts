export type TelemetrySettings = { url: string; headers: Record<string, string>; serviceName: string }

/** `name=value` pairs as OpenTelemetry writes them, percent-encoded where they must be. Null: they are none. */
export function readOtlpHeaders(given: string): Record<string, string> | null {
  try {
    const pairs = given
      .split(',')
      .map((pair) => pair.trim())
      .filter(Boolean)
      .map((pair) => {
        const [, name, value] = /^([A-Za-z0-9-]+)\s*=\s*([\x20-\x7e]+)$/.exec(pair) ?? []
        return name && value ? [name.toLowerCase(), decodeURIComponent(value)] : null
      })
    return pairs.includes(null) ? null : Object.fromEntries(pairs.flatMap((pair) => (pair ? [pair] : [])))
  } catch {
    return null
  }
}
