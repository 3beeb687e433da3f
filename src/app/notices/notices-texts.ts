import { later } from '../language/later.ts'

/** What is said about being told that post came. It comes with its pages, not with the first one. */
export const notices = later('notices', {
  title: 'When post comes',
  open: 'When post comes',
  lead: 'Shall we tell you when there is post? The message says just that: not from whom, and nothing of what was said.',

  /** The notice itself, as the phone shows it. */
  post: 'There is post for you',

  here: 'On this device',
  hereWhat: 'Your phone or computer tells you, even while Pawpost is closed.',
  start: 'Tell me on this device',
  started: 'You are told on this device when post comes.',
  stop: 'Stop telling me here',
  stopped: 'You are not told on this device any more.',
  denied:
    'Your browser does not let Pawpost tell you anything. To change that, open the settings of your browser for this page, allow notifications, and come back.',
  homeScreen:
    'On an iPhone or iPad this works when Pawpost is on the home screen: tap Share, then “Add to Home Screen”, and open it from there.',
  unable: 'This browser cannot do that. Mail works everywhere.',
  nobody: 'Whoever runs this Pawpost has not set this up. Mail works all the same.',

  quiet: 'No sound at night',
  quietHint: 'The notice still comes, and waits for you in the morning.',
  from: 'From',
  to: 'Until',
  saved: 'Saved.',

  mail: 'By mail',
  mailWhat:
    'A mail to the address you sign in with, if post has waited for a while and you have not been here.',
  never: 'Never',
  daily: 'At most once a day',
  atOnce: 'Soon after it comes',
  atOnceHint: 'At most once an hour',

  suggestTitle: 'Shall we tell you when post comes?',
  suggest: 'Then you need not look for it. You can change it at any time in the settings.',
  suggestYes: 'Choose how',
  suggestNo: 'No, thank you',

  endTitle: 'No more mail about post',
  endLead:
    'From now on, no mail tells you that there is post. Your family and your messages stay as they are.',
  endYes: 'Send me no more of these mails',
  endCode: 'The code behind the # of the link in the mail',
  endedBefore:
    'This link does nothing any more: the mails have ended already, or a part of the link is missing.',
  ended: 'Done. You get no more of these mails.',
  endOn: 'Go on to Pawpost',
})
