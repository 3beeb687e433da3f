import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const app = {
  title: 'Inicio de sesión',
  lead: 'Con un segundo paso, quien descubra tu contraseña tampoco puede entrar.',
  none: 'Por ahora, tu contraseña basta para que entre cualquiera que la sepa. Agrega una app de autenticación o una llave de acceso: con una de las dos basta.',
  required:
    'Aquí todo el mundo inicia sesión con un segundo paso. Agrega una app de autenticación o una llave de acceso: entonces se abre todo lo demás.',
  signsOut:
    'Cada vez que agregas o quitas algo aquí, se cierra tu sesión en todos los demás lugares: quien no debía estar ahí, queda fuera.',
  app: 'App de autenticación',
  appWhat:
    'Una app en tu teléfono que muestra seis números nuevos cada medio minuto. Hay muchas; casi todas son gratis.',
  appSince: (day) => `Agregada el ${day}.`,
  addApp: 'Agregar una app de autenticación',
  changeApp: 'Usar otra app',
  removeApp: 'Quitar la app',
  removeAppSure: '¿Quitar la app de autenticación?',
  removeDetail:
    'Ya no se te pedirá al iniciar sesión. En todos los demás lugares se cierra tu sesión.',
  removeYes: 'Quitarla',
  appTitle: 'Agregar una app de autenticación',
  appScan: 'Apunta a esta imagen con tu app de autenticación.',
  appQr: 'Una imagen para tu app de autenticación',
  appHere: '¿La app está en este dispositivo? Ábrela ahí, o escribe este texto en ella.',
  appOpen: 'Abrir la app',
  appSecret: 'Texto para la app',
  appDigits: 'Los seis números que la app muestra ahora',
  appConfirm: 'Agregarla',
  appAdded: 'La app de autenticación se agregó. En todos los demás lugares se cerró tu sesión.',
  copy: 'Copiar',
  copied: 'Copiado.',
  cancel: 'Ahora no',
} satisfies Partial<LaterWords['signingIn']>

const passkeys = {
  passkeys: 'Llaves de acceso',
  passkeysWhat:
    'Con una llave de acceso inicias sesión con el dedo, la cara o el PIN de tu teléfono o computadora. Sin contraseña, y nadie puede sacártela con engaños.',
  noPasskeys: 'Este navegador no tiene llaves de acceso.',
  addPasskey: 'Agregar una llave de acceso',
  passkeyName: '¿Cómo la llamarán tus dispositivos?',
  passkeyNameHint: 'Ves este nombre al elegir una llave de acceso.',
  passkeyNameFor: (name) => (name === '' ? 'Pawpost' : `${name} en Pawpost`),
  passkeyAdded: 'La llave de acceso se agregó. En todos los demás lugares se cerró tu sesión.',
  passkeySince: (day) => `Agregada el ${day}`,
  passkeyUsed: (day) => `Último uso: ${day}`,
  passkeyUnused: 'Todavía sin usar',
  synced:
    'En todos los dispositivos de tu cuenta de Apple, de Google o de un gestor de contraseñas',
  unsynced: 'En un solo dispositivo',
  removePasskey: 'Quitar',
  removePasskeySure: '¿Quitar esta llave de acceso?',
  removePasskeyDetail:
    'Ya no deja entrar a nadie. Bórrala también en los ajustes de tu dispositivo. En todos los demás lugares se cierra tu sesión.',
} satisfies Partial<LaterWords['signingIn']>

const codes = {
  codes: 'Códigos de recuperación',
  codesWhat: 'Para el día en que pierdas tu teléfono: cada código es un segundo paso, una vez.',
  newCodes: 'Crear códigos nuevos',
  newCodesSure: '¿Crear códigos de recuperación nuevos?',
  newCodesDetail:
    'Los códigos que tienes ahora dejan de funcionar. En todos los demás lugares se cierra tu sesión.',
  codesTitle: 'Tus códigos de recuperación',
  codesLead:
    'Si tu teléfono se pierde o se rompe, uno de estos códigos lo reemplaza al iniciar sesión. Imprímelos o cópialos a mano, y ponlos donde guardas los papeles importantes.',
  codesOnce: 'Solo se muestran esta vez. Cada código funciona una vez.',
  codesPrinted: 'Códigos de recuperación de Pawpost para iniciar sesión',
  print: 'Imprimir',
  codesDone: 'Ya los guardé',
} satisfies Partial<LaterWords['signingIn']>

const devices = {
  devices: 'Sin el segundo paso',
  devicesWhat:
    'En estos teléfonos y computadoras pediste que no se pregunte más por el segundo paso. La contraseña se sigue pidiendo. Si la cambias, o cambias un segundo paso, se vuelve a preguntar en todos.',
  deviceHere: 'Este dispositivo',
  deviceOther: 'Otro dispositivo',
  deviceSince: (day) => `Desde el ${day}`,
  deviceUsed: (day) => `Último uso: ${day}`,
  forgetDevice: 'Volver a preguntar',
  forgetDeviceSure: '¿Volver a preguntar por el segundo paso?',
  forgetDeviceDetail:
    'La próxima vez que inicies sesión en este dispositivo, se pedirá de nuevo el segundo paso.',
  forgetDeviceYes: 'Preguntar desde ahora',
} satisfies Partial<LaterWords['signingIn']>

export const signingIn = (plural: Plural): LaterWords['signingIn'] => ({
  ...app,
  ...passkeys,
  ...codes,
  codesLeft: (left) => plural(left, { one: 'Queda un código.', other: `Quedan ${left} códigos.` }),
  ...devices,
})

export const secondStep = (plural: Plural): LaterWords['secondStep'] => ({
  title: 'Un paso más',
  lead: 'Tu contraseña es correcta. Ahora demuestra que de verdad eres tú.',
  digits: 'Los seis números de tu app',
  digitsHint:
    'Abre la app de autenticación en tu teléfono. Cada medio minuto aparecen números nuevos.',
  code: 'Un código de recuperación',
  codeHint: 'Uno de los códigos que imprimiste o copiaste a mano. Cada uno funciona una vez.',
  passkeyHint: 'Tu teléfono o computadora te pide el dedo, la cara o su PIN.',
  remember: {
    totp: 'No pedir más los seis números en este dispositivo',
    other: 'No pedir más un segundo paso en este dispositivo',
  },
  rememberHint:
    'Solo en un teléfono o computadora que uses únicamente tú. La contraseña se sigue pidiendo, y el segundo paso otra vez tras 90 días. Puedes cambiarlo en los ajustes.',
  submit: 'Iniciar sesión',
  other: 'Otra manera',
  useDigits: 'Usar mi app de autenticación',
  useCode: 'Usar un código de recuperación',
  usePasskey: 'Usar una llave de acceso',
  back: 'Empezar de nuevo',
  left: (codesLeft) =>
    plural(codesLeft, {
      one: 'Queda un código de recuperación.',
      other: `Quedan ${codesLeft} códigos de recuperación.`,
    }),
})

export const proof: LaterWords['proof'] = {
  title: '¿Sigues siendo tú?',
  lead: 'Antes de hacer esto, demuéstralo otra vez.',
  second: 'Tu contraseña es correcta. Ahora el segundo paso, como al iniciar sesión.',
  late: 'Tardó demasiado. Empieza otra vez con tu contraseña.',
  password: 'Tu contraseña',
  digits: 'Los seis números de tu app',
  code: 'Un código de recuperación',
  passkey: 'Tu teléfono o computadora te pide el dedo, la cara o su PIN.',
  next: 'Continuar',
  byPasskey: 'Usar una llave de acceso',
  byDigits: 'Usar mi app de autenticación',
  byCode: 'Usar un código de recuperación',
  byPassword: 'Usar mi contraseña',
  no: 'No, volver',
}

export const cardPasskey: LaterWords['cardPasskey'] = {
  title: 'Una llave de acceso como otro camino de vuelta',
  offer:
    'Una llave de acceso tuya también puede guardar esta tarjeta. Si se pierden el teléfono y la tarjeta, lo recupera todo.',
  keep: 'Guardar la tarjeta en una llave',
  kept: 'Una llave de acceso tuya guarda esta tarjeta. Conserva de todos modos la impresa: las llaves de acceso también se pierden.',
  outdated:
    'Tu llave de acceso guarda una tarjeta anterior, que ya no abre nada. Deja que guarde la nueva.',
  none: 'Todavía no tienes una llave de acceso. Crea una primero.',
  make: 'Inicio de sesión y llaves de acceso',
  typed: 'Escribe el código de tu tarjeta de rescate',
  done: 'Tu llave de acceso ya guarda la tarjeta.',
  use: 'Usar mi llave de acceso',
  useSays: 'Una llave de acceso tuya guarda tu tarjeta de rescate. Puede usarse en su lugar.',
  dead: 'Tu llave de acceso guarda una tarjeta anterior. Se reemplazó, así que ya no abre nada. Usa la tarjeta más nueva.',
}
