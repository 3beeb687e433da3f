import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { listed } from './account.ts'

type Words = LaterWords['checkUp']

const ways = (plural: Plural): Pick<Words, 'oneWay' | 'moreWays'> => ({
  oneWay: {
    title: 'Solo hay un camino',
    says: 'Solo este dispositivo abre todo lo que grabó tu familia. Si se pierde o se rompe, nadie puede recuperarlo, ni siquiera Pawpost. Agrega otro teléfono tuyo, crea una tarjeta de rescate, o deja que alguien decida junto contigo.',
    todo: 'Agregar otro teléfono',
  },
  moreWays: {
    title: 'Hay más de un camino',
    says: (count) =>
      plural(count, {
        one: 'Hay un camino a todo lo que grabó tu familia, contando los dispositivos de quienes deciden y sus tarjetas de rescate.',
        other: `Si uno se pierde, no se pierde nada: hay ${count} caminos a todo lo que grabó tu familia, contando los dispositivos de quienes deciden y sus tarjetas de rescate.`,
      }),
  },
})

const devices = (
  plural: Plural,
): Pick<Words, 'card' | 'noCard' | 'oneDevice' | 'oneDeviceOfRelative' | 'devices'> => ({
  card: {
    title: 'Tienes una tarjeta de rescate',
    says: '¿Sabes dónde está? Si no aparece, o quizá la vio otra persona, crea una nueva.',
    todo: 'Crear una tarjeta nueva',
  },
  noCard: {
    title: 'No tienes una tarjeta de rescate',
    says: 'Si todos tus dispositivos se pierden o se rompen, la tarjeta lo recupera todo.',
    todo: 'Crear una tarjeta de rescate',
  },
  oneDevice: {
    title: 'Tienes un solo dispositivo',
    says: 'Es este. Lo que te envía tu familia no se abre en ningún otro dispositivo tuyo.',
  },
  oneDeviceOfRelative: {
    title: 'Tienes un solo dispositivo',
    says: 'Es este. Si lo pierdes, pide a la familia otra invitación.',
  },
  devices: {
    title: (count) =>
      plural(count, {
        one: `Tienes ${count} dispositivo`,
        other: `Tienes ${count} dispositivos`,
      }),
    says: 'Este es uno de ellos. Lo que te envía tu familia se abre en cada uno.',
  },
})

const password = (plural: Plural): Pick<Words, 'stolen' | 'password'> => ({
  stolen: {
    title: 'Robaron tu contraseña en algún lugar',
    says: 'Está en una lista que los ladrones prueban. Elige otra, aquí y donde más la uses.',
    todo: 'Cambiar la contraseña',
  },
  password: {
    title: 'Tu contraseña',
    age: (months) => {
      if (months === 0) return 'La elegiste hace menos de un mes.'
      const ago = plural(months, { one: 'un mes', other: `${months} meses` })
      return `La elegiste hace ${ago}. No hace falta cambiarla por su edad.`
    },
    unseen: 'No está en ninguna lista de contraseñas robadas que conozca este Pawpost.',
    unlooked:
      'No está entre las que los ladrones prueban primero. Nadie la buscó todavía en las listas largas de contraseñas robadas.',
  },
})

const steps = (plural: Plural): Pick<Words, 'noStep' | 'step' | 'fewCodes' | 'signedIn'> => ({
  noStep: {
    title: 'Tu contraseña es la única cerradura',
    says: 'Quien la descubra entra en tu cuenta. Un segundo paso se lo impide: una app en tu teléfono, o una llave de acceso.',
    todo: 'Agregar un segundo paso',
  },
  step: {
    title: 'Inicias sesión en dos pasos',
    says: 'Quien descubra tu contraseña tampoco puede entrar en tu cuenta.',
  },
  fewCodes: {
    title: 'Se acaban los códigos de recuperación',
    says: (left) =>
      plural(left, {
        one: 'Queda un código de recuperación para el día en que pierdas tu teléfono.',
        other: `Quedan ${left} códigos de recuperación para el día en que pierdas tu teléfono.`,
      }),
    todo: 'Crear códigos nuevos',
  },
  signedIn: {
    title: (places) =>
      plural(places, {
        one: 'Sesión abierta en un lugar',
        other: `Sesión abierta en ${places} lugares`,
      }),
    here: 'Es este.',
    says: 'Este es uno de ellos. ¿Reconoces los demás?',
    todo: 'Mostrar dónde',
  },
})

export const checkUp = (plural: Plural): Words => ({
  title: 'Revisión',
  fine: 'Bien',
  look: 'Mira esto',
  allFine: 'Todo lo que Pawpost puede ver desde aquí está bien.',
  toLook: (count) =>
    plural(count, {
      one: 'Hay una cosa que conviene mirar.',
      other: `Hay ${count} cosas que conviene mirar.`,
    }),
  guide: 'Qué más te protege',
  ...ways(plural),
  ...devices(plural),
  listed,
  ...password(plural),
  ...steps(plural),
})
