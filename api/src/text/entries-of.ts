type Entry<Known extends object> = [keyof Known & string, Exclude<Known[keyof Known], undefined>]

/** The entries of an object whose keys are all known; of any other one the type would say too much. */
export const entriesOf = <Known extends object>(known: Known) => Object.entries(known) as Entry<Known>[]
