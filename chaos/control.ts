/** One call of a simulator's control API. @returns what it answered */
export async function control(simulator: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${simulator}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`A simulator refused ${path}: ${text}`)
  return text ? JSON.parse(text) : undefined
}
