/** What n8n follows a model's calls with. It counts the tokens of each prompt and each answer by itself, which the vendor does anyway. */
type Tracing = { estimateTokensFromStringList: (texts: string[]) => Promise<number> }

const isTracing = (value: unknown): value is Tracing =>
  typeof value === 'object' && value !== null && 'estimateTokensFromStringList' in value

/** The same model, whose tokens are those that the vendor tells. */
export function withoutEstimates<Model extends object>(model: Model): Model {
  const { callbacks } = model as { callbacks?: unknown }
  if (Array.isArray(callbacks))
    for (const one of callbacks) if (isTracing(one)) one.estimateTokensFromStringList = async () => 0
  return model
}
