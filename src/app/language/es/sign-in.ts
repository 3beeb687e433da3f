import type { FirstWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

type Words = FirstWords['texts']

export const signIn: Words['signIn'] = {
  welcome: 'Voces para un osito',
  lead: 'Envía tu voz al juguete de tu peque y escucha la respuesta. Solo tu familia puede oírlas.',
  invitedLead: 'Te invitaron a una familia. Primero, crea tu cuenta.',
  signUpTitle: 'Crear una cuenta',
  signInTitle: 'Iniciar sesión',
  address: 'Tu correo electrónico',
  password: 'Contraseña',
  passwordHint: 'Al menos 15 caracteres. Cuatro o cinco palabras seguidas son fáciles de recordar.',
  signUp: 'Crear una cuenta',
  signIn: 'Iniciar sesión',
  haveAccount: 'Ya tengo una cuenta',
  noAccount: 'Es mi primera vez aquí',
  codeTitle: 'Mira tu correo',
  codeLead: 'Te enviamos seis números, para saber que la dirección es tuya.',
  code: 'Los seis números',
  confirm: 'Continuar',
  resend: 'Enviar números nuevos',
  resent: 'Los números nuevos van en camino.',
  otherAddress: 'Usar otra dirección',
  forgot: 'Olvidé mi contraseña',
  byPasskey: 'Entrar con una llave de acceso',
  late: 'Tardó demasiado, así que dejamos de esperar. Inicia sesión otra vez.',
  guide: 'Protege tu cuenta',
  once: 'Lo que grabas solo se puede abrir con los dispositivos de tu familia y con tu tarjeta de rescate. Si se pierde todo eso, nadie puede recuperarlo, ni siquiera Pawpost.',
}

export const create: Words['create'] = {
  title: '¿De quién es el juguete?',
  lead: 'Dinos cómo llamas a tu peque. Un apodo también sirve. Solo lo ve tu familia.',
  child: 'Nombre o apodo de tu peque',
  me: '¿Y cómo te llama tu peque?',
  meHint: 'Por ejemplo, Mamá o Papá.',
  submit: 'Continuar',
  invited: 'Me invitaron a una familia',
  hasCard: 'Tengo una tarjeta de rescate',
  linkTitle: 'Tu invitación',
  linkLead: 'Abre el enlace que te enviaron, o pégalo aquí.',
  link: 'El enlace',
  linkSubmit: 'Continuar',
}

export const recover: Words['recover'] = {
  title: 'Nos alegra verte de nuevo',
  lead: 'Busca tu tarjeta de rescate y escribe su código. Así tu familia y sus mensajes vuelven a este dispositivo.',
  code: 'Código de rescate',
  codeHint: 'Siete grupos de cuatro. Da igual si las letras son mayúsculas o minúsculas.',
  submit: 'Recuperar todo',
}

export const password = (plural: Plural): Words['password'] => ({
  short: (missing) =>
    plural(missing, {
      one: `Muy corta: falta ${missing} carácter.`,
      other: `Muy corta: faltan ${missing} caracteres.`,
    }),
  long: (over) =>
    plural(over, {
      one: `Muy larga: sobra ${over} carácter.`,
      other: `Muy larga: sobran ${over} caracteres.`,
    }),
  enough: 'Tiene el largo suficiente.',
  weak: 'Fácil de adivinar. Agrega una o dos palabras que nadie esperaría aquí.',
  known: (words) =>
    `Fácil de adivinar para quien te conoce, por culpa de ${words}. Agrega palabras que no tengan nada que ver contigo.`,
  quoted: (word) => `“${word}”`,
  good: 'Bien: difícil de adivinar.',
  strong: 'Muy bien: muy difícil de adivinar.',
})
