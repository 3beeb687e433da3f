import type { FirstWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { app, busy, failed, menu, refused, settings } from './app.ts'
import { errors } from './errors.ts'
import { card, family, invite, join, requests } from './family.ts'
import { create, password, recover, signIn } from './sign-in.ts'
import { record, toy } from './toy.ts'

/*
 * Spanish. It says tú, and words that are read alike in Latin America and in Spain; of people it
 * says neither he nor she (“Alguien quiere entrar”, “una persona responsable”). Buttons are
 * infinitives, quotation marks are “ ”, and no word of a name is joined to “a” or “de” (“de el
 * osito”): sentences go around it. One word for one thing:
 *
 * message, post   mensaje                 recovery card   tarjeta de rescate (its código de rescate)
 * voice           voz                     recovery codes  códigos de recuperación (signing in)
 * recording       grabación               passkey         llave de acceso
 * toy             juguete                 second step     segundo paso
 * the bear        el osito                authenticator   app de autenticación
 * heart, paw      corazón, patita         sign in, out    iniciar, cerrar sesión
 * child           peque; niño o niña      account         cuenta
 *                 where consent is given  mail            correo (never post)
 * family          familia                 link            enlace
 * guardian        persona responsable;    digits          números
 *                 quienes deciden         archive         álbum de voces (file: archivo)
 * relative        familiar                opening line    línea de apertura
 * the parents     los padres              approve         aprobar
 * device, phone   dispositivo, teléfono   pass on         reenviar
 * press, tap      presionar, tocar        not passed on   no entregado
 * quiet hours     horas de silencio       wipe            vaciar
 * end (a link)    desactivar              end (a phone)   dar de baja
 * end (a family)  cerrar                  end (a child’s) terminar la participación
 */

/** The words of the first picture in Spanish. */
export const spanish = (plural: Plural): FirstWords => ({
  comeSignIn: 'Inicia sesión con la cuenta de tu otro teléfono.',
  errors,
  texts: {
    app,
    busy,
    failed,
    menu,
    signIn,
    create,
    recover,
    password: password(plural),
    card,
    family,
    invite,
    requests: requests(plural),
    join,
    record,
    toy,
    refused,
    settings,
  },
})
