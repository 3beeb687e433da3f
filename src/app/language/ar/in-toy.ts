import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'

const paw: LaterWords['inToy']['paw'] = {
  title: 'ما سجّلته كفّ الدب',
  lead: (child) =>
    `دور ${child}: ضغطة على الكفّ الأخرى للعبة، ثم الكلام، ثم ضغطة ثانية. ما دامت هذه الشاشة مفتوحة يصل التسجيل وحده.`,
  fetch: 'جلب التسجيل',
  fetching: 'التسجيل في الطريق…',
  nothing: 'لم تسجّل كفّ الدب شيئًا بعد.',
  here: 'وصل التسجيل. يُرجى الاستماع إليه قبل إرساله.',
  listen: 'ما سجّلته كفّ الدب',
  unsure: 'لم يخبر صانع اللعبة أحدًا كيف تكتب اللعبة الصوت. يعرف Pawpost عدة طرق ويبدأ بالأرجح منها.',
  next: 'مجرد ضجيج: تجربة طريقة أخرى',
  way: (number, count) => `الطريقة ${number} من ${count}`,
  noise:
    'لا طريقة تعطي صوتًا واضحًا؟ يمكن إذًا تسجيل الجواب بهذا الهاتف. وما يُرسَل يحوي أيضًا ما سجّلته اللعبة كما وصل، ليوم يعرف فيه أحد كيف يقرؤه.',
  whose: 'صوت مَن هذا؟',
  whom: 'من يصله أيضًا؟',
  parentsToo: 'يصل إلى الأهل دائمًا.',
  send: (child) => `إرسال كرسالة من ${child}`,
  drop: 'حذف',
  sent: 'تم الإرسال. التسجيل موجود في الرسائل.',
}

export const inToy: LaterWords['inToy'] = { paw }

export const toyPlaces = (plural: Plural): LaterWords['toyPlaces'] => ({
  title: 'ما في اللعبة',
  lead: 'في اللعبة خمسة أماكن للصوت. وهي لا تخبر بما فيها؛ هذا ما وضعه هذا الهاتف هناك.',
  choose: 'مكان في اللعبة',
  recorded: '1: ما سجّلته كفّ الدب',
  played: '2: ما تشغّله كفّ الدب',
  other: (place) => `${place}: يُشغَّل من هذا الهاتف`,
  unknown: 'لا يعرفه هذا الهاتف',
  gone: 'رسالة لم تعد هنا',
  says: (who, length) => `${who}، ${length}`,
  times: 'كم مرة',
  timesOf: (count) =>
    plural(count, {
      zero: 'ولا مرة',
      one: 'مرة واحدة',
      two: 'مرتان',
      few: `${count} مرات`,
      many: `${count} مرة`,
      other: `${count} مرة`,
    }),
  play: 'تشغيل في اللعبة',
  stop: 'إيقاف اللعبة',
  which: 'وضع صوت هناك',
  offers: (who, day, length) => `${who}، ${day}، ${length}`,
  put: 'وضع هناك',
  putting: (percent) => `وصل ${percent}%`,
  stopPutting: 'إيقاف',
  isThere: 'هو في اللعبة الآن.',
  nothing: 'عند الموافقة على شيء للعبة، يمكنك وضعه هناك.',
})
