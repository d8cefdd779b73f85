/**
 * A person as entries name them: by a name or an alias, as somebody typed it. What is the same but for how Unicode spells
 * it (NFC), for case, and for space around it, is the same person of one organisation.
 */
export function normalisedName(name: string): string {
  // Upper case brings ß and ss, or the two small sigmas of Greek, together; but ẞ is in capitals already, and is ß once small.
  return name.normalize('NFC').trim().toLowerCase().toUpperCase().toLowerCase().normalize('NFC')
}

/** Whom a sealed entry is about, by name. */
export interface Names {
  /** Who collected it or, of a load, who drove it. */
  readonly person?: string | undefined
  /** Who weighed it or, of a load, the plate of its vehicle, by which an owner is found. */
  readonly weigher?: string | undefined
}
