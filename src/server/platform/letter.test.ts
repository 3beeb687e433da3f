import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose, type Mail } from './letter.ts'

const AT = { at: new Date(Date.UTC(2026, 10, 22, 17, 30)), id: 'aa-0f@y', domain: 'y' }
const ARABIC: Mail = {
  to: 'a@b.example',
  language: 'ar',
  subject: 'هناك من يجرّب كلمات مرور على حسابك في Pawpost',
  text: 'مرحبًا،\n\n<b> & "هذا"\n\nhttps://y/reset#a-b_c\n\n123456\n',
}

function head(mail: string): string {
  return mail.slice(0, mail.indexOf('\r\n\r\n'))
}

test('a mail is an RFC 5322 message, and no header can be smuggled in', () => {
  const plain = { to: 'a@b.example', language: 'en', subject: 'Hi', text: 'a\nb' } as const
  const mail = compose(plain, AT)
  assert.match(mail, /^From: .*\r\nTo: <a@b\.example>\r\nSubject: Hi\r\n/)
  assert.match(mail, /\r\nDate: Sun, 22 Nov 2026 17:30:00 \+0000\r\n/)
  assert.match(mail, /\r\nContent-Language: en\r\nContent-Type: text\/plain; charset=utf-8\r\n/)
  assert.ok(mail.endsWith('\r\n\r\na\r\nb\r\n'))
  for (const end of ['\r\nBcc: c@d', '\nBcc: c@d', '\r\n Bcc: c@d', '\0']) {
    const forged = [{ to: `a@b${end}` }, { subject: `ñ${end}` }, { unsubscribe: `https://y${end}` }]
    for (const part of forged) {
      assert.throws(() => compose({ ...plain, ...part }, AT), RangeError)
    }
  }
})

test('a subject in other letters travels in encoded words of whole letters', () => {
  for (const subject of [ARABIC.subject, 'Elige una contraseña nueva', '🐻'.repeat(40)]) {
    const text = head(compose({ ...ARABIC, subject }, AT))
    const [, field = ''] = /\r\n(Subject: [^\r]*(?:\r\n [^\r]*)*)/.exec(text) ?? []
    const lines = field.split('\r\n')
    assert.ok(lines.every((line) => line.length <= 76 && /^[ -~]*$/.test(line)))
    const words = [...field.matchAll(/=\?utf-8\?B\?([\w+/=]*)\?=/g)].map(([, word = '']) => word)
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const letters = words.map((word) => decoder.decode(Buffer.from(word, 'base64')))
    assert.equal(letters.join(''), subject)
  }
})

test('what is read from the right says so, in a page beside the text', () => {
  const mail = compose(ARABIC, AT)
  const [, boundary = ''] =
    /\r\nContent-Type: multipart\/alternative; boundary="(.*)"\r\n/.exec(head(mail)) ?? []
  assert.match(head(mail), /\r\nContent-Language: ar\r\n/)
  const [, text = '', page = '', end = ''] = mail.split(`--${boundary}`)
  assert.equal(end, '--\r\n')
  assert.match(text, /^\r\nContent-Type: text\/plain; charset=utf-8\r\n/)
  assert.ok(text.includes('\r\n\r\nhttps://y/reset#a-b_c\r\n\r\n123456\r\n'))
  assert.match(page, /^\r\nContent-Type: text\/html; charset=utf-8\r\n/)
  assert.ok(page.includes('<html lang="ar" dir="rtl">'))
  assert.ok(page.includes('<p>مرحبًا،</p>'))
  assert.ok(page.includes('<p>&lt;b&gt; &amp; &quot;هذا&quot;</p>'))
  assert.ok(page.includes('<a dir="ltr" href="https://y/reset#a-b_c">https://y/reset#a-b_c</a>'))
  assert.ok(page.includes('<span dir="ltr">123456</span>'))
  assert.ok(!/<(script|img|style|link)/.test(page))
})
