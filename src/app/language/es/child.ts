import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = LaterWords['child']

const handOver: Words['handOver'] = {
  link: 'Dar el teléfono a tu peque',
  title: (child) => `En manos de ${child}`,
  lead: (child) =>
    `Una pantalla de imágenes para ${child}: voces para oír, una patita para responder, canciones de cuna, cuentos y un juego. No hace falta saber leer.`,
  stays:
    'El resto de Pawpost queda cerrado hasta que lo recuperes. Presiona el candado pequeño de la esquina y escribe cuatro números.',
  pin: 'Los teléfonos pueden dejar una app fija en la pantalla, para que tu peque no termine en otro lugar: busca “Fijar apps” (Android) o “Acceso guiado” (iPhone) en los ajustes.',
  go: 'Dárselo',
  goTo: (child) => `Dárselo a ${child}`,
  codeTitle: 'Cómo lo recuperas',
  words:
    'Pawpost pide cuatro números que muestra en palabras. Quien todavía no sabe leer no puede escribirlos.',
  ownCode: 'Escribes tus cuatro números.',
  ownHint: '¿Tu peque ya sabe leer? Elige cuatro números tuyos. Que no sean un cumpleaños.',
  code: 'Tus cuatro números',
  setCode: 'Usar estos números',
  codeSet: 'Desde ahora, tus números abren el candado.',
  dropCode: 'Volver a preguntar en palabras',
  shelfTitle: 'El estante',
  shelfSays:
    'Graba a alguien que cuenta un cuento, o elige entre lo que se envió. Se queda en el estante.',
  shelf: 'Elegir cuentos',
}

const shelf = (plural: Plural): Words['shelf'] => ({
  title: 'Elegir cuentos',
  lead: 'Lo que pongas en el estante, tu peque lo puede oír una y otra vez, en este dispositivo.',
  none: 'Todavía no hay nada para el estante. Todo lo que se envíe y se apruebe puede ir ahí.',
  put: 'Poner en el estante',
  off: 'Quitar del estante',
  there: 'En el estante',
  seconds: (seconds) =>
    plural(seconds, { one: `${seconds} segundo`, other: `${seconds} segundos` }),
})

const gate = (plural: Plural): Words['gate'] => ({
  title: 'Para adultos',
  words: 'Escribe estos cuatro números:',
  own: 'Escribe tus cuatro números',
  digits: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  label: 'Cuatro números',
  open: 'Abrir',
  wrong: 'No son esos. Mira los números otra vez.',
  wrongOwn: 'Estos no son tus números.',
  wait: (seconds) =>
    plural(seconds, { one: `Espera ${seconds} segundo.`, other: `Espera ${seconds} segundos.` }),
  forgot: 'Olvidé mis números',
  forgotSays: 'Tu contraseña también lo abre. Para eso hace falta conexión.',
  password: 'Tu contraseña',
})

const voices = {
  title: 'Voces para ti',
  night: 'Hora de dormir',
  adults: 'Para adultos',
  back: 'Volver al inicio',
  speaker: (name, animal) => `${name}, ${animal}`,
  fresh: (who) => `${who}: algo nuevo`,
  nobody: 'El osito',
  more: 'Más amigos',
  animals: [
    'el zorro',
    'el conejo',
    'el búho',
    'el gato',
    'el león',
    'la rana',
    'el panda',
    'el elefante',
  ],
  bear: 'el osito',
  hear: (place, count) => `Oír el mensaje ${place} de ${count}`,
  hearNew: (place, count) => `Oír el mensaje ${place} de ${count}, nuevo`,
  stop: 'Parar',
  answer: 'Hablar',
  listening: 'Habla ahora. Presiona para parar.',
  playedBack: 'Esto es lo que dijiste.',
  sent: 'Enviado.',
  noMicrophone: 'No se puede usar el micrófono. Pide ayuda a un adulto.',
  notHeard: 'Ahora no se puede oír. Pide ayuda a un adulto.',
} satisfies Partial<Words['screen']>

const rooms = {
  lullabies: 'Canciones de cuna',
  tunes: { cradle: 'Canción de cuna', star: 'Estrellita', moon: 'A la luz de la luna' },
  louder: 'Volumen',
  soft: 'bajo',
  middle: 'medio',
  loud: 'alto',
  stories: 'Cuentos',
  noStories: 'Todavía no hay cuentos',
  story: (place, name) => `Cuento ${place}, contado por ${name}`,
  somebody: 'alguien',
  pause: 'Pausa',
  goOn: 'Seguir',
  progress: 'Por dónde va el cuento',
  game: 'Juego de patitas',
  paws: [
    'Patita de arriba a la izquierda',
    'Patita de arriba a la derecha',
    'Patita de abajo a la izquierda',
    'Patita de abajo a la derecha',
  ],
  watch: 'Escucha las patitas.',
  yourTurn: 'Te toca.',
  again: 'Escucha otra vez.',
  feast: '¡Lo lograste!',
  begin: 'Empezar',
  copied: 'Un adulto hizo una copia de las voces.',
} satisfies Partial<Words['screen']>

const screen = (plural: Plural): Words['screen'] => ({
  ...voices,
  ...rooms,
  minutes: (minutes) => plural(minutes, { one: `${minutes} minuto`, other: `${minutes} minutos` }),
  sings: (minutes) =>
    plural(minutes, {
      one: `Suena durante ${minutes} minuto.`,
      other: `Suena durante ${minutes} minutos.`,
    }),
})

export const child = (plural: Plural): Words => ({
  handOver,
  shelf: shelf(plural),
  gate: gate(plural),
  screen: screen(plural),
})
