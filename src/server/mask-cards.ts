/**
 * Numbers of payment cards: 16 to 19 digits, 15 (American Express) or 14 (Diners Club), in one piece or in the groups that are
 * printed on the card. What else is so long (times, ids) begins otherwise, or fails the check of its last digit nine times of ten.
 */
const candidate =
  /(?<![\w.-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3[47]\d\d([ -]?)\d{6}\2\d{5}|3[0689]\d\d([ -]?)\d{6}\3\d{4})(?![\w-])/g;

/** Replaces each number of a card in the text. */
export function maskCards(text: string, mask: string): string {
  return text.replace(candidate, (found) => (hasCheckDigit(found) ? mask : found));
}

/** Luhn: every second digit counts twice, from the right, and all of them make a multiple of ten. */
function hasCheckDigit(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (1 + (i % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
