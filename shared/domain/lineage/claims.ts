/**
 * Certified content under the chain-of-custody models of ISO 22095:2020. A claim is a number of grams of a batch that
 * may be claimed under a scheme (`OBP`). It is carried along with mass like origin shares and can only shrink: nothing
 * but a pickup under a valid certificate makes one. Book and claim, the fifth model, is not tied to mass and not offered.
 */
export const CLAIM_MODELS = [
  'identity-preserved',
  'segregated',
  'controlled-blending',
  'mass-balance',
] as const
/** Strongest first: what was mixed more freely can never again be claimed more strictly. */
export type ClaimModel = (typeof CLAIM_MODELS)[number]

/** Scheme → grams. Schemes with nothing to claim are absent. */
export type Claims = Readonly<Record<string, number>>

/** The weakest of some models; identity preserved where there are none. */
export function weakestModel(models: readonly ClaimModel[]): ClaimModel {
  return CLAIM_MODELS[Math.max(0, ...models.map((model) => CLAIM_MODELS.indexOf(model)))] ?? 'mass-balance'
}

/** True where `a` promises less than `b`, or the same. */
export function isNoStronger(a: ClaimModel, b: ClaimModel): boolean {
  return CLAIM_MODELS.indexOf(a) >= CLAIM_MODELS.indexOf(b)
}

/**
 * The part of claims that goes with `grams` drawn from `ofGrams`, each scheme rounded down. Requires each claim
 * ≤ ofGrams; then no drawn claim exceeds `grams`, and what is left never exceeds `ofGrams − grams`.
 */
export function drawClaims(claims: Claims, grams: number, ofGrams: number): Claims {
  return tidy(
    Object.entries(claims).map(([scheme, claimed]) => [
      scheme,
      ofGrams === 0 ? 0 : Number((BigInt(claimed) * BigInt(grams)) / BigInt(ofGrams)),
    ]),
  )
}

export function addClaims(a: Claims, b: Claims): Claims {
  return combine(a, b, 1)
}

/** Throws RangeError where more would be taken than is there. */
export function subtractClaims(a: Claims, b: Claims): Claims {
  return combine(a, b, -1)
}

function combine(a: Claims, b: Claims, sign: 1 | -1): Claims {
  const schemes = new Set([...Object.keys(a), ...Object.keys(b)])
  return tidy(
    [...schemes].sort().map((scheme) => {
      const grams = (a[scheme] ?? 0) + sign * (b[scheme] ?? 0)
      if (grams < 0)
        throw new RangeError(`${scheme}: ${b[scheme]} g were to be taken from ${a[scheme] ?? 0} g`)
      return [scheme, grams]
    }),
  )
}

const tidy = (entries: readonly (readonly [string, number])[]): Claims =>
  Object.fromEntries(entries.filter(([, grams]) => grams > 0))
