/** The product, the one it replaces, its maker, and the toys (and what they are called together). */
const PRODUCT_WORDS =
  'pawpost paw-post cloudpets cloudpet cloud-pets cloud_pets spiraltoys spiral-toys bentleythebear bentleybear bentley charleythecat charleycat charley dieselthedog dieseldog diesel bubblesthebunny bubblesbunny bubbles bunny starburstunicorn starburst unicorn teddybear thebear'.split(
    ' ',
  )
/** Words of two parts that people write with a space. */
const SPACED = ['paw post', 'cloud pets', 'cloud pet', 'spiral toys', 'the bear', 'teddy bear']
/** Shorter pieces of an address are in too many words. */
const SHORTEST = 4

/**
 * Words that somebody would try who knows the service and the account (OWASP ASVS 5.0 section
 * 6.1.2 wants them documented): those above and the pieces of the address. In small letters.
 */
export function contextWords(address: string): readonly string[] {
  const whole = address.toLowerCase()
  const [local = '', domain = ''] = whole.split('@')
  const pieces = [...local.split(/[^\p{L}\p{N}]+/u), ...local.split(/[^\p{L}]+/u)]
  const own = [whole, local, domain, ...pieces, ...domain.split('.')]
  return [...own.filter((word) => Array.from(word).length >= SHORTEST), ...PRODUCT_WORDS, ...SPACED]
}
