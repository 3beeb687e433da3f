import { isolated } from '../isolated.ts'
import { pluralOf } from '../plural.ts'
import type { Said, Words } from './en.ts'

/*
 * As in the app: “you” in the forms that are written alike for a woman and a man, requests as
 * “يُرجى” or “يمكن” with a verbal noun, Latin digits, quotation marks « ». A line holds a whole
 * paragraph, because the page that goes along keeps its lines; links and codes stand alone on theirs.
 */

const plural = pluralOf('ar')
const name = (text: string): string => isolated(text, 'rtl')
const digits = (count: number): string => name(String(count))

const minutes = (count: number): string =>
  plural(count, {
    zero: 'أقل من دقيقة',
    one: 'دقيقة واحدة',
    two: 'دقيقتين',
    few: `${digits(count)} دقائق`,
    many: `${digits(count)} دقيقة`,
    other: `${digits(count)} دقيقة`,
  })
const days = (count: number): string =>
  plural(count, {
    zero: 'أقل من يوم',
    one: 'يوم واحد',
    two: 'يومين',
    few: `${digits(count)} أيام`,
    many: `${digits(count)} يومًا`,
    other: `${digits(count)} يوم`,
  })

const NOT_YOU = 'إن لم يكن ذلك منك، فلا داعي لفعل أي شيء'
const YOU = 'إن كان ذلك منك، فلا داعي لفعل أي شيء'

const account = {
  code: ({ code, minutes: count }) => ({
    subject: 'رمزك في Pawpost',
    text: `مرحبًا،

هذا هو الرمز الذي يؤكد عنوان بريدك الإلكتروني في Pawpost:

${code}

يُرجى كتابته حيث أنشأت الحساب. وهو صالح لمدة ${minutes(count)}.

${NOT_YOU}: من دون الرمز لا يحدث شيء.
`,
  }),
  known: () => ({
    subject: 'لديك حساب في Pawpost',
    text: `مرحبًا،

جرت الآن محاولة لإنشاء حساب في Pawpost بعنوان البريد هذا، وهي على الأرجح منك. لديك حساب هنا من قبل: يُرجى تسجيل الدخول بكلمة المرور التي اخترتها له.

${NOT_YOU}: حسابك كما كان.
`,
  }),
  blocked: ({ link, minutes: count }) => ({
    subject: 'هناك من يجرّب كلمات مرور على حسابك في Pawpost',
    text: `مرحبًا،

هناك من يحاول الدخول إلى حسابك في Pawpost ولا يعرف كلمة المرور. لذلك لن ننظر لبعض الوقت في أي كلمة مرور تأتي من هناك، حتى لو كانت صحيحة. وحيث سجّلت الدخول من قبل يبقى كل شيء كما هو.

إن كان ذلك منك، ولم يعد بإمكانك الدخول: يُرجى فتح هذا الرابط في المتصفح الذي سيكون الدخول منه. وهو صالح لمدة ${minutes(count)}. وتبقى كلمة المرور لازمة.

${link}

${NOT_YOU}. كلمة مرور طويلة لا تُستخدم في مكان آخر، مع خطوة ثانية، تمنع هؤلاء من الدخول.
`,
  }),
  newBrowser: ({ at, browser, system, place }) => {
    const machine = system === '' ? name(browser) : `${name(browser)} على ${name(system)}`
    const lines = [
      `متى: ${name(at)}`,
      browser === '' ? '' : `بواسطة: ${machine}`,
      place === '' ? '' : `أين: مكان ما في الشبكة ${name(place)}`,
    ]
    return {
      subject: 'تسجيل دخول جديد إلى حسابك في Pawpost',
      text: `مرحبًا،

جرى تسجيل الدخول إلى حسابك في Pawpost من متصفح لم يُستخدم له من قبل، وهو على الأرجح منك:

${lines.filter((line) => line !== '').join('\n')}

${YOU}. وإلا فيُرجى تسجيل الدخول، ثم فتح «الإعدادات» وإنهاء تلك الجلسة واختيار كلمة مرور جديدة. وما تقوله العائلة يبقى مغلقًا أمام من سجّل الدخول فقط: لا يفتحه إلا جهاز سمح له وليّ أمر بالدخول.
`,
    }
  },
  deleted: () => ({
    subject: 'حُذف حسابك في Pawpost',
    text: `مرحبًا،

كما طلبت، حُذف حسابك في Pawpost: عنوانك وكلمة مرورك وجلساتك. ولا يمكننا إعادته. أما مكانك في العائلة فهو للعائلة، ويمكن لوليّ أمر فيها أن يزيله.

هذا آخر بريد يصلك منا.
`,
  }),
} satisfies Partial<Words>

const password = {
  passwordChanged: () => ({
    subject: 'تغيّرت كلمة مرورك في Pawpost',
    text: `مرحبًا،

تغيّرت الآن كلمة مرور حسابك في Pawpost. وجرى تسجيل الخروج من الحساب في كل مكان آخر.

${YOU}. وإلا فيُرجى طلب كلمة مرور جديدة في صفحة تسجيل الدخول، ونحن نرسل لذلك رمزًا إلى بريدك.
`,
  }),
  reset: ({ link, code, minutes: count }) => ({
    subject: 'كلمة مرور جديدة في Pawpost',
    text: `مرحبًا،

وصلنا طلب كلمة مرور جديدة لحسابك في Pawpost، وهو على الأرجح منك. يُرجى فتح هذا الرابط واختيار كلمة مرور. وهو صالح لمدة ${minutes(count)}، ولمرة واحدة.

${link}

أو يمكن كتابة هذا الرمز حيث جرى الطلب:

${code}

${NOT_YOU}: كلمة مرورك كما كانت.
`,
  }),
  breached: () => ({
    subject: 'يُرجى اختيار كلمة مرور جديدة في Pawpost',
    text: `مرحبًا،

سجّلت الدخول الآن إلى Pawpost بكلمة مرور موجودة في قائمة يجرّبها اللصوص، فقد سُرقت من خدمة أخرى. يُرجى اختيار كلمة جديدة في «الإعدادات»، وفي كل مكان آخر تُستخدم فيه.
`,
  }),
  mustChange: ({ link, code, minutes: count }) => ({
    subject: 'يُرجى اختيار كلمة مرور جديدة في Pawpost',
    text: `مرحبًا،

جرت الآن محاولة دخول إلى Pawpost بكلمة مرورك، وهي على الأرجح منك. لكن هذه الكلمة قصيرة جدًا، أو موجودة في قائمة يجرّبها اللصوص، فلم يعد أحد يدخل بها. يُرجى فتح هذا الرابط واختيار كلمة جديدة. وهو صالح لمدة ${minutes(count)}، ولمرة واحدة.

${link}

أو يمكن كتابة هذا الرمز حيث تُطلب كلمة مرور جديدة:

${code}

وإذا كانت كلمة المرور نفسها مستخدمة في أماكن أخرى، فيُرجى تغييرها هناك أيضًا.
`,
  }),
} satisfies Partial<Words>

const SIGNED_OUT = 'وجرى تسجيل الخروج من الحساب في كل مكان آخر.'

function factorNews(subject: string, what: string): Said {
  return {
    subject,
    text: `مرحبًا،

${what}

${YOU}. وإلا فيُرجى تسجيل الدخول إلى Pawpost الآن، وتغيير كلمة المرور، ومراجعة الخطوة الثانية في إعدادات حسابك.
`,
  }
}

const factors: Words['factors'] = {
  'factor-added': () =>
    factorNews(
      'أضيفت خطوة ثانية إلى حسابك',
      `أضيفت الآن خطوة ثانية (تطبيق مصادقة أو مفتاح مرور) إلى حسابك. ${SIGNED_OUT}`,
    ),
  'factor-removed': () =>
    factorNews(
      'أزيلت خطوة ثانية من حسابك',
      `أزيلت الآن خطوة ثانية (تطبيق مصادقة أو مفتاح مرور) من حسابك. ${SIGNED_OUT}`,
    ),
  'second-factor-failed': () =>
    factorNews(
      'هناك من يعرف كلمة مرورك',
      'جرت الآن محاولة دخول بكلمة مرورك، لكن من دون الخطوة الثانية. ولم يدخل أحد.',
    ),
  'recovery-code-used': () =>
    factorNews(
      'استُخدم أحد رموزك الاحتياطية',
      'جرى الآن تسجيل دخول بكلمة مرورك وأحد رموزك الاحتياطية.',
    ),
  'recovery-codes-renewed': () =>
    factorNews(
      'لديك رموز احتياطية جديدة',
      `أُنشئت الآن رموز احتياطية جديدة لحسابك. والرموز السابقة لم تعد تعمل. ${SIGNED_OUT}`,
    ),
  'device-remembered': ({ days: count }) =>
    factorNews(
      'لم تعد الخطوة الثانية مطلوبة على أحد الأجهزة',
      `جرى الآن تسجيل دخول بكلمة مرورك وخطوتك الثانية، مع طلب ألّا تُطلب الخطوة الثانية على هذا الجهاز لمدة ${days(count)}.`,
    ),
}

const asked = (origin: string): string =>
  `نرجو اختيار كلمة مرور جديدة في Pawpost: يمكن تسجيل الدخول كالمعتاد، ثم فتح «الإعدادات» واختيار «تغيير كلمة المرور». وحتى ذلك الحين يبقى الدخول كما كان. وهذا عنوان Pawpost:

${origin}`
const YOUNGER = 'لقد اخترت كلمة مرورك في Pawpost بعد ذلك: لا داعي لفعل أي شيء هنا.'

const told = {
  breach: ({ lists, origin, isAsked }) => {
    const lines = lists.map(({ source, day }) => `${name(source)} (معروف منذ ${name(day)})`)
    const where = plural(lists.length, {
      zero: 'قوائم يتداولها اللصوص. وقد سُرقت',
      one: 'قائمة يتداولها اللصوص. وقد سُرقت',
      two: 'قائمتين يتداولهما اللصوص. وقد سُرقتا',
      few: `${digits(lists.length)} قوائم يتداولها اللصوص. وقد سُرقت`,
      many: `${digits(lists.length)} قائمة يتداولها اللصوص. وقد سُرقت`,
      other: `${digits(lists.length)} قائمة يتداولها اللصوص. وقد سُرقت`,
    })
    return {
      subject: isAsked ? 'يُرجى اختيار كلمة مرور جديدة في Pawpost' : 'سُرق عنوان بريدك في مكان آخر',
      text: `مرحبًا،

عنوان بريدك الإلكتروني موجود في ${where} من مكان آخر، لا من Pawpost:

${lines.join('\n')}

كثيرًا ما تحتوي هذه القوائم على كلمات مرور أيضًا، ويجرّبها اللصوص في كل مكان.

${isAsked ? asked(origin) : YOUNGER}

إذا كانت كلمة مرور واحدة مستخدمة في عدة أماكن، فيُرجى اختيار كلمة خاصة لكل منها، وأولها بريدك. وإذا عرف بريد ما شيئًا عنك فهذا لا يعني أنه صادق: فمثله يُكتب من هذه القوائم أيضًا. نحن لا نطلب كلمة مرورك بالبريد أبدًا.

يصلك هذا البريد مرة واحدة.
`,
    }
  },
  post: ({ host, origin, stop }) => ({
    subject: `رسائل جديدة لك على ${name(host)}`,
    text: `مرحبًا،

هناك رسائل جديدة لك على ${name(host)}:

${origin}/

يصلك هذا البريد لأنك طلبته في صفحة «عند وصول رسالة». ولإيقافه يمكن فتح هذا الرابط والموافقة هناك، من دون تسجيل الدخول:

${stop}
`,
  }),
} satisfies Partial<Words>

const files = {
  exportNote:
    'الأسماء والصور والرسائل ومن هو من في العائلة مشفّرة من الطرف إلى الطرف: لا يستطيع الخادم قراءتها، وهي على أجهزتك. ومن كلمة مرورك، ومما يلزم لدخولك، لا يحفظ الخادم إلا بصمات وأسرارًا مختومة لا تنفعك في شيء.',
  deletionNote:
    'العائلة ورسائلها وقائمة أفرادها ملك للعائلة وتبقى مشفّرة من الطرف إلى الطرف، ولا شيء فيها يذكر هذا الحساب. ويمكن لوليّ أمر أن يزيلك منها. والبريد الذي ينتظر الإرسال يُرسل. ولا تحتوي النسخ الاحتياطية إلا على ما خُتم بالمفاتيح التي أُتلفت الآن.',
} satisfies Partial<Words>

export const ar: Words = { ...account, ...password, factors, ...told, ...files }
