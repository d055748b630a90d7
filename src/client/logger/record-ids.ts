/** 16 random characters of base 36, and a number: to ask for random bytes each time would cost more than the record. */
export function createRecordIds(): () => string {
  let base = '';
  let count = 0;
  return () => {
    base ||= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte % 36).toString(36)).join('');
    return base + (count++).toString(36);
  };
}
