import { archiveTexts } from '../../client/archive/archive-texts.ts'
import { handedOn, later } from '../language/later.ts'

/** What is said about taking voices along, bringing them, and leaving. It comes with its pages. */
export const archive = later('archive', {
  section: 'Your voices',
  sectionSays:
    'Everything that was said belongs to you. Take it along whenever you like: nobody has to be asked.',
  toTake: 'Download everything',
  toBring: 'Bring an archive',
  toKeepsakes: 'Voices from archives',
  toLeave: 'Leave this family',

  takeTitle: 'Download everything',
  takeLead: (count: number): string =>
    count === 1
      ? 'One recording is on this device, with its name and its day.'
      : `${count} recordings are on this device, with their names and days.`,
  takeNone: 'There is no recording on this device yet.',
  takeWhole: 'A guardian takes along what the whole family said, a relative what belongs to them.',
  page: 'As one page to listen to',
  pageSays:
    'One file with all voices, names and days. It opens in any browser, without the internet, today and in twenty years. Everybody who has the file can listen to it.',
  pageDo: 'Make the page',
  files: 'As locked sound files',
  filesSays:
    'Every recording as a sound file of its own, locked, in one ZIP file. It comes with an opening line that only you will have. Free programs open it; how that is done stands inside.',
  filesDo: 'Make the locked files',
  made: 'The file is made.',
  working: (done: number, of: number): string => `Recording ${done} of ${of}`,
  progress: 'How far the file is',
  cancel: 'Stop',
  stopped: 'Stopped. No file was made.',
  pageFile: (day: string): string => `pawpost-family-${day}.html`,
  filesFile: (day: string): string => `pawpost-voices-${day}.zip`,

  lineTitle: 'The opening line',
  lineSays:
    'This line opens the locked files, and nothing else does. It is shown only now, and Pawpost does not keep it. Print it or save it, and keep it in another place than the files.',
  line: 'Opening line',
  linePrint: 'Print it',
  lineCopy: 'Copy it',
  lineCopied: 'Copied',
  lineSave: 'Save it as a text',
  lineFile: 'identity.txt',
  linePrinted: (file: string): string => `This line opens ${file}.`,
  lineHow: 'How it is used stands in README.txt, in the ZIP file.',
  lineDone: 'I have put it away',
  lineSure: 'Is the line safe?',
  lineSureDetail: 'Without it nobody opens these files. You can make new ones at any time.',
  lineSureYes: 'Yes, it is safe',

  bringTitle: 'Bring an archive',
  bringLead:
    'Voices from another Pawpost, or from this one a while ago: choose the page (.html) or the locked files (.zip).',
  bringSays:
    'They stand apart from your messages, under “Voices from archives”. Who speaks there is what the archive says: this family did not see it happen. They never go to a toy.',
  bringFile: 'The file',
  bringLine: 'Its opening line',
  bringLineHint: 'It begins with AGE-SECRET and was shown when the files were made.',
  bringDo: 'Bring the voices',
  bringing: (count: number): string =>
    count === 1 ? 'One recording so far' : `${count} recordings so far`,
  brought: (count: number): string =>
    count === 1 ? 'One recording is new here.' : `${count} recordings are new here.`,
  broughtKnown: (count: number): string =>
    count === 1 ? 'One was here already.' : `${count} were here already.`,
  bringStopped: 'Stopped. What came so far is here; the same file again goes on.',
  bringOpen: 'Listen to them',

  keepsakesTitle: 'Voices from archives',
  keepsakesLead: 'Who speaks is what the archive says: this family did not see it happen.',
  keepsakesNone: 'No archive was brought here yet.',
  keepsakesMore: 'Show more',
  somebody: 'Somebody',
  fromTo: (from: string, to: string): string => (to === '' ? from : `${from} to ${to}`),
  drop: 'Remove',
  dropSure: 'Remove this recording?',
  dropDetail: 'It goes from every phone that has it from here. The file it came from stays.',
  dropYes: 'Remove it',

  leaveTitle: 'Leave this family',
  leaveLead:
    'You can leave at once. Nobody has to agree, and nobody can keep your voices from you.',
  staysTitle: 'What stays where',
  stays: [
    'What you had received stays on this phone until you wipe it.',
    'What you said stays with those who received it.',
    'Your account stays, until you delete it under “Your data”.',
  ],
  first: 'First, take everything along',
  firstSays: 'Then you have it, whatever happens to this phone.',
  leaveDo: 'Leave now',
  leaveSure: 'Leave this family now?',
  leaveDetail: 'Nothing new will reach you. To come back, somebody has to invite you again.',
  leaveYes: 'Leave the family',

  anewTitle: 'If you disagree, begin anew',
  anewSays:
    'No guardian can put another one out alone. Whoever wants to go on separately can take everything along:',
  anewSteps: [
    'Download everything, as above.',
    'Leave this family. The others go on with theirs, and keep what they have.',
    'Wipe Pawpost on this phone, and start a family of your own.',
    'Bring the archive into it, under “Your data”.',
    'Switch the toy off and on, and connect it in the new family. It keeps working.',
  ],

  endTitle: 'End this family for everybody',
  endSays:
    'You are its only guardian. The server then deletes all that it has of this family, and what opens it. Nobody can bring it back. What others received stays on their phones, and they are told.',
  endOthers:
    'You are not its only guardian. Who agrees to end the family leaves it; the last guardian can then end it for everybody.',
  endDo: 'End the family',
  endSure: 'End this family for ever?',
  endDetail: 'All that the server has of it is deleted, for everybody. Have you taken it along?',
  endYes: 'End it for ever',

  receiptTitle: 'The family is ended',
  receiptSays: (day: string): string =>
    `On ${day} the server deleted all that it had of this family, and signed that it did.`,
  receiptCount: (rows: number): string =>
    rows === 1 ? 'One entry was deleted.' : `${rows} entries were deleted.`,
  receiptSave: 'Save the receipt',
  receiptFile: 'pawpost-family-deletion.json',
})

/** What stands in an archive itself. */
export const archivePage = handedOn('archivePage', archiveTexts)
