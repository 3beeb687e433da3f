import type { FirstWords } from '../catalogue.ts'

type Words = FirstWords['texts']

export const record: Words['record'] = {
  answerFor: (child, name) => `Respuesta de ${child} para ${name}`,
  answerHint: 'Mantén el teléfono cerca de tu peque y del juguete.',
  listen: 'Escucha antes de enviar',
  kept: 'Todavía no se envió. Se guarda en este dispositivo.',
  send: 'Enviar',
  again: 'Grabar de nuevo',
  discard: 'Borrar',
  discardSure: '¿Borrar esta grabación?',
  discardYes: 'Borrarla',
  sent: (name) => `En camino para ${name}.`,
}

const states: Words['toy']['states'] = {
  ready: 'Listo',
  recording: 'Tu peque está grabando',
  playing: 'Sonando',
  loading: 'Recibiendo un mensaje',
  other: 'Ocupado',
  locked: 'El juguete no nos deja entrar',
}

export const toy: Words['toy'] = {
  title: 'El juguete',
  lead: 'Enciende el juguete y acerca este teléfono.',
  connect: 'Conectar el juguete',
  connecting: 'Buscando el juguete…',
  connected: (name) => `Conectado: ${name}`,
  disconnect: 'Desconectar',
  gone: 'El juguete ya no está conectado.',
  missing:
    'Este navegador no puede hablar con juguetes. Chrome o Edge sí pueden, en un teléfono Android o en una computadora.',
  states,
  volume: 'Volumen',
  heart: 'Hacer parpadear el corazón',
  heartOff: 'Apagar el corazón',
  ready: 'Listo para el juguete',
  none: 'Nada espera para el juguete. Lo que apruebes aparece aquí.',
  send: 'Enviar al juguete',
  sending: (percent) => `Va por el ${percent} %`,
  stop: 'Detener',
  sent: 'Ya está en el osito. El corazón parpadea: presiona la patita.',
  unlit: 'Ya está en el osito, pero el corazón no se pudo encender. Presiona la patita.',
  keeps: 'Con la patita se escucha un solo mensaje: uno nuevo reemplaza al anterior.',
  warning:
    'Este juguete no tiene cerradura: mientras está encendido y sin conectar, otro teléfono a unos diez metros podría alcanzarlo. Apágalo cuando nadie juegue con él.',
  answer: (child) => `Grabar la respuesta de ${child}`,
}
