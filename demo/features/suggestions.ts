/** The back end answers 500; the page shrugs and shows nothing. */
export async function showSuggestions(): Promise<void> {
  const response = await fetch('/demo/api/suggestions');
  if (!response.ok) return;
  await response.json();
}
