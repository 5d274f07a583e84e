/**
 * All sentences in a part of the texts, for tests that hold every one of them to a rule.
 * @param value what is written into a sentence for a parameter of that name; `it` where the parameter is the value itself
 */
export function everySentence(
  part: object,
  value = (name: string) => `<${name}>`,
  under = '',
): { path: string; sentence: string }[] {
  return Object.entries(part).flatMap(([key, say]: [string, unknown]) => {
    const path = under ? `${under}.${key}` : key
    if (typeof say === 'function') return [{ path, sentence: filled(say, value) }]
    if (typeof say === 'object' && say !== null) return everySentence(say, value, path)
    return [{ path, sentence: String(say) }]
  })
}

function filled(say: Function, value: (name: string) => string): string {
  const withOne = String(say(value('it')))
  // Of a text none of the properties is known: it takes several values by name.
  if (!withOne.includes('undefined')) return withOne
  return String(say(new Proxy({}, { get: (_, name) => value(String(name)) })))
}
