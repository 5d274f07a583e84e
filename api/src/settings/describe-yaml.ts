import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** One fault of a file, for a person: where it is, what is wrong, how it is mended. `line` counts from 1; 0: of the whole file. */
export type YamlProblem = { line: number; path: string; problem: string; fix: string }

/** Every fault of a YAML text, of its form or of what it says; empty: `value` is what it says. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): { value: z.output<Schema>; problems: [] } | { value: null; problems: YamlProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0)
    return {
      value: null,
      problems: document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        path: '',
        problem: message.split('\n')[0] ?? message,
        fix: 'mend the YAML: indentation, quotes, a colon and a space after each name',
      })),
    }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { value: parsed.data, problems: [] }
  return {
    value: null,
    problems: parsed.error.issues.map((issue) => ({
      line: lineOf(issue.path, issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined),
      path: issue.path.join('.'),
      problem: issue.message,
      fix: fixOf(issue),
    })),
  }

  /** Of the value itself, or of the nearest one around it that is there. */
  function lineOf(path: PropertyKey[], key?: string): number {
    const full = [...path, ...(key === undefined ? [] : [key])].map((part) =>
      typeof part === 'symbol' ? '' : part,
    )
    for (let length = full.length; length > 0; length--) {
      const around: unknown = document.getIn(full.slice(0, length - 1), true)
      const pair = isMap(around)
        ? around.items.find((each) => isScalar(each.key) && each.key.value === full[length - 1])
        : null
      const node: unknown = pair?.key ?? document.getIn(full.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 0
  }
}

function fixOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `take ${issue.keys.join(', ')} out, or look for a typing error in the name`
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? 'add it; `npm run config -- explain` shows what each setting means'
        : `write a ${issue.expected}`
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`
    default:
      return 'write it as the comment in config/business.yaml says'
  }
}
