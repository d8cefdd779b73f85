import type { Teller } from './teller.ts'

/** Month's end: the mass balance of the plant. */
export async function reconcile({ heading }: Teller): Promise<void> {
  heading("The month's report")
}
