import type { Log } from '../../src/server/platform/log.ts'
import type { Vault } from '../../src/server/vault/vault.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/**
 * A vault as somebody would write it who has never heard of thieves: it hands addresses out as they
 * are, to be stored so, and tells the log of each that it sees. For controls.
 */
export function carelessVault(vault: Vault, log: Log): Vault {
  return {
    ...vault,
    async sealAddress(account, address) {
      await vault.sealAddress(account, address)
      return bytesOf(address)
    },
    openAddress: async ({ sealed }) => textOf(sealed),
    reindex: ({ sealed }) => vault.indexesOf(textOf(sealed)),
    async indexesOf(address) {
      log.info({ address }, 'looked up')
      return vault.indexesOf(address)
    },
    async importAccounts(accounts) {
      const sealed = await vault.importAccounts(accounts)
      return sealed.map((row, place) => {
        const address = accounts[place]?.address ?? ''
        log.info({ address }, 'imported')
        return { ...row, address: bytesOf(address) }
      })
    },
    async sealInvitations(invitations) {
      return invitations.map(({ address }) => {
        log.info({ address }, 'invited')
        return bytesOf(address)
      })
    },
  }
}
