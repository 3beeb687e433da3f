/** What every answer of the server says, whatever it is: app, API, error. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  'media-src blob:',
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/**
 * What the app needs: sound, toys, passkeys; a whole screen for a child; handing an invitation on;
 * staying awake meanwhile.
 */
const ALLOWED =
  'autoplay bluetooth clipboard-write fullscreen microphone publickey-credentials-create publickey-credentials-get screen-wake-lock web-share'
const REFUSED =
  'accelerometer browsing-topics camera clipboard-read display-capture encrypted-media gamepad geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer midi otp-credentials payment picture-in-picture serial storage-access sync-xhr usb window-management xr-spatial-tracking'

const PERMISSIONS_POLICY = [
  ...ALLOWED.split(' ').map((name) => `${name}=(self)`),
  ...REFUSED.split(' ').map((name) => `${name}=()`),
].join(', ')

/** HSTS tells browsers to insist on TLS: only where there is TLS. */
export function securityHeaders(origin: string): Record<string, string> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'integrity-policy': 'blocked-destinations=(script)',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'permissions-policy': PERMISSIONS_POLICY,
    'cache-control': 'no-store',
    ...(origin.startsWith('https:') && {
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    }),
  }
}
