/**
 * What CloudFront does with a request for the static site before S3 sees it, as JavaScript that its own runtime runs.
 * S3 behind origin access control knows no index pages, so a folder's address is given its page here; one without its
 * slash is sent to the one with it, or the page's relative links would point beside the folder. Only one slash is left
 * in front, because a browser takes `//host/` for another site.
 */
export const VIEWER_REQUEST = String.raw`
function handler(event) {
  var request = event.request
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1)
  if (last.indexOf('.') !== -1) return request
  if (last === '') {
    request.uri += 'index.html'
    return request
  }
  var folder = request.uri.replace(/^[\/\\]+/, '/') + '/'
  return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: folder } } }
}
`.trim()
