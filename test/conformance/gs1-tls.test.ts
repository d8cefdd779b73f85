import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { resourcesOf, synthesise } from '../infra/aws/synth.ts'

const cdn = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.array(z.object({ PathPattern: z.string(), ViewerProtocolPolicy: z.string() })),
    HttpVersion: z.string(),
  }),
})

describe('SHALL support HTTP Over TLS (HTTPS), and HTTP 1.1 or higher', () => {
  it('and leads there whoever comes without', async () => {
    const { template, remove } = await synthesise('dev', 'empty')
    await remove()
    const [found] = resourcesOf(template.front, 'AWS::CloudFront::Distribution')
    const { CacheBehaviors, HttpVersion } = cdn.parse(found?.properties).DistributionConfig
    const ours = CacheBehaviors.filter(({ PathPattern }) => /^\/(01|\.well-known)\/\*$/.test(PathPattern))
    expect(ours.map(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'redirect-to-https',
    ])
    expect(HttpVersion).toBe('http2and3')
  })
})
