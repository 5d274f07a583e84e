import { z } from 'zod'

/**
 * What n8n's *Structured Output Parser* appends to the user's text: LangChain's words, and the schema with the answer inside of
 * `output`. A test compares it with the n8n that is installed.
 */
export const formatInstructions = (
  schema: z.ZodType,
): string => `You must format your output as a JSON value that adheres to a given "JSON Schema" instance.

"JSON Schema" is a declarative language that allows you to annotate and validate JSON documents.

For example, the example "JSON Schema" instance {{"properties": {{"foo": {{"description": "a list of test words", "type": "array", "items": {{"type": "string"}}}}}}, "required": ["foo"]}}}}
would match an object with one required property, "foo". The "type" property specifies "foo" must be an "array", and the "description" property semantically describes it as "a list of test words". The items within "foo" must be strings.
Thus, the object {{"foo": ["bar", "baz"]}} is a well-formatted instance of this example "JSON Schema". The object {{"properties": {{"foo": ["bar", "baz"]}}}} is not well-formatted.

Your output will be parsed and type-checked according to the provided schema instance, so make sure all fields in your output match the schema exactly and there are no trailing commas!

Here is the JSON Schema instance your output must adhere to. Include the enclosing markdown codeblock:
\`\`\`json
${JSON.stringify(z.toJSONSchema(z.object({ output: schema }), { target: 'draft-7', override: dropDefaulted }))}
\`\`\`
`

/** n8n takes what has a default for something that may be left out. */
const dropDefaulted: NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'] = ({ jsonSchema }) => {
  const { properties = {}, required } = jsonSchema
  const hasDefault = (name: string) => {
    const property = properties[name]
    return typeof property === 'object' && 'default' in property
  }
  if (required) jsonSchema.required = required.filter((name) => !hasDefault(name))
}
