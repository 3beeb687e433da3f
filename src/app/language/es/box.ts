import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['box']

const page = (plural: Plural): Words['page'] => ({
  title: (whom) => (whom === '' ? 'Di algo' : `Di algo para ${whom}`),
  record: 'Presiona y habla',
  recordAgain: 'Decir algo más',
  stop: 'Presiona para detener',
  opening: 'Un momento…',
  secondsLeft: (seconds) =>
    plural(seconds, { one: `Queda ${seconds} segundo`, other: `Quedan ${seconds} segundos` }),
  listen: 'Escuchar',
  pause: 'Dejar de escuchar',
  send: 'Enviar',
  again: 'Otra vez',
  heard: 'Escucha lo que dijiste, o envíalo.',
  sent: (whom) =>
    whom === '' ? 'Va en camino a la familia.' : `Va en camino a la familia de ${whom}.`,
  waiting: 'Sale en cuanto esta página tenga conexión.',
  enough: 'Es suficiente por hoy. Sale mañana, cuando abras esta página otra vez.',
  ended: 'Este enlace ya no funciona. Pide uno nuevo.',
  incomplete: 'Este enlace no está completo. Pídelo otra vez.',
  insecure: 'Esta página no se puede abrir así. Pide el enlace otra vez.',
  elsewhere: 'Esta página está abierta dos veces. Sigue en la otra, o aquí:',
  here: 'Seguir aquí',
})

const making = (plural: Plural) =>
  ({
    open: 'Enlace para un teléfono viejo',
    title: 'Enlaces para teléfonos viejos',
    lead: 'Una página con un botón grande: sin cuenta, sin instalar nada. Lo que se diga ahí te espera, como el mensaje de un familiar.',
    name: '¿Para quién es?',
    nameHint: 'Como le dices, por ejemplo, Abuela.',
    greeting: '¿Cómo llama la página a tu peque?',
    greetingHint: 'Está en la página y en el enlace, y en ningún otro lugar.',
    children: '¿A quién van los mensajes?',
    days: '¿Por cuánto tiempo?',
    spans: { 1: 'Un día', 7: 'Una semana', 30: 'Un mes', 90: 'Tres meses', 365: 'Un año' },
    make: 'Crear el enlace',
    another: 'Crear otro enlace',
    onePhone: 'Cada teléfono tiene su propio enlace.',
    most: (count) =>
      plural(count, {
        one: 'Hay un enlace abierto. Desactívalo antes de crear otro.',
        other: `Hay ${count} enlaces abiertos. Desactiva uno antes de crear otro.`,
      }),
    none: 'Ahora no hay ningún enlace así.',
    openNow: 'Enlaces abiertos',
  }) satisfies Partial<Words['family']>

const made = {
  readyTitle: (name) => `El enlace para ${name}`,
  ready: (name) => `Imprímelo para ${name}, o ábrelo en el teléfono.`,
  careful: 'Quien tenga este enlace puede enviarte mensajes. No abre nada de lo que se dijo antes.',
  until: (day) => `hasta el ${day}`,
  used: (day) => `último uso: ${day}`,
  unused: 'todavía sin usar',
  show: 'Mostrar el enlace',
  elsewhere: 'El enlace está en el teléfono que lo creó.',
  link: 'Enlace',
  copy: 'Copiar el enlace',
  copied: 'Copiado',
  share: 'Compartir',
  shareText: (whom) => (whom === '' ? 'Dinos algo' : `Di algo para ${whom}`),
  print: 'Imprimir una hoja para la cocina',
  qr: 'El enlace como código para una cámara',
  end: 'Desactivar este enlace',
  endSure: (name) => `¿Desactivar el enlace de ${name}?`,
  endDetail:
    'Deja de funcionar de inmediato. Lo que se dijo y te espera no se entrega. Lo que aprobaste se queda.',
  endYes: 'Desactivarlo',
  ended: 'El enlace se desactivó.',
  back: 'Volver a los enlaces',
  byLink: 'por enlace',
  rejectDetail: 'Nadie se entera: un enlace solo trae, y no devuelve nada.',
  unnamed: 'Alguien',
} satisfies Partial<Words['family']>

export const box = (plural: Plural): Words => ({
  page: page(plural),
  family: { ...making(plural), ...made },
  sheet: {
    camera: 'Apunta aquí con la cámara del teléfono',
    talk: 'Presiona el botón grande y habla',
    send: 'Presiona la flecha',
    until: (day) => `Funciona hasta el ${day}.`,
    careful: 'No saques esta hoja de casa: quien la tenga puede enviar un mensaje.',
  },
})
