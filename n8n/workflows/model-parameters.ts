import type { Turn } from '@lead/contract'
import type { WorkflowContent } from './workflow-content.ts'

/** What both chat models are asked with. */
export type ChatModels = Pick<Turn['models'], 'openai' | 'anthropic'>

const models = "$('Turn').first().json.body.models"

/** The same as it comes with a turn, for the parameters of n8n's model nodes. */
export const modelExpressions = {
  openaiName: `={{ ${models}.openai.name }}`,
  extraBody: `={{ JSON.stringify(${models}.openai.extraBody) }}`,
  agentBody: `={{ JSON.stringify(${models}.openai.agentBody) }}`,
  anthropicName: `={{ ${models}.anthropic.name }}`,
  maxTokens: `={{ ${models}.anthropic.maxTokens }}`,
  thinking: `={{ ${models}.anthropic.effort ? "adaptive" : undefined }}`,
  effort: `={{ ${models}.anthropic.effort ?? undefined }}`,
} as const

const valuesOf = ({
  openai,
  anthropic,
}: ChatModels): Record<keyof typeof modelExpressions, string | number | undefined> => ({
  openaiName: openai.name,
  extraBody: JSON.stringify(openai.extraBody),
  agentBody: JSON.stringify(openai.agentBody),
  anthropicName: anthropic.name,
  maxTokens: anthropic.maxTokens,
  thinking: anthropic.effort ? 'adaptive' : undefined,
  effort: anthropic.effort ?? undefined,
})

/** The workflow with names and parameters of its models written out: an execution that has no expression needs no sandbox for one. */
export function writeOutModels(workflow: WorkflowContent, given: ChatModels): WorkflowContent {
  const values = valuesOf(given)
  const written = new Map(
    Object.entries(modelExpressions).map(([name, expression]) => [
      expression as unknown,
      values[name as keyof typeof modelExpressions],
    ]),
  )
  return JSON.parse(JSON.stringify(workflow), (_key, value: unknown) =>
    written.has(value) ? written.get(value) : value,
  ) as WorkflowContent
}

/** The other way round: what is as it was written out is our expression again, what a person chose stays. */
export function takeModelsBack(
  stored: WorkflowContent,
  ours: WorkflowContent,
  given: ChatModels,
): WorkflowContent {
  const written = new Map(writeOutModels(ours, given).nodes.map((node) => [node.id, node]))
  const own = new Map(ours.nodes.map((node) => [node.id, node]))
  return {
    ...stored,
    nodes: stored.nodes.map(
      (node) => takeBack(node, written.get(node.id), own.get(node.id)) as (typeof stored.nodes)[number],
    ),
  }
}

function takeBack(value: unknown, written: unknown, own: unknown): unknown {
  if (JSON.stringify(value) === JSON.stringify(written)) return own
  if (!isObject(value) || !isObject(written) || !isObject(own)) return value
  const keys = Object.keys({ ...own, ...value }).toSorted()
  return Object.fromEntries(
    keys.flatMap((key) => {
      const part = takeBack(value[key], written[key], own[key])
      return part === undefined ? [] : [[key, part]]
    }),
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
