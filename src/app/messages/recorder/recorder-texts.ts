import { later } from '../../language/later.ts'

/** What the recorder says. */
export const recording = later('recording', {
  start: 'Record',
  stop: 'Stop',
  done: 'Done',
  pause: 'Pause',
  goOn: 'Go on',
  cancel: 'Throw away',
  idle: 'Tap to start, tap again to stop. Or hold while you speak.',
  holding:
    'Let go to stop. Slide to the bin to throw away, to the lock to go on without your finger.',
  ready: 'Ready',
  on: 'Recording',
  locked: 'You can let go. Tap again to stop.',
  paused: 'Paused',
  pausedHint: 'Nothing is heard now.',
  starting: 'Starting the microphone…',
  started: 'Recording started.',
  pausedNow: 'Paused. Nothing is heard now.',
  goesOn: 'Recording again.',
  stopped: 'Recording stopped.',
  canceled: 'Thrown away.',
  tooShort: 'That was too short. Nothing was recorded.',
  notReady: 'The microphone was not ready yet. Please press again.',
  left: 'You left this page, so the recording stopped. What you said is kept.',
  taken: 'The microphone was taken away, so the recording stopped. What you said is kept.',
  interrupted: 'This recording was interrupted. The last seconds may be missing.',
  interruptedFor: (name: string): string =>
    `A recording for ${name} was interrupted. What you said until then is kept.`,
  busy: 'Something else needs the microphone. What you said is kept: go on when you are ready.',
  secondsLeft: (seconds: number): string =>
    seconds === 1 ? '1 second left' : `${seconds} seconds left`,
  ended: 'The time is up. Your recording is kept.',
})
