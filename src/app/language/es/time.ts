/** A time of day with its article: `las 7:00`, but `la 1:00`; 13:00 is read as “las trece”. */
export function theHour(time: string): string {
  return /^0?1\D/.test(time) ? `la ${time}` : `las ${time}`
}
