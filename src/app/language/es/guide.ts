import type { LaterWords } from '../catalogue.ts'

export const guide: LaterWords['guide'] = {
  title: 'Protege tu cuenta',
  lead: 'Hace años, gente desconocida se llevó la lista de cuentas de un fabricante de juguetes que hablan. Muchas contraseñas eran cortas o se usaban en otros lugares, y pronto las adivinaron. Cinco pequeñas costumbres te libran de una historia así.',
  habits: [
    {
      title: 'Que sea larga',
      says: 'Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar: cuatro o cinco que no tengan nada que ver entre sí. Cuenta el largo, no los signos raros. No uses los nombres de tu peque, del juguete ni de tu familia: otras personas los conocen.',
    },
    {
      title: 'Úsala solo aquí',
      says: 'Si otro servicio pierde tu contraseña, nadie puede entrar aquí con ella. Tu navegador o tu teléfono puede recordar una distinta para cada lugar, sin confundirlas.',
    },
    {
      title: 'Agrega un segundo paso',
      says: 'Donde puedan pedirte algo más que la contraseña, di que sí: una llave de acceso, o un código de una app en tu teléfono. Empieza por tu correo, porque quien lee tu correo puede pedir contraseñas nuevas.',
    },
    {
      title: 'Vigila tus otras cuentas',
      says: 'Si se conoció una contraseña tuya, cámbiala donde la usabas. Fíjate en los correos sobre inicios de sesión, pedidos o cambios que no hiciste tú.',
    },
  ],
  told: {
    title: 'Pide que te avisen',
    says: 'Have I Been Pwned te avisa, gratis, cuando tu dirección aparece en una lista robada. Búscate ahí, y pídele que te escriba si vuelve a pasar.',
  },
  pwned: 'Have I Been Pwned',
  elsewhere: 'abre otro sitio web',
  ours: 'Lo que hace Pawpost',
  oursSays: [
    'Las grabaciones se cierran con llave en tu dispositivo antes de salir de él. Solo los dispositivos de tu familia y tu tarjeta de rescate pueden abrirlas: tu contraseña sola no puede.',
    'Los nombres de tu peque y de tu familia solo los conocen los dispositivos de tu familia.',
    'Aquí nadie puede leer tu contraseña. Se guarda de una forma que lleva mucho tiempo adivinar.',
    'Se rechazan las contraseñas que los ladrones prueban primero.',
  ],
}
