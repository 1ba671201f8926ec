/**
 * Which class a label stands for: a class of that name (1, 1.0 and 1.000000 are one name), else the class at that place
 * where the label is a whole number and no class is named by a number. -1: none.
 */
export function labelIndex(label: string, names: readonly string[]): number {
  const exact = names.indexOf(label);
  if (exact >= 0) return exact;
  const value = numberOf(label);
  if (Number.isNaN(value)) return -1;
  const numbers = names.map(numberOf);
  const byNumber = numbers.indexOf(value);
  if (byNumber >= 0 || numbers.some((number) => !Number.isNaN(number))) return byNumber;
  return Number.isInteger(value) && value >= 0 && value < names.length ? value : -1;
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
