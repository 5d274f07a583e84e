/** An error in the words of the Chats API, which are not problem+json. */
export class ChatError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>

  constructor(status: number, type: string, description: string) {
    super(description)
    this.status = status
    this.body = { status: 0, error_code: status, error_type: type, error_description: description }
  }
}
