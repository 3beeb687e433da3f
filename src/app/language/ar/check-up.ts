import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { listed } from './account.ts'

type Words = LaterWords['checkUp']

const about = (plural: Plural): Pick<Words, 'toLook' | 'moreWays' | 'devices'> => ({
  toLook: (count) =>
    plural(count, {
      zero: 'لا شيء يحتاج إلى نظرة.',
      one: 'أمر واحد يحتاج إلى نظرة.',
      two: 'أمران يحتاجان إلى نظرة.',
      few: `${count} أمور تحتاج إلى نظرة.`,
      many: `${count} أمرًا تحتاج إلى نظرة.`,
      other: `${count} أمر تحتاج إلى نظرة.`,
    }),
  moreWays: {
    title: 'أكثر من طريق واحد',
    says: (ways) =>
      `إذا ضاع أحدها فلا يضيع شيء. الطرق إلى كل ما سجّلته عائلتك: ${roads(plural, ways)}، ومنها أجهزة أولياء الأمر وبطاقات استرجاعهم.`,
  },
  devices: {
    title: (count) =>
      plural(count, {
        zero: 'لا أجهزة لك',
        one: 'لك جهاز واحد',
        two: 'لك جهازان',
        few: `لك ${count} أجهزة`,
        many: `لك ${count} جهازًا`,
        other: `لك ${count} جهاز`,
      }),
    says: 'هذا واحد منها. ما ترسله إليك عائلتك يُفتح على كل منها.',
  },
})

function roads(plural: Plural, ways: number): string {
  return plural(ways, {
    zero: '0 طريق',
    one: 'طريق واحد',
    two: 'طريقان',
    few: `${ways} طرق`,
    many: `${ways} طريقًا`,
    other: `${ways} طريق`,
  })
}

const back = {
  oneWay: {
    title: 'طريق واحد فقط',
    says: 'هذا الجهاز وحده يفتح كل ما سجّلته عائلتك. إذا ضاع أو تعطّل فلن يستطيع أحد إعادته، ولا حتى نحن. يمكنك إضافة هاتف آخر لك، أو إنشاء بطاقة استرجاع، أو السماح لشخص باتخاذ القرار معك.',
    todo: 'إضافة هاتف آخر',
  },
  card: {
    title: 'لديك بطاقة استرجاع',
    says: 'هل مكانها معروف لك؟ إذا ضاعت، أو ربما رآها شخص آخر، فالأفضل إنشاء بطاقة جديدة.',
    todo: 'إنشاء بطاقة جديدة',
  },
  noCard: {
    title: 'ليست لديك بطاقة استرجاع',
    says: 'إذا ضاعت كل أجهزتك أو تعطّلت، تعيد البطاقة كل شيء.',
    todo: 'إنشاء بطاقة استرجاع',
  },
  oneDevice: {
    title: 'لك جهاز واحد',
    says: 'هو هذا. ما ترسله إليك عائلتك لا يُفتح على أي جهاز آخر لك.',
  },
  oneDeviceOfRelative: {
    title: 'لك جهاز واحد',
    says: 'هو هذا. إذا ضاع، يمكنك طلب دعوة جديدة من العائلة.',
  },
} satisfies Partial<Words>

const locks = {
  listed,
  stolen: {
    title: 'سُرقت كلمة مرورك في مكان ما',
    says: 'هي في قائمة يجرّبها اللصوص. يُرجى اختيار كلمة أخرى، هنا وفي كل مكان آخر تُستخدم فيه.',
    todo: 'تغيير كلمة المرور',
  },
  noStep: {
    title: 'كلمة المرور هي القفل الوحيد',
    says: 'من يعرفها يدخل إلى حسابك. الخطوة الثانية تمنعه: تطبيق على هاتفك، أو مفتاح مرور.',
    todo: 'إضافة خطوة ثانية',
  },
  step: {
    title: 'دخولك يتم بخطوتين',
    says: 'من يعرف كلمة مرورك لا يستطيع مع ذلك دخول حسابك.',
  },
} satisfies Partial<Words>

const password = (plural: Plural): Words['password'] => ({
  title: 'كلمة المرور',
  age: (months) =>
    plural(months, {
      zero: 'اخترتها قبل أقل من شهر.',
      one: 'اخترتها قبل شهر. لا حاجة إلى تغييرها بسبب عمرها.',
      two: 'اخترتها قبل شهرين. لا حاجة إلى تغييرها بسبب عمرها.',
      few: `اخترتها قبل ${months} أشهر. لا حاجة إلى تغييرها بسبب عمرها.`,
      many: `اخترتها قبل ${months} شهرًا. لا حاجة إلى تغييرها بسبب عمرها.`,
      other: `اخترتها قبل ${months} شهر. لا حاجة إلى تغييرها بسبب عمرها.`,
    }),
  unseen: 'ليست في أي قائمة لكلمات المرور المسروقة تعرفها خدمة Pawpost هذه.',
  unlooked:
    'ليست من أول ما يجرّبه اللصوص. لم يبحث عنها أحد بعد في القوائم الطويلة للكلمات المسروقة.',
})

const entries = (plural: Plural): Pick<Words, 'fewCodes' | 'signedIn'> => ({
  fewCodes: {
    title: 'الرموز الاحتياطية تكاد تنفد',
    says: (left) =>
      plural(left, {
        zero: 'لم يبقَ أي رمز احتياطي ليوم يضيع فيه هاتفك.',
        one: 'بقي رمز احتياطي واحد ليوم يضيع فيه هاتفك.',
        two: 'بقي رمزان احتياطيان ليوم يضيع فيه هاتفك.',
        few: `بقيت ${left} رموز احتياطية ليوم يضيع فيه هاتفك.`,
        many: `بقي ${left} رمزًا احتياطيًا ليوم يضيع فيه هاتفك.`,
        other: `بقي ${left} رمز احتياطي ليوم يضيع فيه هاتفك.`,
      }),
    todo: 'إنشاء رموز جديدة',
  },
  signedIn: {
    title: (places) =>
      plural(places, {
        zero: 'لا تسجيل دخول في أي مكان',
        one: 'تسجيل الدخول في مكان واحد',
        two: 'تسجيل الدخول في مكانين',
        few: `تسجيل الدخول في ${places} أماكن`,
        many: `تسجيل الدخول في ${places} مكانًا`,
        other: `تسجيل الدخول في ${places} مكان`,
      }),
    here: 'هو هذا.',
    says: 'هذا واحد منها. هل الأماكن الأخرى معروفة لك؟',
    todo: 'عرض الأماكن',
  },
})

export const checkUp = (plural: Plural): Words => ({
  title: 'فحص الأمان',
  fine: 'بخير',
  look: 'يحتاج إلى نظرة',
  allFine: 'كل ما يستطيع Pawpost رؤيته من هنا بخير.',
  guide: 'ماذا يحميك أيضًا',
  ...about(plural),
  ...back,
  ...locks,
  password: password(plural),
  ...entries(plural),
})
