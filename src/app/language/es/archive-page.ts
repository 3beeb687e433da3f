import type { LaterWords } from '../catalogue.ts'

type Words = LaterWords['archivePage']

const readMe: Words['readMe'] = ({ family, day, count }) =>
  [
    family === '' ? 'Voces de una familia' : `Voces para ${family}`,
    `Hecho con Pawpost el ${day}. Grabaciones: ${count}.`,
    '',
    'Cada grabación está en la carpeta "voices", cerrada por separado. Para abrir una hacen',
    'falta dos cosas: la línea de apertura que se mostró al crear este álbum (empieza con',
    '"AGE-SECRET-..." y no está aquí dentro), y el programa gratuito "age", que viene con la',
    'mayoría de los sistemas Linux y se consigue para Windows, macOS y Linux en',
    'https://filippo.io/age.',
    '',
    '1. Guarda la línea de apertura en un archivo llamado identity.txt, al lado de este.',
    '2. Abre una grabación:',
    '',
    '   age -d -i identity.txt "voices/ARCHIVO.ogg.age" > "ARCHIVO.ogg"',
    '',
    '   o todas, en Linux y macOS:',
    '',
    '   for f in voices/*.age; do age -d -i identity.txt "$f" > "${f%.age}"; done',
    '',
    'Salen archivos .ogg corrientes (Opus): VLC, Firefox y Chrome los reproducen.',
    'De la misma manera, index.json.age se abre en index.json: quién dijo qué a quién, y cuándo.',
    '',
    'Otro Pawpost recibe este álbum tal como está: Ajustes, Tus datos, Traer un álbum de voces.',
    'Sin la línea de apertura nadie puede abrir este álbum, ni siquiera quienes hicieron Pawpost.',
    '',
  ].join('\n')

export const archivePage: Words = {
  lang: 'es',
  dir: 'ltr',
  title: (family) => (family === '' ? 'Nuestras voces' : `Voces para ${family}`),
  made: (day) => `Hecho con Pawpost el ${day}.`,
  keepSafe:
    'Quien tenga este archivo puede escucharlo. No necesita internet ni cuenta: guárdalo donde guardas tus fotos.',
  search: 'Buscar por nombre o mes',
  play: (who) => `Escuchar: ${who}`,
  playing: (who) => `Se escucha: ${who}`,
  player: 'La voz que se escucha',
  onAndOn: 'Escuchar una tras otra',
  found: { one: '{count} voz', many: '{count} de voces', other: '{count} voces' },
  none: 'Ninguna voz tiene este nombre.',
  cannotPlay:
    'Este navegador no puede reproducir estas voces. Abre el archivo con Firefox o Chrome, o con Safari de 2025 o posterior.',
  noScript: 'Para escuchar aquí, el navegador tiene que permitir programas en este archivo.',
  fromTo: ({ from, to }) => (to === '' ? from : `${from} para ${to}`),
  somebody: 'Alguien',
  states: {
    sending: 'en camino',
    failed: 'no enviado',
    waiting: 'espera aprobación',
    approved: 'aprobado',
    rejected: 'no entregado',
    'in-the-bear': 'en el osito',
    played: 'escuchado',
    delivered: 'llegó',
    keepsake: 'de un álbum anterior',
  },
  fileOf: ({ from, to }) => (to === '' ? from : `${from} para ${to}`),
  readMe,
}
