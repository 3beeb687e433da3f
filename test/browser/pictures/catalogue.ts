/**
 * The pictures in docs/screens, in the order of the book: by name, what one sees and which sources
 * below src/app draw it. A screen that is missing here fails test/docs/screens.test.ts.
 */
export type Chapter = {
  readonly title: string
  readonly pictures: Readonly<Record<string, readonly [says: string, ...sources: string[]]>>
}

export const BOOK: readonly Chapter[] = [
  {
    title: 'Before signing in',
    pictures: {
      welcome: ['The first screen', 'sign-in/sign-in.tsx'],
      'password-good': ['A very good password', 'sign-in/sign-in.tsx'],
      code: ['The code from the mail', 'sign-in/confirm-address.tsx'],
      'sign-in': ['Signing in', 'sign-in/sign-in.tsx'],
      'second-step': ['The second step', 'sign-in/second-step.tsx'],
      'forgotten-password': ['A forgotten password', 'reset/reset.tsx'],
      'new-password': ['A new one', 'reset/reset.tsx'],
      unblock: ['After the guesses of strangers', 'reset/unblock.tsx'],
      'first-factor': [
        'Where everybody needs a second step',
        'settings/signing-in/first-factor.tsx',
        'settings/signing-in/signing-in.tsx',
      ],
      guide: ['The guide', 'guide/guide.tsx'],
      unsubscribe: ['No more mails', 'notices/unsubscribe.tsx'],
    },
  },
  {
    title: 'Starting a family, or coming into one',
    pictures: {
      create: ['A new family, and the consent', 'family/create.tsx', 'join/newcomer.tsx'],
      card: ['The recovery card', 'family/recovery-card.tsx'],
      'card-sure': ['Is it safe?', 'family/recovery-card.tsx'],
      recover: ['Back with the card', 'family/recover.tsx'],
      'passkey-use': ['Back with a passkey', 'family/recover.tsx'],
      invite: ['An invitation', 'family/invite.tsx'],
      invitation: ['Its link', 'family/invite.tsx'],
      invited: ['Who follows it', 'sign-in/sign-in.tsx'],
      'paste-invitation': ['Who pastes it', 'join/newcomer.tsx'],
      'who-are-you': ['Asking to come in', 'join/ask.tsx'],
      'nearly-there': ['Waiting', 'join/joining.tsx'],
      'family-waiting': ['Somebody waits', 'family/family.tsx'],
      digits: ['Six digits on one side', 'join/joining.tsx'],
      compare: ['and on the other', 'family/request.tsx'],
      'turn-away': ['Other digits', 'family/request.tsx'],
      'turned-away': ['Turned away', 'join/joining.tsx'],
    },
  },
  {
    title: 'Messages',
    pictures: {
      'home-empty': ['A guardian’s first look', 'guardian.tsx', 'messages/guardian-home.tsx'],
      'messages-home': ['A busy evening', 'messages/guardian-home.tsx'],
      'home-waiting': ['A message waits for approval', 'messages/guardian-home.tsx'],
      'home-playing': ['Listening to it', 'messages/guardian-home.tsx'],
      'home-reject': ['Not this one', 'messages/guardian-home.tsx'],
      'messages-centre': ['All messages', 'messages/centre.tsx'],
      'messages-more': ['What can be done with one', 'messages/more.tsx'],
      'messages-pass-on': ['Passing it on', 'messages/pass-on.tsx'],
      'messages-erase': ['Deleting it for everybody', 'messages/erase.tsx'],
      'messages-undo': ['Deleted, and undone', 'messages/undo.tsx'],
      'messages-whom': ['To whom?', 'messages/whom.tsx'],
      'messages-whose': ['Whose voice?', 'messages/whom.tsx'],
      'relative-home': ['A relative’s one screen', 'relative.tsx', 'messages/relative-home.tsx'],
      'messages-relative': ['Messages of a relative', 'messages/relative-home.tsx'],
      'family-paused': ['A relative on a break', 'messages/relative-home.tsx'],
    },
  },
  {
    title: 'Recording',
    pictures: {
      'voices-ltr-idle': ['The recorder', 'messages/record.tsx'],
      'voices-ltr-held': ['Held', 'messages/recorder/recorder.tsx'],
      'voices-ltr-recording': ['Tapped', 'messages/recorder/recorder.tsx'],
      'voices-ltr-paused': ['A pause', 'messages/recorder/recorder.tsx'],
      'voices-ltr-last-seconds': ['The last seconds', 'messages/recorder/recorder.tsx'],
      'voices-ltr-preview': ['Before it is sent', 'messages/recorder/preview.tsx'],
      'voices-ltr-refused': ['No microphone', 'messages/recorder/recorder.tsx'],
    },
  },
  {
    title: 'The family',
    pictures: {
      'family-all': ['The family', 'family/family.tsx', 'family/asked.tsx'],
      'family-asked-home': ['What guardians are asked', 'family/asked.tsx'],
      'family-consent': ['Consent for one more child', 'family/consent.tsx'],
      'family-child-new': ['One more child', 'family/child-new.tsx'],
      'family-child': ['A child’s page', 'family/child-page.tsx'],
      'family-child-end': ['Taking the consent back', 'family/child-page.tsx'],
      'family-person': ['A relative’s page', 'family/person-page.tsx'],
      'family-guardian': ['A guardian’s page', 'family/person-page.tsx'],
      'family-rules': ['The rules', 'family/rules-page.tsx'],
      names: ['Names', 'family/names.tsx'],
      'family-about-me': ['About me', 'family/about-me.tsx'],
    },
  },
  {
    title: 'A link for an old phone',
    pictures: {
      'links-none': ['No link yet', 'box/links.tsx'],
      'links-make': ['Making one', 'box/make-link.tsx'],
      'links-made': ['Sending or printing it', 'box/made-link.tsx'],
      'links-one': ['Links', 'box/links.tsx'],
      'links-waiting': ['What was said by it', 'messages/guardian-home.tsx'],
      'old-phone': ['On the old phone', 'box/old-phone.tsx', 'box/big-button.tsx'],
      'old-phone-recording': ['Talking', 'box/big-button.tsx'],
      'old-phone-warning': ['The last seconds', 'box/big-button.tsx'],
      'old-phone-take': ['Before it is sent', 'box/take.tsx'],
      'old-phone-sent': ['Sent', 'box/old-phone.tsx'],
      'old-phone-ended': ['The link has ended', 'box/old-phone.tsx'],
    },
  },
  {
    title: 'The toy',
    pictures: {
      toy: ['No toy yet', 'toy/toy.tsx'],
      'toy-connected': ['Connected', 'toy/toy.tsx'],
      'toy-sending': ['On its way', 'toy/toy.tsx'],
      'family-asleep': ['The child sleeps', 'toy/toy.tsx'],
      answer: ['The child’s answer', 'messages/record.tsx'],
    },
  },
  {
    title: 'The child’s side',
    pictures: {
      'child-hand-over': ['Handing it over', 'child/hand-over.tsx'],
      'child-choose-stories': ['Choosing stories', 'child/choose-stories.tsx'],
      'child-empty': ['Nobody has spoken yet', 'child/child-screen.tsx', 'child/home.tsx'],
      'child-home-six': ['Six have', 'child/home.tsx'],
      'child-speaker': ['Grandma speaks', 'child/speaker.tsx'],
      'child-recording': ['The child answers', 'child/answer-paw.tsx'],
      'child-replay': ['and hears it again', 'child/answer-paw.tsx'],
      'child-lullabies': ['Lullabies', 'child/lullabies.tsx'],
      'child-lullaby': ['One plays', 'child/lullabies.tsx'],
      'child-shelf': ['Stories', 'child/shelf.tsx'],
      'child-story': ['One is told', 'child/story.tsx'],
      'child-game': ['The paw game', 'child/game-room.tsx'],
      'child-night': ['At night', 'child/home.tsx'],
      'child-gate': ['The adults’ lock', 'child/gate.tsx'],
    },
  },
  {
    title: 'Settings and the account',
    pictures: {
      settings: ['Settings', 'settings/settings.tsx'],
      'card-replace': ['A new recovery card', 'settings/card.tsx'],
      'passkey-offered': ['A passkey keeps the card', 'family/card-passkey.tsx'],
      'check-up': ['Is everything safe?', 'settings/check-up/check-up.tsx'],
      'notices-off': ['When post comes', 'notices/notices.tsx'],
      'notices-on': ['Told on this device', 'notices/notices.tsx'],
      'signing-in': ['Signing in', 'settings/signing-in/signing-in.tsx'],
      'authenticator-app': ['An authenticator app', 'settings/signing-in/new-app.tsx'],
      'recovery-codes': ['Recovery codes', 'settings/signing-in/new-codes.tsx'],
      'change-your-password': ['Another password', 'account/password.tsx'],
      sessions: ['Where one is signed in', 'account/sessions.tsx'],
      prove: ['Is it still you?', 'proof/prove.tsx'],
      refused: ['What was not believed', 'settings/refused.tsx'],
    },
  },
  {
    title: 'Phones',
    pictures: {
      'phones-list': ['My phones', 'phones/my-phones.tsx'],
      'phones-code': ['One more', 'phones/add-phone.tsx'],
      'phones-come': ['The new one', 'phones/come.tsx'],
      'phones-asks': ['Digits on the old one', 'phones/add-phone.tsx'],
      'phones-compare': ['and on the new one', 'phones/arriving.tsx'],
      'phones-lost-dialog': ['One is lost', 'phones/my-phones.tsx'],
      'phones-ended': ['The lost one', 'phones/ended.tsx'],
    },
  },
  {
    title: 'Taking everything along, and leaving',
    pictures: {
      'archive-data': ['Your data', 'account/data.tsx'],
      'archive-take': ['Download everything', 'archive/take.tsx'],
      'archive-line': ['The opening line', 'archive/opening-line.tsx'],
      'archive-page': ['The page that opens anywhere'],
      'archive-bring': ['Bringing an archive', 'archive/bring.tsx'],
      'archive-keepsakes': ['What was brought', 'archive/keepsakes.tsx'],
      'archive-leave': ['Leaving', 'archive/leave.tsx'],
      'archive-end-sure': ['Ending the family', 'archive/leave.tsx'],
      'archive-ended': ['It is ended', 'archive/farewell.tsx'],
      'delete-account': ['Deleting the account', 'account/data.tsx'],
      goodbye: ['Goodbye', 'account/goodbye.tsx'],
    },
  },
  {
    title: 'In other languages',
    pictures: {
      'welcome-spanish': ['The first screen in Spanish', 'sign-in/sign-in.tsx'],
      'home-arabic': ['Messages in Arabic', 'messages/guardian-home.tsx'],
      'settings-arabic': ['Settings in Arabic', 'settings/settings.tsx'],
    },
  },
  {
    title: 'For who builds it',
    pictures: {
      design: ['The design system', 'design/design.tsx'],
      'design-dialog': ['Its dialogue', 'ui/confirm.tsx'],
    },
  },
  {
    title: 'When something is wrong',
    pictures: {
      offline: ['No network', 'ui/offline.tsx'],
      busy: ['Open in another window', 'app.tsx'],
      'not-loaded': ['A part did not arrive', 'ui/lazy.tsx'],
    },
  },
]

/** All names, in order. */
export const NAMES: readonly string[] = BOOK.flatMap(({ pictures }) => Object.keys(pictures))
