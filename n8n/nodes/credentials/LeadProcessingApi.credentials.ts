import type { IAuthenticate, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow'
import { stayConnected } from '../src/stay-connected.ts'

/** Where the API server is, and the bearer token that n8n and the API share. */
export class LeadProcessingApi implements ICredentialType {
  name = 'leadProcessingApi'
  displayName = 'Lead Processing API'
  documentationUrl = 'https://github.com/lead-processing-system/lead-processing-system/blob/main/docs/n8n.md'
  icon = { light: 'file:../icons/leadApi.svg', dark: 'file:../icons/leadApi.dark.svg' } as const
  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'http://localhost:3000',
      required: true,
    },
    {
      displayName: 'Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'The API_TOKEN of the API server',
    },
  ]
  // A function: as an expression it would cost n8n more than the request.
  authenticate: IAuthenticate = async ({ baseUrl, token }, request) => {
    stayConnected(String(baseUrl), String(token))
    return {
      ...request,
      baseURL: request.baseURL ?? String(baseUrl).replace(/\/$/, ''),
      headers: { ...request.headers, Authorization: `Bearer ${String(token)}` },
    }
  }
  // It answers 401 without the token, and needs no database.
  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.baseUrl}}', url: '/rehearsals/first_touch', method: 'POST' },
  }
}
