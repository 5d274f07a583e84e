import { type GooglePlace, googlePlaceSchema } from '@lead/contract'

/** @throws for an id that Google would not give */
export const googlePlace = (
  place: Omit<GooglePlace, 'query'> & { query?: Record<string, string> },
): GooglePlace => googlePlaceSchema.parse(place)
