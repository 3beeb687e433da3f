import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { isDrawable, pictureSize } from './picture-size.ts'

// Pictures of 30 by 20 pixels, as ImageMagick writes them.
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAARCAAUAB4DAREAAhEBAxEB'
const WEBPS = {
  lossy:
    'UklGRkwAAABXRUJQVlA4IEAAAABQAwCdASoeABQAPpFCnEolo6KhqAgAsBIJZQDGqoAAQFEcAAD+7qY//sWctgXj//ucD/ucD/ucD+NspCdnCgAA',
  lossless: 'UklGRhwAAABXRUJQVlA4TA8AAAAvHcAEAAcQ/Y/+ByKi/wEA',
  extended: 'UklGRm4AAABXRUJQVlA4WAoAAAAQAAAAHQAAEwAAQUxQSAoAAAABB1DAiAhERP8DVlA4ID4AAAAwAwCdASoe',
}

/** The beginning of a PNG of one bit a pixel, and all its white pixels. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head)
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  head.writeUInt8(1, 24)
  const pixels = deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * height), { level: 9 })
  return Buffer.concat([head, pixels])
}

function sizeOf(base64: string): unknown {
  // In the middle of a larger buffer, as pictures come out of messages.
  const padded = Buffer.concat([Buffer.alloc(3), Buffer.from(base64, 'base64')])
  return pictureSize(padded.subarray(3))
}

test('the size of a picture is read from its header', () => {
  const size = { width: 30, height: 20 }
  assert.deepEqual(sizeOf(JPEG), size)
  for (const [kind, webp] of Object.entries(WEBPS)) assert.deepEqual(sizeOf(webp), size, kind)
  assert.deepEqual(pictureSize(png(300, 200)), { width: 300, height: 200 })
})

test('a few kilobytes that unpack to a gigabyte are not drawn', () => {
  const bomb = png(16_000, 16_000)
  assert.ok(bomb.length < 60 * 1024, 'it fits a message')
  assert.equal(isDrawable(bomb), false)
  assert.equal(isDrawable(png(1024, 1024)), true)
  for (const [width, height] of [
    [1025, 10],
    [10, 1025],
    [0, 10],
    [10, 0],
  ] as const) {
    assert.equal(isDrawable(png(width, height)), false)
  }
})

test('what is no picture, or is cut off, has no size', () => {
  for (const text of [
    '',
    'GIF89a',
    '<svg width="9" height="9"/>',
    '\u0089PNG',
    'RIFF    WEBPVP8?',
  ]) {
    assert.equal(pictureSize(Buffer.from(text, 'latin1')), undefined, text)
  }
  const whole = Buffer.from(JPEG, 'base64')
  for (let end = 0; end < 90; end += 1) assert.equal(pictureSize(whole.subarray(0, end)), undefined)
  for (const marker of ['ffd8ffff', 'ffd8ffc40002ffc4', 'ffd80000', 'ffd8ffe00000ffe00000']) {
    assert.equal(pictureSize(Buffer.from(marker, 'hex')), undefined, marker)
  }
})
