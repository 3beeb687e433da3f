import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from './public-address.ts'
import { allowedEndpoint, KNOWN_PUSH_HOSTS, parsePushHosts } from './push-hosts.ts'

test('the known push services are called, on their own port and over TLS', () => {
  const good = [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
    'https://web.push.apple.com/QJ',
  ]
  for (const url of good) assert.equal(allowedEndpoint(KNOWN_PUSH_HOSTS, url)?.href, url)
})

test('nothing else is', () => {
  const bad = [
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://fcm.googleapis.com.evil.example/fcm',
    'https://evilnotify.windows.com/w',
    'https://notify.windows.com/w',
    'https://user:pass@fcm.googleapis.com/fcm',
    'https://fcm.googleapis.com/fcm#x',
    'https://142.250.1.1/fcm/send',
    'https://[::1]/fcm/send',
    'http://127.0.0.1:4000/push',
    'http://localhost/push',
    'ftp://fcm.googleapis.com/x',
    '//fcm.googleapis.com/x',
    '',
  ]
  for (const url of bad) assert.equal(allowedEndpoint(KNOWN_PUSH_HOSTS, url), undefined, url)
})

test('a service on this machine is called where the operator named it, and only that one', () => {
  const hosts = parsePushHosts('http://127.0.0.1:4000, *.push.example')
  assert.ok(allowedEndpoint(hosts, 'http://127.0.0.1:4000/push/x'))
  assert.ok(allowedEndpoint(hosts, 'https://a.push.example/x'))
  for (const url of [
    'http://127.0.0.1:4001/x',
    'http://localhost:4000/x',
    'https://127.0.0.1:4000/',
  ])
    assert.equal(allowedEndpoint(hosts, url), undefined, url)
  assert.deepEqual(parsePushHosts('none'), [])
})

test('what names no push service is a mistake of the operator', () => {
  for (const wrong of [
    '',
    'https://a.example',
    'http://10.0.0.1:80',
    '*',
    '*.',
    'localhost',
    'a b',
  ]) {
    assert.throws(() => parsePushHosts(wrong), /--push-hosts/, wrong)
  }
})

test('addresses of this machine and of networks around are not public', () => {
  const family = (address: string): 4 | 6 => (address.includes(':') ? 6 : 4)
  const is = (address: string): boolean => isPublicAddress({ address, family: family(address) })
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001::1',
  ]
  for (const address of inside) assert.equal(is(address), false, address)
  const outside = ['142.250.1.1', '17.1.2.3', '172.32.0.1', '2a00:1450::1', '2607:f8b0::1']
  for (const address of outside) assert.equal(is(address), true, address)
})
