import type { FirstWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { app, busy, failed, menu, refused, settings } from './app.ts'
import { errors } from './errors.ts'
import { card, family, invite, join, requests } from './family.ts'
import { create, password, recover, signIn } from './sign-in.ts'
import { record, toy } from './toy.ts'

/*
 * Arabic: simple Modern Standard. Whoever reads is “you” in the forms that are written alike for a
 * woman and a man (هاتفك، قلته، يمكنك), never in an imperative or a present tense, which are not:
 * buttons are verbal nouns (إرسال، استماع), requests are “يُرجى” or “يمكن” and a verbal noun. Verbs do
 * not agree with a name that is handed in (طلب دخول من …), and no letter is joined to it (من، إلى,
 * not لـ or بـ). Several of a family are addressed in the plural (تنادون). Numbers have six forms;
 * one and two are said without a digit; digits are Latin; quotation marks are « ». One word for
 * one thing:
 *
 * message, post   رسالة                   recovery card   بطاقة الاسترجاع (its رمز الاسترجاع)
 * voice           صوت                     recovery codes  الرموز الاحتياطية (signing in)
 * voice message   رسالة صوتية             passkey         مفتاح مرور
 * recording       تسجيل                   second step     الخطوة الثانية
 * answer          جواب                    authenticator   تطبيق المصادقة
 * toy             لعبة (she)              sign in, out    تسجيل الدخول، الخروج
 * the bear        الدب                    account         حساب
 * heart, paw      القلب، كفّ الدب (she)   password        كلمة المرور
 * child           طفل                     mail            بريد (never رسالة)
 * family          عائلة                   link            رابط
 * guardian        وليّ أمر                digits          أرقام
 * relative        قريب، أقارب             archive         أرشيف (file: ملف)
 * the parents     الأهل (all cases alike) opening line    سطر الفتح
 * device, phone   جهاز، هاتف              approve         موافقة
 * server          الخادم                  pass on         تمرير
 * quiet hours     ساعات الهدوء            wipe            مسح
 * end             إنهاء                   delete          حذف
 * picture         صورة                    rules           القواعد
 */

/** The words of the first picture in Arabic. */
export const arabic = (plural: Plural): FirstWords => ({
  comeSignIn: 'يُرجى تسجيل الدخول بحساب هاتفك الآخر.',
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
    refused: refused(plural),
    settings,
  },
})
