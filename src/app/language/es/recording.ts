import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const buttons = {
  start: 'Grabar',
  stop: 'Detener',
  done: 'Listo',
  pause: 'Pausar',
  goOn: 'Seguir',
  cancel: 'Descartar',
} satisfies Partial<LaterWords['recording']>

const said = {
  idle: 'Toca para empezar y toca otra vez para detener. O mantén presionado mientras hablas.',
  holding:
    'Suelta para detener. Desliza hasta la papelera para descartar, o hasta el candado para seguir sin el dedo.',
  ready: 'Listo',
  on: 'Grabando',
  locked: 'Ya puedes soltar. Toca otra vez para detener.',
  paused: 'En pausa',
  pausedHint: 'Ahora no se oye nada.',
  starting: 'Encendiendo el micrófono…',
  started: 'Empezó la grabación.',
  pausedNow: 'En pausa. Ahora no se oye nada.',
  goesOn: 'Grabando de nuevo.',
  stopped: 'Se detuvo la grabación.',
  canceled: 'Descartado.',
  tooShort: 'Fue demasiado corto. No se grabó nada.',
  notReady: 'El micrófono todavía no estaba listo. Presiona otra vez.',
  left: 'Saliste de esta página y la grabación se detuvo. Lo que dijiste está guardado.',
  taken: 'El micrófono se desconectó y la grabación se detuvo. Lo que dijiste está guardado.',
  interrupted: 'Esta grabación se interrumpió. Quizá falten los últimos segundos.',
  interruptedFor: (name) =>
    `Se interrumpió una grabación para ${name}. Lo que dijiste hasta entonces está guardado.`,
  busy: 'Otra cosa necesita el micrófono. Lo que dijiste está guardado: sigue cuando quieras.',
  ended: 'Se acabó el tiempo. Tu grabación está guardada.',
} satisfies Partial<LaterWords['recording']>

export const recording = (plural: Plural): LaterWords['recording'] => ({
  ...buttons,
  ...said,
  secondsLeft: (seconds) =>
    plural(seconds, { one: `Queda ${seconds} segundo`, other: `Quedan ${seconds} segundos` }),
})

export const playing = (plural: Plural): LaterWords['playing'] => ({
  play: (who) => `Escuchar: ${who}`,
  pause: (who) => `Pausar: ${who}`,
  position: 'Posición',
  at: (time, length) => `${time} de ${length}`,
  minutesAndSeconds: (minutes, seconds) => {
    const rest = plural(seconds, { one: `${seconds} segundo`, other: `${seconds} segundos` })
    if (minutes === 0) return rest
    return `${plural(minutes, { one: `${minutes} minuto`, other: `${minutes} minutos` })} y ${rest}`
  },
  speed: 'Velocidad',
  factor: (factor) => `${factor}×`,
  next: 'Después, escuchar el siguiente',
  loading: 'Preparando…',
  waiting: 'Un momento…',
  lockScreen: 'Un mensaje de voz',
  app: 'Pawpost',
})
