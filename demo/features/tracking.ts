import { hrefOf } from '../router.ts';

/** Asks a slow service and leaves before it answers: the request is cut off, which is no fault of the page's. */
export function trackParcel(): void {
  void fetch('/demo/api/parcel').then((response) => response.json());
  location.assign(hrefOf('/account'));
}
