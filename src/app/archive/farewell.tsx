import type { JSX } from 'preact'
import { locale } from '../language/language.ts'
import { deletionOf, type Deletion } from '../../client/ending.ts'
import type { Client } from '../../client/client.ts'
import { saveJson } from '../account/save.ts'
import { useLive } from '../ui/use-live.ts'
import { archive as words } from './archive-texts.ts'
import { TakeHere } from './take.tsx'

async function farewellOf(client: Client): Promise<{ deletion: Deletion | undefined }> {
  return { deletion: await deletionOf(client) }
}

/** For a device that is out of its family: what it can still take along, and what was deleted. */
export function Farewell(): JSX.Element {
  const { data } = useLive(farewellOf, [])
  return (
    <>
      {data?.deletion && <Receipt deletion={data.deletion} />}
      <TakeHere />
    </>
  )
}

function Receipt({ deletion: { certificate, statement } }: { deletion: Deletion }): JSX.Element {
  const rows = Object.values(statement.deleted).reduce((sum, count) => sum + count, 0)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
  return (
    <section>
      <h2>{words.receiptTitle}</h2>
      <p>{words.receiptSays(day.format(new Date(statement.deletedAt)))}</p>
      <p>{words.receiptCount(rows)}</p>
      <button
        type="button"
        class="button"
        onClick={() => saveJson({ ...certificate, says: statement }, words.receiptFile)}
      >
        {words.receiptSave}
      </button>
    </section>
  )
}
