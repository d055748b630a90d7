/**
 * Loads a part of the shop when it is wanted. The collector answers 404 for it, as a server does after a deployment that
 * took the files of the one before away: whoever has the page open still asks for them.
 */
export async function designPot(): Promise<void> {
  const { openDesigner } = await import('./designer-dialog.ts');
  openDesigner();
}
