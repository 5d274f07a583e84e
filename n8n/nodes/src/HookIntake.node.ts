import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'

/**
 * Hands a webhook to the API exactly as it came: the raw bytes, and the secret of the path. It reads the item itself
 * rather than through expressions, because an expression would cost every hook an isolate of its own.
 */
export class HookIntake implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Hook Intake',
    name: 'hookIntake',
    icon: 'fa:inbox',
    group: ['transform'],
    version: 1,
    description: 'Stores a raw amoCRM hook in the API server',
    defaults: { name: 'Hook Intake' },
    inputs: ['main'],
    outputs: ['main', 'main'],
    outputNames: ['stored', 'refused'],
    credentials: [{ name: 'leadProcessingApi', required: true }],
    properties: [],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const stored: INodeExecutionData[] = []
    const refused: INodeExecutionData[] = []
    const { baseUrl } = await this.getCredentials<{ baseUrl: string }>('leadProcessingApi')
    for (const [index, item] of this.getInputData().entries()) {
      const { params } = item.json as { params?: { secret?: string } }
      const answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'leadProcessingApi', {
        method: 'POST',
        url: `${baseUrl.replace(/\/$/, '')}/hooks/amocrm/${encodeURIComponent(params?.secret ?? '')}`,
        body: await this.helpers.getBinaryDataBuffer(index, 'data'),
        // Under its own type n8n would take the bytes apart and build the form anew.
        headers: { 'content-type': 'application/octet-stream' },
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        json: false,
        timeout: 1800,
      })) as { statusCode: number; body: unknown }
      // A 5xx is thrown, so that n8n answers 500 and amoCRM sends the hook again.
      if (answer.statusCode >= 500) throw new Error(`The API server answered ${answer.statusCode}`)
      const target = answer.statusCode < 300 ? stored : refused
      target.push({ json: { status: answer.statusCode }, pairedItem: { item: index } })
    }
    return [stored, refused]
  }
}
