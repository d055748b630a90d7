const patienceMs = 1_500;

function patience(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The carrier has not answered in time')), patienceMs);
  });
}

/** The carrier needs longer than the shop waits. */
export async function askDeliveryDate(): Promise<void> {
  await Promise.race([fetch('/demo/api/delivery-date'), patience()]);
}
