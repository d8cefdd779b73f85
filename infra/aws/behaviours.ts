import { Duration, Stack } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as ViewerFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { ROUTES, type Route } from '../../shared/contract/routes.ts'
import { siteHeaders } from '../headers.ts'
import { signInOrigin } from './people.ts'
import type { Stage } from './stage.ts'
import { VIEWER_REQUEST } from './viewer.ts'

const STRICT_TRANSPORT = { accessControlMaxAge: Duration.days(365), override: true }

/** The static site: from S3, which nobody but this distribution may read, with the headers of a page that runs scripts. */
export function siteBehaviour(scope: Construct, site: IBucket, stage: Stage): BehaviorOptions {
  const { region, urlSuffix } = Stack.of(scope)
  // The photo bucket is of a stack that comes after this one and is not known yet by name; so is the user pool, whose
  // pages have a name that we give.
  const said = siteHeaders([`https://*.s3.${region}.${urlSuffix}`, signInOrigin(stage, region)])
  const others = ['permissions-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'] as const
  const headers = new ResponseHeadersPolicy(scope, 'SiteHeaders', {
    comment: 'Tidemark: the static site',
    customHeadersBehavior: {
      customHeaders: others.map((header) => ({ header, value: said[header], override: true })),
    },
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: said['content-security-policy'],
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: STRICT_TRANSPORT,
    },
  })
  const viewerRequest = new ViewerFunction(scope, 'IndexPages', {
    comment: 'Tidemark: gives a folder its index page',
    code: FunctionCode.fromInline(VIEWER_REQUEST),
    runtime: FunctionRuntime.JS_2_0,
  })
  return {
    origin: S3BucketOrigin.withOriginAccessControl(site),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: headers,
    compress: true,
    functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
  }
}

/** The API: everything that the route table has a function for. Functions set their own headers, except for TLS's. */
export function apiBehaviours(scope: Construct, api: HttpApi): Record<string, BehaviorOptions> {
  const { region, urlSuffix } = Stack.of(scope)
  const behaviour = {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: apiCachePolicy(scope),
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy: new ResponseHeadersPolicy(scope, 'ApiHeaders', {
      comment: 'Tidemark: the API',
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        strictTransportSecurity: STRICT_TRANSPORT,
      },
    }),
    compress: true,
  }
  return Object.fromEntries(
    [...apiPatterns()].map(([pattern, methods]) => [
      pattern,
      {
        ...behaviour,
        allowedMethods: methods.has('POST')
          ? AllowedMethods.ALLOW_ALL
          : methods.has('OPTIONS')
            ? AllowedMethods.ALLOW_GET_HEAD_OPTIONS
            : AllowedMethods.ALLOW_GET_HEAD,
      },
    ]),
  )
}

/**
 * The patterns that lead to the API and the methods used behind each, from the route table: `/v1/pickups` and its like
 * make `/v1/*`, `/healthz` stays itself. A new family of routes needs nothing here. What other sites may read is asked
 * for by OPTIONS too.
 */
export function apiPatterns(): Map<string, Set<Method>> {
  const patterns = new Map<string, Set<Method>>()
  for (const { serves, path, method, crossOrigin } of Object.values<Route>(ROUTES)) {
    if (serves === 'site') continue
    const [, first = '', ...rest] = path.split('/')
    const pattern = rest.length > 0 ? `/${first}/*` : `/${first}`
    const methods = patterns.get(pattern) ?? new Set()
    patterns.set(pattern, crossOrigin ? methods.add(method).add('OPTIONS') : methods.add(method))
  }
  return patterns
}

type Method = Route['method'] | 'OPTIONS'

/**
 * Keeps what a function says may be kept, for as long as it says, and nothing that says nothing. In the key is all that
 * an answer may depend on; the caller's key above all, so that no answer to one caller can reach another.
 */
function apiCachePolicy(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'ApiCache', {
    comment: 'Tidemark: as the functions say',
    defaultTtl: Duration.seconds(0),
    minTtl: Duration.seconds(0),
    maxTtl: Duration.days(365),
    headerBehavior: CacheHeaderBehavior.allowList('Accept', 'Accept-Language', 'Authorization'),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    cookieBehavior: CacheCookieBehavior.none(),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  })
}
