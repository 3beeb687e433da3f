import { add, addDevice, cancel, invite, openBox, replaceCard } from './admitting.ts'
import { announce, remove, revokeDevice } from './ending.ts'
import { consentFor, withdraw } from './children.ts'
import { changePolicy, changeSuite, rotateOne, shred } from './governing.ts'
import type { Op } from './ops.ts'
import type { Rule } from './step.ts'

/** What each op demands and does. Genesis stands alone in verify.ts. */
export const RULES: { readonly [O in Exclude<Op, 'genesis'>]: Rule<O> } = {
  invite,
  cancel,
  add,
  adddev: addDevice,
  revdev: revokeDevice,
  remove,
  rotate: rotateOne,
  notice: announce,
  card: replaceCard,
  box: openBox,
  policy: changePolicy,
  suite: changeSuite,
  child: consentFor,
  withdraw,
  shred,
}
