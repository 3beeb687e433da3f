import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { bringArchive, type Brought } from '../../client/archive/bring.ts'
import type { ArchivedVoice } from '../../client/archive/format.ts'
import { readPage } from '../../client/archive/read-page.ts'
import { readZip } from '../../client/archive/read-zip.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { archive as words } from './archive-texts.ts'
import { piecesOf } from './saving.ts'
import { useLongWork } from './use-long-work.ts'

/** Brings the voices of an archive, of this Pawpost or another one. */
export function Bring(): JSX.Element {
  const { client } = useApp()
  const [brought, setBrought] = useState<Brought | undefined>(undefined)
  const work = useLongWork<Brought>()
  const start = (file: File, line: string): void => {
    setBrought(undefined)
    work.start(async (parts) => {
      const done = await bringArchive(client, voicesIn(file, line), parts)
      setBrought(done)
      announce(words.brought(done.added))
    })
  }
  return (
    <Screen title={words.bringTitle} back="/settings/data">
      <p class="lead">{words.bringLead}</p>
      <p>{words.bringSays}</p>
      <Choose busy={work.busy} problem={work.problem} onFile={start} />
      {work.busy && <Working count={work.progress?.added ?? 0} onStop={work.stop} />}
      {work.stopped && <p>{words.bringStopped}</p>}
      {brought && <Done {...brought} />}
    </Screen>
  )
}

function voicesIn(file: File, identity: string): AsyncIterable<ArchivedVoice> {
  if (!isZip(file)) return readPage(piecesOf(file))
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer())
  return readZip({ size: file.size, read }, { identity })
}

function isZip({ name, type }: File): boolean {
  return name.toLowerCase().endsWith('.zip') || type === 'application/zip'
}

type ChooseProps = {
  readonly busy: boolean
  readonly problem: Parameters<typeof Form>[0]['problem']
  readonly onFile: (file: File, line: string) => void
}

function Choose({ busy, problem, onFile }: ChooseProps): JSX.Element {
  const id = useId()
  const [file, setFile] = useState<File | undefined>(undefined)
  const [line, setLine] = useState('')
  const needsLine = file !== undefined && isZip(file)
  const submit = (): void => {
    if (file) onFile(file, line)
  }
  return (
    <Form submit={words.bringDo} busy={busy} problem={problem} onSubmit={submit}>
      <div class="field">
        <label for={id}>{words.bringFile}</label>
        <input
          id={id}
          class="file"
          type="file"
          required
          accept=".html,.htm,.zip,text/html,application/zip"
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
      </div>
      {needsLine && (
        <Field
          label={words.bringLine}
          hint={words.bringLineHint}
          value={line}
          onInput={setLine}
          exact
          wrong={problem === 'archive-locked'}
        />
      )}
    </Form>
  )
}

function Working({ count, onStop }: { count: number; onStop: () => void }): JSX.Element {
  return (
    <section>
      <progress aria-label={words.bringing(count)} />
      <p>{words.bringing(count)}</p>
      <button type="button" class="button" onClick={onStop}>
        {words.cancel}
      </button>
    </section>
  )
}

function Done({ added, known }: Brought): JSX.Element {
  return (
    <section>
      <p class="good">{words.brought(added)}</p>
      {known > 0 && <p>{words.broughtKnown(known)}</p>}
      <Link to="/settings/keepsakes" class="button">
        {words.bringOpen}
      </Link>
    </section>
  )
}
