/** The dialog was dropped from the page in a redesign; its button was not. */
export function openSizeGuide(): void {
  const dialog = document.querySelector('#size-guide') as HTMLDialogElement;
  dialog.showModal();
}
