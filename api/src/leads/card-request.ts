/** What a card says of the request, as it was typed by strangers and robots: data, never words of ours. */
export type CardRequest = {
  title: string | null
  source: string | null
  answers: { question: string; answer: string }[]
}
