import { two } from '../padding/wording.ts';
import type { RepairFound, Written } from './repairFound.ts';
import type { Judged, MaskForm, Standing, TriedCandidate } from './standing.ts';

/** How a form is called within a sentence. */
export const FORM_WORDS: Readonly<Record<MaskForm, string>> = {
  'drop-in': 'a drop-in, which finds its mask by the padding',
  'mask-input': 'a model that takes its mask as a second input',
};

/** As what all was judged. */
export function judgedAs({ form, masks }: Pick<RepairFound, 'form' | 'masks'>): string {
  return masks ? FORM_WORDS[form] : 'a model without masks, which it cannot take';
}

/** What a repair leaves as it was or makes worse, in sentences, and in which form it would not. */
export function leftOver(
  before: Judged,
  after: Judged,
  { otherForm }: Pick<TriedCandidate, 'otherForm'>,
): string[] {
  const still = (of: 'layout' | 'look', what: string) => {
    if (!isFragile(after[of])) return [];
    const becomes = isFragile(before[of]) ? `${of} stays FRAGILE` : `${of} becomes FRAGILE`;
    const other =
      otherForm && !isFragile(otherForm[of])
        ? ` As ${FORM_WORDS[otherForm.form]} it is not${flagOf(otherForm.form)}.`
        : '';
    return [`Answers ${isFragile(before[of]) ? 'still ' : ''}flip when ${what}: ${becomes}.${other}`];
  };
  const { lengthEvidence } = after;
  const worse = (['layout', 'look'] as const).flatMap((of) => {
    const [was, is] = [before[of], after[of]];
    if ('unavailable' in was || 'unavailable' in is || is.value <= was.interval[1]) return [];
    return [`More answers flip than before, by ${of}: ${two(was.value)} → ${two(is.value)}.`];
  });
  return [
    ...(after.answered === 1 && before.answered > 1
      ? ['The repaired model answers the same class whatever the series is: it says nothing of them.']
      : []),
    ...still('layout', 'the padding lies elsewhere'),
    ...still('look', 'the padding holds something else'),
    ...worse,
    ...(!('unavailable' in lengthEvidence) && lengthEvidence.answer === 'YES'
      ? [`It still reads the class off the length: length evidence is ${two(lengthEvidence.value)}.`]
      : []),
  ];
}

/** What was not measured on the file itself, so that nobody takes the repair's figure for the file's. */
export function unchecked({ layout, look }: Written): string[] {
  const said = (one: Written['layout'], what: string) =>
    'unavailable' in one
      ? [`Whether answers of the file flip when ${what} was not measured: ${one.unavailable}`]
      : [];
  return [...said(layout, 'the padding lies elsewhere'), ...said(look, 'the padding holds something else')];
}

function flagOf(form: MaskForm): string {
  return form === 'mask-input' ? ' (--mask-input)' : '';
}

function isFragile(one: Standing['layout']): boolean {
  return !('unavailable' in one) && one.answer === 'FRAGILE';
}
