import type { inToy as english } from '../../toy/toy-texts.ts'

const paw: (typeof english)['paw'] = {
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

export const inToy: typeof english = { paw }
