import { isolated } from '../isolated.ts'
import { pluralOf } from '../plural.ts'
import type { Said, Words } from './en.ts'

const plural = pluralOf('es')
const minutes = (count: number): string =>
  plural(count, { one: '1 minuto', many: `${count} de minutos`, other: `${count} minutos` })
const days = (count: number): string =>
  plural(count, { one: '1 día', many: `${count} de días`, other: `${count} días` })
const name = (text: string): string => isolated(text, 'ltr')

const NOT_YOU = 'Si no fuiste tú, no tienes que hacer nada'

const account = {
  code: ({ code, minutes: count }) => ({
    subject: 'Tu código para Pawpost',
    text: `Hola:

este es el código que confirma tu correo electrónico en Pawpost:

Código: ${code}

Escríbelo donde creaste la cuenta. Sirve durante ${minutes(count)}.

${NOT_YOU}: sin el código no pasa nada.
`,
  }),
  known: () => ({
    subject: 'Ya tienes una cuenta en Pawpost',
    text: `Hola:

alguien, seguramente tú, acaba de querer crear una cuenta en Pawpost con este correo electrónico. Ya
hay una: inicia sesión con la contraseña que elegiste para ella.

${NOT_YOU}: tu cuenta está como estaba.
`,
  }),
  blocked: ({ link, minutes: count }) => ({
    subject: 'Alguien prueba contraseñas en tu cuenta de Pawpost',
    text: `Hola:

alguien intenta entrar en tu cuenta de Pawpost y no sabe la contraseña. Por un rato no miramos ninguna
contraseña que llegue desde ahí, ni siquiera la correcta. Donde ya tienes la sesión abierta, todo
sigue igual.

Si fuiste tú y no puedes entrar: abre este enlace en el navegador en el que quieres iniciar sesión.
Sirve durante ${minutes(count)}. Todavía necesitas tu contraseña.

${link}

${NOT_YOU}. Una contraseña larga que no uses en ningún otro lugar,
y un segundo paso, dejan fuera a esa gente.
`,
  }),
  newBrowser: ({ at, browser, system, place }) => {
    const machine = system === '' ? browser : `${browser} en ${system}`
    const lines = [
      `Cuándo: ${name(at)}`,
      browser === '' ? '' : `Con: ${name(machine)}`,
      place === '' ? '' : `Dónde: en algún lugar de la red ${name(place)}`,
    ]
    return {
      subject: 'Un nuevo inicio de sesión en tu cuenta de Pawpost',
      text: `Hola:

alguien, seguramente tú, inició sesión en tu cuenta de Pawpost con un navegador que no se había usado
antes para ella:

${lines.filter((line) => line !== '').join('\n')}

Si fuiste tú, no tienes que hacer nada. Si no: inicia sesión, abre “Ajustes”, cierra esa sesión y elige
una contraseña nueva. Lo que se dice en la familia no se abre solo con iniciar sesión: hace falta un
dispositivo que una persona responsable de la familia haya dejado entrar.
`,
    }
  },
  deleted: () => ({
    subject: 'Tu cuenta de Pawpost se borró',
    text: `Hola:

como pediste, tu cuenta de Pawpost se borró: tu dirección, tu contraseña, tus sesiones. No podemos
recuperarla. Tu lugar en la familia es de la familia: una persona responsable puede quitarte de ahí.

Este es el último correo que recibes de nosotros.
`,
  }),
} satisfies Partial<Words>

const password = {
  passwordChanged: () => ({
    subject: 'Tu contraseña de Pawpost cambió',
    text: `Hola:

la contraseña de tu cuenta de Pawpost acaba de cambiar. En todos los demás lugares se cerró tu sesión.

Si fuiste tú, no tienes que hacer nada. Si no: pide una contraseña nueva donde inicias sesión. Para
eso te enviamos un código por correo.
`,
  }),
  reset: ({ link, code, minutes: count }) => ({
    subject: 'Una contraseña nueva para Pawpost',
    text: `Hola:

alguien, seguramente tú, quiere una contraseña nueva para tu cuenta de Pawpost. Abre este enlace y
elige una. Sirve durante ${minutes(count)}, y una sola vez.

${link}

O escribe este código donde lo pediste:

Código: ${code}

${NOT_YOU}: tu contraseña está como estaba.
`,
  }),
  breached: () => ({
    subject: 'Elige una contraseña nueva para Pawpost',
    text: `Hola:

acabas de iniciar sesión en Pawpost con una contraseña que está en una lista que prueban los ladrones:
la robaron de otro servicio. Elige una nueva en “Ajustes”, y en cada lugar donde usas la misma.
`,
  }),
  mustChange: ({ link, code, minutes: count }) => ({
    subject: 'Elige una contraseña nueva para Pawpost',
    text: `Hola:

alguien, seguramente tú, acaba de iniciar sesión en Pawpost con tu contraseña. Es muy corta, o está en
una lista que prueban los ladrones, así que ya nadie puede entrar con ella. Abre este enlace y elige
una nueva. Sirve durante ${minutes(count)}, y una sola vez.

${link}

O escribe este código donde se pide una contraseña nueva:

Código: ${code}

Si usas la misma contraseña en otros lugares, cámbiala ahí también.
`,
  }),
} satisfies Partial<Words>

const SIGNED_OUT = 'En todos los demás lugares se cerró tu sesión.'

function factorNews(subject: string, what: string): Said {
  return {
    subject,
    text: `Hola:

${what}

Si fuiste tú, no tienes que hacer nada. Si no, inicia sesión en Pawpost ahora, cambia tu contraseña y
mira los segundos pasos en los ajustes de tu cuenta.
`,
  }
}

const factors: Words['factors'] = {
  'factor-added': () =>
    factorNews(
      'Se agregó un segundo paso a tu cuenta',
      `se acaba de agregar un segundo paso (una app de autenticación o una llave de acceso) a tu cuenta.
${SIGNED_OUT}`,
    ),
  'factor-removed': () =>
    factorNews(
      'Se quitó un segundo paso de tu cuenta',
      `se acaba de quitar un segundo paso (una app de autenticación o una llave de acceso) de tu cuenta.
${SIGNED_OUT}`,
    ),
  'second-factor-failed': () =>
    factorNews(
      'Alguien sabe tu contraseña',
      'alguien acaba de usar tu contraseña, pero no pudo dar el segundo paso. No logró entrar.',
    ),
  'recovery-code-used': () =>
    factorNews(
      'Se usó un código de recuperación',
      'alguien acaba de iniciar sesión con tu contraseña y uno de tus códigos de recuperación.',
    ),
  'recovery-codes-renewed': () =>
    factorNews(
      'Tienes códigos de recuperación nuevos',
      `se acaban de crear códigos de recuperación nuevos para tu cuenta. Los anteriores ya no funcionan.
${SIGNED_OUT}`,
    ),
  'device-remembered': ({ days: count }) =>
    factorNews(
      'En un dispositivo ya no se pide tu segundo paso',
      `alguien acaba de iniciar sesión con tu contraseña y tu segundo paso, y marcó que en ese
dispositivo no se vuelva a pedir el segundo paso durante ${days(count)}.`,
    ),
}

const asked = (origin: string): string =>
  `Te pedimos que elijas una contraseña nueva para Pawpost. Inicia sesión como siempre, abre “Ajustes”
y elige “Cambiar la contraseña”. Mientras tanto puedes entrar como hasta ahora. Pawpost está aquí:

${origin}`
const YOUNGER = 'Elegiste tu contraseña de Pawpost después de eso: aquí no tienes que hacer nada.'

const told = {
  breach: ({ lists, origin, isAsked }) => {
    const lines = lists.map(({ source, day }) => `  ${name(source)} (se sabe desde ${name(day)})`)
    const where = plural(lists.length, {
      one: 'una lista que circula entre ladrones. La robaron',
      many: `${lists.length} de listas que circulan entre ladrones. Las robaron`,
      other: `${lists.length} listas que circulan entre ladrones. Las robaron`,
    })
    return {
      subject: isAsked
        ? 'Elige una contraseña nueva para Pawpost'
        : 'Robaron tu dirección en otro lugar',
      text: `Hola:

tu correo electrónico está en ${where} en otro lugar,
no en Pawpost:

${lines.join('\n')}

Esas listas suelen traer también contraseñas, y los ladrones las prueban en todas partes.

${isAsked ? asked(origin) : YOUNGER}

Si usas una misma contraseña en varios lugares, pon una distinta en cada uno, sobre todo en tu correo.
Y no te fíes de los correos que saben algo de ti: esas listas sirven también para escribirlos. Nunca
te pedimos tu contraseña por correo.

Este correo te llega una sola vez.
`,
    }
  },
  post: ({ host, origin, stop }) => ({
    subject: `Hay mensajes para ti en ${name(host)}`,
    text: `Hola:

hay mensajes para ti en ${name(host)}:

${origin}/

Recibes este correo porque lo pediste en “Cuando llegan mensajes”. Para no recibir más, abre este
enlace y dilo ahí. No hace falta iniciar sesión:

${stop}
`,
  }),
} satisfies Partial<Words>

const files = {
  exportNote:
    'Los nombres, las fotos, los mensajes y quién es quién en la familia están cifrados de extremo a ' +
    'extremo: el servidor no puede leerlos, tus dispositivos sí los tienen. De tu contraseña, y de lo ' +
    'que inicia tu sesión, guarda huellas y secretos sellados que no te sirven de nada.',
  deletionNote:
    'La familia, sus mensajes y la lista de quienes están en ella son de la familia y se quedan, ' +
    'cifrados de extremo a extremo; nada de eso nombra esta cuenta. Una persona responsable puede ' +
    'quitarte de ahí. Los correos que ya esperaban su turno se envían. Las copias de seguridad solo ' +
    'tienen lo que se selló con las llaves que ahora están destruidas.',
} satisfies Partial<Words>

export const es: Words = { ...account, ...password, factors, ...told, ...files }
