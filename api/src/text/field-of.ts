/** What anything that was thrown or came from outside has under this name; undefined when it has nothing. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
