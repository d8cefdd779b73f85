import { GTIN_AI } from './elements.ts'
import { LINKSET_CONTEXT, VOCABULARY } from './links.ts'

/** What stands at `/.well-known/gs1resolver` (GS1-Conformant Resolver 1.2, §3). */
export interface ResolverDescription {
  readonly name: string
  readonly resolverRoot: string
  readonly supportedPrimaryKeys: readonly string[]
  readonly supportedLinkType: readonly { readonly namespace: string; readonly prefix: string }[]
  readonly linkTypeDefaultCanBeLinkset: boolean
  readonly jsonLdContextLocation: string
}

/** `root` is the address of the resolver, without a slash at its end. */
export const describeResolver = (root: string): ResolverDescription => ({
  name: 'Tidemark',
  resolverRoot: root,
  supportedPrimaryKeys: [GTIN_AI],
  supportedLinkType: [{ namespace: VOCABULARY, prefix: 'gs1:' }],
  linkTypeDefaultCanBeLinkset: false,
  jsonLdContextLocation: LINKSET_CONTEXT,
})
