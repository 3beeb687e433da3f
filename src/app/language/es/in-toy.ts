import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const paw: LaterWords['inToy']['paw'] = {
  title: 'Lo que grabó la patita',
  lead: (child) =>
    `Con la otra patita del juguete, ${child} presiona, habla y presiona otra vez. Mientras esta pantalla esté abierta, la grabación llega sola.`,
  fetch: 'Traer la grabación',
  fetching: 'La grabación viene en camino…',
  nothing: 'La patita todavía no grabó nada.',
  here: 'La grabación está aquí. Escúchala antes de enviarla.',
  listen: 'Lo que grabó la patita',
  unsure:
    'El fabricante del juguete nunca contó cómo guarda el sonido. Pawpost conoce varias maneras y empieza por la más probable.',
  next: 'Es solo ruido: probar otra manera',
  way: (number, count) => `Manera ${number} de ${count}.`,
  noise:
    '¿Ninguna suena bien? Entonces graba la respuesta con este teléfono. Lo que envías lleva también lo que grabó el juguete, tal como llegó, para el día en que alguien sepa leerlo.',
  whose: '¿De quién es la voz?',
  whom: '¿Quién más la recibe?',
  parentsToo: 'Los padres siempre la reciben.',
  send: (child) => `Enviar como mensaje de ${child}`,
  drop: 'Descartar',
  sent: 'Ya se envió. Está en Mensajes.',
}

export const inToy: LaterWords['inToy'] = { paw }

export const toyPlaces = (plural: Plural): LaterWords['toyPlaces'] => ({
  title: 'Qué hay en el juguete',
  lead: 'El juguete tiene cinco lugares para el sonido. No cuenta qué hay en ellos; esto es lo que este teléfono puso allí.',
  choose: 'Un lugar en el juguete',
  recorded: '1: lo que grabó la patita',
  played: '2: lo que se escucha con la patita',
  other: (place) => `${place}: se escucha desde este teléfono`,
  unknown: 'Este teléfono no lo sabe',
  gone: 'Un mensaje que ya no está aquí',
  says: (who, length) => `${who}, ${length}`,
  times: 'Cuántas veces',
  timesOf: (count) => plural(count, { one: 'Una vez', other: `${count} veces` }),
  play: 'Escuchar en el juguete',
  stop: 'Parar el juguete',
  which: 'Poner una voz allí',
  offers: (who, day, length) => `${who}, ${day}, ${length}`,
  put: 'Poner allí',
  putting: (percent) => `Va ${percent} %`,
  stopPutting: 'Parar',
  isThere: 'Ya está en el juguete.',
  nothing: 'Cuando se apruebe algo para el juguete, podrás ponerlo allí.',
})
